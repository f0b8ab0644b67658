"""The findings from a feed: the change at the date with its interval, and the acts behind it."""

from detente.brief.acts import Acts, acts_query, group_of, heaviest, order, record_size
from detente.brief.answer import answer_first, limit_of
from detente.brief.breaks import near_shock
from detente.brief.change import (
    behind,
    change_words,
    direction_words,
    heading_words,
    headline_rows,
    impact_query,
    range_words,
    refusal_words,
)
from detente.brief.findings import forces_finding, in_force_finding
from detente.brief.impact_answer import Compared, answer_words, compared, is_compared
from detente.brief.relations import relation_findings
from detente.brief.responses import response_findings
from detente.brief.statements import by_events, by_query
from detente.model import ImpactResult, ImpactRow, Statement


def feed_findings(acts: Acts) -> tuple[Statement, ...]:
    """At most ten findings; the first five are the answer, of which the last says what the record cannot tell."""
    impact = acts.inputs.impact
    changes = _changes(acts) if impact and impact.results else [_no_estimate(acts)]
    spread = range_words(acts, impact) if impact else None
    lead = changes[:1]
    if impact and spread:
        lead.append(by_query("findings", spread, impact_query(acts, impact), len(impact.results)))
    near = near_shock(acts)
    lead += [near] if near else []
    lead += response_findings(acts)
    others = [*relation_findings(acts), *changes, *_acts_after(acts), *in_force_finding(acts), *forces_finding(acts)]
    return answer_first(acts, lead, others, [_limits(acts)])


def _changes(acts: Acts) -> list[Statement]:
    impact = acts.inputs.impact
    if impact is None:
        return []
    if is_compared(impact):
        return [_against_donors(acts, impact, item) for item in compared(impact)]
    query = impact_query(acts, impact)
    head = headline_rows(impact)
    estimator = head[0].estimator if head else impact.results[0].estimator
    rest = [
        row
        for row in impact.results
        if row.outcome != impact.headline and row.direction == "joint" and row.estimator == estimator
    ]
    rows = (*head, *rest[:2])
    return [
        by_query("findings", _fitted(acts, row, first=n == 0), query, row.n_before + row.n_after, behind(acts, row))
        for n, row in enumerate(rows)
    ]


def _against_donors(acts: Acts, impact: ImpactResult, item: Compared) -> Statement:
    row = item.first
    heading = heading_words(acts) if item.is_headline else ""
    text = answer_words(acts, impact, item, direction_words(acts, row.direction), heading=heading)
    return by_query("findings", text, impact_query(acts, impact), row.n_before + row.n_after, behind(acts, row))


def _fitted(acts: Acts, row: ImpactRow, *, first: bool) -> str:
    text = change_words(acts, row)
    headed = acts.say(
        "findings.lead",
        heading=heading_words(acts),
        shock=acts.inputs.shock,
        rest=text[0].lower() + text[1:],
    )
    return headed if first and len(headed) <= limit_of(acts) else text


def _no_estimate(acts: Acts) -> Statement:
    impact = acts.inputs.impact
    if impact is None:
        text = acts.say("findings.no_estimate", why=acts.say("findings.not_measured"))
        return by_query("findings", text, acts_query(acts.inputs), record_size(acts.inputs))
    return by_query("findings", refusal_words(acts, impact), impact_query(acts, impact), record_size(acts.inputs))


def _acts_after(acts: Acts) -> list[Statement]:
    top = heaviest((event for event in acts.after if group_of(event) == "conflict"), 2)
    lines = []
    for event in sorted(top, key=order):
        head = acts.say("findings.among", line="")
        room = limit_of(acts) - len(head) - 2
        line = acts.line(event, max(40, room - len(acts.line(event, 1))))
        lines.append(by_events("findings", acts.say("findings.among", line=line), [event]))
    return lines


def _limits(acts: Acts) -> Statement:
    text = acts.say("findings.feed_limits", n=record_size(acts.inputs))
    return by_query("findings", text, acts_query(acts.inputs), record_size(acts.inputs))
