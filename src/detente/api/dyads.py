"""A pair of sides, and every question that can be asked of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from detente.api.answers import Answer, Events
from detente.api.objects import Result
from detente.api.records import read_record
from detente.api.review_notes import review_note
from detente.errors import DataError, InputError
from detente.model import Dyad as Pair
from detente.model import Event, Every, Selection

if TYPE_CHECKING:
    from detente.api.brief_answers import BriefAnswer
    from detente.api.stores import Store
    from detente.store import Snapshot

CHOSEN = "chosen"
"""The name by which `feed=` asks for the chosen record instead of a feed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Which events count; the defaults are those of the command line.

    Attributes:
        feed: A feed's name, `chosen`, or None for the feed with most rows on the pair.
        actors: `state` keeps state agents on both sides, `all` keeps everyone.
        one_a_day: Whether equal acts of a day count once.
        since: First day.
        until: Last day.
        strict: Whether alleged acts are left out.
    """

    feed: str | None = None
    actors: Literal["state", "all"] = "state"
    one_a_day: bool = False
    since: date | None = None
    until: date | None = None
    strict: bool = False


class Dyad:
    """Two sides and the record on them; `Store.dyad` makes one. Sides are ISO3 or `IGO:` codes."""

    def __init__(self, store: "Store", a: str, b: str) -> None:
        self.store = store
        self.pair = Pair(a, b)

    def __repr__(self) -> str:
        return f"Dyad({self.pair.a!r}, {self.pair.b!r})"

    def events(self, *, since: str | date | None = None, until: str | date | None = None, **choices: Any) -> Events:
        """The events between the two sides, in order of date.

        Args:
            since: First day (ISO 8601 year, month or day).
            until: Last day.
            **choices: See `Choices`.
        """
        with self.store.snapshot() as snapshot:
            selection = self.select(snapshot, since=since, until=until, **choices)
            return Events(pair_records(snapshot, selection), selection)

    def index(
        self,
        every: Every = "month",
        *,
        by: str | None = None,
        requests: bool = False,
        multiverse: bool = False,
        at: str | date | None = None,
        **choices: Any,
    ) -> Answer:
        """The relation by period and direction, each measure with its 90 % interval.

        Args:
            every: Length of a period.
            by: `issue` or `publisher-country`: apart for each.
            requests: Whether REQUEST counts as conflict.
            multiverse: Instead, the change at a date under other choices.
            at: That date; by default the last twelve periods are set against those before.
            **choices: See `Choices`.
        """
        from detente.api.moves import IndexQuestion, read_index

        question = IndexQuestion(check_every(every), by, requests, multiverse, check_day(at) if at else None)
        with self.store.snapshot() as snapshot:
            found = read_index(read_record(snapshot), self.select(snapshot, **choices), question)
            return self._answer(found, snapshot)

    def breaks(
        self, every: Every = "month", *, false_rate: float | None = None, multiverse: bool = False, **choices: Any
    ) -> Answer:
        """The dates at which the relation changed, with their probability.

        Args:
            every: Length of a period.
            false_rate: Changes in 120 periods that reshuffles of a series may give as strong as one that is told.
            multiverse: Instead, each break under other choices.
            **choices: See `Choices`.
        """
        from detente.api.moves import read_breaks

        with self.store.snapshot() as snapshot:
            record, selection = read_record(snapshot), self.select(snapshot, **choices)
            found = read_breaks(record, selection, check_every(every), false_rate, multiverse=multiverse)
            return self._answer(found, snapshot)

    def reciprocity(self, *, split: str | date | None = None, **choices: Any) -> Answer:
        """Who answers whom, how strongly and how fast.

        Args:
            split: The day (ISO 8601) from which the record counts as "after".
            **choices: See `Choices`.
        """
        from detente.measure.reciprocity import measure_reciprocity

        day = check_day(split) if split else None
        with self.store.snapshot() as snapshot:
            found = measure_reciprocity(snapshot.events(), self.select(snapshot, **choices), split=day)
            return self._answer(found, snapshot)

    def exchanges(self, *, days: int = 14, **choices: Any) -> Answer:
        """Which acts of one side were followed by which of the other, and which a source calls an answer.

        Args:
            days: Longest lag of acts that are only consistent in time.
            **choices: See `Choices`.
        """
        from detente.api.exchanging import find_exchanges_of

        return self._answer(find_exchanges_of(self, days, choices))

    def impact(
        self,
        shock: str | date,
        *,
        every: Every = "month",
        shocker: str | None = None,
        donors: str | None = None,
        outcome: str = "conflict_volume",
        multiverse: bool = False,
        anticipation: int = 30,
        structural: str | Path | None = None,
        **choices: Any,
    ) -> Answer:
        """What changed at a date, against what other pairs let expect.

        Args:
            shock: The day (ISO 8601), or a name that `detente shocks` lists.
            every: Length of a period.
            shocker: The state that launched the shock.
            donors: `auto` takes donors by rule, `none` compares before and after alone, a list (`CHN-JPN,KOR-PRK`)
                takes those; by default `auto` where it is known who launched the shock and there are donors enough.
            outcome: The headline, named before looking.
            multiverse: Whether to measure the headline under other choices too.
            anticipation: Days before the shock that count as anticipation, not as before.
            structural: A folder of the user's structural tables (ATOP, MID, rivalries), whose ties leave donors out.
            **choices: See `Choices`.
        """
        from detente.api.impacts import ImpactQuestion, answer_impact
        from detente.api.shocks import read_shock

        question = ImpactQuestion(
            read_shock(shock, shocker),
            check_every(every),
            donors,
            outcome,
            multiverse,
            anticipation_days=anticipation,
            structural=Path(structural) if structural else None,
        )
        with self.store.snapshot() as snapshot:
            found = answer_impact(read_record(snapshot), self.select(snapshot, **choices), question)
            return self._answer(found, snapshot)

    def third_parties(
        self,
        shock: str | date,
        *,
        shocker: str | None = None,
        every: Every = "month",
        outcomes: tuple[str, ...] | None = None,
        most: int = 12,
        days: int = 365,
        **choices: Any,
    ) -> Answer:
        """Which relations of either side with others changed at a date, who took sides, and the triads.

        Args:
            shock: The day (ISO 8601), or a name that `detente shocks` lists.
            shocker: The state that launched the shock.
            every: Length of a period.
            outcomes: Names of series; by default conflict and cooperation volume.
            most: Most others looked at for each side.
            days: Length of the windows of sides, triads and description.
            **choices: See `Choices`.
        """
        from detente.api.shocks import read_shock
        from detente.measure.relations import DEFAULT_OUTCOMES, measure_third_parties

        asked = read_shock(shock, shocker)
        with self.store.snapshot() as snapshot:
            selection = self.select(snapshot, **choices)
            return self._answer(
                measure_third_parties(
                    snapshot.events(),
                    selection,
                    asked.day,
                    every=check_every(every),
                    shocker=asked.shocker,
                    outcomes=outcomes or DEFAULT_OUTCOMES,
                    most=most,
                    days=days,
                )
            )

    def describe(self, shock: str | date, **choices: Any) -> Answer:
        """What a chosen record holds before and after a date: description, no estimate."""
        from detente.measure.describe import describe_record
        from detente.ontology.plover import nearest_score

        with self.store.snapshot() as snapshot:
            selection = self.select(snapshot, **{**choices, "feed": CHOSEN})
            events = pair_records(snapshot, selection, acts_only=False)
        return self._answer(
            describe_record(
                events,
                self.pair,
                check_day(shock),
                score_of=nearest_score,
                actors=selection.actors,
                strict=selection.strict,
            )
        )

    def ledger(
        self,
        as_of: str | date,
        *,
        known_by: str | date | None = None,
        structural: str | Path | None = None,
        **choices: Any,
    ) -> Answer:
        """What stands in force on a day: by the acts of the chosen record, by standing tables, through organisations.

        Args:
            as_of: The day (ISO 8601).
            known_by: Only what was known by this day.
            structural: A folder of the user's structural tables (ATOP, MID, rivalries).
            **choices: See `Choices`.
        """
        from detente.api.ledgers import read_ledger

        with self.store.snapshot() as snapshot:
            selection = self.select(snapshot, **{**choices, "feed": CHOSEN})
            events = pair_records(snapshot, selection, acts_only=False)
            result = read_ledger(
                snapshot,
                selection,
                events,
                check_day(as_of),
                known_by=check_day(known_by) if known_by else None,
                structural=Path(structural) if structural else None,
            )
        return self._answer(result)

    def forces(self, **choices: Any) -> Answer:
        """Equipment and troops as the reports give them."""
        from detente.measure.forces import forces_as_reported

        with self.store.snapshot() as snapshot:
            selection = self.select(snapshot, **{**choices, "feed": CHOSEN})
            events = pair_records(snapshot, selection, acts_only=False)
        return self._answer(forces_as_reported(events, self.pair, actors=selection.actors, strict=selection.strict))

    def brief(
        self,
        shock: str | date,
        *,
        shocker: str | None = None,
        every: Every = "month",
        language: str = "en",
        **choices: Any,
    ) -> "BriefAnswer":
        """A brief on what changed at a date, each sentence with its evidence.

        Args:
            shock: The day (ISO 8601), or a name that `detente shocks` lists.
            shocker: The state that launched the shock.
            every: Length of a period, for feeds.
            language: Of the brief: `en`, `tr` or `ru`.
            **choices: See `Choices`.

        Raises:
            DataError: If the store has no event of the pair, or the shock lies outside the record.
            InputError: If the language is none of these.
        """
        from detente.api.brief_answers import BriefAnswer
        from detente.api.briefs import make_brief
        from detente.api.shocks import read_shock

        asked = read_shock(shock, shocker)
        return BriefAnswer(make_brief(self, asked, every=every, language=language, choices=choices))

    def review_note(self) -> str | None:
        """Which reviews answers on this pair rest on, and how many there are; None where there are none."""
        return review_note(self)

    def _answer(self, result: Result, snapshot: "Snapshot | None" = None) -> Answer:
        """The answer, with a word on the record where it is the bundled example, and on the reviews it rests on."""
        if self.store.is_example:
            note = "Record: the bundled example chronology, not a store of yours."
            result = replace(result, notes=(note, *result.notes))
        else:
            reviews = review_note(self, snapshot=snapshot)
            result = replace(result, notes=(*result.notes, reviews)) if reviews else result
        return Answer(result)

    def select(
        self,
        snapshot: "Snapshot",
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        **choices: Any,
    ) -> Selection:
        """The selection that stands for some choices in one state of the store.

        Raises:
            InputError: If a choice or feed is unknown.
            DataError: If the store is empty.
        """
        from detente.ontology import predecessors

        chosen = _choices(since, until, choices)
        sides = [(code, *predecessors(code)) for code in self.pair]
        feed, kind = _record(snapshot, chosen.feed, sides[0], sides[1])
        selection = Selection(
            self.pair,
            sides[0],
            sides[1],
            feed,
            kind,
            chosen.actors,
            chosen.one_a_day,
            chosen.since,
            chosen.until,
            chosen.strict,
        )
        if self.store.is_example:
            _check_example(snapshot, selection)
        return selection


def _choices(since: str | date | None, until: str | date | None, rest: dict[str, Any]) -> Choices:
    allowed = {"feed", "actors", "one_a_day", "strict"}
    unknown = sorted(set(rest) - allowed)
    if unknown:
        raise InputError(f"choice {unknown[0]!r} is not known: expected {', '.join(sorted(allowed))}")
    if rest.get("actors", "state") not in {"state", "all"}:
        raise InputError(f"actors {rest['actors']!r}: expected state or all")
    first = check_day(since) if since else None
    last = check_day(until, last=True) if until else None
    if first and last and first > last:
        raise InputError(f"since {first} is after until {last}: give the earlier day first")
    return Choices(since=first, until=last, **rest)


def check_every(value: str) -> Every:
    """The length of a period, if it is one."""
    if value not in get_args(Every):
        raise InputError(f"every {value!r}: expected one of {', '.join(get_args(Every))}")
    return value  # type: ignore[return-value]


def check_day(value: str | date, *, last: bool = False) -> date:
    """The first (or last) day that an ISO 8601 year, month or day means."""
    from detente.model import parse_partial_date

    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        span = parse_partial_date(str(value))
    except ValueError as error:
        raise InputError(f"{error}") from error
    day = span.end if last else span.start
    if day is None:
        raise InputError(f"date {value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return day


def _record(
    snapshot: "Snapshot", feed: str | None, a: tuple[str, ...], b: tuple[str, ...]
) -> tuple[str | None, Literal["feed", "chosen"]]:
    """The one record a measure reads: the feed named, else the feed with most rows on the pair."""
    from detente.measure.select import choose_feed

    feeds = snapshot.feeds()
    if feed == CHOSEN:
        return None, "chosen"
    if feed is not None:
        if feed not in feeds:
            known = ", ".join([*feeds, CHOSEN])
            raise InputError(f"feed {feed!r} is not in this store: it has {known}")
        return feed, "feed"
    if not feeds:
        if snapshot.is_empty():
            raise DataError("the store is empty: add reports (`detente add`) or import a feed (`detente import`)")
        return None, "chosen"
    counts = _feed_counts(snapshot, a, b)
    if not counts and snapshot.chosen_events():
        return None, "chosen"
    return choose_feed(counts or feeds), "feed"


def _check_example(snapshot: "Snapshot", selection: Selection) -> None:
    """The example answers only for the pairs it holds; for others the empty store is the thing to say."""
    from detente.measure.select import select_pair

    if not int(select_pair(snapshot.events(), replace(selection, since=None, until=None)).count().to_pyarrow().as_py()):
        raise DataError(
            f"your store is empty, and the bundled example holds nothing on {selection.dyad}: add reports "
            "(`detente add PATH`) or import a feed (`detente import icews PATH`)"
        )


def _feed_counts(snapshot: "Snapshot", a: tuple[str, ...], b: tuple[str, ...]) -> dict[str, int]:
    from detente.store import Snapshot as FolderSnapshot

    if isinstance(snapshot, FolderSnapshot):
        return snapshot.pair_feeds(a, b)
    rows = snapshot.table("reports")
    mine = rows.filter(
        (rows.source_country.isin(a) & rows.target_country.isin(b))
        | (rows.source_country.isin(b) & rows.target_country.isin(a)),
        rows.record_kind == "feed",
    )
    counted = mine.group_by("feed").aggregate(n=mine.count()).to_pyarrow().to_pylist()
    return {row["feed"]: row["n"] for row in counted}


def pair_records(snapshot: "Snapshot", selection: Selection, *, acts_only: bool = True) -> tuple[Event, ...]:
    """The pair's events in full; `acts_only` keeps what a measure would count."""
    from detente.measure.select import select_events, select_pair

    events = snapshot.events()
    rows = select_events(events, selection) if acts_only else select_pair(events, selection)
    order = [rows.date_start.asc(nulls_first=False), rows.event_id]
    ids = rows.order_by(order).event_id.to_pyarrow().to_pylist()
    return snapshot.event_records(ids)
