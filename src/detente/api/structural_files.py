"""Reading the structural tables a user has: ATOP, MID, rivalries, as Parquet with their own column names."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente.errors import InputError
from detente.measure.ledger_structural import Spell, Structural

if TYPE_CHECKING:
    import pyarrow as pa

_PROMISES: Final = {
    "atop_defense": "defence",
    "atop_offense": "offence",
    "atop_neutral": "neutrality",
    "atop_nonagg": "non-aggression",
    "atop_consul": "consultation",
}
_TYPES: Final = ("positional", "spatial", "ideological", "interventionary")


def read_structural(folder: Path) -> Structural:
    """Read what a folder has of `atop_alliance`, `cow_mid_dirdisps`, `gml_dirdisp`, `tss_rivalries`, `td_rivalries`.

    Args:
        folder: A folder of Parquet files of those names.

    Returns:
        Their spells, and the last year of each.

    Raises:
        InputError: If there is no such folder, none of the files in it, or a file lacks a column.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of structural tables; check the name")
    found = {name: folder / f"{name}.parquet" for name in _READERS if (folder / f"{name}.parquet").is_file()}
    if not found:
        raise InputError(f"{folder}: none of {', '.join(f'{name}.parquet' for name in _READERS)} in it")
    spells: list[Spell] = []
    ends: dict[str, int] = {}
    for name, path in found.items():
        mine = tuple(_READERS[name](_read(path, _COLUMNS[name])))
        spells += mine
        if mine:
            ends[mine[0].source] = max(spell.last for spell in mine)
    return Structural(tuple(spells), ends)


def _read(path: Path, columns: Iterable[str]) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, columns=list(columns), partitioning=None)
    except (OSError, pa.ArrowInvalid, KeyError) as error:
        reason = next(iter(str(error).splitlines()), "unreadable")
        raise InputError(f"{path}: cannot be read ({reason}); expected columns {', '.join(columns)}") from error


def _alliances(table: "pa.Table") -> Iterator[Spell]:
    import pyarrow.compute as pc

    promised = None
    for name in _PROMISES:
        mark = pc.fill_null(pc.equal(table[name], 1), False)  # noqa: FBT003
        promised = mark if promised is None else pc.or_(promised, mark)
    # Either may promise what the other does not: the alliance is all that one of them promises.
    terms: dict[tuple[frozenset[int], int], set[str]] = {}
    for row in table.filter(promised).to_pylist():
        named = {name for name in _PROMISES if row[name] == 1}
        terms.setdefault((_pair(row), int(row["year"])), set()).update(named)
    years: dict[tuple[frozenset[int], tuple[str, ...]], set[int]] = {}
    for (pair, year), named in terms.items():
        words = tuple(said for name, said in _PROMISES.items() if name in named)
        years.setdefault((pair, words), set()).add(year)
    for (pair, words), held in years.items():
        for first, last in _runs(held):
            yield Spell("alliance", f"alliance: {', '.join(words)}", pair, first, last, "ATOP")


def _disputes(source: str) -> Callable[["pa.Table"], Iterator[Spell]]:
    def read(table: "pa.Table") -> Iterator[Spell]:
        years: dict[tuple[frozenset[int], int], set[int]] = {}
        for row in table.to_pylist():
            years.setdefault((_pair(row), int(row["dispnum"])), set()).add(int(row["year"]))
        for (pair, number), held in years.items():
            what = f"militarised interstate dispute no. {number}"
            yield Spell("dispute", what, pair, min(held), max(held), source)

    return read


def _strategic(table: "pa.Table") -> Iterator[Spell]:
    for row in table.to_pylist():
        kinds = ", ".join(name for name in _TYPES if row[name] == 1)
        yield _rivalry(row, "start", "end", kinds, "Thompson, Sakuwa and Suhas")


def _rivalries(table: "pa.Table") -> Iterator[Spell]:
    for row in table.to_pylist():
        kinds = ", ".join(row[name] for name in ("type1", "type2", "type3") if row[name])
        yield _rivalry(row, "styear", "endyear", kinds, "Thompson and Dreyer")


def _rivalry(row: dict[str, Any], first: str, last: str, kinds: str, source: str) -> Spell:
    what = f"strategic rivalry ({kinds})" if kinds else "strategic rivalry"
    return Spell("rivalry", what, _pair(row), int(row[first]), int(row[last]), source)


def _pair(row: dict[str, Any]) -> frozenset[int]:
    return frozenset((int(row["ccode1"]), int(row["ccode2"])))


def _runs(years: set[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(sorted(years)), key=lambda item: item[1] - item[0]):
        held = [year for _, year in run]
        yield held[0], held[-1]


_MID: Final = ("dispnum", "ccode1", "ccode2", "year")
_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "atop_alliance": ("ccode1", "ccode2", "year", *_PROMISES),
    "cow_mid_dirdisps": _MID,
    "gml_dirdisp": _MID,
    "tss_rivalries": ("ccode1", "ccode2", "start", "end", *_TYPES),
    "td_rivalries": ("ccode1", "ccode2", "styear", "endyear", "type1", "type2", "type3"),
}
_READERS: Final[dict[str, Callable[["pa.Table"], Iterator[Spell]]]] = {
    "atop_alliance": _alliances,
    "cow_mid_dirdisps": _disputes("Correlates of War MID"),
    "gml_dirdisp": _disputes("Gibler, Miller and Little MID"),
    "tss_rivalries": _strategic,
    "td_rivalries": _rivalries,
}
