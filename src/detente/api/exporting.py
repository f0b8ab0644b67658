"""Tables as files for other tools: Stata, Excel, CSV, Parquet, each with its codebook."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from detente import __version__
from detente.api.codebook import Column, Origin, describe_columns
from detente.errors import FeedError, InputError
from detente.feeds.sheet import feed_sheet

if TYPE_CHECKING:
    import pandas
    import pyarrow as pa

_STATA_LABEL: Final = 80  # characters that Stata allows in a label
_STATA_TEXT: Final = 2045  # bytes of a plain text column; longer ones become strL
_STATA_WORDS: Final = frozenset({"byte", "double", "float", "if", "in", "int", "long", "quad", "str", "using", "with"})
_EXCEL_ROWS: Final = 1_048_575  # rows of a sheet below its header
_EXCEL_CELL: Final = 32_767  # characters of a cell
_WIDEST: Final = 40


def check_rights(feeds: Sequence[str | None]) -> None:
    """Refuse rows of a feed that may not be passed on.

    Args:
        feeds: The feeds whose rows are to be written.

    Raises:
        InputError: If the data sheet of one says that its rows stay with the user.
    """
    for feed in sorted({feed for feed in feeds if feed is not None}):
        if not may_pass_on(feed):
            raise InputError(
                f"rows of feed {feed} may not be passed on (its licence: `detente feeds {feed.partition('/')[0]}`): "
                "export a measure of them instead (`detente index ... --format csv`)"
            )


def may_pass_on(feed: str) -> bool:
    """Whether rows of a feed may leave the store; a feed without a data sheet is the user's own."""
    try:
        return feed_sheet(feed).redistribution
    except FeedError:
        return True


def write_table(
    table: "pa.Table", path: str | Path, *, title: str, origins: Sequence[Origin] = (), notes: Sequence[str] = ()
) -> tuple[Path, ...]:
    """Write a table in the format its file's ending names, with a codebook.

    Excel's is a sheet of the same file; beside the others lies `NAME.codebook.csv`. Stata has the meanings as labels
    of the variables too.

    Args:
        table: The rows; lists are joined with `;` where the format has none.
        path: A file ending in .dta, .xlsx, .csv or .parquet.
        title: What the rows are, in a line.
        origins: Where they come from.
        notes: What a reader must know of them.

    Returns:
        The files written.

    Raises:
        InputError: If the ending is none of these, a library is missing, or the file cannot be written or hold so much.
    """
    target = Path(path)
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise InputError(f"{target}: tables are written as {', '.join(_WRITERS)}, by the name's ending")
    columns = describe_columns(table.column_names)
    about = [title, f"Written by detente {__version__}.", *notes]
    try:
        writer(table, target, columns, about, origins)
        if target.suffix.lower() == ".xlsx":
            return (target,)
        codebook = target.with_name(f"{target.stem}.codebook.csv")
        codebook.write_text(_codebook_csv(columns, about, origins), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror or error}); choose another place") from error
    return target, codebook


def _write_parquet(table: "pa.Table", target: Path, *_: Any) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, target, compression="zstd")


def _write_csv(table: "pa.Table", target: Path, *_: Any) -> None:
    from pyarrow import csv

    csv.write_csv(_flat(table), target)


def _write_stata(
    table: "pa.Table", target: Path, columns: Sequence[Column], about: Sequence[str], _: Sequence[Origin]
) -> None:
    frame, names = _stata_frame(_flat(table))
    labels = {names[item.name]: _shortened(item.meaning, _STATA_LABEL) for item in columns}
    days: Any = {names[field.name]: "%td" for field in table.schema if str(field.type).startswith("date")}
    texts = [
        name
        for name in frame.columns
        if frame[name].dtype == object and frame[name].map(lambda cell: len(cell.encode())).max() > _STATA_TEXT
    ]
    frame.to_stata(
        target,
        convert_dates=days,
        write_index=False,
        data_label=_shortened(about[0], _STATA_LABEL),
        variable_labels=labels,
        version=118,  # UTF-8; Stata 14 and later
        convert_strl=texts,
    )


