"""What reading feed files takes and gives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file to read, and the id of the import its rows belong to."""

    path: Path
    import_id: str


@dataclass(frozen=True, slots=True)
class FeedPart:
    """Rows of one file within what was read: the whole file, or a stretch of a long one.

    Attributes:
        file: The file.
        number: Place of the stretch in its file, from 0.
        import_id: What its rows have as `import_id`: the file's own, followed by the number where that is not 0.
        rows: Its rows: those that became reports, were filtered out or set aside.
        quarantined: Rows set aside.
        last: Whether it ends the file.
    """

    file: FeedFile
    number: int
    import_id: str
    rows: int
    quarantined: int
    last: bool


@dataclass(frozen=True, slots=True)
class FeedRead:
    """Rows of one or several feed files in the columns of the tables.

    Attributes:
        reports: Schema `REPORTS`, one row an event, sorted by `REPORT_ORDER`; `recorded_at` is null.
        quarantine: Schema `QUARANTINE`, rows that could not be read, each with its reason.
        parts: The files they come from, by `import_id`.
        unmapped_actors: How often each actor occurs that has no country, organisation or known group.
        notes: What a user should know of how the files were read.
        filtered: Rows that were not asked for, by `import_id`.
        evidence: Schema `EVIDENCE`, where the files say who reports events and hold none; `reports` is empty then.
    """

    reports: pa.Table
    quarantine: pa.Table
    parts: tuple[FeedPart, ...]
    unmapped_actors: Mapping[str, int]
    notes: tuple[str, ...]
    filtered: Mapping[str, int]
    evidence: pa.Table | None = None

    @property
    def rows(self) -> int:
        """Rows of the files; always reports, quarantine and filtered together."""
        return sum(part.rows for part in self.parts)


FeedReader = Callable[[Sequence[FeedFile], str], Iterator[FeedRead]]
