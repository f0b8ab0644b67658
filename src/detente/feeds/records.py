"""What reading a feed file gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed file in the columns of the tables.

    Attributes:
        reports: Schema `REPORTS`, one row an event; `import_id` and `recorded_at` are null.
        quarantine: Schema `QUARANTINE`, rows that could not be read, each with its reason; no `import_id`.
        rows: Rows of the file; always `reports.num_rows + quarantine.num_rows`.
        unmapped_actors: How often each actor occurs that has no country, organisation or known group.
        notes: What a user should know of how the file was read.
    """

    reports: pa.Table
    quarantine: pa.Table
    rows: int
    unmapped_actors: Mapping[str, int]
    notes: tuple[str, ...]


FeedReader = Callable[[Path, str], FeedRead]
