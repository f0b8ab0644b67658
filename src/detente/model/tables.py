"""Arrow schemas of the stored tables, and records to and from them."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Final

import pyarrow as pa

from detente.model.documents import Document
from detente.model.events import Link, Report

_TIMESTAMP: Final = pa.timestamp("us", tz="UTC")
_TEXTS: Final = pa.list_(pa.string())

REPORTS: Final = pa.schema(
    [
        pa.field("report_id", pa.string(), nullable=False),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("date_precision", pa.string()),
        ("date_basis", pa.string()),
        ("source_country", pa.string()),
        ("target_country", pa.string()),
        ("source_sector", pa.string()),
        ("target_sector", pa.string()),
        ("source_actor", pa.string()),
        ("target_actor", pa.string()),
        ("source_text", pa.string()),
        ("target_text", pa.string()),
        ("source_basis", pa.string()),
        ("target_basis", pa.string()),
        ("symmetric", pa.bool_()),
        ("event_type", pa.string()),
        ("mode", pa.string()),
        pa.field("context", _TEXTS, nullable=False),
        pa.field("issue", _TEXTS, nullable=False),
        ("status", pa.string()),
        ("retrospective", pa.bool_()),
        ("cameo", pa.string()),
        ("quad", pa.int8()),
        ("intensity", pa.float64()),
        ("intensity_scale", pa.string()),
        ("place_text", pa.string()),
        ("place_country", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("reported_by", pa.string()),
        ("response_cue", pa.string()),
        ("confidence", pa.float64()),
        ("mentions", pa.int32()),
        ("feed", pa.string()),
        ("record_kind", pa.string()),
        ("import_id", pa.string()),
        ("source_row", pa.int64()),
        ("publisher_country", pa.string()),
        ("coder", pa.string()),
        ("recorded_at", _TIMESTAMP),
    ]
)

LINKS: Final = pa.schema(
    [
        ("report_id", pa.string()),
        ("event_id", pa.string()),
        ("rule", pa.string()),
        ("by", pa.string()),
        ("recorded_at", _TIMESTAMP),
        ("supersedes", pa.string()),
        ("reason", pa.string()),  # of a review
        ("import_id", pa.string()),
    ]
)

EVIDENCE: Final = pa.schema(
    [
        ("report_id", pa.string()),
        ("document_id", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("quote", pa.string()),  # empty where only its place and hash were kept
        ("quote_hash", pa.string()),
        ("citation_number", pa.int32()),
        ("citation_basis", pa.string()),
        ("publisher", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("accessed", pa.string()),
        ("confidence", pa.float64()),  # of a feed's mention
        ("import_id", pa.string()),
    ]
)

DOCUMENTS: Final = pa.schema(
    [
        ("document_id", pa.string()),
        ("text", pa.string()),  # empty where only its hash was kept
        ("text_hash", pa.string()),
        ("title", pa.string()),
        ("authors", _TEXTS),
        ("publisher", pa.string()),
        ("published_start", pa.date32()),
        ("published_end", pa.date32()),
        ("published_precision", pa.string()),
        ("published_basis", pa.string()),
        ("language", pa.string()),
        ("url", pa.string()),
        ("note", pa.string()),
        ("previous", pa.string()),
        ("import_id", pa.string()),
    ]
)

CITATIONS: Final = pa.schema(
    [
        ("document_id", pa.string()),
        ("number", pa.int32()),
        ("text", pa.string()),
        ("text_hash", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("author", pa.string()),
        ("title", pa.string()),
        ("publisher", pa.string()),
        ("published", pa.string()),
        ("accessed", pa.string()),
        ("url", pa.string()),
        ("import_id", pa.string()),
    ]
)

QUANTITIES: Final = pa.schema(
    [
        ("report_id", pa.string()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("item", pa.string()),
        ("import_id", pa.string()),
    ]
)

MATERIEL: Final = pa.schema(
    [
        ("report_id", pa.string()),
        ("item", pa.string()),
        ("category", pa.string()),
        ("count", pa.float64()),
        ("import_id", pa.string()),
    ]
)

IMPORTS: Final = pa.schema(
    [
        ("import_id", pa.string()),  # one attempt; rows of other tables count only once this row is there
        ("input_hash", pa.string()),  # blake2b of the raw input: the same input is taken once
        ("kind", pa.string()),  # feed, document, series, fetch, forget, review
        ("feed", pa.string()),
        ("name", pa.string()),  # file name without its folder, document id, or address
        ("coder", pa.string()),
        ("rows", pa.int64()),
        ("stored", pa.int64()),
        ("already_stored", pa.int64()),
        ("quarantined", pa.int64()),
        ("filtered", pa.int64()),
        ("recorded_at", _TIMESTAMP),
    ]
)

QUARANTINE: Final = pa.schema(
    [
        ("feed", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("field", pa.string()),
        ("reason", pa.string()),
        ("raw", pa.string()),
        ("import_id", pa.string()),
    ]
)

SERIES: Final = pa.schema(
    [
        ("name", pa.string()),
        ("unit", pa.string()),
        ("source", pa.string()),
        ("country_a", pa.string()),
        ("country_b", pa.string()),
        ("directed", pa.bool_()),
        ("period", pa.date32()),
        ("every", pa.string()),
        ("value", pa.float64()),
        ("import_id", pa.string()),
    ]
)

FORGOTTEN: Final = pa.schema(
    [
        ("document_id", pa.string()),
        ("text_hash", pa.string()),  # so that the same text is known again under another id
        ("url_hash", pa.string()),
        pa.field("report_ids", _TEXTS, nullable=False),  # that rested on it alone
        pa.field("event_ids", _TEXTS, nullable=False),  # no longer told by any report
        ("recorded_at", _TIMESTAMP),
        ("import_id", pa.string()),
    ]
)

CUBE: Final = pa.schema(
    [
        ("pair", pa.string()),  # both codes in order of the alphabet: JPN-RUS
        ("feed", pa.string()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("source_country", pa.string()),
        ("target_country", pa.string()),
        ("source_sector", pa.string()),
        ("target_sector", pa.string()),
        ("symmetric", pa.bool_()),
        ("event_type", pa.string()),
        ("mode", pa.string()),
        ("cameo", pa.string()),
        ("quad", pa.int8()),
        ("intensity", pa.float64()),
        ("intensity_scale", pa.string()),
        ("status", pa.string()),
        ("n", pa.int64()),
        ("mentions", pa.int64()),
        ("import_id", pa.string()),
    ]
)

COVERAGE: Final = pa.schema(
    [
        ("feed", pa.string()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("side", pa.string()),  # null: all rows of the feed
        ("n", pa.int64()),
        ("mentions", pa.int64()),
        ("import_id", pa.string()),
    ]
)

TABLES: Final[dict[str, pa.Schema]] = {
    "reports": REPORTS,
    "links": LINKS,
    "evidence": EVIDENCE,
    "documents": DOCUMENTS,
    "citations": CITATIONS,
    "quantities": QUANTITIES,
    "materiel": MATERIEL,
    "imports": IMPORTS,
    "quarantine": QUARANTINE,
    "series": SERIES,
    "forgotten": FORGOTTEN,
    "cube": CUBE,
    "coverage": COVERAGE,
}

_REPORT_COLUMNS: Final = tuple(REPORTS.names)


def reports_table(reports: Iterable[Report]) -> pa.Table:
    """Reports as rows of the `reports` table."""
    rows = [{name: _plain(getattr(report, name)) for name in _REPORT_COLUMNS} for report in reports]
    return pa.Table.from_pylist(rows, schema=REPORTS)


def evidence_table(reports: Iterable[Report]) -> pa.Table:
    """The evidence of reports, one row a quote."""
    return _children(reports, "evidence", EVIDENCE)


def quantities_table(reports: Iterable[Report]) -> pa.Table:
    """The quantities of reports, one row a number."""
    return _children(reports, "quantities", QUANTITIES)


def materiel_table(reports: Iterable[Report]) -> pa.Table:
    """The equipment of reports, one row an item."""
    return _children(reports, "materiel", MATERIEL)


def documents_table(documents: Iterable[Document], import_ids: dict[str, str]) -> pa.Table:
    """Documents as rows; `import_ids` maps a document's id to the import that brings it."""
    rows = [
        {
            "document_id": document.id,
            "text": document.text,
            "title": document.title,
            "authors": list(document.authors),
            "publisher": document.publisher,
            "published_start": document.published.start,
            "published_end": document.published.end,
            "published_precision": document.published.precision,
            "published_basis": document.published.basis,
            "language": document.language,
            "url": document.url,
            "note": document.note,
            "previous": document.previous,
            "import_id": import_ids[document.id],
        }
        for document in documents
    ]
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def citations_table(documents: Iterable[Document], import_ids: dict[str, str]) -> pa.Table:
    """Citations of documents, one row a reference."""
    rows = [
        {
            **{item.name: getattr(citation, item.name) for item in fields(citation)},
            "document_id": document.id,
            "import_id": import_ids[document.id],
        }
        for document in documents
        for citation in document.citations
    ]
    return pa.Table.from_pylist(rows, schema=CITATIONS)


def links_table(links: Iterable[Link], import_ids: dict[str, str]) -> pa.Table:
    """Links as rows; `import_ids` maps a report's id to the import that brings the link."""
    rows = [
        {
            **{item.name: getattr(link, item.name) for item in fields(link)},
            "import_id": import_ids[link.report_id],
        }
        for link in links
    ]
    return pa.Table.from_pylist(rows, schema=LINKS)


def _children(reports: Iterable[Report], attribute: str, schema: pa.Schema) -> pa.Table:
    rows = [
        {
            **{item.name: getattr(child, item.name) for item in fields(child)},
            "report_id": report.report_id,
            "import_id": report.import_id,
        }
        for report in reports
        for child in getattr(report, attribute)
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
