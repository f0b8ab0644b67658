"""Which sentences can hold an act at all: a linear look at their words, before the relation model reads them.

The model's pass takes most of a sentence's time, and most sentences that name two states tell of no act. A logistic
regression on words, their stems and pairs of neighbours, hashed (Weinberger et al. 2009), taught by the model's own
answers (`training/fit_screen.py`), passes over those of which the model would say nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np

from detente.coding.agents import Agent
from detente.coding.reading import Reading
from detente.coding.roles import PLURAL
from detente.coding.tokens import Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE: Final = 1 << 16
"""Places that words are hashed to."""
_STEM: Final = 5
_ACTOR: Final = "@"


@dataclass(frozen=True, slots=True)
class Screen:
    """Weights of hashed words by language; below a threshold a sentence holds no act.

    Attributes:
        weights: By language, shape (SIZE,).
        constants: By language.
        thresholds: By language, of the sum.
    """

    weights: "Mapping[str, NDArray[np.float32]]"
    constants: Mapping[str, float]
    thresholds: Mapping[str, float]

    def may_hold_act(self, reading: Reading) -> bool:
        """Whether the model is worth asking.

        True in a language without weights, and where one side only is named beside a pattern of an act or a word for
        both ("the parties"): what these say of an act between two, the sentences that name two do not teach.
        """
        weights = self.weights.get(reading.language)
        if weights is None or _leaves_one_unsaid(reading):
            return True
        places = hashed(reading.tokens, reading.agents)
        total = float(weights[places].sum()) + self.constants[reading.language]
        return total >= self.thresholds[reading.language]


def _leaves_one_unsaid(reading: Reading) -> bool:
    sides = {agent.side for agent in reading.agents if agent.side}
    return len(sides) < 2 and (bool(reading.acts) or any(token.lower in PLURAL for token in reading.tokens))


EVERYTHING: Final = Screen({}, {}, {})
"""Passes over nothing."""


def hashed(tokens: tuple[Token, ...], agents: tuple[Agent, ...]) -> "NDArray[np.int64]":
    """The places of a sentence's features, each once, sorted; actors are all the same."""
    found = {crc32(feature.encode()) % SIZE for feature in _features(_words(tokens, agents))}
    return np.array(sorted(found), dtype=np.int64)


def _words(tokens: tuple[Token, ...], agents: tuple[Agent, ...]) -> list[str]:
    """Words in lower case, actors as one sign, numbers as another."""
    inside = {step for agent in agents for step in range(agent.first, agent.last + 1)}
    words: list[str] = []
    for step, token in enumerate(tokens):
        if step in inside:
            if not words or words[-1] != _ACTOR:
                words.append(_ACTOR)
        elif token.text[:1].isdigit():
            words.append("0")
        else:
            words.append(token.lower)
    return words


def _features(words: list[str]) -> Iterator[str]:
    last = "^"
    for word in words:
        yield word
        yield f"{last} {word}"
        if len(word) > _STEM:
            yield f"{word[:_STEM]}-"
        last = word
    yield f"#{min(words.count(_ACTOR), 5)}"
    yield f"={min(len(words) // 8, 6)}"


@cache
def load_screen() -> Screen:
    """Read `data/screen.npz`."""
    raw = (files("detente.coding") / "data" / "screen.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as found:
        table: dict[str, Any] = dict(found)
    languages = sorted(name.removesuffix("_weights") for name in table if name.endswith("_weights"))
    return Screen(
        {name: table[f"{name}_weights"].astype(np.float32) * float(table[f"{name}_step"]) for name in languages},
        {name: float(table[f"{name}_constant"]) for name in languages},
        {name: float(table[f"{name}_threshold"]) for name in languages},
    )