def _stata_frame(table: "pa.Table") -> "tuple[pandas.DataFrame, dict[str, str]]":
    """The table as Stata can hold it, and its names there: numbers with gaps as floats, texts never null."""
    pandas = _library("pandas", "frames")
    import pyarrow.types as kinds

    frame = pandas.DataFrame(index=range(table.num_rows))
    names: dict[str, str] = {}
    for field in table.schema:
        values = table[field.name]
        name = names[field.name] = _stata_name(field.name)
        if kinds.is_date(field.type) or kinds.is_timestamp(field.type):
            days = pandas.Series(values.to_pylist(), dtype="object")
            frame[name] = pandas.to_datetime(days, utc=True).dt.tz_localize(None)
        elif kinds.is_boolean(field.type) or kinds.is_integer(field.type) or kinds.is_floating(field.type):
            numbers = [None if cell is None else float(cell) for cell in values.to_pylist()]
            frame[name] = pandas.Series(numbers, dtype="float64")
        else:
            frame[name] = pandas.Series([cell or "" for cell in values.to_pylist()], dtype="object")
    return frame, names


def _stata_name(name: str) -> str:
    """A name that Stata takes: its own words get a line behind them (`quad_`)."""
    return (f"{name}_" if name in _STATA_WORDS else name)[:32]


def _write_excel(
    table: "pa.Table", target: Path, columns: Sequence[Column], about: Sequence[str], origins: Sequence[Origin]
) -> None:
    xlsxwriter = _library("xlsxwriter", "excel")
    if table.num_rows > _EXCEL_ROWS:
        raise InputError(
            f"{target}: {table.num_rows:,} rows, a sheet of Excel holds {_EXCEL_ROWS:,}: "
            "narrow the dates, or write .csv"
        )
    # Texts are written as texts: none of them is to become a formula or a link.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True, "remove_timezone": True}
    with xlsxwriter.Workbook(target, {**plain, "default_date_format": "yyyy-mm-dd"}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("data")
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(table.column_names):
            sheet.set_column(place, place, min(max(len(name) + 2, 12), _WIDEST))
            sheet.write_string(0, place, name, bold)
        for line, row in enumerate(_flat(table).to_pylist(), start=1):
            for place, cell in enumerate(row.values()):
                if cell is not None:
                    sheet.write(line, place, cell[:_EXCEL_CELL] if isinstance(cell, str) else cell)
        codes = book.add_worksheet("codebook")
        codes.set_column(0, 0, 24)
        codes.set_column(1, 1, 18)
        codes.set_column(2, 2, 100)
        for line, cells in enumerate(_codebook_rows(columns, about, origins)):
            for place, cell in enumerate(cells):
                codes.write_string(line, place, cell)


def _codebook_rows(columns: Sequence[Column], about: Sequence[str], origins: Sequence[Origin]) -> list[tuple[str, ...]]:
    """What the table is, what each column means, and where the rows come from: three columns, a header first."""
    rows: list[tuple[str, ...]] = [("column", "type", "meaning")]
    rows += [(item.name, item.kind, item.meaning) for item in columns]
    rows += [("", "about", line) for line in about]
    for origin in origins:
        told = {"publisher": origin.publisher, "licence": origin.licence, "how to cite": origin.cite}
        rows += [(origin.feed or "reports", what, words) for what, words in told.items() if words]
    return rows


def _codebook_csv(columns: Sequence[Column], about: Sequence[str], origins: Sequence[Origin]) -> str:
    import csv
    import io

    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(_codebook_rows(columns, about, origins))
    return stream.getvalue()


def _flat(table: "pa.Table") -> "pa.Table":
    """The table with lists as texts joined by `;`."""
    import pyarrow as pa

    for place, field in enumerate(table.schema):
        if pa.types.is_list(field.type):
            cells = [None if cell is None else ";".join(map(str, cell)) for cell in table[field.name].to_pylist()]
            table = table.set_column(place, field.name, pa.array(cells, pa.string()))
    return table


def _library(name: str, extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise InputError(f"this format needs {name}: install it with `pip install 'detente[{extra}]'`") from error


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


_WRITERS: Final[dict[str, Callable[..., None]]] = {
    ".dta": _write_stata,
    ".xlsx": _write_excel,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
}
ENDINGS: Final = tuple(_WRITERS)
"""The endings of files that tables are written to."""
