"""`detente compact`: many small files to few."""

from typing import Annotated

import typer

from detente.cli.options import StoreOption
from detente.cli.output import counted, note, write_text


def run(
    store: StoreOption = None,
    keep_hours: Annotated[
        int,
        typer.Option("--keep-hours", min=1, help="How long replaced files stay, for readers that began before."),
    ] = 24,
) -> None:
    """Merge the small files that many imports leave, sort feeds by pair, and delete files replaced long ago.

    Others may read, add and import meanwhile.
    """
    from datetime import timedelta

    from detente.api.tables import text_table
    from detente.api.upkeep import compact_store

    done = compact_store(store, keep=timedelta(hours=keep_hours))
    changed = [item for item in done if item.files_removed]
    rows = [{"table": item.table, "files before": item.files_removed, "after": item.files_added} for item in changed]
    write_text(text_table(rows))
    note(f"{counted(len(changed), 'table')} of {len(done)} merged")
