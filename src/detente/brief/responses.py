"""Action and reaction in a feed: who answers whom, with its interval, as sure as the hedging table lets it sound."""

from detente.brief.acts import Acts, record_size
from detente.brief.hedging import strength_of
from detente.brief.notes import note_words, translated
from detente.brief.statements import by_query
from detente.model import Statement
from detente.model.reciprocity import ReciprocityResult, Response

_HEADLINE = ("conflict", "conflict")
_LEVEL = 0.9


def response_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement a response, those of the daily process with baseline and third parties first; then the notes."""
    result = acts.inputs.reciprocity
    if result is None:
        return ()
    query = _query(result)
    ranked = sorted(enumerate(result.responses), key=lambda item: (not is_headline(item[1]), item[0]))
    lines = [by_query("exchanges", response_words(acts, row), query, row.n_from + row.n_to) for _, row in ranked]
    if not lines:
        lines = [by_query("exchanges", acts.say("exchanges.no_test"), query, record_size(acts.inputs))]
    return (*lines, *(by_query("exchanges", note_words(acts, note), query, len(ranked)) for note in result.notes))


def response_findings(acts: Acts) -> list[Statement]:
    """The headline: conflict answered by conflict, the direction with the smaller p."""
    result = acts.inputs.reciprocity
    rows = [row for row in result.responses if is_headline(row)] if result else []
    if result is None or not rows:
        return []
    row = min(rows, key=lambda row: row.p_value)
    return [by_query("findings", response_words(acts, row), _query(result), row.n_from + row.n_to)]


def is_headline(row: Response) -> bool:
    """Whether a response is of the one specification whose error rate was measured, over the whole record."""
    whole = row.method == "excitation" and row.period == "whole" and row.baseline and row.third_parties
    return whole and (row.stimulus, row.answer) == _HEADLINE


def response_words(acts: Acts, row: Response) -> str:
    """What one response says, with its interval, p and n."""
    strength = strength_of(row.low, row.high, row.p_value)
    way = "more" if row.response > 0 else "less"
    term = acts.language.term
    half = acts.say("exchanges.half", n=row.half_life_days) if row.half_life_days is not None else ""
    values = {
        "from": acts.inputs.name(row.from_),
        "to": acts.inputs.name(row.to),
        "hedge": acts.say(f"hedge.{strength}_{way}"),
        "stimulus": term(row.stimulus),
        "answer": term(row.answer),
        "period": term(row.period),
        "response": row.response,
        "unit": _unit(acts, row.unit),
        "level": acts.language.percent(_LEVEL),
        "low": row.low,
        "high": row.high,
        "p": row.p_value,
        "n_from": row.n_from,
        "n_to": row.n_to,
        "method": term(_method(row)),
    }
    if strength == "none":
        return acts.say("exchanges.no_response", **values)
    return acts.say("exchanges.response", half=half, **values)


def _unit(acts: Acts, unit: str) -> str:
    """The unit; one that holds a length of time is translated as a note is."""
    return unit if acts.inputs.language == "en" else translated(acts.language, unit) or unit


def _method(row: Response) -> str:
    """The method and what it allows for, where that is less than all."""
    left_out = [name for name, has in (("baseline", row.baseline), ("third parties", row.third_parties)) if not has]
    return f"{row.method}, without {' and '.join(left_out)}" if left_out else row.method


def _query(result: ReciprocityResult) -> str:
    return result.query or f"detente reciprocity {result.dyad.a} {result.dyad.b}"
