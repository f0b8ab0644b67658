"""What a store already holds: whole inputs by hash, feed rows by id."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.store.reading import connect, fix_tables
from detente.store.tables import stated

if TYPE_CHECKING:
    import pyarrow as pa

_MENTION: Final = ("report_id", "document_id", "start", "publisher", "accessed", "confidence")
"""What tells one mention of an event from another."""


def known_inputs(folder: Path, hashes: Iterable[str]) -> set[str]:
    """Those of the hashes that a live import has; see `Store.known_inputs`."""
    asked = sorted(set(hashes))
    connection = connect(folder, fix_tables(folder, ()))
    try:
        with stated(folder, "read table imports"):
            rows = connection.execute(
                "SELECT DISTINCT input_hash FROM imports WHERE input_hash IN (SELECT unnest(?::VARCHAR[]))",
                [asked],
            ).fetchall()
    finally:
        connection.close()
    return {row[0] for row in rows} - {""}


def drop_stored(folder: Path, reports: "pa.Table", feed: str) -> "pa.Table":
    """The reports whose id the feed has not stored; see `Store.drop_stored`."""
    import pyarrow.compute as pc

    # Ids mostly rise with time: of a long history only the files whose ids may be among these are opened.
    fixed = fix_tables(folder, ("reports",), between=_ends(reports["report_id"]))
    if not fixed["reports"].files:
        return reports
    connection = connect(folder, fixed)
    try:
        with stated(folder, "read table reports"):
            connection.register("incoming", reports.select(["report_id"]))
            # The stored side is streamed past the incoming ids, which alone are held in memory.
            stored = connection.sql(
                "SELECT report_id FROM reports SEMI JOIN incoming USING (report_id) WHERE feed = $feed",
                params={"feed": feed},
            ).to_arrow_table()
    finally:
        connection.close()
    if not stored.num_rows:
        return reports
    found = pc.is_in(reports["report_id"], value_set=stored["report_id"].combine_chunks())
    return reports.filter(pc.invert(found))


def stored_sides(folder: Path, report_ids: "pa.Array", feed: str) -> "pa.Table":
    """Which reports of a feed are stored, and between whom; see `Store.stored_sides`."""
    import pyarrow as pa

    connection = connect(folder, fix_tables(folder, ("reports",), between=_ends(report_ids)))
    try:
        with stated(folder, "read table reports"):
            connection.register("incoming", pa.table({"report_id": report_ids}))
            return connection.sql(
                "SELECT DISTINCT report_id, source_country, target_country FROM reports "
                "SEMI JOIN incoming USING (report_id) WHERE feed = $feed",
                params={"feed": feed},
            ).to_arrow_table()
    finally:
        connection.close()


def new_evidence(folder: Path, rows: "pa.Table", imports: Sequence[str]) -> "pa.Table":
    """The mentions that are not stored, each once; see `Store.new_evidence`."""
    import pyarrow as pa

    same = " AND ".join(f'e."{name}" IS NOT DISTINCT FROM i."{name}"' for name in _MENTION)
    names = ", ".join(f'"{name}"' for name in _MENTION)
    connection = connect(folder, fix_tables(folder, ("evidence",), between=_ends(rows["report_id"])))
    try:
        with stated(folder, "read table evidence"):
            connection.register("incoming", rows)
            order = pa.table({"import_id": pa.array(imports, pa.string()), "file": pa.array(range(len(imports)))})
            connection.register("file_order", order)
            fresh = connection.sql(
                f"""WITH first AS (
                    SELECT * FROM incoming JOIN file_order USING (import_id)
                    QUALIFY row_number() OVER (PARTITION BY {names} ORDER BY file) = 1)
                SELECT * EXCLUDE (file) FROM first i ANTI JOIN evidence e ON {same} ORDER BY {names}"""
            ).to_arrow_table()
    finally:
        connection.close()
    return fresh.select(rows.column_names).cast(rows.schema)


def forgotten_marks(folder: Path) -> frozenset[str]:
    """Ids of documents that were forgotten and hashes of their addresses; see `Store.forgotten_marks`."""
    connection = connect(folder, fix_tables(folder, ("forgotten",)))
    try:
        with stated(folder, "read table forgotten"):
            rows = connection.execute("SELECT document_id, url_hash FROM forgotten").fetchall()
    finally:
        connection.close()
    return frozenset(str(mark) for row in rows for mark in row if mark)


def _ends(report_ids: "pa.Array | pa.ChunkedArray") -> tuple[str, str, str]:
    """The least and greatest id, by which files that hold none between are left out."""
    import pyarrow.compute as pc

    low, high = (pc.min_max(report_ids).as_py()[name] for name in ("min", "max"))
    return "report_id", low or "", high or ""
