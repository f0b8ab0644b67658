from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.model import Dyad
from detente.model.tables import REPORTS
from detente.simulate import (
    AnswerWorld,
    Planted,
    Shift,
    Surge,
    World,
    donor_panel,
    events,
    planted,
    simulate_answers,
    simulate_dyads,
)

DYADS = tuple(Dyad("AAA", f"B{number:02d}") for number in range(40))
WORLD = World(DYADS, months=24)


def monthly(table):
    months = table["date_start"].to_numpy().astype("datetime64[M]").astype(int) - 360
    return np.bincount(months, minlength=24)


def test_the_rows_are_reports_and_repeat():
    table = simulate_dyads(1, WORLD)
    assert table.schema == REPORTS
    assert table.equals(simulate_dyads(1, WORLD))
    assert not table.equals(simulate_dyads(2, WORLD))
    assert len(set(table["report_id"].to_pylist())) == table.num_rows
    assert min(table["date_start"].to_pylist()) >= date(2000, 1, 1)
    assert max(table["date_start"].to_pylist()) <= date(2001, 12, 31)


def test_the_rate_is_what_was_asked():
    table = simulate_dyads(1, replace(WORLD, wander=0.2))
    assert table.num_rows / (24 * 40) == pytest.approx(10, rel=0.05)


def test_a_surge_moves_everyone_and_a_shift_only_its_stream():
    plain = simulate_dyads(1, replace(WORLD, dispersion=0.0, wander=0.0))
    surged = simulate_dyads(1, replace(WORLD, dispersion=0.0, wander=0.0, surges=(Surge(date(2001, 1, 1), 3.0, 2),)))
    ratio = monthly(surged) / monthly(plain)
    assert ratio[12:14] == pytest.approx(3, rel=0.2)
    assert np.delete(ratio, [12, 13]) == pytest.approx(1, rel=0.2)
    shifted = simulate_dyads(1, replace(WORLD, shifts=(Shift(DYADS[0], date(2001, 1, 1), 30.0),))).to_pandas()
    late = shifted[shifted["date_start"] >= date(2001, 1, 1)]
    counts = late[late["quad"] >= 3].groupby("target_country").size()
    assert counts["B00"] > 10 * counts.drop("B00").mean()
    calm = late[late["quad"] < 3].groupby("target_country").size()
    assert calm["B00"] < 3 * calm.drop("B00").mean()


@pytest.mark.parametrize(
    "change", [{"rate": 0.0}, {"months": 0}, {"persistence": 1.0}, {"dispersion": -1.0}, {"shared": -0.1}]
)
def test_a_world_that_cannot_be_drawn_is_said(change):
    with pytest.raises(ValueError, match="expected months >= 1"):
        simulate_dyads(1, replace(WORLD, **change))


def test_one_entry_draws_both_kinds_of_world():
    answers = AnswerWorld(days=200, sides=("FRA", "DEU"), third="GBR", cause=0.2)
    assert events(WORLD, 3).equals(simulate_dyads(3, WORLD))
    drawn = events(answers, 3)
    assert drawn.schema == REPORTS
    assert drawn.equals(simulate_answers(3, answers))
    assert set(drawn["source_country"].to_pylist()) == {"FRA", "DEU", "GBR", "DDD"}


def test_a_donor_panel_moves_the_treated_alone():
    shock = date(2001, 1, 1)
    quiet = replace(WORLD, dispersion=0.0, wander=0.0, rate=40.0)
    panel = donor_panel(DYADS[0], DYADS[1:], shock, 4.0, world=quiet)
    assert planted(panel) == (Planted("break", DYADS[0], "conflict", 4.0, shock),)
    rows = events(panel, 1).to_pandas()
    late = rows[(rows["date_start"] >= shock) & (rows["quad"] >= 3)].groupby("target_country").size()
    assert late["B00"] / late.drop("B00").mean() == pytest.approx(4, rel=0.1)


def test_a_shared_cause_moves_all_conflict_and_no_cooperation():
    loud = replace(WORLD, dispersion=0.0, wander=0.0, shared=1.0, rate=40.0)
    rows = events(loud, 2).to_pandas()
    months = rows["date_start"].map(lambda day: day.year * 12 + day.month)
    conflict = rows["quad"] >= 3
    fight, talk = (rows[kept].groupby(months[kept]).size() for kept in (conflict, ~conflict))
    assert fight.std() / fight.mean() > 0.4
    assert talk.std() / talk.mean() < 0.1


def test_what_is_planted_is_told():
    pulse = Shift(DYADS[1], date(2000, 5, 1), 3.0, "cooperation", 1)
    level = Shift(DYADS[0], date(2001, 1, 1), 0.5)
    assert [(one.kind, one.start, one.size) for one in planted(replace(WORLD, shifts=(level, pulse)))] == [
        ("pulse", date(2000, 5, 1), 3.0),
        ("break", date(2001, 1, 1), 0.5),
    ]
    (answer,) = planted(AnswerWorld(a_to_b=0.25, half_life=2.0))
    assert (answer.kind, answer.dyad, answer.size, answer.half_life) == ("answer", Dyad("BBB", "AAA"), 0.25, 2.0)
    assert planted(AnswerWorld()) == ()
