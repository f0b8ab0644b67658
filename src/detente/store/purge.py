"""Deleting the files that still hold rows which a table no longer has, and what its log says of their content."""

import json
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from uuid import uuid4

from detente.store.tables import open_table, stated

BY_DOCUMENT: Final = ("documents", "citations", "evidence")
"""Tables whose rows belong to a document."""
BY_REPORT: Final = ("reports", "quantities", "materiel", "links")  # a report never stands without its links
"""Tables whose rows belong to a report."""
_YOUNG: Final = 3600  # seconds in which a file that no commit names may still be in the writing


def purge_rows(folder: Path, document_ids: Collection[str], report_ids: Collection[str]) -> int:
    """Delete the files that hold rows which were deleted from their tables, and scrub the tables' logs.

    Only files that no current version of a table needs are touched, and of these only such as hold the rows:
    a reader of anything else is not disturbed.

    Args:
        folder: The store.
        document_ids: Documents whose rows were deleted.
        report_ids: Reports whose rows were deleted.

    Returns:
        Number of files left that may hold such rows: young ones that no commit names, which another
        process may be writing.

    Raises:
        StoreError: If a file cannot be read or deleted.
    """
    left = sum(_purge_table(folder, name, "document_id", document_ids) for name in BY_DOCUMENT)
    return left + sum(_purge_table(folder, name, "report_id", report_ids) for name in BY_REPORT)


def _purge_table(folder: Path, name: str, column: str, ids: Collection[str]) -> int:
    table = open_table(folder, name)
    if table is None:
        return 0
    live = {unquote(uri.rsplit("/", 1)[-1]) for uri in table.file_uris()}
    log, left = folder / name / "_delta_log", 0
    with stated(folder, f"purge table {name}"):
        committed = _scrub_commits(log, live, table.version())
        for path in sorted((folder / name).glob("*.parquet")):
            if path.name in live:
                continue
            young = path.name not in committed and _is_young(path)
            if not _file_holds(path, column, ids, unreadable=path.name not in committed):
                continue
            if young:
                left += 1
            else:
                path.unlink(missing_ok=True)
        for draft in log.glob("*.tmp"):
            if not _is_young(draft):
                draft.unlink(missing_ok=True)
    _renew_checkpoint(folder, name)
    return left


def _scrub_commits(log: Path, live: Collection[str], version: int) -> set[str]:
    """Take the least and greatest values of files that are gone out of the log: they quote the rows.

    Each file of the log is replaced whole, so that a reader finds the old one or the new one; both lead to
    the same table, as statistics of a file that was removed serve no one.

    Returns:
        The files that the commits up to the version name.
    """
    named: set[str] = set()
    for path in sorted(log.glob("*.json")):
        if not path.stem.isdecimal() or int(path.stem) > version:
            continue
        actions = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        scrubbed = False
        for action in actions:
            entry = action.get("add") or action.get("remove")
            if entry is None:
                continue
            file = unquote(entry["path"].rsplit("/", 1)[-1])
            named.add(file)
            if file not in live and entry.pop("stats", None) is not None:
                scrubbed = True
        if scrubbed:
            _replace(path, "".join(json.dumps(action, separators=(",", ":")) + "\n" for action in actions))
    return named


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f"_{path.stem}_{uuid4().hex}.tmp")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _renew_checkpoint(folder: Path, name: str) -> None:
    """Write a checkpoint of the table as it is, where it has older ones, and delete those."""
    log = folder / name / "_delta_log"
    older = sorted(log.glob("*.checkpoint*.parquet"))
    table = open_table(folder, name)
    if not older or table is None:
        return
    with stated(folder, f"purge table {name}"):
        table.create_checkpoint()
        for path in older:
            if int(path.name.split(".")[0]) < table.version():
                path.unlink(missing_ok=True)


def _is_young(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < _YOUNG
    except FileNotFoundError:
        return True  # another process deleted it


def _file_holds(path: Path, column: str, ids: Collection[str], *, unreadable: bool) -> bool:
    """Whether a file has a row with one of the ids; a half-written file may."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    wanted = set(ids)
    try:
        with ParquetFile(path) as file:
            return any(not wanted.isdisjoint(batch[0].to_pylist()) for batch in file.iter_batches(columns=[column]))
    except FileNotFoundError:
        return False  # another process deleted it
    except pa.ArrowInvalid:
        return unreadable
