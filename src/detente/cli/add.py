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
        f"{_counted(added.documents, 'document')} stored ({added.already_stored} there already), "
        f"{_counted(added.reports, 'report')}: {_counted(added.new_events, 'new event')}, "
        f"{added.joined_events} joined to an event already told"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
