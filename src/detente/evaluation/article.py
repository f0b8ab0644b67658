"""One article against an exhaustive gold list: rows found, rows missing, events outside the gold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.evaluation.criteria import plain_words, same_date, same_pair, same_status, same_type
from detente.evaluation.gold import GoldEvent
from detente.evaluation.matching import match_events
from detente.model import Document, Quantity, Report


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A gold row with the report that says it; `differs` names the fields that do not agree."""

    gold: GoldEvent
    report: Report
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """An article scored row by row.

    Attributes:
        found: Required rows with their reports.
        missing: Required rows no report says.
        optional: Optional rows with their reports: no merit, no fault.
        outside: Reports that no gold row covers.
    """

    found: tuple[FoundRow, ...]
    missing: tuple[GoldEvent, ...]
    optional: tuple[FoundRow, ...]
    outside: tuple[Report, ...]

    @property
    def recall(self) -> float | None:
        """Share of required rows found; None where there are none."""
        required = len(self.found) + len(self.missing)
        return len(self.found) / required if required else None

    @property
    def precision(self) -> float | None:
        """Share of reports, optional rows aside, that say a required row; None where there are none."""
        counted = len(self.found) + len(self.outside)
        return len(self.found) / counted if counted else None

    def values(self) -> dict[str, float]:
        """The values that are defined, and the share of found rows with every field right (`exact`)."""
        exact = sum(not row.differs for row in self.found) / len(self.found) if self.found else None
        named = {"recall": self.recall, "precision": self.precision, "exact": exact}
        return {name: value for name, value in named.items() if value is not None}


def score_article(
    gold: Sequence[GoldEvent], reports: Iterable[Report], document: Document | None = None
) -> ArticleScore:
    """Match reports of one article to its gold rows, one-to-one.

    A report says a row when pair and type agree and its words stand in the row's sentence. The words are
    looked for by the row's anchors: in the quote itself or, with `document`, in the sentence that the quote
    lies in.

    Args:
        gold: All acts of the article, debatable ones marked optional.
        reports: Everything coded from it.
        document: The article as read; needed where quotes are shorter than sentences.

    Returns:
        Found and missing rows, and the reports outside the gold.
    """
    coded = list(reports)
    seen = [_with_sentences(report, document) for report in coded]
    pairs = match_events(gold, seen, _says)
    rows = [FoundRow(gold[row], coded[column], _differs(gold[row], coded[column])) for row, column in pairs]
    met_gold, met_reports = {row for row, _ in pairs}, {column for _, column in pairs}
    return ArticleScore(
        found=tuple(row for row in rows if not row.gold.optional),
        missing=tuple(e for place, e in enumerate(gold) if place not in met_gold and not e.optional),
        optional=tuple(row for row in rows if row.gold.optional),
        outside=tuple(report for place, report in enumerate(coded) if place not in met_reports),
    )


def _says(gold: GoldEvent, report: Report) -> bool:
    # A debatable row with its status (planned, hypothetical) does not excuse the same words as a fresh act.
    excused = same_status(gold, report) or not gold.optional
    return excused and same_pair(gold, report) and same_type(gold, report) and _at_anchor(gold, report)


def _at_anchor(gold: GoldEvent, report: Report) -> bool:
    quotes = [plain_words(item.quote) for item in report.evidence]
    anchors = [plain_words(anchor) for anchor in gold.sentences]
    return not anchors or any(anchor in quote for anchor in anchors for quote in quotes)


def _with_sentences(report: Report, document: Document | None) -> Report:
    """The report with its quotes widened to the whole sentences they lie in."""
    if document is None:
        return report
    wide = []
    for item in report.evidence:
        inside = [one for one in document.sentences if one.start < item.end and item.start < one.end]
        start = min([item.start, *(one.start for one in inside)])
        end = max([item.end, *(one.end for one in inside)])
        wide.append(replace(item, start=start, end=end, quote=document.quote(start, end)))
    return replace(report, evidence=tuple(wide))


def _differs(gold: GoldEvent, report: Report) -> tuple[str, ...]:
    cited = {item.citation_number for item in report.evidence} or {None}
    agreed = {
        "date": same_date(gold, report),
        "status": same_status(gold, report),
        "symmetric": gold.symmetric == report.symmetric,
        "retrospective": gold.retrospective in (None, report.retrospective),
        "citation": not gold.citations or cited <= set(gold.citations),
        "target_basis": gold.target_implied == (report.target_basis not in (None, "text")),
        "materiel": set(gold.materiel) <= {item.item for item in report.materiel},
        "quantities": all(_has_quantity(wanted, report) for wanted in gold.quantities),
    }
    return tuple(name for name, same in agreed.items() if not same)


def _has_quantity(wanted: Quantity, report: Report) -> bool:
    # Units are worded in several ways (soldiers, troops), so that only the number is compared; a count of
    # equipment may stand as materiel instead.
    numbers = {item.value for item in report.quantities} | {item.count for item in report.materiel}
    return wanted.value in numbers
