"""The index of one issue, or of what one side's press tells, beside the others: one may hold while another breaks."""

from dataclasses import replace
from typing import Final, Literal

import ibis.expr.types as ir

from detente.measure.cubed import Record, event_rows
from detente.measure.index import measure_index
from detente.measure.select import select_events
from detente.measure.series import Keep
from detente.model.results import Every, IndexResult, Selection

By = Literal["issue", "publisher-country"]
_MOST: Final = 12
_NO_ISSUE: Final = "no issue told"


def measure_index_by(
    record: Record, selection: Selection, every: Every, by: By, *, count_requests: bool = False
) -> IndexResult:
    """The relation by period and direction, apart for each issue or for each press.

    An act of two issues is in both. The presses are those of the two sides, of all other countries, and unknown ones.
    Each group is estimated on its own, with the coverage of the whole feed.

    Args:
        record: The event view, or a cube.
        selection: What was asked.
        every: Length of a period.
        by: What tells the groups.
        count_requests: Whether REQUEST counts as conflict.

    Returns:
        Rows with their `group`: the largest group first, at most twelve; then in order of period and direction.

    Raises:
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    acts = select_events(event_rows(record), selection)
    groups = _issues(acts) if by == "issue" else _presses(selection)
    counted = {name: int(keep(acts).count().to_pyarrow().as_py()) for name, keep in groups.items()}
    named = sorted((name for name in groups if counted[name]), key=lambda name: (-counted[name], name))
    whole = measure_index(record, selection, every, count_requests=count_requests)
    rows = [
        replace(row, group=name)
        for name in named[:_MOST]
        for row in measure_index(record, selection, every, count_requests=count_requests, keep=groups[name]).rows
    ]
    notes = [
        f"Acts by {by}: {', '.join(f'{name} {counted[name]}' for name in named) or 'none'}"
        + ("; an act of two issues is in both." if by == "issue" else ".")
    ]
    if len(named) > _MOST:
        notes.append(f"The {_MOST} with most acts have rows.")
    query = f"{whole.query}; by {by}"
    return replace(whole, rows=tuple(rows), notes=(*whole.notes, *notes), query=query)


def _issues(acts: ir.Table) -> dict[str, Keep]:
    told = acts.select(issue=acts.issue.unnest()).distinct().order_by("issue").to_pyarrow().to_pylist()
    found: dict[str, Keep] = {str(row["issue"]): _has_issue(str(row["issue"])) for row in told}
    return {**found, _NO_ISSUE: lambda rows: rows.filter(rows.issue.length() == 0)}


def _has_issue(name: str) -> Keep:
    return lambda rows: rows.filter(rows.issue.contains(name))


def _presses(selection: Selection) -> dict[str, Keep]:
    a, b = selection.dyad
    sides = [*selection.a_codes, *selection.b_codes]
    return {
        f"press of {a}": lambda rows: rows.filter(rows.publisher_country.isin(list(selection.a_codes))),
        f"press of {b}": lambda rows: rows.filter(rows.publisher_country.isin(list(selection.b_codes))),
        "other press": lambda rows: rows.filter(rows.publisher_country.notnull(), rows.publisher_country.notin(sides)),
        "press unknown": lambda rows: rows.filter(rows.publisher_country.isnull()),
    }
