"""One gold document against what a coder made of it, as counts that add up over documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from detente.errors import InputError
from detente.evaluation.gold_documents import GoldAct, GoldDocument
from detente.evaluation.matching import assign_pairs
from detente.model import Report

Key = tuple[str, ...]
Counts = defaultdict[Key, float]
Fits = Callable[[GoldAct, Report], bool]

BINS: Final = 10


def same_act(act: GoldAct, report: Report) -> bool:
    """Whether sides and type agree; the order of the sides is free where either calls the act mutual."""
    sides = (report.source_country or report.source_actor, report.target_country or report.target_actor)
    ordered = (act.source, act.target)
    turned = (act.symmetric or report.symmetric) and sides == ordered[::-1]
    return (sides == ordered or turned) and report.event_type in act.event_types


def same_status(act: GoldAct, report: Report) -> bool:
    """Whether the status is an acceptable one; gold that does not say accepts all."""
    return not act.statuses or report.status in act.statuses


def same_days(act: GoldAct, report: Report) -> bool:
    """Whether first and last day are the gold's; gold that does not say accepts all.

    Where the gold has no first day, the report may have none either, and its last day counts only
    where the gold has one: "not after the document" is no date.
    """
    if act.days is None:
        return True
    start, end = act.days
    return report.date_start == start and ((start is None and end is None) or report.date_end == end)


LEVELS: Final[tuple[tuple[str, Fits], ...]] = (
    ("act", same_act),
    ("status", lambda act, report: same_act(act, report) and same_status(act, report)),
    ("date", lambda act, report: same_act(act, report) and same_days(act, report)),
)
"""What must agree, by name: sides and type; these and the status; these and the date."""


def count_document(gold: GoldDocument, reports: Iterable[Report]) -> Counts:
    """Everything countable of one document.

    Args:
        gold: The document with its acts.
        reports: What the coder made of it; reports without a type are no events and are left aside.

    Returns:
        Counts by key: `(level, matched|missed|false)`, `("type", TYPE, ...)`, `("said", gold, coded)` status,
        `("retrospective", ...)`, `("alarm", n|hit)`, `("bin", number, n|sum|right)` of confidence.

    Raises:
        InputError: If a confidence is no probability.
    """
    coded = [report for report in reports if report.event_type is not None]
    counts: Counts = defaultdict(float)
    for level, fits in LEVELS:
        pairs = _pairs(gold, coded, fits)
        _count_level(counts, level, gold.acts, coded, pairs)
        if level == "act":
            _count_fields(counts, gold.acts, coded, pairs)
            _count_confidence(counts, gold.acts, coded, pairs)
    if gold.kind == "article":
        for what in ("matched", "false"):
            counts[("article", what)] = counts[("act", what)]
    elif not gold.acts:
        counts[("alarm", "n")] += 1
        counts[("alarm", "hit")] += bool(coded)
    return counts


def _pairs(gold: GoldDocument, coded: Sequence[Report], fits: Fits) -> dict[int, int]:
    """Place of a report -> place of its act, each used once; agreement of status and date decides among equals."""
    if not gold.acts or not coded:
        return {}
    text, size = gold.document.text, len(gold.acts) + 1
    weight = np.zeros((len(gold.acts), len(coded)))
    for row, act in enumerate(gold.acts):
        places = _places(text, act.quote)
        for column, report in enumerate(coded):
            if fits(act, report) and _stands(report, places):
                liked = 2 * same_status(act, report) + same_days(act, report)
                weight[row, column] = (1 if act.optional else 2 * size) + liked / (4 * size)
    return {column: row for row, column in assign_pairs(weight)}


def _places(text: str, quote: str | None) -> list[tuple[int, int]]:
    """Where the words stand, every time they do; empty where the gold does not say."""
    found: list[tuple[int, int]] = []
    start = text.find(quote) if quote else -1
    while quote and start >= 0:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def _stands(report: Report, places: Sequence[tuple[int, int]]) -> bool:
    spans = [(item.start, item.end) for item in report.evidence]
    return not places or any(start < last and first < end for start, end in spans for first, last in places)


def _count_level(
    counts: Counts, level: str, acts: Sequence[GoldAct], coded: Sequence[Report], pairs: dict[int, int]
) -> None:
    met = set(pairs.values())
    for column, report in enumerate(coded):
        row = pairs.get(column)
        if row is not None and acts[row].optional:
            continue
        what = "false" if row is None else "matched"
        counts[(level, what)] += 1
        if level == "act":
            counts[("type", str(report.event_type), what)] += 1
    for row, act in enumerate(acts):
        if row not in met and not act.optional:
            counts[(level, "missed")] += 1
            if level == "act":
                counts[("type", act.event_types[0], "missed")] += 1


def _count_fields(counts: Counts, acts: Sequence[GoldAct], coded: Sequence[Report], pairs: dict[int, int]) -> None:
    """Status and retrospective of the acts that were found."""
    for column, row in pairs.items():
        act, report = acts[row], coded[column]
        if act.optional:
            continue
        if act.statuses:
            gold = report.status if report.status in act.statuses else act.statuses[0]
            counts[("said", gold, report.status)] += 1
        if act.retrospective is not None and (act.retrospective or report.retrospective):
            right = act.retrospective and report.retrospective
            counts[("retrospective", "matched" if right else "missed" if act.retrospective else "false")] += 1


def _count_confidence(counts: Counts, acts: Sequence[GoldAct], coded: Sequence[Report], pairs: dict[int, int]) -> None:
    for column, report in enumerate(coded):
        row = pairs.get(column)
        if report.confidence is None or (row is not None and acts[row].optional):
            continue
        if not 0 <= report.confidence <= 1:
            raise InputError(
                f"coder {report.coder}: confidence {report.confidence} of report {report.report_id} is no probability"
            )
        place = str(min(int(report.confidence * BINS), BINS - 1))
        counts[("bin", place, "n")] += 1
        counts[("bin", place, "sum")] += report.confidence
        counts[("bin", place, "right")] += row is not None
