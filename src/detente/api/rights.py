"""Other people's text: kept as offsets and hashes only, filled from the user's own files, refused once forgotten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import InputError
from detente.model import Citation, Document, Event, Evidence, stable_id
from detente.model.reviews import Reviewed
from detente.store import Snapshot
from detente.store import Store as Tables
from detente.store.reading import FixedTable, fix_tables
from detente.store.records import text_hash
from detente.store.store import SNAPSHOT_TABLES

if TYPE_CHECKING:
    import pyarrow as pa

_Spans = set[tuple[str, int, int, str]]  # document, start, end, hash of the words between
_REPEATED: Final = {"documents": ("previous",), "reports": ("source_text", "target_text")}
_WORDS: Final = {"documents": "text", "citations": "text", "evidence": "quote"}


class OwnTexts:
    """The user's own files of documents whose text the store does not keep; read when first needed.

    Attributes:
        folder: A file or a folder that `dt.read` reads.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.exists():
            raise InputError(f"texts {folder}: no such file or folder; name where your copies of the documents are")
        self.folder = folder

    def find(self, document_id: str, known_hash: str | None) -> str | None:
        """The text with this hash, else the one whose document has this id; None where there is neither."""
        by_hash, by_id = self._texts
        return by_hash.get(known_hash or "") or by_id.get(document_id)

    @cached_property
    def key(self) -> str:
        """Which files these are, for keys of caches; nothing is read for it."""
        paths = sorted(self.folder.rglob("*")) if self.folder.is_dir() else [self.folder]
        found = ((str(path), path.stat()) for path in paths if path.is_file())
        return stable_id("texts", *((name, stat.st_size, stat.st_mtime_ns) for name, stat in found))

    @cached_property
    def _texts(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        from detente.documents import read_documents

        found = [item for item in read_documents(self.folder) if isinstance(item, Document)]
        return {text_hash(item.text): item.text for item in found}, {item.id: item.text for item in found}


class FilledSnapshot(Snapshot):
    """A snapshot that fills words which were not kept from the user's own files, where their hashes agree."""

    def __init__(
        self,
        tables: Tables,
        fixed: Mapping[str, FixedTable],
        known_by: datetime | None,
        texts: OwnTexts,
        reviewed: Reviewed = "corrected",
    ) -> None:
        super().__init__(tables.path, tables.id, fixed, known_by, reviewed)
        self.version = stable_id("filled", self.version, texts.key)
        self._texts = texts

    def event_records(self, event_ids: Sequence[str]) -> tuple[Event, ...]:
        """Events in full; see `Snapshot.event_records`. A quote that agrees with its hash is filled in."""
        events = super().event_records(event_ids)
        bare = {item.document_id for event in events for item in event.evidence if _is_bare(item)}
        if not bare:
            return events
        hashes = self._hashes("evidence", "quote_hash", bare)
        texts = {name: self._texts.find(name, known) for name, known in self._text_hashes(bare).items()}

        def filled(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
            return tuple(_filled(item, texts.get(item.document_id), hashes) for item in evidence)

        return tuple(
            replace(
                event,
                evidence=filled(event.evidence),
                report=replace(event.report, evidence=filled(event.report.evidence)),
            )
            for event in events
        )

    def documents(self, document_ids: Sequence[str]) -> tuple[Document, ...]:
        """Documents; see `Snapshot.documents`. A text that agrees with its hash is filled in."""
        documents = super().documents(document_ids)
        bare = {item.id for item in documents if not item.text}
        if not bare:
            return documents
        hashes, spans = self._text_hashes(bare), self._hashes("citations", "text_hash", bare)
        return tuple(
            _filled_document(item, self._texts.find(item.id, hashes[item.id]), hashes[item.id], spans)
            if item.id in hashes
            else item
            for item in documents
        )

    def _text_hashes(self, document_ids: Iterable[str]) -> dict[str, str | None]:
        asked, table = self.ids_table(document_ids), self.table("documents")
        mine = table.semi_join(asked, table.document_id == asked.id).select("document_id", "text_hash")
        return {row["document_id"]: row["text_hash"] for row in mine.to_pyarrow().to_pylist()}

    def _hashes(self, name: str, column: str, document_ids: Iterable[str]) -> _Spans:
        asked, table = self.ids_table(document_ids), self.table(name)
        mine = table.filter(table[column].notnull()).semi_join(asked, table.document_id == asked.id)
        columns = ("document_id", "start", "end", column)
        return {tuple(row.values()) for row in mine.select(*columns).to_pyarrow().to_pylist()}


def fix_filled(
    tables: Tables, texts: OwnTexts, known_by: datetime | None, reviewed: Reviewed = "corrected"
) -> FilledSnapshot:
    """One fixed state of a store whose missing words come from the user's own files."""
    return FilledSnapshot(tables, fix_tables(tables.path, SNAPSHOT_TABLES), known_by, texts, reviewed)


def without_text(tables: "Mapping[str, pa.Table]") -> "dict[str, pa.Table]":
    """The rows of a batch with hashes in place of other people's words.

    Titles, names of sources and places, codes, figures and offsets are facts and stay; so does the user's own note.

    Args:
        tables: Rows by table.

    Returns:
        The same tables: text and quotes empty, `text_hash` and `quote_hash` filled; null what else repeats the
        text: `previous`, and the actors as the text names them (their codes stay).
    """
    hashed = {name: _hashed(rows, _WORDS[name]) if name in _WORDS else rows for name, rows in tables.items()}
    return {name: _blanked(rows, _REPEATED.get(name, ())) for name, rows in hashed.items()}


def forgotten_documents(snapshot: Snapshot, documents: Iterable[Document]) -> dict[str, str]:
    """Documents that were forgotten and are not stored anew.

    Args:
        snapshot: Where to look.
        documents: Documents to be added; known by their id, their text or their address.

    Returns:
        Id -> one line on when it was forgotten.
    """
    rows = snapshot.table("forgotten").order_by("recorded_at").to_pyarrow().to_pylist()
    if not rows:
        return {}
    marks = ("document_id", "text_hash", "url_hash")
    on = {row[mark]: row["recorded_at"] for row in rows for mark in marks if row[mark]}
    table = snapshot.table("documents")
    asked = snapshot.ids_table(document.id for document in documents)
    stored = table.semi_join(asked, table.document_id == asked.id).document_id.to_pyarrow().to_pylist()
    refused: dict[str, str] = {}
    for document in documents:
        names = (document.id, text_hash(document.text), text_hash(document.url or ""))
        moment = next((on[name] for name in names if name in on), None)
        if moment is not None and document.id not in stored:
            refused[document.id] = (
                f"document {document.title or document.id!r} was forgotten on {moment.date().isoformat()}: "
                "it is not stored again unless you ask for it (--again)"
            )
    return refused


def _hashed(rows: "pa.Table", column: str) -> "pa.Table":
    words = rows[column].to_pylist()
    hashes = [None if text is None else text_hash(text) for text in words]
    emptied = _with_texts(rows, column, [None if text is None else "" for text in words])
    return _with_texts(emptied, f"{column}_hash", hashes)


def _blanked(rows: "pa.Table", columns: Iterable[str]) -> "pa.Table":
    for column in columns:
        rows = _with_texts(rows, column, [None] * rows.num_rows)
    return rows


def _with_texts(rows: "pa.Table", column: str, values: Sequence[str | None]) -> "pa.Table":
    import pyarrow as pa

    return rows.set_column(rows.column_names.index(column), column, pa.array(values, pa.string()))


def _is_bare(item: Evidence) -> bool:
    return not item.quote and item.end > item.start


def _filled(item: Evidence, text: str | None, hashes: _Spans) -> Evidence:
    if text is None or not _is_bare(item):
        return item
    quote = text[item.start : item.end]
    agrees = (item.document_id, item.start, item.end, text_hash(quote)) in hashes
    return replace(item, quote=quote) if agrees else item


def _filled_document(document: Document, text: str | None, known: str | None, hashes: _Spans) -> Document:
    if text is None or text_hash(text) != known:
        return document
    citations = tuple(_filled_citation(item, document.id, text, hashes) for item in document.citations)
    return replace(document, text=text, citations=citations)


def _filled_citation(item: Citation, document_id: str, text: str, hashes: _Spans) -> Citation:
    words = text[item.start : item.end]
    agrees = (document_id, item.start, item.end, text_hash(words)) in hashes
    return replace(item, text=words) if agrees and not item.text else item
