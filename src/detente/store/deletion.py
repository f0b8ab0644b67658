"""Taking a document out of a store, for the sake of its owner's rights."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import InputError
from detente.store.reading import connect, fix_tables
from detente.store.tables import delete_rows, stated

if TYPE_CHECKING:
    import duckdb

_READ: Final = ("documents", "citations", "evidence", "reports")


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
    for name in ("quantities", "materiel", "links", "reports"):
        delete_rows(folder, name, "report_id", reports)
    delete_rows(folder, "citations", "document_id", [document_id])
    delete_rows(folder, "imports", "import_id", imports)
    delete_rows(folder, "evidence", "document_id", [document_id])
    delete_rows(folder, "documents", "document_id", [document_id])
    return len(reports)


def _what_goes(connection: "duckdb.DuckDBPyConnection", document_id: str) -> tuple[Sequence[str], Sequence[str]]:
    reports = connection.execute(
        """SELECT report_id FROM raw_evidence GROUP BY report_id
        HAVING bool_and(document_id = ?) ORDER BY report_id""",
        [document_id],
    ).fetchall()
    imports = connection.execute(
        """WITH gone AS (
            SELECT report_id FROM raw_evidence GROUP BY report_id HAVING bool_and(document_id = $1))
        SELECT DISTINCT import_id FROM raw_imports
        WHERE import_id IN (SELECT import_id FROM raw_documents WHERE document_id = $1
                            UNION SELECT import_id FROM raw_evidence WHERE document_id = $1)
        AND import_id NOT IN (SELECT import_id FROM raw_documents WHERE document_id <> $1)
        AND import_id NOT IN (SELECT import_id FROM raw_reports ANTI JOIN gone USING (report_id))
        ORDER BY import_id""",
        [document_id],
    ).fetchall()
    return [row[0] for row in reports], [row[0] for row in imports]


def _holds(connection: "duckdb.DuckDBPyConnection", document_id: str) -> bool:
    return any(
        connection.execute(f"SELECT 1 FROM raw_{name} WHERE document_id = ? LIMIT 1", [document_id]).fetchall()
        for name in ("documents", "citations", "evidence")
    )
