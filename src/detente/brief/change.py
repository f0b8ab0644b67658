"""The change at the shock, from a feed."""

from detente.brief.acts import Acts, acts_query, group_of, heaviest, record_size
from detente.brief.statements import by_query
from detente.brief.tables import OutcomeWords, outcome, verdict
from detente.brief.wording import day_words, number, percent, sentence, signed
from detente.model import Event, ImpactResult, ImpactRow, Statement


def heading_words(acts: Acts) -> str:
    """`Effect of the shock` only where it came from outside and was weighed against a counterfactual."""
    impact = acts.inputs.impact
    shocker = acts.inputs.shocker or (impact.shocker if impact else None)
    outside = shocker is not None and shocker not in tuple(acts.inputs.dyad)
    compared = impact is not None and any(
        not row.estimator.startswith("before-after") for row in headline_rows(impact)[:1]
    )
    return "Effect of the shock" if outside and compared else "Change at the date"


def headline_rows(impact: ImpactResult) -> tuple[ImpactRow, ...]:
    """Rows of the headline outcome by the first estimator, the joint one first."""
    rows = [row for row in impact.results if row.outcome == impact.headline]
    first = [row for row in rows if row.estimator == rows[0].estimator]
    return tuple(sorted(first, key=lambda row: row.direction != "joint"))


def direction_words(acts: Acts, direction: str) -> str:
    """`between Russia and Japan`, or `Russia → Japan`."""
    if direction == "joint":
        a, b = acts.inputs.dyad
        return f"between {acts.inputs.name(a)} and {acts.inputs.name(b)}"
    source, _, target = direction.partition(">")
    return f"{acts.inputs.name(source)} → {acts.inputs.name(target)}"


def change_words(acts: Acts, row: ImpactRow) -> str:
    """What one row says, with its interval, p and n.

    Returns:
        For example "Acts of conflict, Russia → Japan, rose: +3.5 a month (90% interval 1.2 to 6; p 0.04; ...)".
    """
    words = outcome(row.outcome)
    said = verdict(row.effect, row.low, row.high, row.p_value)
    unclear = said.startswith("no ")
    says = f": {said}" if unclear else f" {said}"
    means = (
        f"{',' if unclear else ''} from {_level(row.before, words)} to {_level(row.after, words)}"
        if row.before is not None and row.after is not None
        else ""
    )
    unit = "" if words.kind == "share" else f" {row.unit}"
    p_value = f"; p {number(row.p_value)}" if row.p_value is not None else "; no p"
    return (
        f"{words.words.capitalize()} {direction_words(acts, row.direction)}{says}{means}: {_change(row.effect, words)}"
        f"{unit} ({round(row.level * 100)}% interval {_change(row.low, words)} to {_change(row.high, words)}{p_value};"
        f" n {row.n_before:,} and {row.n_after:,}; {row.estimator})."
    )


def change_statements(acts: Acts) -> tuple[Statement, ...]:
    """Every row of the estimate, the range over what was tried, and its notes."""
    impact = acts.inputs.impact
    if impact is None:
        return ()
    query = impact_query(acts, impact)
    lines = [
        by_query("impact", change_words(acts, row), query, row.n_before + row.n_after, behind(acts, row))
        for row in impact.results
    ]
    if not lines:
        lines = [by_query("impact", f"No estimate: {reason(impact)}", query, record_size(acts.inputs))]
    spread = range_words(impact)
    lines += [by_query("impact", spread, query, len(impact.results))] if spread else []
    lines += [by_query("impact", sentence(note), query, record_size(acts.inputs)) for note in impact.notes]
    return tuple(lines)


def impact_query(acts: Acts, impact: ImpactResult) -> str:
    """The command that gives the estimate again."""
    return impact.query or (
        f"detente impact {acts.inputs.dyad.a} {acts.inputs.dyad.b} {impact.shock.isoformat()} --every {impact.every}"
    )


def reason(impact: ImpactResult) -> str:
    """Why there is no estimate."""
    return (
        impact.notes[-1].removeprefix("No estimate: ")
        if impact.notes
        else f"too few events around {day_words(impact.shock)}."
    )


def range_words(impact: ImpactResult) -> str | None:
    """The range of the headline over what was tried, and whether it agrees on the sign."""
    if impact.range is None:
        return None
    low, high = impact.range
    agrees = "they disagree on the sign" if low < 0 < high else "all of one sign"
    words = outcome(impact.headline)
    return (
        f"Over the estimators and windows tried, the change in {words.words} runs from {_change(low, words)} to"
        f" {_change(high, words)}: {agrees}."
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
    return by_query(
        "impact", "No change was estimated from this feed.", acts_query(acts.inputs), record_size(acts.inputs)
    )


def _level(value: float, words: OutcomeWords) -> str:
    return percent(value) if words.kind == "share" else number(value)


def _change(value: float, words: OutcomeWords) -> str:
    return f"{signed(round(value * 100, 1))} points" if words.kind == "share" else signed(value)
