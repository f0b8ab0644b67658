"""The findings on a chosen record: what it holds, in the sources' words, and no more."""

from collections import Counter
from collections.abc import Callable, Iterable

from detente.brief.acts import Acts, acts_query, heaviest, order, record_size, weight
from detente.brief.answer import MOST, answer_first, limit_of
from detente.brief.forces import force_groups, force_words
from detente.brief.ledger import standing
from detente.brief.statements import by_events, by_query
from detente.brief.tables import contrast, type_words
from detente.brief.wording import closed
from detente.model import DescriptionResult, Event, Exchange, LedgerEntry, PeriodCount, Statement

_LESS_NEEDED = ("heaviest", "forces", "in_force", "exchanges")  # left out first when there are more
FEED_LINE = "detente import icews PATH"


def describe_findings(acts: Acts) -> tuple[Statement, ...]:
    """At most ten findings on a chosen record; the first five are the answer, of which the last says its limits."""
    made: dict[str, list[Statement]] = {name: list(builder(acts)) for name, builder in _builders().items()}
    for name in _LESS_NEEDED:
        if sum(map(len, made.values())) > MOST:
            made[name] = []
    lead = [*made["answer"], *made["directions"], *made["first"][:1], *made["in_force"]]
    limits = made.pop("limits")
    return answer_first(acts, lead, [item for own in made.values() for item in own], limits)


def window_pair(description: DescriptionResult | None) -> tuple[PeriodCount, PeriodCount] | None:
    """The first window before and the first after; None where the record was not described."""
    periods = description.periods if description else ()
    before = next((item for item in periods if item.label == "before"), None)
    after = next((item for item in periods if item.label == "after"), None)
    return (before, after) if before and after else None


def _builders() -> dict[str, Callable[[Acts], Iterable[Statement]]]:
    return {
        "answer": _answer,
        "directions": _directions,
        "first": _first_sanctions,
        "heaviest": _heaviest,
        "stopped": _stopped,
        "signed": _signed,
        "exchanges": _exchanges,
        "forces": forces_finding,
        "in_force": in_force_finding,
        "limits": _limits,
    }


def _answer(acts: Acts) -> list[Statement]:
    windows = window_pair(acts.inputs.description)
    shock = acts.inputs.shock
    if windows is None or not (windows[0].n + windows[1].n):
        text = acts.say("findings.counts", before=len(acts.before), after=len(acts.after), shock=shock)
        return [by_query("findings", text, acts_query(acts.inputs), record_size(acts.inputs), acts.after)]
    before, after = windows
    events = acts.found(before.evidence + after.evidence)
    query = acts.inputs.description.query if acts.inputs.description else ""
    query = query or acts_query(acts.inputs, before.start, after.end)
    text = _contrast_text(acts, before, after, _whole_before(acts.inputs.description))
    return [by_query("findings", text, query, before.n + after.n, events)]


def _whole_before(description: DescriptionResult | None) -> PeriodCount | None:
    """All the record holds before, where that is more than the equal window."""
    periods = [item for item in description.periods if item.label == "before"] if description else []
    return periods[1] if len(periods) > 1 else None


def _contrast_text(acts: Acts, before: PeriodCount, after: PeriodCount, whole: PeriodCount | None) -> str:
    spans = {
        "after_span": acts.language.span(after.start, after.end),
        "before_span": acts.language.span(before.start, before.end),
    }
    counts = {"before": before.n, "after": after.n, "shock": acts.inputs.shock}
    if before.conflict_share is None or after.conflict_share is None:
        return acts.say("findings.windows", **spans, **counts)
    text = acts.say(
        "findings.answer",
        contrast=acts.say(f"contrast.{contrast(before.conflict_share, after.conflict_share)}"),
        share=after.conflict_share,
        before_share=before.conflict_share,
        **spans,
        **counts,
    )
    if whole is None or whole.conflict_share is None:
        return text + "."
    return text + acts.say("findings.answer_whole", share=whole.conflict_share, n=whole.n) + "."


def _directions(acts: Acts) -> list[Statement]:
    windows = window_pair(acts.inputs.description)
    if windows is None:
        return []
    a, b = acts.inputs.dyad
    events = [
        event
        for window in windows
        for source, target in ((a, b), (b, a))
        for event in _directed(acts.found(window.evidence), source, target)
    ]
    if not events:
        return []
    text = next(
        (text for top in (2, 1) if len(text := _directions_text(acts, windows, top)) <= limit_of(acts)),
        _directions_text(acts, windows, 0),
    )
    return [by_events("findings", text, events)]


