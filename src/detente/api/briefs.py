"""Everything a brief rests on, gathered from one state of the store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from detente import __version__
from detente.brief import BriefInputs, PairCount, compose_brief
from detente.errors import DataError
from detente.model import Brief, Document, Event, Every, LedgerResult, Selection

if TYPE_CHECKING:
    from detente.api.dyads import Dyad
    from detente.api.shocks import ShockDay
    from detente.store import Snapshot

_EXAMPLE_WORDS = (
    "The sentences in quotation marks are the chronology's own summaries of the sources named, not the sources' words.",
)
FEED_EVENTS = 60
"""Events of a feed that a brief shows: the strongest around the shock and those that carry a break."""


def make_brief(
    dyad: "Dyad", asked: "ShockDay", *, every: Every, choices: dict[str, Any], language: str = "en"
) -> Brief:
    """Measure a pair around a date and compose the brief; see `Dyad.brief`."""
    from detente.api.numbers import series_around
    from detente.brief.language import load_language

    words = load_language(language)  # an unknown one is refused before anything is measured
    shock, code = asked.day, asked.shocker
    with dyad.store.snapshot() as snapshot:
        selection = dyad.select(snapshot, **choices)
        if selection.record_kind == "feed":
            inputs = _from_feed(dyad, snapshot, selection, asked, every)
        else:
            inputs = _from_chosen(dyad, snapshot, selection, shock, code)
        numbers = series_around(snapshot, selection, shock)
    marks = words.say("act.marks")
    return compose_brief(
        replace(
            inputs,
            numbers=numbers,
            shock_name=f"{marks[0]}{asked.title}{marks[1]}" if asked.title else None,
            language=language,
            names=_in_language(inputs.names, language),
        )
    )


def _from_chosen(
    dyad: "Dyad", snapshot: "Snapshot", selection: Selection, shock: date, shocker: str | None
) -> BriefInputs:
    from detente.api.dyads import pair_records
    from detente.api.ledgers import read_ledger
    from detente.measure.describe import describe_record
    from detente.measure.forces import forces_as_reported
    from detente.ontology.plover import nearest_score

    events = pair_records(snapshot, selection, acts_only=False)
    _check(events, dyad, shock)
    documents = _documents(snapshot, events)
    last = max(event.report.date_end for event in events if event.report.date_end is not None)
    options = {"actors": selection.actors, "strict": selection.strict}
    others = _others(snapshot, selection, shock, last)
    return BriefInputs(
        dyad=dyad.pair,
        names=_names(dyad, events, others),
        shock=shock,
        shocker=shocker,
        record=_record_sentence(dyad, documents),
        record_kind="chosen",
        is_example=dyad.store.is_example,
        selection=_selection_notes(dyad, selection),
        events=events,
        documents=documents,
        description=describe_record(events, dyad.pair, shock, score_of=nearest_score, **options),  # type: ignore[arg-type]
        ledger=read_ledger(snapshot, selection, events, last),
        forces=forces_as_reported(events, dyad.pair, **options),  # type: ignore[arg-type]
        others=others,
        unknown=_EXAMPLE_WORDS if dyad.store.is_example else (),
        version=__version__,
        coder=_coder(events),
    )


def _from_feed(
    dyad: "Dyad",
    snapshot: "Snapshot",
    selection: Selection,
    asked: "ShockDay",
    every: Every,
) -> BriefInputs:
    from detente.api.brief_impact import measure_for_brief
    from detente.api.brief_others import count_others, estimate_others, index_others, window_days
    from detente.api.records import read_record
    from detente.measure.breaks import find_breaks
    from detente.measure.index import measure_index
    from detente.measure.reciprocity import measure_reciprocity

    shock, record = asked.day, read_record(snapshot)
    index = measure_index(record, selection, every)
    if not any(row.n for row in index.rows):
        raise DataError(
            f"feed {selection.feed} holds no event between {dyad.pair.a} and {dyad.pair.b}: name another feed "
            "(`--feed`), or count everyone's acts (`--actors all`)"
        )
    breaks = find_breaks(record, selection, every)
    impact = measure_for_brief(record, selection, asked, every)
    reciprocity = measure_reciprocity(snapshot.events(), selection)
    days = window_days(record, selection, shock, every)
    others = count_others(record, selection, shock, days) if days else ()
    moved = estimate_others(record, selection, asked, impact.every, days) if days else None
    carried = [event_id for item in breaks.breaks for event_id in item.evidence]
    events = _strongest(snapshot, selection, shock, carried)
    system, labels = _codes(snapshot, selection)
    return BriefInputs(
        dyad=dyad.pair,
        names=_names(dyad, events, others),
        shock=shock,
        shocker=asked.shocker,
        record=_feed_sentence(snapshot, selection, index.rows[0].period if index.rows else None),
        record_kind="feed",
        selection=_selection_notes(dyad, selection),
        events=events,
        index=index,
        breaks=breaks,
        impact=impact,
        path=impact.path,
        reciprocity=reciprocity,
        ledger=_standing(snapshot, selection, shock),
        others=others,
        third_parties=moved,
        comparable=index_others(record, selection, others, every),
        version=__version__,
        coder=_coder(events),
        code_system=system,
        code_labels=labels,
    )


def _standing(snapshot: "Snapshot", selection: Selection, day: date) -> LedgerResult:
    """What tables say stands on the day of the shock: a feed names no measures, and reports are not mixed with it."""
    from detente.api.ledgers import read_ledger

    return read_ledger(snapshot, replace(selection, feed=None, record_kind="chosen"), (), day)


def _codes(snapshot: "Snapshot", selection: Selection) -> tuple[str, dict[str, str]]:
    """The scheme of the feed's own codes, by the codes themselves, and what they say."""
    from detente.ontology.codes import detect_system, load_codes

    rows = snapshot.table("reports")
    mine = rows.filter(rows.feed == selection.feed, rows.cameo.notnull())
    counts = mine.group_by("cameo").aggregate(n=mine.count()).to_pyarrow().to_pylist()
    system = detect_system({row["cameo"]: row["n"] for row in counts}).system or "CAMEO"
    return system, {name: code.label for name, code in load_codes(system).codes.items()}


