"""`detente quarantine`: rows of feeds that were set aside."""

from detente.cli.options import FormatOption, StoreOption
from detente.cli.output import Format, note, write_answer


def run(store: StoreOption = None, format: FormatOption = Format.TABLE) -> None:  # noqa: A002
    """List the rows that imports set aside: file, line, field, reason and the row itself."""
    from detente.api import Store, store_path
    from detente.api.tables import text_table
    from detente.store import open_store

    kept = Store(open_store(store if store is not None else store_path(), create=False))
    with kept.snapshot() as snapshot:
        table = snapshot.table("quarantine").drop("import_id").to_pyarrow()
    rows = table.to_pylist()
    write_answer(format, whole={"quarantine": rows}, objects=rows, rows=rows, table=text_table(rows), arrow=table)
    note(f"{len(rows)} rows in quarantine")
