"""When a coded report says the same as a gold event: one test a criterion."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from detente.errors import InputError
from detente.evaluation.gold import GoldEvent
from detente.model import Report
from detente.ontology.plover import quad_of

Criterion = Literal["pair", "type", "quad", "date", "status", "sentence", "symmetric", "sector"]


def same_document(gold: GoldEvent, report: Report) -> bool:
    """Whether both stand in one document; gold without a document fits any."""
    return gold.document_id is None or gold.document_id == document_of(report)


def document_of(report: Report) -> str | None:
    """The document a report rests on; None where it has no evidence."""
    return report.evidence[0].document_id if report.evidence else None


def same_pair(gold: GoldEvent, report: Report) -> bool:
    """Whether source and target are the gold's, in its order; in either order where the gold is symmetric."""
    sides = (report.source_country, report.target_country)
    wanted = (gold.source_country, gold.target_country)
    return sides == wanted or (gold.symmetric and sides == wanted[::-1])


def same_type(gold: GoldEvent, report: Report) -> bool:
    """Whether the type is one of the acceptable ones."""
    return report.event_type in gold.event_types


def same_quad(gold: GoldEvent, report: Report) -> bool:
    """Whether the quad class is that of one of the acceptable types."""
    quad = quad_of(report.event_type) if report.event_type else report.quad
    return quad in {quad_of(event_type) for event_type in gold.event_types}


def same_date(gold: GoldEvent, report: Report) -> bool:
    """Whether the report's days lie inside the gold's; an open side of the gold allows all.

    A report without any date is right only where the gold's precision is unknown.
    """
    if report.date_start is None and report.date_end is None:
        return gold.date.precision == "unknown"
    after = gold.date.start is None or (report.date_start is not None and report.date_start >= gold.date.start)
    before = gold.date.end is None or (report.date_end is not None and report.date_end <= gold.date.end)
    return after and before


def same_status(gold: GoldEvent, report: Report) -> bool:
    """Whether the status is an acceptable one; gold that does not say accepts all."""
    return not gold.statuses or report.status in gold.statuses


def same_sentence(gold: GoldEvent, report: Report) -> bool:
    """Whether the report's words and one of the gold's sentences (or anchors) lie one in the other."""
    quotes = [quote for item in report.evidence if (quote := plain_words(item.quote))]
    wanted = [plain_words(sentence) for sentence in gold.sentences]
    return not wanted or any(words in quote or quote in words for words in wanted for quote in quotes)


def same_symmetry(gold: GoldEvent, report: Report) -> bool:
    """Whether both or neither call the act mutual."""
    return gold.symmetric == report.symmetric


def same_sector(gold: GoldEvent, report: Report) -> bool:
    """Whether the source's sector is the gold's; a country with no sector is the state itself (GOV)."""
    return gold.source_sector is None or (report.source_sector or "GOV") == gold.source_sector


def plain_words(text: str) -> str:
    """Text with even spaces, straight quotes and no capitals, for comparing quotes."""
    straight = text.translate(str.maketrans("“”‘’", "\"\"''"))
    return " ".join(straight.casefold().split())


CRITERIA: Final[Mapping[str, Callable[[GoldEvent, Report], bool]]] = {
    "pair": same_pair,
    "type": same_type,
    "quad": same_quad,
    "date": same_date,
    "status": same_status,
    "sentence": same_sentence,
    "symmetric": same_symmetry,
    "sector": same_sector,
}


def check_criteria(match: Sequence[str]) -> None:
    """Refuse criteria that are unknown.

    Raises:
        InputError: If `match` is empty or names a criterion that does not exist.
    """
    unknown = [name for name in match if name not in CRITERIA]
    if unknown or not match:
        given = ", ".join(unknown) or "nothing"
        raise InputError(f"match has {given}: choose from {', '.join(CRITERIA)}")


def agrees(gold: GoldEvent, report: Report, match: Sequence[str]) -> bool:
    """Whether a report says what the gold says, in one document and by every criterion of `match`."""
    return same_document(gold, report) and all(CRITERIA[name](gold, report) for name in match)
