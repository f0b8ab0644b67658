"""The concrete pairs behind action and reaction: which act was followed by which, and who says it was an answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

import ibis.expr.types as ir
import numpy as np

from detente.errors import InputError
from detente.measure.daily import act_kinds
from detente.measure.lag_counts import count_lags
from detente.measure.select import describe_selection, direction_names, select_events
from detente.measure.third_behind import KINDS, find_behind, read_third_acts
from detente.model.exchanges import ExchangesResult, PairedActs
from detente.model.results import Exchange, Selection

DAYS: Final = 14
_MOST_DAYS: Final = 180


@dataclass(frozen=True, slots=True)
class _Act:
    """An act between the sides; `alone` where one side did it and no mirror image of it stands in a feed."""

    event: str
    direction: str
    kind: str | None
    event_type: str | None
    code: str | None
    start: date | None
    dated: bool
    alone: bool

    @property
    def day(self) -> int | None:
        """The ordinal day; None where it is not known to the day."""
        return self.start.toordinal() if self.dated and self.start is not None else None


def measure_exchanges(
    events: ir.Table, selection: Selection, said: Sequence[Exchange] = (), *, days: int = DAYS
) -> ExchangesResult:
    """Pair the acts of each side with earlier acts of the other.

    An act whose source calls it an answer stands once, with the act its words fit. Any other act stands once for each
    kind of earlier act (conflict, cooperation), with the latest of the other side that lies 1 to `days` days before.

    Args:
        events: The event view.
        selection: What was asked.
        said: Exchanges that the sources' own words give (`find_exchanges`), of a chosen record.
        days: Longest lag of a pair that is only consistent in time.

    Returns:
        The pairs in order of the second act's date, and their numbers by kind and lag.

    Raises:
        InputError: If `days` is not from 1 to 180.
        DataError: If a feed is asked for without its name.
    """
    if not 1 <= days <= _MOST_DAYS:
        raise InputError(f"{days} days between act and answer: expected 1 to {_MOST_DAYS}")
    acts, notes = _read_acts(events, selection)
    told = list(_said_pairs(acts, said))
    called = {pair.answer_event for pair in told}
    single = [act for act in acts if act.alone and act.day is not None]
    in_time = _pairs_in_time([act for act in single if act.event not in called], single, days)
    pairs = _with_thirds([*told, *in_time], events, selection, days)
    ordered = tuple(sorted(pairs, key=lambda pair: (pair.answer_date or date.max, pair.answer_event, _first_day(pair))))
    by_day = {
        direction: Counter((act.day, act.kind) for act in single if act.direction == direction)
        for direction in direction_names(selection)
    }
    return ExchangesResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        days=days,
        exchanges=ordered,
        lags=count_lags(ordered, by_day, days, chance=selection.record_kind == "feed"),
        notes=(*notes, *_reading_notes(ordered, selection, days)),
        query=f"exchanges within {days} days; {describe_selection(selection)}",
    )


def _first_day(pair: PairedActs) -> date:
    return pair.stimulus_date or date.min


def _read_acts(events: ir.Table, selection: Selection) -> tuple[list[_Act], list[str]]:
    rows = select_events(events, selection)
    kinds = act_kinds(rows)
    chosen = rows.select(
        "event_id",
        "direction",
        "event_type",
        "date_start",
        "date_end",
        code=rows.cameo,
        joint=rows.symmetric.fill_null(False),  # noqa: FBT003 - a literal of the expression
        conflict=kinds["conflict"],
        cooperation=kinds["cooperation"],
    )
    found = chosen.order_by(["date_start", "event_id"]).to_pyarrow().to_pylist()
    acts = [
        _Act(
            row["event_id"],
            row["direction"],
            next((kind for kind in KINDS if row[kind]), None),
            row["event_type"],
            row["code"],
            row["date_start"],
            row["date_start"] is not None and row["date_start"] == row["date_end"],
            not row["joint"],
        )
        for row in found
    ]
    joint = sum(not act.alone for act in acts)
    if selection.record_kind == "feed":
        acts = _without_mirrors(acts, direction_names(selection))
    single = [act for act in acts if act.alone]
    notes = [
        f"Not paired in time: {n} {what}."
        for n, what in (
            (joint, "acts that both did (met, clashed)"),
            (len(acts) - len(single) - joint, "rows with a mirror image (same day and code, sides swapped)"),
            (sum(act.day is None for act in single), "acts not dated to a day"),
        )
        if n
    ]
    return acts, notes


def _without_mirrors(acts: list[_Act], directions: tuple[str, str]) -> list[_Act]:
    """The acts of a feed; one with a mirror image is most often one sentence coded both ways: nobody's alone."""
    seen = {(act.day, act.code, act.direction) for act in acts if act.alone}
    other = dict(zip(directions, reversed(directions), strict=True))
    return [
        replace(act, alone=act.alone and (act.code is None or (act.day, act.code, other[act.direction]) not in seen))
        for act in acts
    ]


