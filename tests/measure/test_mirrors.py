from datetime import date

import pytest

from detente.measure.series import build_series

DAY = date(2022, 3, 5)
BACK = {"source_country": "JPN", "target_country": "RUS"}
VISIT = {"quad": 1, "intensity": 1.9, "cameo": "042"}
HOST = {"quad": 1, "intensity": 2.8, "cameo": "043"}


def sums(series, direction):
    return {name: float(values.sum()) for name, values in series.sums[direction].items()}


def test_a_visit_made_and_hosted_counts_once_in_joint(view, act, selection):
    events = view(
        act("1", DAY, "CONSULT", **VISIT),
        act("2", DAY, "CONSULT", **HOST, **BACK),
        act("3", DAY, "CONSULT", **VISIT),
        act("4", date(2022, 3, 6), "CONSULT", **HOST, **BACK),
    )
    series = build_series(events, selection, "month")
    assert series.mirrored == 1
    joint, forward, backward = (sums(series, name) for name in ("joint", "RUS>JPN", "JPN>RUS"))
    assert (joint["n"], forward["n"], backward["n"]) == (3, 2, 2)
    assert (joint["cooperation"], joint["scored"]) == (3, 3)
    assert joint["net"] == pytest.approx(1.9 + 1.9 + 2.8)


def test_blow_and_counterblow_are_two_acts(view, act, selection):
    blow = {"quad": 4, "intensity": -9.0, "cameo": "190"}
    events = view(act("1", DAY, "ASSAULT", **blow), act("2", DAY, "ASSAULT", **blow, **BACK))
    series = build_series(events, selection, "month")
    assert series.mirrored == 0
    assert sums(series, "joint")["n"] == 2


def test_a_row_marked_symmetric_is_not_taken_for_a_mirror(view, act, selection):
    met = {"quad": 1, "intensity": 1.0, "cameo": "040"}
    events = view(act("1", DAY, "CONSULT", **met, symmetric=True), act("2", DAY, "CONSULT", **met, **BACK))
    assert build_series(events, selection, "month").mirrored == 0


def test_the_notes_say_how_many(view, act, selection):
    from detente.measure.index import measure_index

    met = {"quad": 1, "intensity": 1.0, "cameo": "040"}
    events = view(act("1", DAY, "CONSULT", **met), act("2", DAY, "CONSULT", **met, **BACK))
    notes = measure_index(events, selection, "month").notes
    assert any(note.startswith("1 act is told from both sides") for note in notes)
