"""`detente forget`: take a document's words out of the store."""

from typing import Annotated

import typer

from detente.cli.options import StoreOption
from detente.cli.output import counted, note, write_text


def run(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id of a document, or its address.")],
    store: StoreOption = None,
) -> None:
    """Remove a document's text and quotes from your store, and the reports that rest on it alone.

    What stays is the fact: that something was removed, when, and how many reports. Stopped half-way, run it again.
    """
    from detente.api import open as open_store

    kept = open_store(store, create=False)
    done = kept.forget(document)
    note(f"store: {kept.tables.path}")
    write_text(
        f"{counted(len(done.document_ids), 'document')} forgotten on {done.recorded_at.date().isoformat()}: "
        f"{counted(done.reports, 'report')} and {counted(done.events, 'event')} removed"
    )
    if done.unfinished_files:
        note(
            f"{done.unfinished_files} files of a write that was cut short, or is under way, may still hold its text: "
            "run this again in an hour"
        )
