"""Answers as users hold them: they print, plot, export and say how they were made."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente import __version__
from detente.api.objects import Result, event_object, result_columns, result_object, result_rows
from detente.api.review_columns import review_columns
from detente.api.rich import Shown
from detente.errors import InputError
from detente.model import Event, Selection

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa


class Rows(Shown):
    """A table in hand, to be carried to other tools."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """One flat dictionary a row."""
        raise NotImplementedError

    def columns(self) -> list[str]:
        """Names of the columns, also where there is no row."""
        raise NotImplementedError

    def to_arrow(self) -> "pa.Table":
        """An Arrow table."""
        import pyarrow as pa

        rows = self.to_dicts()
        if not rows:
            return pa.table({name: pa.array([], pa.string()) for name in self.columns()})
        return pa.Table.from_pylist(rows)

    def to_pandas(self) -> "pandas.DataFrame":
        """A pandas data frame.

        Raises:
            InputError: If pandas is not installed.
        """
        try:
            import pandas  # Arrow imports it itself, with a message that names no extra
        except ImportError as error:
            raise InputError("to_pandas needs pandas: install it with `pip install 'detente[frames]'`") from error
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> "polars.DataFrame":
        """A Polars data frame.

        Raises:
            InputError: If Polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise InputError("to_polars needs Polars: install it with `pip install polars`") from error
        frame: polars.DataFrame = pl.from_arrow(self.to_arrow())
        return frame

    def to_parquet(self, path: str | Path) -> Path:
        """Write a Parquet file.

        Raises:
            InputError: If the licence of a feed forbids passing its rows on.
        """
        import pyarrow.parquet as pq

        self.check_rights()
        pq.write_table(self.to_arrow(), str(path))
        return Path(path)

    def to_csv(self, path: str | Path) -> Path:
        """Write a CSV file in UTF-8.

        Raises:
            InputError: If the licence of a feed forbids passing its rows on, or the file cannot be written.
        """
        self.check_rights()
        try:
            Path(path).write_text(to_csv(self.to_dicts(), self.columns()), encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from error
        return Path(path)

    def to_stata(self, path: str | Path) -> tuple[Path, ...]:
        """Write a Stata file (`.dta`, Stata 14 and later) and its codebook."""
        return self.export(Path(path).with_suffix(".dta"))

    def to_excel(self, path: str | Path) -> tuple[Path, ...]:
        """Write an Excel workbook (`.xlsx`) with a sheet `codebook`."""
        return self.export(Path(path).with_suffix(".xlsx"))

    def export(self, path: str | Path) -> tuple[Path, ...]:
        """Write a file with its codebook; the ending decides: .dta, .xlsx, .csv, .parquet.

        Returns:
            The files written.

        Raises:
            InputError: If the ending is another, a library is missing, the licence of the feed forbids passing its
                rows on, or the file cannot be written.
        """
        from detente.api.codebook import describe_origins
        from detente.api.exporting import write_table

        self.check_rights()
        title, notes, feeds = self._about()
        return write_table(self.to_arrow(), path, title=title, origins=describe_origins(feeds), notes=notes)

    def check_rights(self) -> None:
        """Refuse to write rows of a feed whose licence forbids passing them on; a measure may always leave.

        Raises:
            InputError: If there are such rows.
        """

    def _about(self) -> tuple[str, tuple[str, ...], list[str | None]]:
        """What the rows are, what a reader must know of them, and the feeds they come from; None for reports."""
        return "Rows of detente", (), []


@dataclass(frozen=True)
class Answer(Rows):
    """The result of a measure.

    Attributes:
        result: The record of `detente.model.results` with all values.
    """

    result: Result

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "result":
            raise AttributeError(name)
        return getattr(self.result, name)

    def __str__(self) -> str:
        """The rows as a table, then the notes."""
        from detente.api.tables import text_table

        notes = "\n".join(f"- {note}" for note in self.result.notes)
        return "\n".join(part for part in (text_table(short_rows(self.result)), notes) if part)

    def _repr_html_(self) -> str:
        from detente.api.rich import answer_html

        return answer_html(self)

    def to_object(self) -> dict[str, Any]:
        """The answer as the command line gives it with `--format json`."""
        return result_object(self.result)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One flat dictionary a row."""
        return result_rows(self.result)

    def columns(self) -> list[str]:
        """Names of the columns, also where there is no row."""
        return result_columns(self.result)

    def _about(self) -> tuple[str, tuple[str, ...], list[str | None]]:
        notes: tuple[str, ...] = self.result.notes
        return self.cite(), notes, [getattr(self.result, "feed", None)]

    def plot(self) -> Any:
        """An Altair chart of an index, breaks, reciprocity, exchanges, a comparison or a multiverse.

        Raises:
            InputError: If there is no chart of this result, or Altair is not installed.
            DataError: If the result holds nothing to draw.
        """
        from detente.api.plotting import plot_result

        return plot_result(self.result)

    def cite(self) -> str:
        """How to cite this answer: version, record and query."""
        return f"detente {__version__}; {self.result.query}"


@dataclass(frozen=True)
class Events(Rows):
    """Events of a pair in order of date."""

    events: tuple[Event, ...]
    selection: Selection

    def __len__(self) -> int:
        return len(self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __getitem__(self, place: int) -> Event:
        return self.events[place]

    def __str__(self) -> str:
        """One line an event."""
        from detente.api.tables import text_table

        return text_table([event_row(event) for event in self.events])

    def _repr_html_(self) -> str:
        from detente.api.rich import events_html

        return events_html(self)

    def to_objects(self) -> list[dict[str, Any]]:
        """One object an event, as `--format jsonl` gives it."""
        return [event_object(event) for event in self.events]

    def to_arrow(self) -> "pa.Table":
        """An Arrow table: the columns of reports and `event_id`, `n_reports`, the first quote and its source."""
        import pyarrow as pa

        from detente.model.tables import reports_table

        table = reports_table(event.report for event in self.events)
        first = [event.evidence[0] if event.evidence else None for event in self.events]
        extra = {
            "event_id": [event.event_id for event in self.events],
            "n_reports": [max(1, len(event.report_ids)) for event in self.events],
            "quote": [item.quote if item and not item.is_mention else None for item in first],
            "evidence_publisher": [item.publisher if item else None for item in first],
            "evidence_title": [item.title if item else None for item in first],
            "evidence_url": [item.url if item else None for item in first],
            **review_columns(self.events),
        }
        for name, values in extra.items():
            kind = pa.int64() if name == "n_reports" else pa.string()
            table = table.append_column(name, pa.array(values, kind))
        return table

    def columns(self) -> list[str]:
        """Names of the columns, also where there is no row."""
        return list(self.to_arrow().column_names)

    def check_rights(self) -> None:
        """Refuse to write rows of a feed whose licence forbids passing them on.

        Raises:
            InputError: If there are such rows.
        """
        from detente.api.exporting import check_rights

        check_rights(self._about()[2])

    def _about(self) -> tuple[str, tuple[str, ...], list[str | None]]:
        from detente.measure.select import describe_selection

        feeds = {event.report.feed for event in self.events} or {self.selection.feed}
        return f"Events: {describe_selection(self.selection)}", (), sorted(feeds, key=str)

    def to_dicts(self) -> list[dict[str, Any]]:
        """One flat dictionary an event."""
        return list(self.to_arrow().to_pylist())


def event_row(event: Event) -> dict[str, Any]:
    """The few columns that a person reads of an event."""
    report = event.report
    arrow = "<>" if report.symmetric else ">"
    words = next((item for item in event.evidence if not item.is_mention), None)
    quote = (words.quote or "(quote not kept)") if words else (report.cameo or "")
    return {
        "date": _date_words(event),
        "who": f"{report.source_country or '?'}{arrow}{report.target_country or '?'}",
        "type": report.event_type or "-",
        "status": report.status,
        "cite": event.evidence[0].citation_number if event.evidence else None,
        "what": " ".join(quote.split()),
    }


def short_rows(result: Result) -> list[dict[str, Any]]:
    """Rows for a terminal: an estimate in one cell, no long lists."""
    rows: list[dict[str, Any]] = []
    for row in result_rows(result):
        bounds = [name for name in row if name.endswith(("_low", "_high"))]
        kept = {name: value for name, value in row.items() if name not in bounds and not isinstance(value, list)}
        if kept.get("group", "") is None:  # an index of the whole relation
            del kept["group"]
        for name in [name for name in kept if f"{name}_low" in row]:
            kept[name] = _interval(row[name], row[f"{name}_low"], row[f"{name}_high"])
        rows.append(kept)
    return rows


def to_csv(rows: list[dict[str, Any]], columns: list[str] | None = None) -> str:
    """Rows as CSV text with a header, lists joined by `;`."""
    import csv
    import io

    stream = io.StringIO()
    names = columns if columns is not None else list(dict.fromkeys(name for row in rows for name in row))
    if not names:
        return ""
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return stream.getvalue()


def _cell(value: Any) -> Any:
    return ";".join(str(item) for item in value) if isinstance(value, list | tuple) else value


def _interval(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return ""
    if low is None or high is None:
        return f"{value:.3g}"
    return f"{value:.3g} [{low:.3g}, {high:.3g}]"


def _date_words(event: Event) -> str:
    from detente.model import DateSpan

    report = event.report
    return str(DateSpan(report.date_start, report.date_end, report.date_precision, "text"))  # type: ignore[arg-type]
