"""Scores of the relation model on labelled pairs, with bootstrap intervals."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

QUAD = {
    **dict.fromkeys(["AGREE", "CONSULT", "SUPPORT", "CONCEDE"], 1),
    **dict.fromkeys(["COOPERATE", "AID", "RETREAT"], 2),
    **dict.fromkeys(["REQUEST", "ACCUSE", "REJECT", "THREATEN"], 3),
    **dict.fromkeys(["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"], 4),
    "YIELD": 1,
}


def macro_f1(gold: list[str], told: list[str]) -> float:
    """Mean F1 over the classes of the gold."""
    right, said, wanted = Counter(), Counter(told), Counter(gold)
    for a, b in zip(gold, told, strict=True):
        right[a] += a == b
    return float(np.mean([2 * right[k] / (said[k] + wanted[k]) for k in wanted]))


def interval(gold: list[str], told: list[str], *, draws: int = 500, seed: int = 0) -> tuple[float, float, float]:
    """Macro-F1 with its 95 % bootstrap interval over pairs."""
    generator = np.random.default_rng(seed)
    rows = [generator.integers(0, len(gold), len(gold)) for _ in range(draws)]
    values = [macro_f1([gold[i] for i in row], [told[i] for i in row]) for row in rows]
    low, high = np.quantile(values, [0.025, 0.975])
    return macro_f1(gold, told), float(low), float(high)


def calibration_error(probability: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Naeini et al. 2015)."""
    place = np.clip((probability * bins).astype(int), 0, bins - 1)
    error = 0.0
    for number in range(bins):
        rows = place == number
        if rows.any():
            error += rows.mean() * abs(right[rows].mean() - probability[rows].mean())
    return float(error)


def by_class(gold: list[str], told: list[str]) -> dict[str, tuple[float, float, int]]:
    """Precision, recall and number of each class."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for a, b in zip(gold, told, strict=True):
        counts[a][2] += 1
        counts[b][1] += 1
        counts[a][0] += a == b
    return {k: (r / s if s else 0.0, r / n if n else 0.0, n) for k, (r, s, n) in sorted(counts.items())}


def conflict_of(name: str, *, yield_quad: int = 1) -> int:
    """Quad class of a type, YIELD as verbal cooperation."""
    return yield_quad if name == "YIELD" else QUAD[name]
