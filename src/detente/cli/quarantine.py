"""`detente quarantine`: rows of feeds that were set aside."""

from detente.cli.options import FormatOption, StoreOption
from detente.cli.output import Format, counted, note, write_answer


def run(store: StoreOption = None, format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the rows that imports set aside: file, line, field, reason and the row itself."""
    from detente.api import open as open_store
    from detente.api.tables import text_table

    with open_store(store, create=False).snapshot() as snapshot:
        table = snapshot.table("quarantine").drop("import_id").to_pyarrow()
    rows = table.to_pylist()
    write_answer(format, whole={"quarantine": rows}, objects=rows, rows=rows, table=text_table(rows), arrow=table)
    note(f"{counted(len(rows), 'row')} in quarantine")
