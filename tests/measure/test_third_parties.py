"""Who else moved: relations chosen by what came before, sides by days, triads by signs."""

from datetime import date, timedelta

import pytest

from detente.errors import InputError
from detente.measure.others import Board, Cell
from detente.measure.relations import measure_third_parties
from detente.measure.sides import adjust_bh, read_triads, take_sides
from detente.model import Dyad, Selection

SHOCK = date(2003, 1, 1)


def cell(source, target, event_type, after, days, n=None, conflict=0, cooperation=0):
    return Cell(source, target, event_type, after, n or days, days, conflict, cooperation)


def test_who_sanctions_one_and_supports_the_other_took_a_side():
    board = Board(
        "RUS",
        "JPN",
        (
            cell("USA", "RUS", "SANCTION", True, 9, n=90),
            cell("USA", "JPN", "SUPPORT", True, 4),
            cell("USA", "RUS", "ACCUSE", False, 2),
            cell("CHN", "RUS", "ACCUSE", True, 3),
            cell("CHN", "JPN", "ACCUSE", True, 4),
        ),
    )
    usa, chn = take_sides(board, test=True)
    assert (usa.who, usa.against_a, usa.against_b, usa.against_a_before) == ("USA", 13, 0, 2)
    assert usa.sided_with == "JPN"
    assert usa.p_value == pytest.approx(2 * 0.5**13)
    assert (chn.who, chn.sided_with) == ("CHN", None)
    assert [row.p_value for row in take_sides(board, test=False)] == [None, None]


def test_few_days_tell_no_side():
    board = Board("RUS", "JPN", (cell("USA", "RUS", "SANCTION", True, 4, n=400),))
    assert take_sides(board, test=True)[0].sided_with is None


def test_a_triad_has_signs_before_and_after():
    cells = [
        cell("RUS", "JPN", "CONSULT", False, 20, cooperation=20),
        cell("RUS", "JPN", "ACCUSE", True, 20, conflict=20),
    ]
    for other in ("RUS", "JPN"):
        for after in (False, True):
            cells += [cell("USA", other, "CONSULT", after, 20, cooperation=20)]
    (triad,) = read_triads(Board("RUS", "JPN", tuple(cells)))
    assert (triad.ab, triad.a_other, triad.b_other) == (("+", "-"), ("+", "+"), ("+", "+"))
    assert (triad.balanced_before, triad.balanced_after) == (True, False)


def test_benjamini_hochberg_is_as_published():
    # Benjamini and Hochberg (1995), section 3.2: fifteen p-values, of which the first four are rejected at 5 %.
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    p_values += [0.7590, 1.0]
    adjusted = adjust_bh(p_values)
    assert sum(value <= 0.05 for value in adjusted) == 4
    assert all(one >= other for one, other in zip(adjusted, p_values, strict=True))
    assert adjusted == sorted(adjusted)


@pytest.fixture
def world(view, act):
    """Acts 1999 to 2004: Russia and the USA turn from talk to conflict at the shock, Russia and China do not."""
    reports = []
    for month in range(72):
        year, first = 1999 + month // 12, month % 12 + 1
        for number in range(4):
            day = date(year, first, 1) + timedelta(days=6 * number + month % 3)
            late = day >= SHOCK
            for other in ("USA", "CHN", "JPN", "DEU"):
                worse = other == "USA" and late
                copies = 4 if worse else 1
                for copy in range(copies):
                    given = {"target_country": other, "quad": 3 if worse or number == month % 4 else 1}
                    given |= {"event_type": "ACCUSE" if given["quad"] == 3 else "CONSULT"}
                    reports.append(act(f"{other}{month}-{number}-{copy}", day, **given))
            reports.append(act(f"x{month}-{number}", day, source_country="FRA", target_country="BRA"))
            if late:
                reports.append(act(f"late{month}-{number}", day, source_country="AUS", target_country="JPN"))
    return view(*reports)


def test_the_relation_that_turned_is_found_and_the_order_knows_nothing_of_after(world, selection):
    answer = measure_third_parties(world, selection, SHOCK, shocker="RUS", outcomes=("conflict_volume",))
    plain = {str(row.dyad): row for row in answer.relations if row.estimator == "before-after"}
    assert set(plain) == {"RUS-USA", "RUS-CHN", "RUS-DEU"}
    assert plain["RUS-USA"].low > 0
    assert plain["RUS-CHN"].low <= 0 <= plain["RUS-CHN"].high
    for row in answer.relations:
        assert row.p_adjusted + 1e-9 >= row.p_adjusted_bh >= row.p_value - 1e-9
    assert any("JPN-AUS" in note for note in answer.notes)


def test_a_chosen_record_is_counted_and_nothing_else(view, act):
    chosen = Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), None, "chosen")
    rows = [
        act("1", date(2002, 6, 1), target_country="USA", record_kind="chosen", feed=None),
        act("2", date(2003, 6, 1), target_country="USA", record_kind="chosen", feed=None),
        act("3", date(2003, 7, 1), source_country="SUN", target_country="USA", record_kind="chosen", feed=None),
    ]
    answer = measure_third_parties(view(*rows), chosen, SHOCK)
    (row,) = answer.described
    assert (str(row.dyad), row.before, row.after, row.conflict_after) == ("RUS-USA", 1, 2, 2)
    assert answer.relations == answer.triads == ()
    assert "No estimate" in answer.notes[0]


def test_windows_of_no_length_are_refused(view, act, selection):
    with pytest.raises(InputError, match="expected 1 or more"):
        measure_third_parties(view(act("1", SHOCK)), selection, SHOCK, days=0)
