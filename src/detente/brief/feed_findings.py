"""The findings from a feed: the change at the date with its interval, and the acts behind it."""

from dataclasses import replace

from detente.brief.acts import Acts, acts_query, group_of, heaviest, order, record_size
from detente.brief.breaks import near_shock
from detente.brief.change import (
    behind,
    change_words,
    heading_words,
    headline_rows,
    impact_query,
    range_words,
    reason,
)
from detente.brief.findings import LIMIT, MOST, forces_finding, in_force_finding
from detente.brief.statements import by_events, by_query
from detente.brief.wording import counted, day_words, shortened
from detente.model import ImpactRow, Statement


def feed_findings(acts: Acts) -> tuple[Statement, ...]:
    """At most ten findings, best first; what the record cannot tell always stands last."""
    impact = acts.inputs.impact
    lines = _changes(acts) if impact and impact.results else [_no_estimate(acts)]
    near = near_shock(acts)
    lines += [near] if near else []
    lines += _acts_after(acts)
    lines += in_force_finding(acts) + forces_finding(acts)
    lines = [*lines[: MOST - 1], _limits(acts)]
    return tuple(replace(item, text=shortened(item.text, LIMIT)) for item in lines)


def _changes(acts: Acts) -> list[Statement]:
    impact = acts.inputs.impact
    if impact is None:
        return []
    query = impact_query(acts, impact)
    head = headline_rows(impact)
    estimator = head[0].estimator if head else impact.results[0].estimator
    rest = [
        row
        for row in impact.results
        if row.outcome != impact.headline and row.direction == "joint" and row.estimator == estimator
    ]
    rows = (*head, *rest[:2])
    lines = [
        by_query("findings", _fitted(acts, row, first=n == 0), query, row.n_before + row.n_after, behind(acts, row))
        for n, row in enumerate(rows)
    ]
    spread = range_words(impact)
    return lines + ([by_query("findings", spread, query, len(impact.results))] if spread else [])


def _fitted(acts: Acts, row: ImpactRow, *, first: bool) -> str:
    text = change_words(acts, row)
    lead = f"{heading_words(acts)}, {day_words(acts.inputs.shock)}: "
    return f"{lead}{text[0].lower()}{text[1:]}" if first and len(lead) + len(text) <= LIMIT else text


def _no_estimate(acts: Acts) -> Statement:
    impact = acts.inputs.impact
    why = reason(impact) if impact else "the change was not measured."
    query = impact_query(acts, impact) if impact else acts_query(acts.inputs)
    return by_query("findings", f"No estimate: {why}", query, record_size(acts.inputs))


def _acts_after(acts: Acts) -> list[Statement]:
    top = heaviest((event for event in acts.after if group_of(event) == "conflict"), 2)
    lines = []
    for event in sorted(top, key=order):
        head = "Among the heaviest acts from that day, "
        room = LIMIT - len(head) - 2
        line = acts.line(event, max(40, room - len(acts.line(event, 1))))
        lines.append(by_events("findings", head + line, [event]))
    return lines


def _limits(acts: Acts) -> Statement:
    text = (
        f"Counts are of reports in this feed, {counted(record_size(acts.inputs), 'event')} of the pair: coverage moves"
        " them as well as conduct, and other things changed at the same time. See what this record cannot tell."
    )
    return by_query("findings", text, acts_query(acts.inputs), record_size(acts.inputs))
