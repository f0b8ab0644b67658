"""Reports of one act become one event: links, by stated rules, never by overwriting.

Two reports are of one act when they have the same sides, type and status class, their days overlap, no count
of the same thing differs, and they say alike enough: rare words that both hold weigh more than common ones
(cosine of inverse document frequencies; Sparck Jones, 1972). The thresholds are stated below. Two documents
known to tell one story (a reprint, an agency copy) may date it a few days apart. Where the words of one were
not kept, only reports of one day that give the same figures or the same equipment are of one act.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from detente.model import Link, Report

SAME_DAY: Final = 0.25
"""Likeness from which two reports of one day are of one act."""
SAME_PERIOD: Final = 0.40
"""Likeness asked where at least one is dated only by its month, year or span."""
SAME_STORY: Final = 0.40
"""Likeness asked of two reports from one story that are dated apart, or of which one is undated."""
STORY_DAYS: Final = 3
"""Days by which two tellings of one story may date the same act apart (a reprint's "today")."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_HAPPENED: Final = frozenset({"actual", "alleged"})


@dataclass(frozen=True, slots=True)
class Known:
    """A report that already belongs to an event."""

    event_id: str
    report: Report


def link_reports(
    reports: Sequence[Report],
    known: Iterable[Known],
    *,
    by: str,
    recorded_at: datetime,
    stories: Iterable[frozenset[str]] = (),
) -> tuple[Link, ...]:
    """A link for every report: to the event of a report of the same act, else to its own.

    Args:
        reports: New reports, in order.
        known: Reports of the same pairs that are stored.
        by: Who links: the coder's name and version.
        recorded_at: UTC time of the links.
        stories: Groups of ids of documents that tell one story in nearly the same words.

    Returns:
        One link a report, in order. `rule` is `new`, `same-story`, `same-day`, `same-period`, or `same-figures`
        where the words of one report were not kept.
    """
    story_of = {document_id: place for place, group in enumerate(stories) for document_id in group}
    groups: dict[tuple[object, ...], list[Known]] = {}
    stored = list(known)
    for item in stored:
        groups.setdefault(_key(item.report), []).append(item)
    weights = _rarity([*(item.report for item in stored), *reports])
    links: list[Link] = []
    for report in reports:
        group = groups.setdefault(_key(report), [])
        found = _best(report, group, weights, story_of)
        event_id, rule = (found[0].event_id, found[1]) if found else (report.report_id, "new")
        links.append(Link(report.report_id, event_id, rule, by, recorded_at))
        group.append(Known(event_id, report))
    return tuple(links)


def _key(report: Report) -> tuple[object, ...]:
    sides: tuple[object, ...] = (
        report.source_country or report.source_actor,
        report.target_country or report.target_actor,
    )
    if report.symmetric:
        sides = tuple(sorted(str(side) for side in sides))
    status = "happened" if report.status in _HAPPENED else report.status
    return sides, report.symmetric, report.event_type, status


def _best(
    report: Report, group: Sequence[Known], weights: Mapping[str, float], story_of: Mapping[str, int]
) -> tuple[Known, str] | None:
    best: tuple[float, Known, str] | None = None
    for item in group:
        rule, least = _rule(report, item.report, story_of)
        if rule is None or _counts_differ(report, item.report):
            continue
        if not (_is_told(report) and _is_told(item.report)):
            same_day = _same_time(report, item.report) == "same-day"
            enough, likeness, rule = same_day and _same_figures(report, item.report), 0.0, "same-figures"
        else:
            likeness = _likeness(report, item.report, weights)
            enough = likeness >= least
        if enough and (best is None or likeness > best[0]):
            best = (likeness, item, rule)
    return (best[1], best[2]) if best else None


def _rule(one: Report, other: Report, story_of: Mapping[str, int]) -> tuple[str | None, float]:
    """The rule by which two reports may be of one act, and the likeness it asks."""
    rule = _same_time(one, other)
    least = SAME_DAY if rule == "same-day" else SAME_PERIOD
    if not _same_story(one, other, story_of):
        return rule, least
    if rule is not None:
        return "same-story", least
    return ("same-story" if _near_in_time(one, other) else None), SAME_STORY


def _same_story(one: Report, other: Report, story_of: Mapping[str, int]) -> bool:
    """Whether the reports come from two documents of one story."""
    mine, theirs = ({item.document_id for item in report.evidence} for report in (one, other))
    stories = {story_of[document_id] for document_id in mine if document_id in story_of}
    return mine.isdisjoint(theirs) and any(story_of.get(document_id) in stories for document_id in theirs)


def _near_in_time(one: Report, other: Report) -> bool:
    """Whether two tellings can mean one day: a few days apart, or one of them undated."""
    if one.date_start is None or other.date_start is None:
        return True
    exact = one.date_precision == other.date_precision == "day"
    return exact and abs(_days(one.date_start, other.date_start)) <= STORY_DAYS


def _is_told(report: Report) -> bool:
    """Whether the words of a report are known."""
    return any(item.quote.strip() for item in report.evidence)


def _same_figures(one: Report, other: Report) -> bool:
    """Whether both give the same figures of the same things, or name the same equipment in the same number."""
    if one.quantities and other.quantities:
        return frozenset(one.quantities) == frozenset(other.quantities)
    return bool(one.materiel) and frozenset(one.materiel) == frozenset(other.materiel)


def _same_time(one: Report, other: Report) -> str | None:
    spans = (one.date_start, one.date_end, other.date_start, other.date_end)
    if any(day is None for day in spans):
        return None
    start, end, begin, finish = (day for day in spans if day is not None)
    if start > finish or begin > end:
        return None
    exact = one.date_precision == other.date_precision == "day"
    year_long = _days(start, end) > 31 or _days(begin, finish) > 31
    if exact:
        return "same-day"
    return None if year_long else "same-period"


def _days(start: date, end: date) -> int:
    return (end - start).days


def _counts_differ(one: Report, other: Report) -> bool:
    """Whether both count the same thing and differ by more than a tenth ("over 3,000", "3,500" differ)."""
    mine = {quantity.item or quantity.unit: quantity.value for quantity in one.quantities}
    theirs = {quantity.item or quantity.unit: quantity.value for quantity in other.quantities}
    return any(
        abs(mine[item] - theirs[item]) > 0.1 * max(abs(mine[item]), abs(theirs[item]))
        for item in mine.keys() & theirs.keys()
    )


def _likeness(one: Report, other: Report, weights: Mapping[str, float]) -> float:
    mine, theirs = _words(one), _words(other)
    shared = sum(weights[word] ** 2 for word in mine & theirs)
    lengths = (sum(weights[word] ** 2 for word in words) for words in (mine, theirs))
    product = math.prod(math.sqrt(length) for length in lengths)
    return shared / product if product else 0.0


def _words(report: Report) -> frozenset[str]:
    text = " ".join(item.quote for item in report.evidence).lower()
    words = {word[:6] for word in _WORD.findall(text)}  # a stem of six letters: sanctions, sanctioned
    things = {f"={item.item}" for item in report.materiel}
    counts = {f"#{quantity.value:g}" for quantity in report.quantities}
    return frozenset(words | things | counts)


def _rarity(reports: Sequence[Report]) -> Mapping[str, float]:
    counts = Counter(word for report in reports for word in _words(report))
    total = len(reports)
    return {word: math.log(1 + total / count) for word, count in counts.items()}
