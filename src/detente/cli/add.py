"""`detente add`: read, code, keep."""

from typing import Annotated

import typer

from detente.cli.coder_option import CoderOption
from detente.cli.options import InputFormatOption, Paths, StoreOption
from detente.cli.output import counted, note, write_text


def run(
    paths: Paths,
    store: StoreOption = None,
    input_format: InputFormatOption = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Store places and hashes instead of text and quotes.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Store also what you had told it to forget.")] = False,
    coder: CoderOption = None,
) -> None:
    """Read reports, code them and keep them in your store.

    The same input twice changes nothing. Reports of one act become one event with several pieces of evidence.
    """
    from detente.api import code
    from detente.api import open as open_store
    from detente.api.coders import find_coder
    from detente.cli.sources import read_paths

    chosen = find_coder(coder)  # an unknown name is said before anything is read
    coded = code(read_paths(paths, input_format), coder=chosen)
    kept = open_store(store)
    added = kept.add(coded, keep_text=not no_text, again=again)
    for line in added.refused:
        note(f"left out: {line}")
    if added.with_text:
        note(
            f"{added.with_text} of them were stored with their text, which stays: `detente forget DOCUMENT`, "
            "then add with --no-text --again"
        )
    note(f"store: {kept.tables.path}")
    write_text(
        f"{counted(added.documents, 'document')} stored ({added.already_stored} there already), "
        f"{counted(added.reports, 'report')}: {counted(added.new_events, 'new event')}, "
        f"{added.joined_events} joined to an event already told"
    )
