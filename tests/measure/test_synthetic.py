"""The numerics of synthetic control, of the structural series and of the placebo inference."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detente.measure.impact_estimators import ESTIMATORS, estimate_gaps, leave_one_out, weigh_effect
from detente.measure.placebo import lasted, rank_p, variance_power, visible_since
from detente.measure.synthetic import Panel, augment_weights, fit_weights, placebo_mask, project_simplex


def panel_of(seed: int, *, units: int = 25, periods: int = 60, after: int = 12, effect: float = 0.0) -> Panel:
    random = np.random.default_rng(seed)
    shared = np.cumsum(random.normal(size=(2, periods)), axis=1)
    values = random.uniform(0, 1, (units, 2)) @ shared + random.normal(size=(units, periods)) + 20
    values[0, periods - after :] += effect
    places = np.arange(periods)
    return Panel(values, places < periods - after - 1, places >= periods - after)


@settings(deadline=None, max_examples=60)
@given(arrays(float, st.tuples(st.integers(1, 5), st.integers(2, 9)), elements=st.floats(-20, 20)), st.data())
def test_projections_are_the_nearest_points_of_the_simplex(points, data):
    allowed = data.draw(arrays(bool, points.shape))
    allowed[:, 0] = True
    found = project_simplex(points, allowed)
    assert np.all(found >= 0)
    assert np.all(found[~allowed] == 0)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-9)
    # Nearest: what is left points away from every corner that is allowed.
    left = points - found
    reach = np.where(allowed, left, -np.inf).max(axis=1) - np.sum(left * found, axis=1)
    assert np.all(reach <= 1e-7 * (1 + np.abs(points).max()))


def test_weights_are_those_of_a_slow_exact_solver():
    from scipy.optimize import minimize

    panel = panel_of(3, units=8)
    allowed = placebo_mask(8)
    weights = fit_weights(panel, np.arange(8), allowed)
    centred = panel.centred()[:, panel.before]
    for at in (0, 3):
        kept = np.flatnonzero(allowed[at])
        penalty = panel.before.sum() * np.sqrt(panel.n_after) * panel.noise()[at]

        def cost(part, at=at, kept=kept, penalty=penalty):
            return np.sum((centred[at] - part @ centred[kept]) ** 2) + penalty * np.sum(part**2)

        exact = minimize(
            cost,
            np.full(len(kept), 1 / len(kept)),
            bounds=[(0, 1)] * len(kept),
            constraints={"type": "eq", "fun": lambda part: part.sum() - 1},
            method="SLSQP",
            options={"ftol": 1e-12, "maxiter": 500},
        )
        np.testing.assert_allclose(weights[at, kept], exact.x, atol=5e-3)


def test_nobody_is_its_own_donor_and_the_pair_is_nobodys():
    panel = panel_of(1)
    allowed = placebo_mask(len(panel.values))
    weights = fit_weights(panel, np.arange(len(panel.values)), allowed)
    corrected = augment_weights(panel, weights, allowed)
    for found in (weights, corrected):
        assert np.all(np.diag(found) == 0)
        assert np.all(found[:, 0] == 0)


def test_augmented_placebos_leave_their_own_unit_out():
    # The short formula of the inverse against the same regression on the other donors alone.
    panel = panel_of(2, units=7)
    allowed = placebo_mask(7)
    weights = fit_weights(panel, np.arange(7), allowed)
    corrected = augment_weights(panel, weights, allowed)
    centred = panel.centred()[:, panel.before]
    donors = centred[1:]
    ridge = np.trace(donors @ donors.T) / 6 + 1e-12
    kept = [1, 2, 4, 5, 6]
    others = centred[kept]
    left = centred[3] - weights[3] @ centred
    by_hand = left @ others.T @ np.linalg.inv(others @ others.T + ridge * np.eye(5))
    np.testing.assert_allclose(corrected[3, kept] - weights[3, kept], by_hand, atol=1e-9)


def test_a_large_effect_is_found_by_every_estimator():
    gaps, weights = estimate_gaps(panel := panel_of(5, effect=10.0))
    assert set(gaps) == set(ESTIMATORS)
    for name, found in gaps.items():
        effect = weigh_effect(panel, found, is_count=False)
        assert effect.low < 10 < effect.high, name
        assert effect.expected == pytest.approx(effect.after - effect.effect)
        assert effect.p_floor == pytest.approx(1 / 25)
    assert weigh_effect(panel, gaps["synthetic control"], is_count=False).p_value == pytest.approx(1 / 25)
    low, high = leave_one_out(panel, weights)
    assert 5 < low <= gaps["synthetic control"].effect[0] <= high < 15


def test_effects_do_not_hang_on_the_unit_of_the_outcome():
    panel = panel_of(6, effect=3.0)
    other = Panel(panel.values * 7, panel.before, panel.after)
    for name, found in estimate_gaps(other)[0].items():
        same = estimate_gaps(panel)[0][name]
        np.testing.assert_allclose(found.effect, 7 * same.effect, rtol=1e-3, atol=1e-3)


def test_the_pair_is_counted_in_its_own_rank():
    assert rank_p(np.array([9.0, 1.0, 2.0])) == pytest.approx(1 / 3)
    assert rank_p(np.array([1.0, 1.0, 0.5])) == pytest.approx(2 / 3)


def test_variance_grows_with_the_mean_as_counts_do():
    means = np.exp(np.linspace(0, 4, 30))
    assert variance_power(means, means) == pytest.approx(1.0)
    assert variance_power(means, means**1.5) == pytest.approx(1.5)
    assert variance_power(means[:2], means[:2]) == 1.0


def test_an_effect_is_visible_from_its_own_date_and_lasts_as_long_as_it_does():
    random = np.random.default_rng(4)
    after = random.normal(size=(40, 12))
    after[0] = 0.1
    after[0, 3:7] = 9.0
    scale = np.ones(40)
    since = visible_since(after, scale)
    assert since == 3
    assert lasted(after, scale, since) == 4
    assert visible_since(np.abs(random.normal(size=(40, 12))) * np.r_[0.01, np.ones(39)][:, None], scale) is None


def test_weights_follow_pysyncon_where_nothing_holds_them_back():
    pysyncon = pytest.importorskip("pysyncon")
    panel = panel_of(8, units=6)
    centred = panel.centred()
    # Without a penalty: the noise of the target is taken as none.
    quiet = Panel(centred, panel.before, panel.after)
    weights = fit_weights(quiet, np.zeros(1, dtype=np.int64), placebo_mask(6)[:1], spread=0.0)
    donors, target = centred[1:, panel.before].T, centred[0, panel.before]
    peer, _ = pysyncon.Synth.w_optimize(V_mat=np.eye(len(donors)), X0=donors, X1=target)
    np.testing.assert_allclose(weights[0, 1:], peer, atol=0.02)
