"""Events written as they are coded: each format with no more in memory than a block of rows."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Protocol

from detente.cli.output import Format, plain_text, write_text
from detente.errors import InputError
from detente.model import Event, Report

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_ROWS: Final = 1000  # rows of a table whose widths are found together
_ROW_GROUP: Final = 5000


class EventWriter(Protocol):
    """Writes reports in one format to standard output."""

    def write(self, reports: Sequence[Report], *, wait: bool) -> None:
        """Write reports; `wait` says that more will follow only later, so that nothing is to be kept back."""

    def close(self) -> None:
        """Write what is left, and what ends the format."""


class JsonLines:
    """One event a line."""

    def write(self, reports: Sequence[Report], *, wait: bool) -> None:  # noqa: ARG002
        """Write each report."""
        for report in reports:
            write_text(json.dumps(_object(report), ensure_ascii=False, default=str))

    def close(self) -> None:
        """Nothing ends JSON lines."""


class Json:
    """One object with the list `events`, written piece by piece."""

    def __init__(self) -> None:
        self._opened = False

    def write(self, reports: Sequence[Report], *, wait: bool) -> None:  # noqa: ARG002
        """Write each report into the list."""
        for report in reports:
            piece = json.dumps(_object(report), ensure_ascii=False, indent=2, default=str).replace("\n", "\n    ")
            sys.stdout.write((",\n    " if self._opened else '{\n  "events": [\n    ') + piece)
            self._opened = True

    def close(self) -> None:
        """End the list and the object."""
        write_text("\n  ]\n}" if self._opened else '{\n  "events": []\n}')


class Csv:
    """The columns of reports, a header once."""

    def __init__(self) -> None:
        self._headed = False

    def write(self, reports: Sequence[Report], *, wait: bool) -> None:  # noqa: ARG002
        """Write a row each."""
        from detente.api.answers import to_csv
        from detente.model.tables import reports_table

        arrow = reports_table(reports)
        text = to_csv(arrow.to_pylist(), arrow.column_names)
        write_text(text.partition("\n")[2] if self._headed else text)
        self._headed = True

    def close(self) -> None:
        """A header where there was no row."""
        if not self._headed:
            self.write((), wait=False)


class Parquet:
    """The columns of reports, a row group each few thousand."""

    def __init__(self) -> None:
        if sys.stdout.isatty():
            raise InputError("parquet is not text: send it to a file (`--format parquet > answer.parquet`)")
        self._kept: list[Report] = []
        self._file: pq.ParquetWriter | None = None

    def write(self, reports: Sequence[Report], *, wait: bool) -> None:  # noqa: ARG002
        """Keep reports until a row group is full."""
        self._kept += reports
        if len(self._kept) >= _ROW_GROUP:
            self._write_group()

    def close(self) -> None:
        """Write the last group and the footer."""
        if self._kept or self._file is None:
            self._write_group()
        if self._file is not None:
            self._file.close()

    def _write_group(self) -> None:
        import pyarrow.parquet as pq

        from detente.model.tables import reports_table

        rows = reports_table(self._kept)
        if self._file is None:
            self._file = pq.ParquetWriter(sys.stdout.buffer, rows.schema)
        self._file.write_table(rows)
        self._kept.clear()


class Table:
    """Columns for a person to read, with widths that only grow."""

    def __init__(self) -> None:
        self._kept: list[dict[str, Any]] = []
        self._widths: list[int] = []

    def write(self, reports: Sequence[Report], *, wait: bool) -> None:
        """Keep rows until a block is full or nothing more comes for now."""
        from detente.api.answers import event_row

        self._kept += [event_row(_event(report)) for report in reports]
        if wait or len(self._kept) >= _ROWS:
            self.close()

    def close(self) -> None:
        """Write the rows kept."""
        from detente.api.tables import column_widths, text_table

        if not self._kept:
            return
        headed = bool(self._widths)
        self._widths = column_widths(self._kept, self._widths)
        lines = text_table(self._kept, widths=self._widths).split("\n")
        self._kept.clear()
        write_text(plain_text("\n".join(lines[1:] if headed else lines)))


WRITERS: Final[Mapping[Format, Callable[[], EventWriter]]] = MappingProxyType(
    {Format.TABLE: Table, Format.JSON: Json, Format.JSONL: JsonLines, Format.CSV: Csv, Format.PARQUET: Parquet}
)


def _event(report: Report) -> Event:
    return Event(report.report_id, report, (report.report_id,), report.evidence)


def _object(report: Report) -> dict[str, Any]:
    from detente.api.objects import report_object

    return {"event_id": report.report_id, **report_object(report)}
