"""Floors for scores, pinned in floors.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from detente.errors import InputError


@dataclass(frozen=True, slots=True)
class BelowFloor:
    """A value below its floor, with the reason the floor stands where it does."""

    name: str
    measure: str
    value: float
    floor: float
    reason: str

    def __str__(self) -> str:
        """One line for a test or a terminal."""
        below = f"{self.measure} {self.value:.3f} is below its floor {self.floor:.3f}"
        return f"{self.name}: {below} ({self.reason})"


def read_floors(text: str) -> dict[str, dict[str, float | str]]:
    """Read floors from TOML: table name, then measure to floor, and `reason`.

    Raises:
        InputError: If a table has no reason or a floor is no number.
    """
    tables = tomllib.loads(text)
    for name, table in tables.items():
        if not isinstance(table, dict) or not isinstance(table.get("reason"), str):
            raise InputError(f"floors [{name}]: reason is missing, say where the floor comes from")
        for measure, floor in table.items():
            if measure != "reason" and (isinstance(floor, bool) or not isinstance(floor, int | float)):
                raise InputError(f"floors [{name}]: {measure} = {floor!r} is no number")
    return tables


def check_floors(name: str, scores: Mapping[str, float]) -> tuple[BelowFloor, ...]:
    """Compare scores with their pinned floors.

    Args:
        name: Table of floors.toml.
        scores: Values by measure, for example `Score.values()`; extra ones are not looked at.

    Returns:
        The values below their floor; empty when all hold.

    Raises:
        InputError: If there is no such table, or a measure that has a floor was not given.
    """
    floors = read_floors(files(__package__).joinpath("floors.toml").read_text(encoding="utf-8"))
    if name not in floors:
        raise InputError(f"floors.toml has no table {name!r}: choose from {', '.join(sorted(floors))}")
    return compare_with_floors(name, scores, floors[name])


def compare_with_floors(
    name: str, scores: Mapping[str, float], table: Mapping[str, float | str]
) -> tuple[BelowFloor, ...]:
    """Compare scores with the floors of one table; see `check_floors`."""
    reason = str(table["reason"])
    floors = {measure: float(floor) for measure, floor in table.items() if measure != "reason"}
    missing = [measure for measure in floors if measure not in scores]
    if missing:
        raise InputError(f"floors [{name}]: no value for {', '.join(missing)} was given, score it first")
    return tuple(
        BelowFloor(name, measure, scores[measure], floor, reason)
        for measure, floor in floors.items()
        if not scores[measure] >= floor
    )
