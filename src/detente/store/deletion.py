"""Taking a document out of a store, for the sake of its owner's rights.

Three steps, each of which may be repeated: the removal is recorded, the rows are deleted, and then the files
that still hold replaced rows, and what the table's log says of their content, leave the disk.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.errors import InputError
from detente.store.batch import new_import_id
from detente.store.purge import BY_DOCUMENT, BY_REPORT, purge_rows
from detente.store.reading import connect, fix_tables
from detente.store.records import text_hash
from detente.store.tables import append_rows, delete_rows, stated

if TYPE_CHECKING:
    import duckdb

_READ: Final = ("documents", "citations", "evidence", "reports", "links", "forgotten")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `forget` did, and what the store still knows of it.

    Attributes:
        document_ids: The documents forgotten: more than one where an address names several.
        reports: Reports that rested on them alone.
        events: Events that no other report tells.
        recorded_at: UTC time of the (last) removal.
        unfinished_files: Young files of a write that never ended, or has not ended, and may hold their text.
    """

    document_ids: tuple[str, ...]
    reports: int
    events: int
    recorded_at: datetime
    unfinished_files: int = 0


@dataclass(frozen=True, slots=True)
class _Removal:
    """What there is to remove of one document, and what was recorded of its removal before."""

    document_id: str
    report_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    stored: bool
    row: dict[str, Any] | None  # of `forgotten`, where one has to be written
    since: datetime | None


def forget_documents(folder: Path, asked: str, now: datetime, pause: timedelta) -> Forgotten:
    """Remove a document's text everywhere and keep the fact; see `Store.forget`.

    Args:
        folder: The store.
        asked: Id of a document, else an address.
        now: UTC time that the removal is recorded at.
        pause: How long readers that began before may go on before files are deleted.

    Returns:
        What was removed.

    Raises:
        InputError: If nothing of it is or was stored.
        StoreError: If a table cannot be rewritten; call again to finish.
    """
    removals = _removals(folder, asked, now)
    if not removals:
        raise InputError(
            f"document {asked!r} is not in the store: check the id or address (`detente events` with "
            "--format jsonl gives the ids)"
        )
    for removal in removals:
        if removal.row is not None:
            _record(folder, removal.row, now)
        if removal.stored:
            delete_document(folder, removal.document_id)
    if any(removal.stored for removal in removals):
        time.sleep(pause.total_seconds())
    documents = {removal.document_id for removal in removals}
    reports = {name for removal in removals for name in removal.report_ids}
    return Forgotten(
        tuple(sorted(documents)),
        len(reports),
        len({name for removal in removals for name in removal.event_ids}),
        max(removal.since or now for removal in removals),
        purge_rows(folder, documents, reports),
    )


def delete_document(folder: Path, document_id: str) -> int:
    """Delete a document, its citations and evidence, and the reports that rest on it alone.

    Rows of unfinished imports are deleted too. An import that brought nothing else is forgotten, so that
    the document can be added again. The rows that lead to the rest go last: a deletion that was
    interrupted is finished by calling it again.

    Args:
        folder: The store.
        document_id: The document.

    Returns:
        Number of reports deleted.

    Raises:
        InputError: If nothing of the document is stored.
        StoreError: If a table cannot be rewritten.
    """
    connection = connect(folder, fix_tables(folder, _READ))
    try:
        with stated(folder, "read the tables"):
            reports, imports = _what_goes(connection, document_id)
            found = _holds(connection, document_id)
    finally:
        connection.close()
    if not found:
        raise InputError(f"document {document_id!r} is not in the store: check the id")
    for name in BY_REPORT:
        delete_rows(folder, name, "report_id", reports)
    delete_rows(folder, "citations", "document_id", [document_id])
    delete_rows(folder, "imports", "import_id", imports)
    delete_rows(folder, "evidence", "document_id", [document_id])
    delete_rows(folder, "documents", "document_id", [document_id])
    return len(reports)


def _removals(folder: Path, asked: str, now: datetime) -> list[_Removal]:
    connection = connect(folder, fix_tables(folder, _READ))
    try:
        with stated(folder, "read the tables"):
            return [_removal(connection, name, now) for name in _named(connection, asked)]
    finally:
        connection.close()


def _named(connection: "duckdb.DuckDBPyConnection", asked: str) -> list[str]:
    """The documents that an id names, and those that an address names: a feed's mentions have it as their id."""
    named = [asked] if _holds(connection, asked) or _recorded(connection, asked) else []
    rows = connection.execute(
        """SELECT DISTINCT document_id FROM (
            SELECT document_id FROM raw_documents WHERE url = $1
            UNION SELECT document_id FROM forgotten WHERE url_hash = $2) ORDER BY document_id""",
        [asked, text_hash(asked)],
    ).fetchall()
    return list(dict.fromkeys([*named, *(str(row[0]) for row in rows)]))


