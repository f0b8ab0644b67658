"""`detente fetch`: files of a public feed from their publisher into the store."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.options import FormatOption, StoreOption, Until
from detente.cli.output import Format, counted, note, progress, write_answer
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.api import Store

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


def run(
    feed: Annotated[
        str,
        typer.Argument(
            metavar="FEED", help="gdelt, gdelt/2, gdelt/2-translated, gdelt-reduced, icews, polecat, ucdp-ged."
        ),
    ],
    since: Annotated[str, typer.Option("--since", help="First day: YYYY, YYYY-MM or YYYY-MM-DD.")],
    until: Until = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Keep rows with one of these sides, such as RUS,JPN.")
    ] = None,
    dyads: Annotated[
        list[str] | None, typer.Option("--dyads", help="Keep rows between two sides, such as RUS-JPN.")
    ] = None,
    mirror: Annotated[
        str | None, typer.Option("--mirror", help="Address that stands for the publisher's host and keeps its paths.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask only for the list; say how many files and bytes.")
    ] = False,
    max_bytes: Annotated[str, typer.Option("--max-bytes", help="Most that may come: 500M, 20G.")] = "20G",
    connections: Annotated[int, typer.Option("--connections", min=1, max=16, help="Open at once to a host.")] = 4,
    pause: Annotated[float, typer.Option("--pause", min=0, help="Seconds between requests to a host.")] = 0.2,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where files lie until stored; by default among cached files.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the files there once they are stored.")] = False,
    mentions: Annotated[
        bool, typer.Option("--mentions", help="Bring also who mentions each event (GDELT 2.0 only).")
    ] = False,
    name: Annotated[str | None, typer.Option("--name", help="Another name for the rows in the store.")] = None,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Bring the files of a public feed and import them: listed by the publisher, checked, resumed, each once.

    Stop it whenever you like, and call it again: it goes on where it was.
    """
    from detente.api import open as open_store
    from detente.api.fetching import FetchChoices, Limits, fetch_feed, plan_fetch
    from detente.api.objects import plain
    from detente.api.tables import text_table

    limits = Limits(connections=connections, pause=pause, max_bytes=read_bytes(max_bytes))
    choices = FetchChoices(since, until, only or (), dyads or (), name, mirror, folder, keep, mentions, limits)
    if dry_run:
        done = plan_fetch(_store_if_any(store), feed, choices)
    else:
        done = fetch_feed(open_store(store), feed, choices, progress=progress)
    found = plain(done)
    for line in done.notes:
        note(line)
    if done.failed:
        note(f"{counted(len(done.failed), 'file')} could not be had or read; call again to try once more")
    names = _PLANNED if dry_run else _DONE
    row = {column: found[column] for column in names} | ({} if dry_run else {"failed": len(done.failed)})
    write_answer(format, whole=found, objects=[found], rows=[row], table=text_table([row]))


_PLANNED = ("feed", "listed", "listed_bytes", "taken_before", "to_fetch", "to_fetch_bytes")
_DONE = ("feed", "listed", "taken_before", "fetched", "rows", "stored", "already_stored", "quarantined", "filtered")


def _store_if_any(path: Path | None) -> "Store | None":
    """The store where there is one: a dry run makes none."""
    from detente.api import open as open_store
    from detente.api import store_path
    from detente.api.stores import check_folder

    check_folder(path)
    place = path if path is not None else store_path()
    return open_store(place) if place.exists() and any(place.iterdir()) else None


def read_bytes(text: str) -> int:
    """A number of bytes, as people write it.

    Raises:
        InputError: If it is none.

    Examples:
        >>> read_bytes("500M"), read_bytes("1.5 GB")
        (500000000, 1500000000)
    """
    found = re.fullmatch(r"(\d{1,12}(?:\.\d{1,3})?)\s*([KMGT]?)B?", text.strip().upper())
    if found is None:
        raise InputError(f"--max-bytes {text!r}: expected a number of bytes such as 500M or 20G")
    return int(float(found[1]) * _UNITS[found[2]])