def _directions_text(acts: Acts, windows: tuple[PeriodCount, PeriodCount], top: int) -> str:
    """Acts after and before by direction; `top` is how many types are named for the window after."""
    before, after = windows
    a, b = acts.inputs.dyad
    parts = []
    for source, target in ((a, b), (b, a)):
        key = f"{source}>{target}"
        events = _directed(acts.found(after.evidence), source, target)
        n = after.by_direction.get(key, 0)
        parts.append(
            acts.say(
                "findings.direction",
                parties=f"{acts.inputs.name(source)} → {acts.inputs.name(target)}",
                after=n,
                types=_top_types(acts, events, n, top),
                before=before.by_direction.get(key, 0),
            )
        )
    return f"{parts[0]}. {parts[1]}."


def _directed(events: Iterable[Event], source: str, target: str) -> tuple[Event, ...]:
    sides = {(source, target)}
    return tuple(
        event
        for event in events
        if (event.report.source_country, event.report.target_country) in sides
        or (event.report.symmetric and {event.report.source_country, event.report.target_country} == {source, target})
    )


def _top_types(acts: Acts, events: tuple[Event, ...], n: int, top: int) -> str:
    if len(events) != n or not n:  # the window lists only some of its acts: no split can be given
        return ""
    known = type_words()
    common = Counter(kind for event in events if (kind := event.report.event_type) in known and kind).most_common()
    common.sort(key=lambda item: (-item[1], item[0]))
    named = [acts.language.count(count, kind) for kind, count in common[:top]]
    return acts.say("findings.types", types=", ".join(named)) if named else ""


def _first_sanctions(acts: Acts) -> list[Statement]:
    firsts = []
    for source in acts.inputs.dyad:
        own = [e for e in acts.after if e.report.event_type == "SANCTION" and e.report.source_country == source]
        firsts += [min(own, key=order)] if own else []
    firsts.sort(key=order)
    lines = []
    for key, event in zip(("findings.first_sanction", "findings.first_answer"), firsts, strict=False):
        lead = acts.say(key, who=acts.inputs.name(event.report.source_country), when=acts.when(event))
        lines.append(by_events("findings", _fitted(acts, [event], [lead]), [event]))
    return lines


def _heaviest(acts: Acts) -> list[Statement]:
    conflict = [e for e in acts.after if e.report.quad in (3, 4) or e.report.event_type in ("COERCE", "ASSAULT")]
    top = heaviest(conflict, 1)
    if not top:
        return []
    event = top[0]
    head = acts.say("findings.heaviest", score=-weight(event), when=acts.when(event), parties=acts.parties(event))
    return [by_events("findings", _fitted(acts, [event], [head]), top)]


def _stopped(acts: Acts) -> list[Statement]:
    return _turn_finding(acts, ("revoked", "suspended"), "findings.stopped")


def _signed(acts: Acts) -> list[Statement]:
    return _turn_finding(acts, ("signed", "resumed"), "findings.signed")


def _turn_finding(acts: Acts, turns: tuple[str, ...], key: str) -> list[Statement]:
    description = acts.inputs.description
    if description is None:
        return []
    ids = [event_id for turn in turns for event_id in description.turns.get(turn, ())]
    events = [event for event in acts.found(ids) if acts.side(event) == "after"]
    if not events:
        return []
    shape = f"{key}_more" if len(events) > 1 else key
    heads = {event.event_id: acts.say(shape, n=len(events), when=acts.when(event)) for event in events}
    # of equally heavy acts, the one whose words fit tells more than one cut short
    shown = min(events, key=lambda e: (-weight(e), _overflow(acts, [e], [heads[e.event_id]]), order(e)))
    return [by_events("findings", _fitted(acts, [shown], [heads[shown.event_id]]), [shown, *events])]