def _removal(connection: "duckdb.DuckDBPyConnection", document_id: str, now: datetime) -> _Removal:
    recorded = _recorded(connection, document_id)
    known = {name for reports, _, _ in recorded for name in reports}
    events = {name for _, gone, _ in recorded for name in gone}
    since = recorded[-1][2] if recorded else None
    stored = _holds(connection, document_id)
    report_ids = [str(name) for name in _what_goes(connection, document_id)[0]] if stored else []
    again = stored and (
        since is None or not known >= set(report_ids) or _imported_after(connection, document_id, since)
    )
    if not again:
        return _Removal(document_id, tuple(known), tuple(events), stored, None, since)
    gone = _events_gone(connection, report_ids)
    text, url = _text_and_address(connection, document_id)
    row = {
        "document_id": document_id,
        "text_hash": text,
        "url_hash": text_hash(url) if url else None,
        "report_ids": report_ids,
        "event_ids": gone,
        "recorded_at": now,
    }
    return _Removal(document_id, tuple(report_ids), tuple(gone), stored, row, now)


def _recorded(connection: "duckdb.DuckDBPyConnection", document_id: str) -> list[tuple[list[str], list[str], datetime]]:
    return connection.execute(
        "SELECT report_ids, event_ids, recorded_at FROM forgotten WHERE document_id = ? ORDER BY recorded_at",
        [document_id],
    ).fetchall()


def _imported_after(connection: "duckdb.DuckDBPyConnection", document_id: str, moment: datetime) -> bool:
    """Whether the document was added again after it was forgotten."""
    return bool(
        connection.execute(
            "SELECT 1 FROM documents JOIN imports USING (import_id) WHERE document_id = ? AND recorded_at > ? LIMIT 1",
            [document_id, moment],
        ).fetchall()
    )


def _events_gone(connection: "duckdb.DuckDBPyConnection", report_ids: Sequence[str]) -> list[str]:
    """Event ids that only these reports tell or ever told."""
    rows = connection.execute(
        """WITH gone AS (SELECT unnest($1::VARCHAR[]) AS report_id),
        links AS (SELECT report_id, unnest([event_id, supersedes]) AS event_id FROM raw_links),
        mine AS (SELECT coalesce(links.event_id, gone.report_id) AS event_id
                 FROM gone LEFT JOIN links ON links.report_id = gone.report_id AND links.event_id IS NOT NULL)
        SELECT DISTINCT event_id FROM mine
        ANTI JOIN (SELECT event_id FROM links ANTI JOIN gone USING (report_id)) AS others USING (event_id)
        ORDER BY event_id""",
        [list(report_ids)],
    ).fetchall()
    return [row[0] for row in rows]


def _text_and_address(connection: "duckdb.DuckDBPyConnection", document_id: str) -> tuple[str | None, str | None]:
    rows = connection.execute(
        "SELECT text, text_hash, url FROM raw_documents WHERE document_id = ? ORDER BY text = '', import_id LIMIT 1",
        [document_id],
    ).fetchall()
    if not rows:
        return None, document_id  # of a feed's mentions the address is the id
    text, known, url = rows[0]
    return known or (text_hash(text) if text else None), url


def _record(folder: Path, row: dict[str, Any], now: datetime) -> None:
    import pyarrow as pa

    from detente.model.tables import FORGOTTEN, IMPORTS

    import_id = new_import_id()
    counts = dict.fromkeys(("rows", "stored", "already_stored", "quarantined", "filtered"), 0)
    entry = {"import_id": import_id, "kind": "forget", "name": row["document_id"], "recorded_at": now, **counts}
    append_rows(folder, "forgotten", pa.Table.from_pylist([{**row, "import_id": import_id}], schema=FORGOTTEN))
    append_rows(folder, "imports", pa.Table.from_pylist([entry], schema=IMPORTS))


def _what_goes(connection: "duckdb.DuckDBPyConnection", document_id: str) -> tuple[Sequence[str], Sequence[str]]:
    """The reports that rest on a document alone, and the imports that brought nothing else.

    Of the large tables only what stands with the document's own reports and imports is looked at.
    """
    reports = connection.execute(f"{_GONE} SELECT report_id FROM gone ORDER BY report_id", [document_id]).fetchall()
    imports = connection.execute(
        f"""{_GONE},
        brought AS (SELECT import_id FROM raw_documents WHERE document_id = $1
                    UNION SELECT import_id FROM raw_evidence WHERE document_id = $1),
        others AS (
            SELECT import_id FROM raw_documents SEMI JOIN brought USING (import_id) WHERE document_id <> $1
            UNION SELECT import_id FROM raw_reports SEMI JOIN brought USING (import_id) ANTI JOIN gone USING (report_id)
            UNION SELECT import_id FROM raw_evidence SEMI JOIN brought USING (import_id) WHERE document_id <> $1)
        SELECT DISTINCT import_id FROM raw_imports
        SEMI JOIN brought USING (import_id) ANTI JOIN others USING (import_id) ORDER BY import_id""",
        [document_id],
    ).fetchall()
    return [row[0] for row in reports], [row[0] for row in imports]


# A feed's mention has no words: its report rests on the feed.
_GONE: Final = """WITH mine AS (SELECT DISTINCT report_id FROM raw_evidence WHERE document_id = $1),
    gone AS (
        SELECT report_id FROM raw_evidence SEMI JOIN mine USING (report_id) GROUP BY report_id
        HAVING bool_and(document_id = $1) AND bool_or("end" > start))"""


def _holds(connection: "duckdb.DuckDBPyConnection", document_id: str) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM raw_{name} WHERE document_id = ? LIMIT 1", [document_id]).fetchall()
        for name in BY_DOCUMENT
    )
