from dataclasses import replace
from datetime import date, timedelta

import ibis
import numpy as np
import pytest

from detente.errors import InputError
from detente.measure.ascent import Start, kernel_sum, locate
from detente.measure.baseline import Context, coverage_swing, lag_columns, make_base
from detente.measure.daily import count_days
from detente.measure.excitation import fit_excitation
from detente.measure.reciprocity import measure_reciprocity
from detente.measure.scoring import fit_cross, fit_null, make_model
from detente.measure.var import fit_var
from detente.model import Dyad, Selection
from detente.simulate import FEED, AnswerWorld, simulate_answers, simulate_days

PAIR = Selection(Dyad("AAA", "BBB"), ("AAA",), ("BBB",), FEED, "feed")
WORLD = AnswerWorld(days=2000, a_to_b=0.4, rate=0.25, surges=2)


def as_view(table):
    view = ibis.memtable(table)
    return view.mutate(event_id=view.report_id, n_reports=ibis.literal(1))


@pytest.fixture(scope="module")
def answers():
    return measure_reciprocity(as_view(simulate_answers(5, WORLD)), PAIR, split=date(2003, 1, 1))


def plain(days):
    return Context(level=False, swing=np.zeros((days, 0)), inputs=np.zeros((days, 0)), kept=np.ones(days, bool))


def of(result, **wanted):
    return [row for row in result.responses if all(getattr(row, name) == value for name, value in wanted.items())]


def test_a_planted_answer_is_found_with_its_direction_strength_and_pace(answers):
    (there,) = of(
        answers,
        from_="AAA",
        method="excitation",
        period="whole",
        baseline=True,
        third_parties=True,
        stimulus="conflict",
        answer="conflict",
    )
    (back,) = of(
        answers,
        from_="BBB",
        method="excitation",
        period="whole",
        baseline=True,
        third_parties=True,
        stimulus="conflict",
        answer="conflict",
    )
    assert there.p_value <= 0.02
    assert there.low <= 0.4 <= there.high
    assert 1 <= there.half_life_days <= 14  # days, not months; one draw tells no more
    assert there.half_life_low <= there.half_life_days <= there.half_life_high
    assert back.low <= 0 <= back.high
    assert back.half_life_days is None


def test_fits_with_and_without_stand_side_by_side(answers):
    ways = {
        (row.method, row.baseline, row.third_parties)
        for row in of(answers, period="whole", stimulus="conflict", answer="conflict")
    }
    assert ways == {(m, b, t) for m in ("excitation", "var") for b in (True, False) for t in (True, False)}
    assert {row.period for row in answers.responses} >= {"whole", "before", "after"}
    assert [row.period for row in answers.responses if row.period.startswith("without ")]
    before, after = (of(answers, period=name, method="excitation", from_="AAA")[0] for name in ("before", "after"))
    whole = of(answers, period="whole", method="excitation", from_="AAA")[0]
    assert before.n_from + after.n_from == whole.n_from
    assert 0 < before.n_from < whole.n_from


def test_talk_and_deeds_are_told_apart(answers):
    pairs = {(row.stimulus, row.answer) for row in answers.responses}
    assert {("verbal conflict", "material conflict"), ("material conflict", "verbal conflict")} <= pairs
    assert ("conflict", "cooperation") not in pairs  # there is none in this world
    assert any("answered by cooperation: not asked" in note for note in answers.notes)


def test_the_same_seed_gives_the_same_answer(answers):
    again = measure_reciprocity(as_view(simulate_answers(5, WORLD)), PAIR, split=date(2003, 1, 1))
    assert again == answers


def test_a_chosen_record_gives_no_test(view_of):
    events = view_of(simulate_answers(1, replace(WORLD, days=400)))
    result = measure_reciprocity(events, replace(PAIR, feed=None, record_kind="chosen"))
    assert result.responses == ()
    assert "no test" in result.notes[0]


def test_too_little_gives_a_note(view_of):
    result = measure_reciprocity(view_of(simulate_answers(1, replace(WORLD, days=60))), PAIR)
    assert result.responses == ()
    assert "at least 40 a side and 365 days are needed" in result.notes[-1]


