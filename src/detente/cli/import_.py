"""`detente import`: files of an event feed into the store."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import FormatOption, StoreOption
from detente.cli.output import Format, note, progress, write_answer


def run(
    feed: Annotated[str, typer.Argument(metavar="FEED", help="keds or icews.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders.")],
    store: StoreOption = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="Name of this set in the store, to hold two apart (keds/gulf)."),
    ] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Import files of a public event feed; each file once, bad rows set aside with their reason.

    KEDS: Parquet or tab-separated text. ICEWS: daily or yearly .tab, .tab.gz, .zip. The codes in a file decide
    whether it is CAMEO or WEIS, not its name.
    """
    from detente.api import open as open_store
    from detente.api.objects import plain
    from detente.api.tables import text_table

    done = open_store(store).import_feed(feed, paths, name=name, progress=progress)
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
