"""When the series of a feed broke."""

from datetime import date

from detente.brief.acts import Acts, acts_query, record_size
from detente.brief.change import direction_words
from detente.brief.hedging import strength_of_break
from detente.brief.notes import note_words
from detente.brief.statements import by_query
from detente.brief.tables import outcome
from detente.model import Break, BreaksResult, Statement

_NEAR_DAYS = 92  # a break within a quarter of the shock is shown beside it


def break_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement per break in order of date; why there is none; the notes."""
    breaks = acts.inputs.breaks
    if breaks is None or acts.inputs.record_kind == "chosen":
        return (by_query("breaks", acts.say("breaks.chosen"), acts_query(acts.inputs), record_size(acts.inputs)),)
    query = breaks_query(acts, breaks)
    lines = [
        by_query("breaks", break_words(acts, item), query, len(item.evidence), acts.found(item.evidence))
        for item in sorted(breaks.breaks, key=lambda item: (item.date, item.series, item.direction))
    ]
    if not lines:
        lines = [by_query("breaks", acts.say("breaks.none"), query, record_size(acts.inputs))]
    return (
        *lines,
        *(by_query("breaks", note_words(acts, note), query, record_size(acts.inputs)) for note in breaks.notes),
    )


def break_words(acts: Acts, item: Break) -> str:
    """What one break says."""
    words = outcome(item.series, acts.language)
    second = {True: acts.say("breaks.agrees"), False: acts.say("breaks.disagrees"), None: ""}[item.agrees]
    return acts.say(
        "breaks.line",
        day=item.date,
        low=item.low,
        high=item.high,
        moved=acts.say("breaks.up" if item.sign > 0 else "breaks.down"),
        size=acts.language.points(item.size) if words.kind == "share" else acts.language.signed(item.size),
        series=words.words,
        where=direction_words(acts, item.direction),
        kind=acts.say(f"breaks.{item.kind}"),
        probability=_probability(acts, item),
        method=item.method,
        second=second,
    )


def near_shock(acts: Acts) -> Statement | None:
    """The most probable break near the shock, or that there is none; None where breaks were not sought."""
    breaks = acts.inputs.breaks
    if breaks is None:
        return None
    query = breaks_query(acts, breaks)
    near = [item for item in breaks.breaks if _days(item.date, acts.inputs.shock) <= _NEAR_DAYS]
    if not near:
        text = acts.say("findings.no_near", shock=acts.inputs.shock, n=len(breaks.breaks))
        return by_query("findings", text, query, len(breaks.breaks))
    item = max(near, key=lambda item: (item.probability or 0, -_days(item.date, acts.inputs.shock)))
    text = acts.say(
        "findings.near",
        hedge=acts.say(f"hedge.{strength_of_break(item.probability)}_break"),
        day=item.date,
        series=outcome(item.series, acts.language).words,
        where=direction_words(acts, item.direction),
        moved=acts.say("breaks.up" if item.sign > 0 else "breaks.down"),
        size=abs(item.size),
        probability=_probability(acts, item),
        method=item.method,
    )
    return by_query("findings", text, query, len(near), acts.found(item.evidence))


def _probability(acts: Acts, item: Break) -> str:
    return acts.say("breaks.probability", p=item.probability) if item.probability is not None else ""


def breaks_query(acts: Acts, breaks: BreaksResult) -> str:
    """The command that gives the breaks again."""
    return breaks.query or f"detente breaks {acts.inputs.dyad.a} {acts.inputs.dyad.b} --every {breaks.every}"


def _days(one: date, other: date) -> int:
    return abs((one - other).days)
