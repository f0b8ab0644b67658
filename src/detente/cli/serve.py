"""`detente serve`: the pages in a browser, on this machine."""

from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.output import note, progress
from detente.errors import InputError


def run(
    store: given.StoreOption = None,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; another than this machine's needs a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one.")
    ] = 8642,
    token: Annotated[
        str | None, typer.Option("--token", help="What visitors must give; made and printed where --host needs one.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="Another name under which the server is reached; repeatable.")
    ] = None,
    review: Annotated[bool, typer.Option("--review", help="Let visitors accept, correct or reject events.")] = False,
    open: Annotated[bool, typer.Option("--open", help="Open the pages in a browser.")] = False,  # noqa: A002
) -> None:
    """Show the store as pages in a browser: pairs, measures, events, documents, each with its evidence.

    Read-only unless --review, on this machine only unless --host says otherwise. Where your store is empty, the pages
    show the bundled Russia–Japan chronology and say so. Ctrl-C ends it.
    """
    from detente.api.stores import check_folder
    from detente.web.serving import Place, check_place, serve

    check_folder(store)
    place = check_place(Place(host, port, token, tuple(name or ()), review=review))
    shown = given.open_or_example(store)
    if review and shown.is_example:
        raise InputError("the bundled example cannot be reviewed: add reports to a store of yours (`detente add PATH`)")
    if place.made:
        note(f"Visitors need this token, which is shown only now: {place.token}")

    def ready(address: str) -> None:
        note(f"Serving on {address} (ctrl-C ends it)")
        if open:
            import webbrowser

            webbrowser.open(address)

    progress("reading the store")
    serve(shown, place, ready)
    note("detente: ended")
