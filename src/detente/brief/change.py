"""The change at the shock, from a feed."""

from typing import Final

from detente.brief.acts import Acts, acts_query, group_of, heaviest, record_size
from detente.brief.hedging import strength_of, verdict
from detente.brief.impact_answer import amount_words, compared, group_words, is_compared, level_words
from detente.brief.notes import note_words
from detente.brief.statements import by_query
from detente.brief.tables import OutcomeWords, outcome
from detente.model import Event, ImpactResult, ImpactRow, Statement

_SHORT: Final = "gives enough."  # ends a refusal for want of periods


def heading_words(acts: Acts) -> str:
    """`Effect of the shock` only where it came from outside and was weighed against a counterfactual."""
    impact = acts.inputs.impact
    shocker = acts.inputs.shocker or (impact.shocker if impact else None)
    outside = shocker is not None and shocker not in tuple(acts.inputs.dyad)
    return acts.say("change.effect_heading" if outside and is_compared(impact) else "change.date_heading")


def headline_rows(impact: ImpactResult) -> tuple[ImpactRow, ...]:
    """Rows of the headline outcome by the first estimator, the joint one first."""
    rows = [row for row in impact.results if row.outcome == impact.headline]
    first = [row for row in rows if row.estimator == rows[0].estimator]
    return tuple(sorted(first, key=lambda row: row.direction != "joint"))


def direction_words(acts: Acts, direction: str) -> str:
    """`between Russia and Japan`, or `Russia → Japan`."""
    if direction == "joint":
        a, b = acts.inputs.dyad
        return acts.say("change.between", a=acts.inputs.name(a), b=acts.inputs.name(b))
    source, _, target = direction.partition(">")
    return f"{acts.inputs.name(source)} → {acts.inputs.name(target)}"


def change_words(acts: Acts, row: ImpactRow) -> str:
    """What one row says, with its interval, p and n.

    Returns:
        For example "Acts of conflict, Russia → Japan, rose: +3.5 a month (90% interval 1.2 to 6; p 0.04; ...)".
    """
    words = outcome(row.outcome, acts.language)
    p_value = _counting_p(acts, row)
    shown = "unclear" if strength_of(row.low, row.high, p_value) == "none" else "clear"
    known = row.before is not None and row.after is not None
    return acts.say(
        f"change.{shown}",
        series=words.words,
        where=direction_words(acts, row.direction),
        says=verdict(acts.language, row.effect, row.low, row.high, p_value),
        means=_means(acts, f"change.means_{shown}", row, words) if known else "",
        effect=amount_words(acts, row.effect, words),
        unit="" if words.kind == "share" else acts.say("change.unit", unit=row.unit),
        level=acts.language.percent(row.level),
        low=amount_words(acts, row.low, words),
        high=amount_words(acts, row.high, words),
        p=acts.say("change.no_p") if p_value is None else acts.say("change.p", p=p_value),
        before=row.n_before,
        after=row.n_after,
        estimator=acts.language.term(row.estimator),
    )


def change_statements(acts: Acts) -> tuple[Statement, ...]:
    """Every row of the estimate, the range over what was tried, and its notes."""
    impact = acts.inputs.impact
    if impact is None:
        return ()
    query = impact_query(acts, impact)
    lines = [
        by_query("impact", text, query, row.n_before + row.n_after, behind(acts, row))
        for text, row in (_by_group(acts, impact) if is_compared(impact) else _by_row(acts, impact))
    ]
    notes = impact.notes if lines else impact.notes[:-1]  # the last of them is why there is none
    if not lines:
        lines = [by_query("impact", refusal_words(acts, impact), query, record_size(acts.inputs))]
    spread = range_words(acts, impact)
    lines += [by_query("impact", spread, query, len(impact.results))] if spread else []
    lines += [by_query("impact", note_words(acts, note), query, record_size(acts.inputs)) for note in notes]
    return tuple(lines)


def _by_group(acts: Acts, impact: ImpactResult) -> list[tuple[str, ImpactRow]]:
    """A sentence an outcome and direction, all estimators in it."""
    groups = compared(impact)
    return [(group_words(acts, item, direction_words(acts, item.first.direction)), item.first) for item in groups]


def _by_row(acts: Acts, impact: ImpactResult) -> list[tuple[str, ImpactRow]]:
    return [(change_words(acts, row), row) for row in impact.results]


def _counting_p(acts: Acts, row: ImpactRow) -> float | None:
    """The headline's own p (joint); of any other outcome or direction the p corrected for being one of many."""
    impact = acts.inputs.impact
    is_headline = impact is not None and (row.outcome, row.direction) == (impact.headline, "joint")
    return row.p_value if is_headline or row.p_adjusted is None else row.p_adjusted


def impact_query(acts: Acts, impact: ImpactResult) -> str:
    """The command that gives the estimate again."""
    return impact.query or (
        f"detente impact {acts.inputs.dyad.a} {acts.inputs.dyad.b} {impact.shock.isoformat()} --every {impact.every}"
    )


def reason(acts: Acts, impact: ImpactResult) -> str:
    """Why there is no estimate."""
    if not impact.notes:
        return acts.say("change.few", shock=impact.shock)
    return note_words(acts, impact.notes[-1].removeprefix("No estimate: "), as_sentence=False)


def refusal_words(acts: Acts, impact: ImpactResult) -> str:
    """That there is no estimate and why; that it is too short to tell where a longer record is all that lacks."""
    key = "too_short" if impact.notes and impact.notes[-1].endswith(_SHORT) else "no_estimate"
    return acts.say(f"findings.{key}", why=reason(acts, impact))


def range_words(acts: Acts, impact: ImpactResult) -> str | None:
    """The range of the headline over what was tried, and whether it agrees on the sign."""
    if impact.range is None:
        return None
    low, high = impact.range
    words = outcome(impact.headline, acts.language)
    return acts.say(
        "change.spread_donors" if is_compared(impact) else "change.spread",
        series=words.words,
        low=amount_words(acts, low, words),
        high=amount_words(acts, high, words),
        agrees=acts.say("change.disagree" if low < 0 < high else "change.agree"),
    )


def behind(acts: Acts, row: ImpactRow, n: int = 5) -> tuple[Event, ...]:
    """The heaviest acts after the shock in a row's direction, of the group that its outcome counts."""
    source, _, target = row.direction.partition(">")
    group = "cooperation" if row.outcome == "cooperation_volume" else "conflict"
    fitting = [
        event
        for event in acts.after
        if group_of(event) == group
        and (row.direction == "joint" or (event.report.source_country, event.report.target_country) == (source, target))
    ]
    return heaviest(fitting, n)


def no_estimate(acts: Acts) -> Statement:
    """Said where nothing was estimated at all."""
    return by_query("impact", acts.say("change.none"), acts_query(acts.inputs), record_size(acts.inputs))


def _means(acts: Acts, key: str, row: ImpactRow, words: OutcomeWords) -> str:
    before, after = (level_words(acts, value, words) for value in (row.before, row.after))
    return acts.say(key, before=before, after=after)
