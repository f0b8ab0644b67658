"""Floors for scores, pinned in floors.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from detente.errors import InputError

CEILINGS: Final = frozenset(("false_alarms", "calibration_error"))
"""Values for which less is better: their floor is a ceiling."""


@dataclass(frozen=True, slots=True)
class BelowFloor:
    """A value below its floor (above its ceiling), with the reason the floor stands where it does.

    `value` is None where there is a floor but nothing to measure it on.
    """

    name: str
    measure: str
    value: float | None
    floor: float
    reason: str

    def __str__(self) -> str:
        """One line for a test or a terminal."""
        side, limit = ("above", "ceiling") if self.measure in CEILINGS else ("below", "floor")
        said = f"has no value, its {limit} is" if self.value is None else f"{self.value:.3f} is {side} its {limit}"
        return f"{self.name}: {self.measure} {said} {self.floor:.3f} ({self.reason})"


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


def check_floors_file(
    path: Path, prefix: str, tables: Mapping[str, Mapping[str, float | None]]
) -> tuple[BelowFloor, ...]:
    """Compare scores with the floors of a file of one's own.

    Args:
        path: A floors file.
        prefix: The tables of what was scored: `prefix` and `prefix.NAME`.
        tables: Values by measure for each NAME; the empty name stands for the prefix alone.

    Returns:
        The values that miss their floor, those without a value among them.

    Raises:
        InputError: If the file cannot be read, or has no table of that prefix, or one for what was not scored.
    """
    floors = _read_file(path)
    mine = {name: table for name, table in floors.items() if name == prefix or name.startswith(f"{prefix}.")}
    if not mine:
        raise InputError(f"{path.name}: no table {prefix!r}; it has {', '.join(sorted(floors)) or 'none'}")
    missed: list[BelowFloor] = []
    for name, table in mine.items():
        values = tables.get(name.removeprefix(prefix).removeprefix("."))
        if values is None:
            raise InputError(f"{path.name}: table {name!r} is for what was not scored; take it out or score it")
        missed += _missed(name, values, table)
    return tuple(missed)


def floor_prefix(path: Path, name: str) -> str:
    """`coder.NAME` where a floors file has tables of that gold file, else `coder`.

    Raises:
        InputError: If the file cannot be read.
    """
    own = f"coder.{name}"
    return own if any(table == own or table.startswith(f"{own}.") for table in _read_file(path)) else "coder"


def _read_file(path: Path) -> dict[str, dict[str, float | str]]:
    try:
        return read_floors(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: no file of floors ({error}); expected TOML tables with floors and reason") from error


def _missed(name: str, values: Mapping[str, float | None], table: Mapping[str, float | str]) -> list[BelowFloor]:
    reason = str(table["reason"])
    missed: list[BelowFloor] = []
    for measure, limit in table.items():
        if measure == "reason":
            continue
        if measure not in values:
            raise InputError(f"floors [{name}]: {measure} is no figure; expected one of {', '.join(values)}")
        value, floor = values[measure], float(limit)
        holds = value is not None and (value <= floor if measure in CEILINGS else value >= floor)
        if not holds:
            missed.append(BelowFloor(name, measure, value, floor, reason))
    return missed
