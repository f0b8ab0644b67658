"""Series of figures in a store: add a file, list what is there, show one."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.api.answers import Rows
from detente.api.series_files import FiguresRead, read_figures
from detente.errors import InputError
from detente.model.numbers import SeriesAdded, SeriesChange, SeriesInfo, SeriesValue
from detente.model.results import Selection
from detente.store import Batch, Snapshot, Store, new_import_id

if TYPE_CHECKING:
    from ibis.expr.types import Table


@dataclass(frozen=True)
class Figures(Rows):
    """Figures of stored series, in order of name, sides and period."""

    values: tuple[SeriesValue, ...]

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[SeriesValue]:
        return iter(self.values)

    def __str__(self) -> str:
        """One line a figure."""
        from detente.api.tables import text_table

        return text_table(self.to_dicts())

    def columns(self) -> list[str]:
        """Names of the columns, also where there is no row."""
        return [item.name for item in fields(SeriesValue)]

    def to_dicts(self) -> list[dict[str, Any]]:
        """One flat dictionary a figure."""
        return [{name: getattr(value, name) for name in self.columns()} for value in self.values]


def add_series(store: Store, path: Path, *, name: str, unit: str, source: str) -> SeriesAdded:
    """Keep the figures of a file; see `detente.api.Store.add_series`."""
    for what, value in (("name", name), ("unit", unit), ("source", source)):
        if not value.strip():
            raise InputError(f"series without {what}: say it (`--{what}`), a figure means nothing without")
    found = read_figures(path)
    digest = _digest(path, name, unit, source)
    rows = len(found.figures) + found.blank
    if store.known_inputs([digest]):
        return SeriesAdded(name, path.name, rows, 0, len(found.figures), found.blank)
    with store.snapshot() as snapshot:
        _check_alike(list_series(snapshot), name, unit, found)
    store.commit(_batch(found, path, digest, (name, unit, source)))
    return SeriesAdded(name, path.name, rows, len(found.figures), 0, found.blank)


def list_series(snapshot: Snapshot) -> tuple[SeriesInfo, ...]:
    """What series a store holds, by name."""
    rows = snapshot.series()
    counted = rows.group_by("name", "unit", "every").aggregate(
        sources=rows.source.collect(distinct=True),
        sides=(rows.country_a + "-" + rows.country_b.fill_null("")).nunique(),
        first=rows.period.min(),
        last=rows.period.max(),
        n=rows.count(),
    )
    return tuple(
        SeriesInfo(
            row["name"],
            row["unit"],
            "; ".join(sorted(row["sources"])),
            row["every"],
            row["sides"],
            row["first"],
            row["last"],
            row["n"],
        )
        for row in sorted(counted.to_pyarrow().to_pylist(), key=lambda row: str(row["name"]))
    )


def show_series(
    snapshot: Snapshot, name: str | None = None, *, a: str | None = None, b: str | None = None
) -> tuple[SeriesValue, ...]:
    """The figures of a series, or of all, of one country or one pair.

    Args:
        snapshot: The state of the store to read.
        name: The series; None for all.
        a: Code of a country; with it figures of that country alone and of its pairs.
        b: Code of another; then only figures of the two as a pair.

    Returns:
        The figures by name, sides and period.

    Raises:
        InputError: If there is no series of that name.
    """
    known = [item.name for item in list_series(snapshot)]
    if name is not None and name not in known:
        told = ", ".join(known) or "none: add one (`detente series add FILE.csv`)"
        raise InputError(f"series {name!r} is not in this store: it has {told}")
    rows = _of_sides(snapshot.series(), a, b)
    if name is not None:
        rows = rows.filter(rows.name == name)
    names = [item.name for item in fields(SeriesValue)]
    ordered = rows.order_by(["name", "country_a", "country_b", "directed", "period"]).select(*names)
    return tuple(SeriesValue(**row) for row in ordered.to_pyarrow().to_pylist())


def series_around(snapshot: Snapshot, selection: Selection, shock: date) -> tuple[SeriesChange, ...]:
    """Each series on a side or the pair, in equal windows before and after a date."""
    from detente.measure.numbers import change_at

    sides = {*selection.a_codes, *selection.b_codes}
    groups: dict[tuple[str, str, str | None, bool], list[SeriesValue]] = {}
    for value in show_series(snapshot):
        if {value.country_a, value.country_b or value.country_a} <= sides:
            key = (value.name, value.country_a, value.country_b, value.directed)
            groups.setdefault(key, []).append(value)
    found = (change_at(values, shock) for values in groups.values())
    return tuple(change for change in found if change is not None)


def _of_sides(rows: "Table", a: str | None, b: str | None) -> "Table":
    if a is None:
        return rows
    if b is None:
        return rows.filter((rows.country_a == a) | (rows.country_b == a))
    pair = [a, b]
    return rows.filter(rows.country_a.isin(pair), rows.country_b.isin(pair))


def _check_alike(stored: tuple[SeriesInfo, ...], name: str, unit: str, found: FiguresRead) -> None:
    for item in stored:
        if item.name == name and (item.unit, item.every) != (unit, found.every):
            raise InputError(
                f"series {name!r} is stored in {item.unit} by {item.every}, this file is in {unit} by {found.every}: "
                "give the new one another name"
            )


def _batch(found: FiguresRead, path: Path, digest: str, said: tuple[str, str, str]) -> Batch:
    import pyarrow as pa

    from detente.model.tables import IMPORTS
    from detente.model.tables import SERIES as SCHEMA

    import_id = new_import_id()
    name, unit, source = said
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "unit": unit,
            "source": source,
            "country_a": figure.country_a,
            "country_b": figure.country_b,
            "directed": figure.directed,
            "period": figure.period,
            "every": found.every,
            "value": figure.value,
            "import_id": import_id,
        }
        for figure in found.figures
    ]
    done = {
        "import_id": import_id,
        "input_hash": digest,
        "kind": "series",
        "name": path.name,
        "rows": len(rows) + found.blank,
        "stored": len(rows),
        "already_stored": 0,
        "quarantined": 0,
        "filtered": found.blank,
    }
    return Batch(pa.Table.from_pylist([done], schema=IMPORTS), {"series": pa.Table.from_pylist(rows, schema=SCHEMA)})


def _digest(path: Path, *said: str) -> str:
    found = blake2b("\0".join(("series", *said)).encode(), digest_size=16)
    found.update(path.read_bytes())
    return found.hexdigest()