def _check(events: tuple[Event, ...], dyad: "Dyad", shock: date) -> None:
    days = [
        (event.report.date_start, event.report.date_end)
        for event in events
        if event.report.date_start and event.report.date_end
    ]
    if not days:
        a, b = _names(dyad, ()).values()
        raise DataError(
            f"no dated event between {a} and {b} in this store: add reports (`detente add PATH`) or import a "
            "feed (`detente import icews PATH`)"
        )
    first, last = min(start for start, _ in days), max(end for _, end in days)
    if not first <= shock <= last:
        raise DataError(
            f"shock {shock} lies outside the record, which runs from {first} to {last}: choose a date inside, "
            "or add reports from that time"
        )


def _documents(snapshot: "Snapshot", events: tuple[Event, ...]) -> dict[str, Document]:
    names = sorted({name for event in events for name in event.document_ids})
    return {item.id: item for item in snapshot.documents(names)}


def _names(dyad: "Dyad", events: tuple[Event, ...], others: tuple[PairCount, ...] = ()) -> dict[str, str]:
    from detente.ontology import country_name

    codes = dict.fromkeys([*dyad.pair, *(code for item in others for code in item.dyad)])
    for event in events:
        for code in (event.report.source_country, event.report.target_country, event.report.reported_by):
            if code is not None:
                codes[code] = None
    return {code: country_name(code) for code in codes}


def _in_language(names: Mapping[str, str], language: str) -> dict[str, str]:
    from detente.ontology import country_name

    return {code: country_name(code, language) for code in names}  # type: ignore[arg-type]


def _record_sentence(dyad: "Dyad", documents: dict[str, Document]) -> str:
    if dyad.store.is_example:
        from detente.example import example_record

        return example_record()
    publishers = {item.publisher for item in documents.values() if item.publisher}
    return (
        f"{len(documents)} documents of {len(publishers)} named publishers, chosen by whoever added them: "
        "counts measure the choosing."
    )


def _feed_sentence(snapshot: "Snapshot", selection: Selection, first: date | None) -> str:
    rows = snapshot.feeds().get(selection.feed or "", 0)
    since = f", from {first.isoformat()}" if first else ""
    return f"The feed {selection.feed}, {rows:,} events between all actors{since}, coded by its publisher's rules."


def _selection_notes(dyad: "Dyad", selection: Selection) -> tuple[str, ...]:
    from detente.measure.select import describe_selection

    reviews = dyad.review_note()
    return (describe_selection(selection), *([reviews] if reviews else []))


def _coder(events: tuple[Event, ...]) -> str:
    coders = sorted({event.report.coder for event in events if event.report.coder})
    return ", ".join(coders) or "unknown"


def _others(snapshot: "Snapshot", selection: Selection, shock: date, last: date) -> tuple[PairCount, ...]:
    """Acts of the other pairs that involve a side, in equal windows before and after."""
    from detente.measure.third_parties import count_other_pairs

    length = min((last - shock).days, 730)
    if length < 1:
        return ()
    since, until = shock - timedelta(days=length), shock + timedelta(days=length)
    found = count_other_pairs(snapshot.events(), selection, shock, since, until)
    return tuple(
        PairCount(item.dyad, item.before, item.after, item.conflict_before, item.conflict_after, item.query)
        for item in found
    )


def _strongest(snapshot: "Snapshot", selection: Selection, shock: date, carried: list[str]) -> tuple[Event, ...]:
    from detente.measure.select import select_events

    rows = select_events(snapshot.events(), selection)
    days = 180
    near = rows.filter(rows.date_start >= shock - timedelta(days=days), rows.date_start <= shock + timedelta(days=days))
    ranked = near.filter(near.intensity.notnull()).mutate(weight=near.intensity.abs())
    before, after = ranked.filter(ranked.date_start < shock), ranked.filter(ranked.date_start >= shock)
    nearest = (  # hundreds have one score: of those the nearest to the date
        before.order_by([before.weight.desc(), before.date_start.desc(), before.event_id]).limit(FEED_EVENTS // 2),
        after.order_by([after.weight.desc(), after.date_start, after.event_id]).limit(FEED_EVENTS // 2),
    )
    found = [event_id for part in nearest for event_id in part.event_id.to_pyarrow().to_pylist()]
    ids = dict.fromkeys([*found, *carried])
    events = snapshot.event_records(list(ids))
    return tuple(sorted(events, key=lambda event: (event.report.date_start or date.max, event.event_id)))
