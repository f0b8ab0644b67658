"""Results as plain objects: the machine-readable answers of `docs/reference/json.md`."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final

from detente.model import (
    Break,
    BreaksResult,
    DescriptionResult,
    Document,
    Dyad,
    Estimate,
    Event,
    ForceRow,
    ForcesResult,
    ImpactResult,
    ImpactRow,
    IndexResult,
    IndexRow,
    LedgerEntry,
    LedgerResult,
    PeriodCount,
    Report,
)
from detente.model.exchanges import ExchangesResult, PairedActs
from detente.model.moves import CompareResult, MultiverseResult, PairMove, UniverseRow
from detente.model.reciprocity import ReciprocityResult, Response
from detente.model.tables import REPORTS
from detente.model.third_parties import RelationChange, ThirdPartiesResult

Result = (
    IndexResult
    | BreaksResult
    | ReciprocityResult
    | ExchangesResult
    | ImpactResult
    | DescriptionResult
    | LedgerResult
    | ForcesResult
    | ThirdPartiesResult
    | CompareResult
    | MultiverseResult
)

_ROWS: Final[dict[type, tuple[str, type]]] = {
    IndexResult: ("rows", IndexRow),
    BreaksResult: ("breaks", Break),
    ReciprocityResult: ("responses", Response),
    ExchangesResult: ("exchanges", PairedActs),
    ImpactResult: ("results", ImpactRow),
    DescriptionResult: ("periods", PeriodCount),
    LedgerResult: ("entries", LedgerEntry),
    ForcesResult: ("rows", ForceRow),
    ThirdPartiesResult: ("relations", RelationChange),
    CompareResult: ("pairs", PairMove),
    MultiverseResult: ("rows", UniverseRow),
}


def result_object(result: Result) -> dict[str, Any]:
    """A result as one object: dates as ISO 8601, tuples as lists."""
    found = plain(result)
    return dict(found)


def result_rows(result: Result) -> list[dict[str, Any]]:
    """A result as flat rows for a table: estimates become three columns each."""
    name, _ = _ROWS[type(result)]
    return [_flat(row) for row in getattr(result, name)]


def result_columns(result: Result) -> list[str]:
    """The columns of `result_rows`, also where there is no row."""
    rows = result_rows(result)
    if rows:
        return list(dict.fromkeys(name for row in rows for name in row))
    kind = _ROWS[type(result)][1]
    names: list[str] = []
    for item in fields(kind):
        estimate = item.type in {Estimate, "Estimate"}
        name = _said(item.name)
        names += [name, f"{name}_low", f"{name}_high"] if estimate else [name]
    return names


def report_object(report: Report) -> dict[str, Any]:
    """A report with the columns of the table and its lists `evidence`, `quantities`, `materiel`."""
    found = {name: plain(getattr(report, name)) for name in REPORTS.names}
    lists = {name: plain(getattr(report, name)) for name in ("evidence", "quantities", "materiel")}
    return {**found, **lists}


def event_object(event: Event) -> dict[str, Any]:
    """An event: the columns of the report that tells it, its reports, and all its evidence."""
    found = report_object(event.report)
    return {
        "event_id": event.event_id,
        **found,
        "evidence": plain(event.evidence),
        "report_ids": list(event.report_ids),
        "reviews": [plain(review) for review in event.reviews],
    }


def document_object(document: Document) -> dict[str, Any]:
    """A document as `detente read` gives it; each sentence with its words."""
    dated = document.published
    published = str(dated) if dated.start else None
    return {
        "id": document.id,
        "title": document.title,
        "authors": list(document.authors),
        "publisher": document.publisher,
        "published": published,
        "published_precision": dated.precision,
        "published_by": dated.end.isoformat() if dated.end and not dated.start else None,
        "language": document.language,
        "url": document.url,
        "note": document.note,
        "sentences": [
            {
                "start": sentence.start,
                "end": sentence.end,
                "text": document.text[sentence.start : sentence.end],
                "language": sentence.language,
                "citations": list(sentence.citations),
                "paragraph": sentence.paragraph,
            }
            for sentence in document.sentences
        ],
        "citations": [plain(citation) for citation in document.citations],
    }


def plain(value: Any) -> Any:
    """A record as JSON knows it."""
    if isinstance(value, Dyad):
        return [value.a, value.b]
    if is_dataclass(value) and not isinstance(value, type):
        return {_said(item.name): plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _said(name: str) -> str:
    # Python keeps some words, such as `from`, for itself: their fields end in an underscore.
    return name.removesuffix("_")


def _flat(row: Any) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for item in fields(row):
        value = getattr(row, item.name)
        if isinstance(value, Estimate):
            flat[item.name] = value.value
            flat[f"{item.name}_low"], flat[f"{item.name}_high"] = value.low, value.high
        elif isinstance(value, Dyad):
            flat[item.name] = str(value)
        elif isinstance(value, dict):
            flat.update({f"{item.name}_{key}": count for key, count in value.items()})
        elif isinstance(value, tuple):
            flat[item.name] = [plain(part) for part in value]
        else:
            flat[_said(item.name)] = value
    return flat