def test_a_split_outside_the_record_is_refused(view_of):
    with pytest.raises(InputError, match="split 2030-01-01 lies outside the record"):
        measure_reciprocity(view_of(simulate_answers(1, WORLD)), PAIR, split=date(2030, 1, 1))


def test_days_hold_each_act_once_and_no_shared_act(view, act, selection):
    first = date(2001, 1, 1)
    back = {"source_country": "JPN", "target_country": "RUS"}
    pair = count_days(
        view(
            act("a", first, cameo="111"),
            act("b", first, cameo="111", **back),  # a mirror image
            act("c", first, cameo="112"),
            act("d", first + timedelta(days=2), "CONSULT", quad=1, symmetric=True),
            act("e", first + timedelta(days=3), "ASSAULT", quad=4, **back),
            act("f", first, target_country="CHN"),
            act("g", first, source_country="CHN"),
            act("h", first, source_country="CHN", target_country="USA"),
            act("i", first + timedelta(days=4), "REQUEST"),
        ),
        selection,
    )
    assert pair.days == 5
    assert pair.counts["RUS>JPN", "verbal conflict"].tolist() == [1, 0, 0, 0, 0]
    assert pair.counts["JPN>RUS", "conflict"].tolist() == [0, 0, 0, 1, 0]
    assert pair.counts["JPN>RUS", "material conflict"].tolist() == [0, 0, 0, 1, 0]
    assert (pair.mirrored, pair.symmetric) == (2, 1)
    assert pair.others.tolist() == [1, 0, 0, 0, 0]
    assert {name: series.sum() for name, series in pair.third.items()} == {"CHN": 2}


def test_a_kernel_has_unit_mass_from_the_next_day_on():
    acts = np.zeros(400)
    acts[3] = 2.0
    sums = kernel_sum(acts, 5.0)
    assert sums[:4].tolist() == [0, 0, 0, 0]
    assert sums.sum() == pytest.approx(2.0)
    assert sums[4:9].sum() == pytest.approx(1.0)


def test_lag_columns_are_means_of_the_days_before():
    acts = np.zeros(40)
    acts[5] = 6.0
    columns = lag_columns([acts])
    assert columns.shape == (40, 6)
    assert columns[5].tolist() == [6, 0, 0, 0, 0, 0]
    assert columns[6].tolist() == [0, 6, 0, 0, 0, 0]
    assert columns[7].tolist() == columns[8].tolist() == [0, 0, 3, 0, 0, 0]
    assert columns.sum() == pytest.approx(36)


def test_coverage_swing_sees_a_surge():
    others = np.full(800, 20.0)
    others[400:440] = 60.0
    swing = coverage_swing(others)[:, 0]
    assert swing[405:435].min() > 1
    assert abs(swing[:200]).max() < 0.3


def test_the_fit_without_a_base_agrees_with_what_was_planted():
    drawn = simulate_days(3, AnswerWorld(days=6000, a_to_b=0.35, own=0.2, rate=0.3, wander=0.0))
    fit = fit_excitation(drawn.b, drawn.a, plain(6000), own=drawn.b, seed=0)
    assert fit.branching == pytest.approx(0.35, abs=0.08)
    assert fit.own == pytest.approx(0.2, abs=0.1)
    assert fit.half_life == pytest.approx(4, rel=0.5)
    assert fit.dispersion == pytest.approx(1.5, abs=0.15)
    assert fit.p_value == pytest.approx(1 / 200)


def test_a_side_that_acts_less_after_acts_is_below_zero():
    random = np.random.default_rng(0)
    stimulus = (random.random(3000) < 0.15) * 2.0
    rate = 0.6 - 0.5 * kernel_sum(stimulus, 3.0)
    answers = random.poisson(np.maximum(rate, 0)).astype(float)
    fit = fit_excitation(answers, stimulus, plain(3000), own=answers, seed=0)
    assert fit.high < 0
    assert fit.p_value < 0.05


