"""Reading a CSV file of monthly or yearly figures: every row right, or a line on the first that is wrong."""

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from detente.errors import InputError
from detente.model.numbers import Grain

_BLANK: Final = frozenset({"", "na", "n/a", "nan", "null", "none", "..", "-"})
_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?\Z")
_SIDES: Final = (("country",), ("from", "to"), ("a", "b"), ("dyad",))
_EXPECTED: Final = (
    "expected columns `period` (2019 or 2019-02; or `year` and `month`), `value`, and one of `country`, `from` and "
    "`to`, `a` and `b`, or `dyad`"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the file; `country_b` is None for a country's own figure."""

    country_a: str
    country_b: str | None
    directed: bool
    period: date
    value: float


@dataclass(frozen=True, slots=True)
class FiguresRead:
    """The figures of a file and their grain; `blank` counts rows without a value."""

    figures: tuple[Figure, ...]
    every: Grain
    blank: int


def read_figures(path: Path) -> FiguresRead:
    """Read a CSV file of figures.

    Args:
        path: A file in UTF-8 with a header; comma, semicolon or tab between cells.

    Returns:
        The figures in the order of the file. A pair named by `a` and `b` or `dyad` has no direction and is
        kept in alphabetical order; `from` and `to` give one.

    Raises:
        InputError: If the file cannot be read, lacks a column, holds a wrong row, mixes months and years, or
            gives one period twice. Nothing of it is taken then.
    """
    lines = _lines(path)
    names, rows = _table(path, lines)
    sides = next((columns for columns in _SIDES if set(columns) <= set(names)), None)
    dated = "period" in names or "year" in names
    if sides is None or not dated or "value" not in names:
        raise InputError(f"{path}: the header is {', '.join(names) or 'empty'}: {_EXPECTED}")
    figures: dict[tuple[object, ...], Figure] = {}
    grains: dict[Grain, int] = {}
    blank = 0
    for line, row in rows:
        if row["value"].strip().lower() in _BLANK:
            blank += 1
            continue
        figure, every = _figure(path, line, row, sides)
        grains.setdefault(every, line)
        if len(grains) > 1:
            raise InputError(f"{path}, line {line}: months and years are mixed: give one file a grain")
        key = (figure.country_a, figure.country_b, figure.period)
        if key in figures:
            raise InputError(f"{path}, line {line}: {_named(figure)} has a second value: keep one row a period")
        figures[key] = figure
    if not figures:
        raise InputError(f"{path}: no row with a value: {_EXPECTED}")
    return FiguresRead(tuple(figures.values()), next(iter(grains)), blank)


def _lines(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 (byte {error.start}); save it as CSV in UTF-8") from error


def _table(path: Path, text: str) -> tuple[list[str], Iterator[tuple[int, dict[str, str]]]]:
    header = text.partition("\n")[0]
    mark = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    names = [name.strip().lower() for name in next(reader, [])]
    return names, _rows(path, reader, names)


def _rows(path: Path, reader: Iterator[list[str]], names: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for cells in reader:
        line = reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            raise InputError(
                f"{path}, line {line}: {len(cells)} cells, the header has {len(names)}: quote cells with commas"
            )
        yield line, dict(zip(names, cells, strict=True))


def _figure(path: Path, line: int, row: Mapping[str, str], sides: tuple[str, ...]) -> tuple[Figure, Grain]:
    period, every = _period(path, line, row)
    raw = row["value"].strip()
    try:
        value = float(raw)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in raw:
        raise InputError(
            f"{path}, line {line}, value {raw!r}: expected a number with a point (1234.5), no thousands mark"
        )
    codes = _codes(path, line, row, sides)
    directed = sides == ("from", "to")
    if len(codes) == 2 and not directed:
        codes = sorted(codes)
    return Figure(codes[0], codes[1] if len(codes) > 1 else None, directed, period, value), every


def _period(path: Path, line: int, row: Mapping[str, str]) -> tuple[date, Grain]:
    if "period" in row:
        raw = row["period"].strip()
    else:
        raw = "-".join(part for part in (row["year"].strip(), row.get("month", "").strip()) if part)
    found = _PERIOD.match(raw)
    month = int(found[2] or 1) if found else 0
    if not found or not 1 <= month <= 12 or int(found[1]) < 1:
        raise InputError(f"{path}, line {line}, period {raw!r}: expected a year (2019) or a month (2019-02)")
    return date(int(found[1]), month, 1), "month" if found[2] else "year"


def _codes(path: Path, line: int, row: Mapping[str, str], sides: tuple[str, ...]) -> list[str]:
    from detente.ontology import resolve_country

    given = _split(row["dyad"]) if sides == ("dyad",) else [row[name].strip() for name in sides]
    if sides == ("dyad",) and len(given) != 2:
        raise InputError(f"{path}, line {line}, dyad {row['dyad']!r}: expected two codes (RUS-JPN)")
    try:
        codes = [resolve_country(name) for name in given]
    except InputError as error:
        raise InputError(f"{path}, line {line}: {error}") from error
    if len(codes) == 2 and codes[0] == codes[1]:
        raise InputError(f"{path}, line {line}: both sides are {codes[0]}: expected two different ones")
    return codes


def _split(dyad: str) -> list[str]:
    return [part.strip() for part in re.split(r"<>|[>/–-]", dyad) if part.strip()]


def _named(figure: Figure) -> str:
    sides = figure.country_a + (f"-{figure.country_b}" if figure.country_b else "")
    return f"{sides} {figure.period:%Y-%m}"
