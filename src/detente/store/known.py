"""What a store already holds: whole inputs by hash, feed rows by id."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from detente.store.reading import connect, fix_tables
from detente.store.tables import stated

if TYPE_CHECKING:
    import pyarrow as pa


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

    connection = connect(folder, fix_tables(folder, ("reports",)))
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
