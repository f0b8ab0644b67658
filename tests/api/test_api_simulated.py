"""Simulated feeds in a store."""

import detente as dt
from detente.api.simulated import import_simulated
from detente.simulate import AnswerWorld, events

WORLD = AnswerWorld(days=60, rate=1.0, sides=("FRA", "DEU"), third="GBR", rest=("JPN", "KOR"))


def test_a_simulated_feed_is_stored_once_and_measured(tmp_path):
    store = dt.open(tmp_path / "store")
    n = import_simulated(store, WORLD, 1)
    assert n == events(WORLD, 1).num_rows
    assert import_simulated(store, WORLD, 1) == 0
    assert import_simulated(store, WORLD, 1, name="other") == n
    found = store.dyad("FRA", "DEU").exchanges(feed="simulated")
    assert found.exchanges
    assert {pair.basis for pair in found.exchanges} == {"time"}
    assert found.to_object()["exchanges"][0]["from"] in {"FRA", "DEU"}
