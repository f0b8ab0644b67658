"""Which entry of the ledger an act tells again, carries out, breaks off or ends."""

from dataclasses import replace
from typing import Final

from detente.measure.ledger_open import Measure
from detente.measure.turns import Act, Reading, is_turn

FAMILY_DAYS: Final = 45  # within which two reports of one measure may be dated apart
PLAN_DAYS: Final = 400  # within which an act carries out a plan
_RECALL: Final = frozenset({"recall", "ambass"})  # stems


def enter_measure(measures: list[Measure], new: Measure, reading: Reading) -> None:
    """Add a measure, or its evidence to the one it tells again, carries out or breaks off."""
    for at, old in enumerate(measures):
        if _is_retold(old, new, reading) or _is_carried_out(old, new, reading):
            measures[at] = _join(old, new)
            return
    if new.entry.kind == "agreement" and new.entry.status != "in force":
        at_best = _best([item for item in measures if _may_break(item, new)], new.words, reading)
        if at_best is not None:
            at = measures.index(at_best)
            ends = new.entry.status == "ended"
            merged = replace(
                new.entry,
                what=min(at_best.entry.what, new.entry.what, key=len),
                since=at_best.entry.since if ends else new.entry.since,
                known_since=at_best.entry.known_since if ends else new.entry.known_since,
                evidence=at_best.entry.evidence + new.entry.evidence,
            )
            measures[at] = replace(new, entry=merged)
            return
    measures.append(new)


def _may_break(old: Measure, new: Measure) -> bool:
    return old.entry.kind == new.entry.kind and old.entry.status in ("in force", "suspended")


def _is_retold(old: Measure, new: Measure, reading: Reading) -> bool:
    same = (old.entry.kind, old.entry.by, old.entry.status) == (
        new.entry.kind,
        new.entry.by,
        new.entry.status,
    )
    if not same or old.span is None or new.span is None:
        return same and old.span == new.span and _alike(old.words, reading.distinctive(new.words))
    if old.span[0] <= new.span[1] and new.span[0] <= old.span[1]:
        return _alike(_unnamed(old.words, reading), _unnamed(new.words, reading)) or _is_coarser_twin(old, new, reading)
    if (new.span[0] - old.span[1]).days > FAMILY_DAYS or old.entry.kind in ("expulsion", "deployment"):
        return False
    # A further round of one kind says other numbers: 17 people, then 398.
    other_round = old.numbers and new.numbers and not old.numbers & new.numbers
    return not other_round and _alike(old.words, reading.distinctive(new.words), share=0.6)


def _is_coarser_twin(old: Measure, new: Measure, reading: Reading) -> bool:
    """Whether a month-dated report tells a measure of that month again: one rare word is enough."""
    spans = [span for span in (old.span, new.span) if span is not None]
    lengths = sorted((end - start).days for start, end in spans)
    rare = max(3, len(reading.acts) // 60)
    shared = old.words & reading.distinctive(new.words)
    return 1 < lengths[-1] <= 31 and any(reading.frequency.get(word, 0) <= rare for word in shared)


def _is_carried_out(old: Measure, new: Measure, reading: Reading) -> bool:
    if old.entry.status != "announced" or new.entry.status == "announced":
        return False
    if (old.entry.kind, old.entry.by) != (new.entry.kind, new.entry.by):
        return False
    known, start = old.entry.known_since, new.entry.since
    near = known is None or start is None or 0 <= (start - known).days <= PLAN_DAYS
    return near and _alike(old.words, reading.distinctive(new.words))


def _alike(one: frozenset[str], other: frozenset[str], share: float = 0.5) -> bool:
    shared = len(one & other)
    return shared >= 2 and shared >= share * min(len(one), len(other))


def _unnamed(words: frozenset[str], reading: Reading) -> frozenset[str]:
    return frozenset(word for word in words if not any(word.startswith(name) for name in reading.names))


def _join(old: Measure, new: Measure) -> Measure:
    """One measure told twice: the act before the plan, the exact date before the coarse one."""
    known = [day for day in (old.entry.known_since, new.entry.known_since) if day is not None]
    base = new if old.entry.status == "announced" or _days_long(new) < _days_long(old) else old
    entry = replace(
        base.entry,
        known_since=min(known) if known else None,
        evidence=old.entry.evidence + new.entry.evidence,
    )
    return replace(base, entry=entry, words=old.words | new.words, numbers=old.numbers | new.numbers)


def _days_long(measure: Measure) -> float:
    return (measure.span[1] - measure.span[0]).days if measure.span is not None else float("inf")


def close_measures(measures: list[Measure], act: Act, reading: Reading) -> bool:
    """End what the act ends in words: lifted, withdrawn or resumed, on the same object.

    Returns:
        False where the act lifts sanctions and no entry fits; True otherwise.
    """
    lifted, resumed = is_turn(act, "lifted"), is_turn(act, "resumed")
    if not lifted and not resumed:
        return True
    by = act.direction.partition(">")[0]
    open_now = [
        item
        for item in measures
        if item.entry.status in ("in force", "suspended")
        and (item.entry.by == by or act.direction == "joint" or item.joint)
        and (item.entry.status == "suspended" if resumed and not lifted else item.entry.kind != "agreement")
    ]
    if "every" in act.concepts and "sanction" in act.concepts:
        ended = [item for item in open_now if item.entry.kind in ("sanction", "restriction")]
    else:
        # an envoy sent back ends the recall, whatever else the two sentences share
        recalls = [item for item in open_now if item.words >= _RECALL and "ambass" in act.words]
        best = recalls[-1] if recalls else _best(open_now, act.words, reading)
        ended = [best] if best is not None else []
    for item in ended:
        until = act.report.date_start
        entry = replace(item.entry, status="ended", until=until, evidence=(*item.entry.evidence, act.id))
        measures[measures.index(item)] = replace(item, entry=entry)
    return bool(ended) or not (lifted and "sanction" in act.concepts)


def _best(measures: list[Measure], words: frozenset[str], reading: Reading) -> Measure | None:
    """The measure that shares most with the words: two telling words, or one that is half of them."""
    telling = reading.distinctive(words)
    ranked = [(len(item.words & telling), at, item) for at, item in enumerate(measures)]
    fit = [found for found in ranked if found[0] >= 2 or (found[0] == 1 and len(telling) <= 2)]
    return max(fit, key=lambda found: found[:2])[2] if fit else None
