"""Who else moved, from a feed: the change of the other relations, and who took a side."""

from typing import Final

from detente.brief.acts import Acts
from detente.brief.hedging import strength_of, verdict
from detente.brief.notes import note_words
from detente.brief.statements import by_query
from detente.brief.tables import outcome
from detente.model import Statement
from detente.model.briefs import Section
from detente.model.third_parties import RelationChange, SideTaken, ThirdPartiesResult

_PLAIN: Final = "before-after"
_MOST_SIDES: Final = 6
_LEVEL: Final = 0.9
_SMALL: Final = 0.01


def relation_statements(acts: Acts, result: ThirdPartiesResult) -> tuple[Statement, ...]:
    """One statement a relation, the smallest p first; who took a side; what the counts rest on."""
    rows = [row for row in result.relations if row.estimator == _PLAIN]
    lines = [_said(acts, row, result.query) for row in rows]
    if not lines:
        lines = [by_query("third_parties", acts.say("others.no_estimate"), result.query, len(result.sides))]
    told = [side for side in result.sides if side.sided_with is not None]
    told.sort(key=lambda side: (side.p_adjusted is None, side.p_adjusted or 0.0, side.who))
    lines += [_sided(acts, side, result.query) for side in told[:_MOST_SIDES]]
    counted = acts.say("others.sides", told=len(told), n=len(result.sides), days=result.days)
    lines.append(by_query("third_parties", counted, result.query, len(result.sides)))
    lines += [by_query("third_parties", note_words(acts, note), result.query, len(rows)) for note in result.notes]
    return tuple(lines)


def relation_findings(acts: Acts) -> list[Statement]:
    """The relation that changed most surely, if any change is clear or probable."""
    result = acts.inputs.third_parties
    rows = [row for row in result.relations if row.estimator == _PLAIN] if result else []
    sure = [row for row in rows if strength_of(row.low, row.high, row.p_adjusted) in ("clear", "probable")]
    if result is None or not sure:
        return []
    row = min(sure, key=lambda item: (item.p_adjusted or 0.0, -abs(item.effect), str(item.dyad)))
    return [_said(acts, row, result.query, section="findings")]


def _said(acts: Acts, row: RelationChange, query: str, section: Section = "third_parties") -> Statement:
    strength = strength_of(row.low, row.high, row.p_adjusted)
    number = acts.language.number
    text = acts.say(
        "others.unclear" if strength == "none" else "others.changed",
        a=acts.inputs.name(row.dyad.a),
        b=acts.inputs.name(row.dyad.b),
        series=outcome(row.outcome, acts.language).words,
        says=verdict(acts.language, row.effect, row.low, row.high, row.p_adjusted),
        before=number(row.before or 0.0),
        after=number(row.after or 0.0),
        effect=row.effect,
        unit=row.unit,
        level=acts.language.percent(_LEVEL),
        low=row.low,
        high=row.high,
        p=acts.say("change.no_p") if row.p_adjusted is None else acts.say("others.p", p=_p_words(acts, row.p_adjusted)),
        n_before=row.n_before,
        n_after=row.n_after,
        estimator=row.estimator,
    )
    return by_query(section, text, query, row.n_before + row.n_after)


def _sided(acts: Acts, side: SideTaken, query: str) -> Statement:
    name = acts.inputs.name
    text = acts.say(
        "others.sided",
        who=name(side.who),
        a=name(acts.inputs.dyad.a),
        b=name(acts.inputs.dyad.b),
        with_=name(side.sided_with),
        against_a=side.against_a,
        against_b=side.against_b,
        before_a=side.against_a_before,
        before_b=side.against_b_before,
        p=_p_words(acts, side.p_adjusted or 0.0),
    )
    return by_query("third_parties", text, query, side.against_a + side.against_b)


def _p_words(acts: Acts, p_value: float) -> str:
    """A p; one that two decimals would show as nothing is said to be below a hundredth."""
    return acts.language.number(p_value) if p_value >= _SMALL else f"< {acts.language.number(_SMALL)}"
