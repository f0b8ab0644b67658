"""`detente series`: figures kept beside the events."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.options import FormatOption, StoreOption
from detente.cli.output import Format, counted, note, write_answer
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.api import Store


class Action(StrEnum):
    """What to do."""

    ADD = "add"
    LIST = "list"
    SHOW = "show"


def run(
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="add, list or show.")],
    what: Annotated[str | None, typer.Argument(metavar="WHAT", help="add: a CSV file; show: a name.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="add: what the figures are.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="add: what one is (USD million).")] = None,
    source: Annotated[str | None, typer.Option("--source", help="add: who publishes them.")] = None,
    a: Annotated[str | None, typer.Option("--a", help="show: figures of this country and its pairs.")] = None,
    b: Annotated[str | None, typer.Option("--b", help="show: with --a, figures of the two as a pair.")] = None,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Keep monthly or yearly figures (trade, scrambles, votes) beside the events, with unit and source.

    add reads a CSV file, once; list names what is stored; show gives the figures.
    """
    from detente.api import open as open_store

    if action is Action.ADD:
        if what is None:
            raise InputError("series add without a file: give a CSV file (`detente series add FILE.csv --name ...`)")
        missing = [word for word, value in (("name", name), ("unit", unit), ("source", source)) if not value]
        if missing:
            raise InputError(f"series add without --{missing[0]}: a figure needs its name, unit and source")
        _add(open_store(store), Path(what), (name or "", unit or "", source or ""), format)
    elif action is Action.LIST:
        _list(open_store(store, create=False), format)
    else:
        _show(open_store(store, create=False), what or name, a, b, format)


def _add(kept: "Store", path: Path, said: tuple[str, str, str], format: Format) -> None:  # noqa: A002
    from detente.api.objects import plain

    name, unit, source = said
    done = kept.add_series(path, name=name, unit=unit, source=source)
    row = plain(done)
    _write(format, row, [row])
    if done.blank:
        note(f"{counted(done.blank, 'row')} without a value passed over")


def _list(kept: "Store", format: Format) -> None:  # noqa: A002
    from detente.api.objects import plain

    rows = plain(kept.list_series())
    _write(format, {"series": rows}, rows, ["name", "unit", "source", "every", "sides", "first", "last", "n"])
    note(f"{len(rows)} series")


def _show(kept: "Store", name: str | None, a: str | None, b: str | None, format: Format) -> None:  # noqa: A002
    from detente.api.objects import plain

    figures = kept.series(name, a=a, b=b)
    rows = plain(figures.values)
    arrow = figures.to_arrow() if format is Format.PARQUET else None
    _write(format, {"figures": rows}, rows, figures.columns(), arrow)
    note(counted(len(rows), "figure"))


def _write(
    format: Format,  # noqa: A002
    whole: dict[str, Any],
    rows: list[dict[str, Any]],
    columns: list[str] | None = None,
    arrow: Any = None,
) -> None:
    from detente.api.tables import text_table

    write_answer(format, whole=whole, objects=rows, rows=rows, table=text_table(rows), arrow=arrow, columns=columns)
