"""Event streams with planted truth, for tests and for trying a measure; see `docs/simulate.md`."""

from detente.simulate.daily import AnswerWorld, SimulatedDays, simulate_answers, simulate_days
from detente.simulate.monthly import Shift, Side, Surge, World, donor_panel, simulate_dyads
from detente.simulate.rows import FEED
from detente.simulate.truth import Planted, events, planted

__all__ = [
    "FEED",
    "AnswerWorld",
    "Planted",
    "Shift",
    "Side",
    "SimulatedDays",
    "Surge",
    "World",
    "donor_panel",
    "events",
    "planted",
    "simulate_answers",
    "simulate_days",
    "simulate_dyads",
]
