"""`detente import`: files of an event feed into the store."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import FormatOption, StoreOption
from detente.cli.output import Format, note, progress, write_answer
from detente.cli.spooling import spooled


def run(
    feed: Annotated[str, typer.Argument(metavar="FEED", help="A feed of `detente feeds`: gdelt, icews, keds, own ...")],
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, folders, patterns; - for standard input.")
    ],
    store: StoreOption = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="Name of this set in the store, to hold two apart (keds/gulf)."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Keep rows in which one of these acts or is acted upon (RUS,JPN)."),
    ] = None,
    dyads: Annotated[
        list[str] | None, typer.Option("--dyads", help="Keep rows between two sides, either way (RUS-JPN,RUS-UKR).")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="For the feed `own`: a TOML file that says what its columns are.")
    ] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Import files of an event feed; each file once, bad rows set aside with their reason.

    `detente feeds` lists the feeds. Text, gzipped, zipped or Parquet. A file that is not what its feed says is
    refused with the evidence.
    """
    from detente.api import open as open_store
    from detente.api.objects import plain
    from detente.api.tables import text_table

    with spooled(paths) as files:
        done = open_store(store).import_feed(
            feed, files, name=name, only=only or (), dyads=dyads or (), mapping=mapping, progress=progress
        )
    found = plain(done)
    counts = {
        key: found[key] for key in ("feed", "files", "rows", "stored", "already_stored", "quarantined", "filtered")
    }
    table = text_table([counts])
    for line in done.notes:
        note(line)
    unmapped = done.unmapped_actors
    if unmapped:
        top = ", ".join(f"{actor} ({count:,})" for actor, count in list(unmapped.items())[:8])
        note(f"{sum(unmapped.values()):,} mentions of {len(unmapped)} actors have no code of a state: {top}")
    write_answer(format, whole=found, objects=[found], rows=[counts], table=table)
