"""Precision, recall and F1 of coded events against gold, with intervals and by type."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.evaluation.criteria import Criterion, agrees, check_criteria, document_of
from detente.evaluation.gold import GoldEvent
from detente.evaluation.matching import match_events
from detente.model import Estimate, Report

Scope = Literal["all", "pairs"]


@dataclass(frozen=True, slots=True)
class TypeScore:
    """One event type: `found` of `gold` gold events were found, `right` of `reported` reports were right.

    A gold event with several acceptable types counts under the type it was found as, else under its first.
    """

    event_type: str
    gold: int
    found: int
    reported: int
    right: int

    @property
    def recall(self) -> float | None:
        """Share of gold events found; None where there are none."""
        return self.found / self.gold if self.gold else None

    @property
    def precision(self) -> float | None:
        """Share of reports that were right; None where there are none."""
        return self.right / self.reported if self.reported else None


@dataclass(frozen=True, slots=True)
class Score:
    """How well reports match gold.

    Attributes:
        match: The criteria that had to agree.
        scope: `all`: every unmatched report is false; `pairs`: only those on a pair the gold of their
            document covers, the others are `n_outside`.
        precision: Matched reports per counted report, with its 90 % interval over documents.
        recall: Matched gold events per required gold event.
        f1: Harmonic mean of the two.
        n_documents: Documents with gold or counted reports.
        n_gold: Required gold events.
        n_reports: Counted reports.
        n_matched: Pairs found.
        n_optional: Reports that match optional gold: not counted.
        n_outside: Reports out of scope: not counted.
        per_type: One row a type, in order of name.
    """

    match: tuple[str, ...]
    scope: Scope
    precision: Estimate
    recall: Estimate
    f1: Estimate
    n_documents: int
    n_gold: int
    n_reports: int
    n_matched: int
    n_optional: int
    n_outside: int
    per_type: tuple[TypeScore, ...]

    def values(self) -> dict[str, float]:
        """The point values that are defined, by name: what floors are checked against."""
        named = {"precision": self.precision.value, "recall": self.recall.value, "f1": self.f1.value}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class _DocumentScore:
    found: tuple[tuple[GoldEvent, Report], ...]
    missed: tuple[GoldEvent, ...]
    false: tuple[Report, ...]
    n_optional: int
    n_outside: int

    @property
    def counts(self) -> tuple[int, int, int]:
        return len(self.found), len(self.missed), len(self.false)


def score_events(
    gold: Iterable[GoldEvent],
    reports: Iterable[Report],
    *,
    match: Sequence[Criterion] = ("pair", "type"),
    scope: Scope = "all",
    seed: int = 0,
    n_resamples: int = 2000,
) -> Score:
    """Score reports against gold, one-to-one inside each document.

    A symmetric gold event fits either order of its sides, one with several acceptable types fits any of
    them, an optional one counts neither as a miss nor as false.

    Args:
        gold: Gold events.
        reports: Coded reports.
        match: Criteria that must agree, beside the document.
        scope: Which unmatched reports are false, see `Score`.
        seed: Seed of the bootstrap.
        n_resamples: Resamples of the bootstrap.

    Returns:
        The scores. Intervals are the 5th and 95th percentile over documents drawn with replacement (Efron,
        1979); None with fewer than two documents, where nothing says how much another document would differ.

    Raises:
        InputError: If `match` names an unknown criterion.
    """
    check_criteria(match)
    golds, coded = _by_document(gold, reports)
    documents = sorted(golds.keys() | coded.keys(), key=str)
    scores = [_score_document(golds[name], coded[name], match, scope) for name in documents]
    scores = [score for score in scores if any(score.counts) or score.n_optional or score.n_outside]
    counts = np.array([score.counts for score in scores], dtype=float).reshape(-1, 3)
    precision, recall, f1 = _estimates(counts, seed, n_resamples)
    matched, missed, false = (int(total) for total in counts.sum(axis=0))
    return Score(
        match=tuple(match),
        scope=scope,
        precision=precision,
        recall=recall,
        f1=f1,
        n_documents=int((counts.sum(axis=1) > 0).sum()),
        n_gold=matched + missed,
        n_reports=matched + false,
        n_matched=matched,
        n_optional=sum(score.n_optional for score in scores),
        n_outside=sum(score.n_outside for score in scores),
        per_type=_per_type(scores),
    )


def _by_document(
    gold: Iterable[GoldEvent], reports: Iterable[Report]
) -> tuple[dict[str | None, list[GoldEvent]], dict[str | None, list[Report]]]:
    golds: dict[str | None, list[GoldEvent]] = defaultdict(list)
    for event in gold:
        golds[event.document_id].append(event)
    coded: dict[str | None, list[Report]] = defaultdict(list)
    # Gold without documents is one text: all reports are then of that text.
    one_text = set(golds) == {None}
    for report in reports:
        coded[None if one_text else document_of(report)].append(report)
    return golds, coded


def _score_document(gold: list[GoldEvent], reports: list[Report], match: Sequence[str], scope: Scope) -> _DocumentScore:
    pairs = match_events(gold, reports, lambda event, report: agrees(event, report, match))
    both = [(gold[row], reports[column]) for row, column in pairs]
    met_gold, met_reports = {row for row, _ in pairs}, {column for _, column in pairs}
    covered = {event.pair for event in gold}
    rest = [report for place, report in enumerate(reports) if place not in met_reports]
    false = [report for report in rest if scope == "all" or _pair(report) in covered]
    return _DocumentScore(
        found=tuple((event, report) for event, report in both if not event.optional),
        missed=tuple(e for place, e in enumerate(gold) if place not in met_gold and not e.optional),
        false=tuple(false),
        n_optional=sum(event.optional for event, _ in both),
        n_outside=len(rest) - len(false),
    )


def _pair(report: Report) -> frozenset[str | None]:
    return frozenset((report.source_country, report.target_country))


def _estimates(counts: NDArray[np.float64], seed: int, n_resamples: int) -> tuple[Estimate, ...]:
    counts = counts[counts.sum(axis=1) > 0]
    values = _rates(counts.sum(axis=0, keepdims=True))[0]
    documents = len(counts)
    if documents < 2:
        return tuple(Estimate(_or_none(value), None, None) for value in values)
    draws = np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), n_resamples)
    resampled = _rates(draws @ counts)
    return tuple(_estimate(value, resampled[:, place]) for place, value in enumerate(values))


def _rates(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """Precision, recall and F1 from (matched, missed, false) in each row; nan where undefined."""
    matched, missed, false = totals.T
    tops = np.stack([matched, matched, 2 * matched], axis=1)
    bottoms = np.stack([matched + false, matched + missed, 2 * matched + missed + false], axis=1)
    rates: NDArray[np.float64] = np.divide(tops, bottoms, out=np.full_like(tops, np.nan), where=bottoms > 0)
    return rates


def _estimate(value: float, resampled: NDArray[np.float64]) -> Estimate:
    defined = resampled[~np.isnan(resampled)]
    if np.isnan(value) or not defined.size:
        return Estimate(None, None, None)
    low, high = np.percentile(defined, [5, 95])
    return Estimate(float(value), float(low), float(high))


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _per_type(scores: Iterable[_DocumentScore]) -> tuple[TypeScore, ...]:
    gold, found, reported, right = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for score in scores:
        for event, report in score.found:
            said = report.event_type or "none"
            own = said if said in event.event_types else event.event_types[0]
            gold[own] += 1
            found[own] += 1
            reported[said] += 1
            right[said] += 1
        gold.update(event.event_types[0] for event in score.missed)
        reported.update(report.event_type or "none" for report in score.false)
    names = sorted(gold.keys() | reported.keys())
    return tuple(TypeScore(name, gold[name], found[name], reported[name], right[name]) for name in names)
