"""What is asked of every engine: each expression of the measures, each measure, each answer; and what equal means."""

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date

from detente.measure import daily, donor_panel, others, select, series, third_behind, third_parties
from detente.measure.index_groups import measure_index_by
from detente.measure.mirrors import MIRROR_KEYS, keep_mirrorable
from detente.measure.periods import GRAINS, assign_periods
from detente.model import Dyad
from detente.model.results import Selection

SHOCK = date(1973, 6, 1)
PLAIN = Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed")
SELECTIONS = {
    "plain": PLAIN,
    "everyone's": Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed", "all"),
    "one a day": Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed", one_a_day=True),
    "strict": Selection(Dyad("RUS", "JPN"), ("RUS",), ("JPN",), "demo", "feed", strict=True),
    "dated": Selection(
        Dyad("RUS", "IGO:EU"),
        ("RUS",),
        ("IGO:EU",),
        "demo",
        "feed",
        since=date(1969, 2, 1),
        until=date(1974, 7, 9),
    ),
    "chosen": Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), None, "chosen"),
}


def rows_of(expression) -> list[tuple]:
    """The rows of an expression in an order of their own."""
    found = [tuple(row.values()) for row in expression.to_pyarrow().to_pylist()]
    return sorted(found, key=lambda row: [(value is None, str(value)) for value in row])


def assert_same(found, expected) -> None:
    """Equal to the last byte, down to the last field: sums of floats are rounded where they are made."""
    if is_dataclass(expected):
        assert type(found) is type(expected)
        for field in fields(expected):
            assert_same(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for key, value in expected.items():
            assert_same(found[key], value)
    elif isinstance(expected, list | tuple) or getattr(expected, "ndim", 0):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_same(one, other)
    elif isinstance(expected, float) and math.isnan(expected):
        assert math.isnan(found)
    else:
        assert type(found) is type(expected)
        assert found == expected


def _pair_rows(view, selection):
    return select.select_events(view, selection)


EXPRESSIONS: dict[str, Callable] = {
    "select_events": _pair_rows,
    "select_pair": select.select_pair,
    "select_everyone": select.select_everyone,
    **{
        f"aggregate_acts by {every}": lambda view, chosen, every=every: series.aggregate_acts(
            assign_periods(_pair_rows(view, chosen), every)
        )
        for every in GRAINS
    },
    "aggregate_acts by mirror": lambda view, chosen: series.aggregate_acts(
        keep_mirrorable(assign_periods(_pair_rows(view, chosen), "month")), by=MIRROR_KEYS
    ),
    "issues": lambda view, chosen: _pair_rows(view, chosen).select(issue=lambda rows: rows.issue.unnest()).distinct(),
    "of an issue": lambda view, chosen: _pair_rows(view, chosen).filter(lambda rows: rows.issue.contains("islands")),
    "of no issue": lambda view, chosen: _pair_rows(view, chosen).filter(lambda rows: rows.issue.length() == 0),
}
MEASURES: dict[str, Callable] = {
    "share_left_out": select.share_left_out,
    "count_coverage": lambda view, chosen: series.count_coverage(view, chosen, "week"),
    "build_series": lambda view, chosen: series.build_series(view, chosen, "month"),
    "count_days": daily.count_days,
    "build_panel": lambda view, chosen: donor_panel.build_panel(
        view, chosen, series.build_series(view, chosen, "quarter")
    ),
    "count_board": lambda view, chosen: others.count_board(view, chosen, SHOCK, date(1970, 1, 1), date(1976, 1, 1)),
    "count_other_pairs": lambda view, chosen: third_parties.count_other_pairs(
        view, chosen, SHOCK, date(1970, 1, 1), date(1976, 1, 1)
    ),
    "read_third_acts": third_behind.read_third_acts,
    "index by issue": lambda view, chosen: measure_index_by(view, chosen, "year", "issue"),
    "index by press": lambda view, chosen: measure_index_by(view, chosen, "year", "publisher-country"),
}
EMPTY = {
    ("aggregate_acts by mirror", "dated"),
    ("aggregate_acts by mirror", "chosen"),
    ("of no issue", "chosen"),  # they are all about islands
}
ANSWERS: dict[str, Callable] = {
    "index": lambda dyad: dyad.index("month"),
    "index, one a day": lambda dyad: dyad.index("quarter", one_a_day=True, actors="all"),
    "index, chosen": lambda dyad: dyad.index("year", feed="chosen"),
    "index, multiverse": lambda dyad: dyad.index("month", multiverse=True, at="1973-06-01"),
    "breaks": lambda dyad: dyad.breaks("quarter"),
    "reciprocity": lambda dyad: dyad.reciprocity(),
    "exchanges": lambda dyad: dyad.exchanges(),
    "impact": lambda dyad: dyad.impact("1973-06-01", donors="none"),
    "third parties": lambda dyad: dyad.third_parties("1973-06-01", most=2),
    "describe": lambda dyad: dyad.describe("1975-01-01"),
    "events": lambda dyad: dyad.events(since="1974", until="1974"),
    "ledger": lambda dyad: dyad.ledger(as_of="1975-01-01"),
    "forces": lambda dyad: dyad.forces(),
}


def plain(answer):
    """An answer without the line that says what it was read from: the cube is the folder's own."""
    return _without_source(answer.to_object() if hasattr(answer, "to_object") else answer.to_arrow().to_pylist())


def _without_source(value):
    if isinstance(value, dict):
        return {key: _without_source(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        kept = (item for item in value if not (isinstance(item, str) and item.startswith("Read from the ")))
        return [_without_source(item) for item in kept]
    return value