def _said_pairs(acts: Iterable[_Act], said: Iterable[Exchange]) -> Iterator[PairedActs]:
    by_id = {act.event: act for act in acts}
    for exchange in said:
        answer = by_id.get(exchange.answer)
        if answer is not None:
            stimulus = by_id.get(exchange.to) if exchange.to is not None else None
            yield replace(_pair(stimulus, answer), basis="said", cue=exchange.cue, lag_days=exchange.days)


def _pairs_in_time(answers: Iterable[_Act], acts: Iterable[_Act], days: int) -> Iterator[PairedActs]:
    """Each answer with the latest earlier act of each kind of the other side; one of its own type goes first."""
    latest: dict[tuple[str, str], list[_Act]] = {}
    of_day = {day: list(group) for day, group in groupby((act for act in acts if act.day is not None), _day)}
    asking = {act.event for act in answers}
    for day in sorted(of_day):
        for act in of_day[day]:
            if act.kind is None or act.event not in asking:
                continue
            for (direction, _), earlier in latest.items():
                if direction != act.direction and day - _day(earlier[0]) <= days:
                    alike = (one for one in earlier if one.event_type == act.event_type)
                    yield _pair(next(alike, earlier[0]), act)
        fresh: dict[tuple[str, str], list[_Act]] = {}
        for act in of_day[day]:
            if act.kind is not None:
                fresh.setdefault((act.direction, act.kind), []).append(act)
        latest |= fresh


def _day(act: _Act) -> int:
    return act.day or 0  # only asked of acts dated to a day


def _pair(stimulus: _Act | None, answer: _Act) -> PairedActs:
    to, from_ = answer.direction.split(">")
    both_dated = stimulus is not None and stimulus.day is not None and answer.day is not None
    return PairedActs(
        from_=from_,
        to=to,
        stimulus=stimulus.kind if stimulus else None,
        answer=answer.kind,
        basis="time",
        lag_days=_day(answer) - _day(stimulus) if both_dated and stimulus else None,
        stimulus_type=stimulus.event_type if stimulus else None,
        answer_type=answer.event_type,
        stimulus_date=stimulus.start if stimulus else None,
        answer_date=answer.start,
        cue=None,
        third=None,
        third_type=None,
        third_date=None,
        stimulus_event=stimulus.event if stimulus else None,
        answer_event=answer.event,
        third_event=None,
    )


def _with_thirds(pairs: list[PairedActs], events: ir.Table, selection: Selection, days: int) -> list[PairedActs]:
    """The pairs with the third party that may be behind both acts, of the answer's kind."""
    thirds = read_third_acts(events, selection)
    found = list(pairs)
    for kind in KINDS:
        places = [
            at for at, pair in enumerate(pairs) if pair.answer == kind and pair.stimulus and pair.lag_days is not None
        ]
        first = np.array([_ordinal(pairs[at].stimulus_date) for at in places], dtype=np.int64)
        second = np.array([_ordinal(pairs[at].answer_date) for at in places], dtype=np.int64)
        is_a = np.array([pairs[at].from_ == selection.dyad.a for at in places], dtype=bool)
        behind = find_behind(thirds, kind, first, second, first_is_a=is_a, within=days)
        for at, act in zip(places, behind, strict=True):
            if act is not None:
                found[at] = replace(
                    pairs[at], third=act.other, third_type=act.event_type, third_date=act.day, third_event=act.event
                )
    return found


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else 0


def _reading_notes(pairs: Sequence[PairedActs], selection: Selection, days: int) -> Iterator[str]:
    n_said = sum(pair.basis == "said" for pair in pairs)
    n_third = sum(pair.third is not None for pair in pairs)
    yield (
        f"{len(pairs)} pairs: {n_said} that a source calls an answer (said), {len(pairs) - n_said} only consistent in "
        f"time (1 to {days} days, the latest earlier act of each kind); a third party had to do with both sides just "
        f"before in {n_third}."
    )
    if selection.record_kind == "feed":
        yield (
            "A feed has no words of its sources, so nothing here is said to be an answer. Compare n with chance: the "
            "pairs that are there when one side's days are moved by years."
        )
    else:
        yield "The record was chosen by someone who knew the story: its numbers measure the choosing too."
