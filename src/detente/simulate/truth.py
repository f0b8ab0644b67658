"""One entry to all simulated feeds, and what was planted in each."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pyarrow as pa

from detente.model.events import Dyad
from detente.simulate.daily import AnswerWorld, simulate_answers
from detente.simulate.monthly import Side, World, simulate_dyads


@dataclass(frozen=True, slots=True)
class Planted:
    """Something that a world holds, to be found.

    Attributes:
        kind: `break` (for good), `pulse` (for some months) or `answer` (acts that bring about acts).
        dyad: Source and target whose acts it moves; for an answer the answering side first.
        side: Which acts.
        size: Factor of the rate; for an answer the branching ratio: acts that one act brings about.
        start: First day; None for an answer, which is there throughout.
        months: How long it lasts; None for good.
        half_life: Of an answer, in days.
    """

    kind: Literal["break", "pulse", "answer"]
    dyad: Dyad
    side: Side
    size: float
    start: date | None = None
    months: int | None = None
    half_life: float | None = None


def events(world: World | AnswerWorld, seed: int = 0) -> pa.Table:
    """Draw a feed.

    Args:
        world: What to draw: by month with planted changes, or by day with planted action and reaction.
        seed: The same world and seed give the same rows.

    Returns:
        Rows of the `reports` table, feed `simulated`.

    Raises:
        ValueError: If the world cannot be drawn.
    """
    return simulate_dyads(seed, world) if isinstance(world, World) else simulate_answers(seed, world)


def planted(world: World | AnswerWorld) -> tuple[Planted, ...]:
    """What a world holds: the truth against which a measure is scored.

    Args:
        world: The world.

    Returns:
        Changes in order of date; answers from the first side's to the second's.
    """
    if isinstance(world, World):
        found = [
            Planted(
                "pulse" if shift.months else "break", shift.dyad, shift.side, shift.factor, shift.start, shift.months
            )
            for shift in world.shifts
        ]
        return tuple(sorted(found, key=lambda one: (one.start or date.min, one.dyad)))
    a, b = world.sides
    ways = ((Dyad(b, a), world.a_to_b), (Dyad(a, b), world.b_to_a))
    return tuple(Planted("answer", dyad, "conflict", size, half_life=world.half_life) for dyad, size in ways if size)