def test_few_acts_that_answer_nothing_are_not_told_to_be_fewer():
    """Of tests at 10 % no more than chance reject, and they err on both sides."""
    random, told = np.random.default_rng(7), []
    days = 1500
    for seed in range(100):
        bursts = np.bincount(random.integers(0, days, 25), minlength=days)
        stimulus = random.poisson(2 * np.convolve(bursts, [0.4, 0.3, 0.2, 0.1])[:days]).astype(float)
        answers = random.poisson(0.04, days).astype(float)
        fit = fit_excitation(answers, stimulus, plain(days), own=answers, seed=seed)
        told.append((fit.branching > 0) - (fit.branching < 0) if fit.p_value <= 0.1 else 0)
    assert 2 <= told.count(-1) <= 9  # without the floor of the scatter 11, and none the other way
    assert 2 <= told.count(1) <= 9


def test_a_fit_is_the_highest_place_of_its_likelihood():
    drawn = simulate_days(4, AnswerWorld(days=1500, a_to_b=0.3, surges=2))
    context = replace(plain(1500), level=True, swing=coverage_swing(drawn.others))
    base = make_base(drawn.b, context)
    null = fit_null(drawn.b, drawn.b, base, context)
    fit = fit_cross(drawn.b, drawn.b, drawn.a, base, context, null)
    model = make_model(drawn.b, (drawn.b, drawn.a), base, context)
    assert fit.likelihood > null.likelihood
    for name in ("hats", "linear", "alphas", "logs"):
        values = getattr(fit.end, name)
        for place in range(len(values)):
            for step in (-0.02, 0.02):
                moved = values.copy()
                moved[place] += step
                assert locate(model, replace(fit.end, **{name: moved})).value < fit.likelihood


def test_slopes_of_a_kernel_are_its_derivatives():
    acts = np.random.default_rng(3).poisson(0.3, 300).astype(float)
    model = make_model(acts, (acts,), make_base(acts, plain(300)), plain(300))

    def at(log):
        return locate(model, Start(np.zeros(0), np.zeros(1), np.ones(1), np.array([log])))

    here, before, after = at(1.0), at(1.0 - 1e-4), at(1.0 + 1e-4)
    assert here.slopes == pytest.approx((after.kernels - before.kernels) / 2e-4, abs=1e-6)
    assert here.bends == pytest.approx((after.slopes - before.slopes) / 2e-4, abs=1e-6)


def test_var_finds_who_leads():
    random = np.random.default_rng(1)
    pair = random.normal(size=(600, 2))
    pair[2:, 1] += 0.6 * pair[1:-1, 0]
    there, back = fit_var(pair, np.ones((600, 1)), horizon=8, kept=np.ones(600, bool), seed=0)
    assert there.p_value == pytest.approx(1 / 200)
    assert there.low <= 0.6 <= there.high
    assert back.p_value > 0.05
    assert back.low <= 0 <= back.high


def test_var_coefficients_are_least_squares():
    statsmodels = pytest.importorskip("statsmodels.tsa.api")
    random = np.random.default_rng(2)
    pair = random.normal(size=(400, 2))
    for at in range(1, 400):
        pair[at] += np.array([[0.3, 0.1], [0.4, 0.2]]) @ pair[at - 1]
    there, _ = fit_var(pair, np.ones((400, 1)), horizon=8, kept=np.ones(400, bool), seed=0)
    peer = statsmodels.VAR(pair[8 - there.lags :]).fit(there.lags)
    assert there.response == pytest.approx(peer.irf(8).irfs[1:, 1, 0].sum(), rel=1e-6)


def test_var_needs_periods():
    with pytest.raises(ValueError, match="expected more periods"):
        fit_var(np.zeros((20, 2)), np.ones((20, 1)), horizon=8, kept=np.ones(20, bool), seed=0)


def test_a_world_that_explodes_is_refused():
    with pytest.raises(ValueError, match="ratio below 1"):
        simulate_days(0, AnswerWorld(own=0.6, a_to_b=0.5, b_to_a=0.5))


def test_simulated_rows_are_the_days(view_of):
    world = replace(WORLD, cause=0.3, days=800)
    drawn, pair = simulate_days(2, world), count_days(view_of(simulate_answers(2, world)), PAIR)
    assert pair.counts["AAA>BBB", "conflict"].sum() == drawn.a.sum()
    assert pair.third["rest" if "rest" in pair.third else "CCC"].sum() == drawn.cause.sum()
    assert pair.others.sum() == drawn.others.sum()
