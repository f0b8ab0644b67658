"""When the series of a feed broke."""

from datetime import date

from detente.brief.acts import Acts, acts_query, record_size
from detente.brief.change import direction_words
from detente.brief.statements import by_query
from detente.brief.tables import outcome
from detente.brief.wording import counted, day_words, number, percent, sentence, signed
from detente.model import Break, BreaksResult, Statement

_NEAR_DAYS = 92  # a break within a quarter of the shock is shown beside it


def break_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement per break in order of date; why there is none; the notes."""
    breaks = acts.inputs.breaks
    if breaks is None or acts.inputs.record_kind == "chosen":
        text = "Breaks are not tested on a chosen record: its dates cluster where whoever chose it looked."
        return (by_query("breaks", text, acts_query(acts.inputs), record_size(acts.inputs)),)
    query = breaks_query(acts, breaks)
    lines = [
        by_query("breaks", break_words(acts, item), query, len(item.evidence), acts.found(item.evidence))
        for item in sorted(breaks.breaks, key=lambda item: (item.date, item.series, item.direction))
    ]
    if not lines:
        lines = [by_query("breaks", "No break was found.", query, record_size(acts.inputs))]
    return (
        *lines,
        *(by_query("breaks", sentence(note), query, record_size(acts.inputs)) for note in breaks.notes),
    )


def break_words(acts: Acts, item: Break) -> str:
    """What one break says."""
    words = outcome(item.series)
    moved = "Up" if item.sign > 0 else "Down"
    kind = "a lasting change" if item.kind == "level" else "a pulse that passed"
    probability = f", probability {percent(item.probability)}" if item.probability is not None else ""
    second = {True: "; a second method agrees", False: "; a second method does not see it", None: ""}[item.agrees]
    size = f"{signed(round(item.size * 100, 1))} points" if words.kind == "share" else signed(item.size)
    return (
        f"{day_words(item.date)} ({day_words(item.low)} to {day_words(item.high)}): {moved.lower()} {size},"
        f" {words.words} {direction_words(acts, item.direction)}, {kind}{probability} ({item.method}{second})."
    )


def near_shock(acts: Acts) -> Statement | None:
    """The most probable break near the shock, or that there is none; None where breaks were not sought."""
    breaks = acts.inputs.breaks
    if breaks is None:
        return None
    query = breaks_query(acts, breaks)
    near = [item for item in breaks.breaks if _days(item.date, acts.inputs.shock) <= _NEAR_DAYS]
    if not near:
        text = (
            f"No break within three months of {day_words(acts.inputs.shock)};"
            f" {counted(len(breaks.breaks), 'break')} in the whole series."
        )
        return by_query("findings", text, query, len(breaks.breaks))
    item = max(near, key=lambda item: (item.probability or 0, -_days(item.date, acts.inputs.shock)))
    words = outcome(item.series)
    probability = f", probability {percent(item.probability)}" if item.probability is not None else ""
    text = (
        f"The strongest break near the date: {day_words(item.date)}, {words.words}"
        f" {direction_words(acts, item.direction)} {'up' if item.sign > 0 else 'down'} {number(abs(item.size))}"
        f"{probability} ({item.method})."
    )
    return by_query("findings", text, query, len(near), acts.found(item.evidence))


def breaks_query(acts: Acts, breaks: BreaksResult) -> str:
    """The command that gives the breaks again."""
    return breaks.query or f"detente breaks {acts.inputs.dyad.a} {acts.inputs.dyad.b} --every {breaks.every}"


def _days(one: date, other: date) -> int:
    return abs((one - other).days)