def _exchanges(acts: Acts) -> list[Statement]:
    exchanges = acts.inputs.description.exchanges if acts.inputs.description else ()
    known = [(acts.by_id.get(item.answer), acts.by_id.get(item.to or ""), item) for item in exchanges]
    pairs = [(answer, to, item) for answer, to, item in known if answer and to and acts.side(answer) == "after"]
    if not pairs:
        return []
    heads = {item.answer: _exchange_heads(acts, to, item, len(pairs)) for _, to, item in pairs}
    answer, to, item = min(
        pairs,
        key=lambda pair: (
            -weight(pair[0]),
            _overflow(acts, [pair[1], pair[0]], heads[pair[2].answer]),
            order(pair[0]),
        ),
    )
    events = [to, answer, *(event for pair in pairs for event in pair[:2])]
    return [by_events("findings", _fitted(acts, [to, answer], heads[item.answer]), events)]


def _exchange_heads(acts: Acts, to: Event, item: Exchange, n: int) -> list[str]:
    key = "findings.tied_more" if n > 1 else "findings.tied"
    later = acts.language.days_later(item.days)
    return [acts.say(key, n=n, when=acts.when(to)), acts.say("findings.reaction", later=later)]


def forces_finding(acts: Acts) -> list[Statement]:
    """The report of forces that names most, from the day of the shock on."""
    groups = [group for group in force_groups(acts) if acts.side(group[0]) != "before"]
    if not groups:
        return []
    event, rows = max(groups, key=lambda group: (len(group[1]), sum(row.count or 0 for row in group[1])))
    text = acts.say("findings.forces", forces=force_words(acts, event, rows))
    if len(text) > limit_of(acts):
        text = acts.say("findings.forces_more", forces=force_words(acts, event, rows[:4]), n=len(rows) - 4)
    return [by_events("findings", text, [event])] if len(text) <= limit_of(acts) else []


def in_force_finding(acts: Acts) -> list[Statement]:
    """How many measures stand, by kind and side."""
    ledger = acts.inputs.ledger
    entries = standing(ledger)
    if ledger is None or not entries:
        return []
    kinds = Counter(entry.kind for entry in entries)
    parts = [
        _kind_words(acts, entries, kind, n) for kind, n in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    ]
    text = closed(acts.say("findings.in_force", day=ledger.as_of, n=len(entries), kinds=acts.language.join(parts)))
    events = acts.found(event_id for entry in entries for event_id in entry.evidence)
    return [by_query("findings", text, ledger.query or acts_query(acts.inputs), len(entries), events)]


def _kind_words(acts: Acts, entries: tuple[LedgerEntry, ...], kind: str, n: int) -> str:
    sides = Counter(entry.by for entry in entries if entry.kind == kind)
    known = kind in acts.language.forms
    counted = acts.language.count(n, kind) if known else f"{acts.language.whole(n)} {acts.language.term(kind)}"
    if kind == "agreement":  # has two sides, whoever the record names first
        return counted
    if len(sides) == 1:
        return acts.say("findings.kind_by", kind=counted, who=acts.inputs.name(next(iter(sides))))
    by = [acts.say("findings.side", n=count, who=acts.inputs.name(side)) for side, count in sorted(sides.items())]
    return acts.say("findings.kind_sides", kind=counted, sides=", ".join(by))


def _limits(acts: Acts) -> list[Statement]:
    text = acts.say("findings.chosen_limits", command=FEED_LINE)
    return [by_query("findings", text, acts_query(acts.inputs), record_size(acts.inputs))]


def _fitted(acts: Acts, events: list[Event], heads: list[str]) -> str:
    """Heads and quotes in one finding: the quotes share what room the heads leave, a short one gives its rest."""
    room = limit_of(acts) - sum(map(len, heads)) - 4 * len(events)  # quotation marks, full stop, space
    limits: dict[str, int] = {}
    for n, event in enumerate(sorted(events, key=lambda event: len(acts.words(event, limit_of(acts))))):
        limits[event.event_id] = max(room // (len(events) - n), 24)
        room -= min(limits[event.event_id], len(acts.words(event, limit_of(acts))))
    parts = [
        closed(f"{head}{acts.words(event, limits[event.event_id])}") for head, event in zip(heads, events, strict=True)
    ]
    return " ".join(parts)


def _overflow(acts: Acts, events: list[Event], heads: list[str]) -> int:
    """Characters by which whole quotes would pass the limit."""
    whole = sum(map(len, heads)) + sum(len(acts.words(event)) + 2 for event in events)
    return max(0, whole - limit_of(acts))
