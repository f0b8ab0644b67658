"""`detente add`: read, code, keep."""

from detente.cli.options import InputFormatOption, Paths, StoreOption
from detente.cli.output import note, write_text


def run(paths: Paths, store: StoreOption = None, input_format: InputFormatOption = None) -> None:
    """Read reports, code them and keep them in your store.

    The same input twice changes nothing. Reports of one act become one event with several pieces of evidence.
    """
    from detente.api import open as open_store
    from detente.cli.sources import code_paths

    coded = code_paths(paths, input_format, domestic=False)
    kept = open_store(store)
    added = kept.add(coded)
    note(f"store: {kept.tables.path}")
    write_text(
        f"{added.documents} documents stored ({added.already_stored} were there), {added.reports} reports: "
        f"{added.new_events} new events, {added.joined_events} joined to an event already told"
    )
