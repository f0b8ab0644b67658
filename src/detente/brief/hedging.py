"""How sure a sentence sounds: from the interval, the p or the probability of an estimate to a word, by one table."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from detente.brief.language import Language
from detente.brief.tables import read_rows

Strength = Literal["clear", "probable", "possible", "none"]


@dataclass(frozen=True, slots=True)
class HedgingRule:
    """A row of the published table: what an estimate needs for a strength."""

    strength: Strength
    interval: str
    p_at_most: float
    probability_at_least: float


@cache
def hedging_rules() -> tuple[HedgingRule, ...]:
    """The published table, `data/hedging.csv`, strongest first after the row of no clear change."""
    return tuple(
        HedgingRule(
            row["strength"],  # type: ignore[arg-type]
            row["interval"],
            float(row["p_at_most"]),
            float(row["probability_at_least"]),
        )
        for row in read_rows("hedging")
    )


def strength_of(low: float, high: float, p_value: float | None) -> Strength:
    """How sure a change is, by its interval and its p; without a p at most `possible`.

    Examples:
        >>> strength_of(2, 9, 0.04), strength_of(2, 9, 0.08), strength_of(2, 9, None), strength_of(-1, 4, 0.01)
        ('clear', 'probable', 'possible', 'none')
    """
    interval = "holds zero" if low <= 0 <= high else "leaves zero out"
    p = 1.0 if p_value is None else p_value
    return next(rule.strength for rule in hedging_rules() if rule.interval == interval and p <= rule.p_at_most)


def strength_of_break(probability: float | None) -> Strength:
    """How sure a break is, by its probability; without one it is `possible`.

    Examples:
        >>> strength_of_break(0.97), strength_of_break(0.85), strength_of_break(None), strength_of_break(0.3)
        ('clear', 'probable', 'possible', 'none')
    """
    if probability is None:
        return "possible"
    found = (rule for rule in hedging_rules() if rule.strength != "none")
    return next((rule.strength for rule in found if probability >= rule.probability_at_least), "none")


def verdict(language: Language, effect: float, low: float, high: float, p_value: float | None) -> str:
    """The words for a change.

    Args:
        language: Whose words.
        effect: Change in the outcome's unit.
        low: Lower end of its interval.
        high: Upper end.
        p_value: Of the test; None where there is none.

    Returns:
        "rose", "probably fell", "no clear change" and so on.
    """
    way = "rise" if effect > 0 else "fall"
    return language.messages[f"hedge.{strength_of(low, high, p_value)}_{way}"]
