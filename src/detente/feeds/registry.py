"""Every feed detente reads, by name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import FeedError
from detente.feeds.acled import read_acled
from detente.feeds.assertions import broken_assertions
from detente.feeds.filters import Wanted, keep_wanted
from detente.feeds.gdelt import read_gdelt, read_gdelt_reduced
from detente.feeds.gdelt_mentions import read_gdelt_mentions
from detente.feeds.icews import read_icews
from detente.feeds.keds import read_keds
from detente.feeds.mapping import OwnMapping
from detente.feeds.own import own_sheet, read_own
from detente.feeds.phoenix import read_phoenix
from detente.feeds.polecat import read_polecat
from detente.feeds.records import FeedFile, FeedRead, FeedReader
from detente.feeds.sheet import feed_sheet
from detente.feeds.ucdp_ged import read_ucdp_ged

FEEDS: Final[MappingProxyType[str, FeedReader]] = MappingProxyType(
    {
        "acled": read_acled,
        "gdelt": read_gdelt,
        "gdelt-mentions": read_gdelt_mentions,
        "gdelt-reduced": read_gdelt_reduced,
        "icews": read_icews,
        "keds": read_keds,
        "phoenix": read_phoenix,
        "polecat": read_polecat,
        "ucdp-ged": read_ucdp_ged,
    }
)
OWN: Final = "own"  # the feed that needs a mapping
_TELLS_OF: Final = MappingProxyType({"gdelt-mentions": "gdelt"})  # files that tell of the events of a feed
_ALL: Final = Wanted()


def read_feed(
    feed: str, path: Path, *, name: str | None = None, wanted: Wanted = _ALL, mapping: OwnMapping | None = None
) -> FeedRead:
    """Read a file of a feed into the tables' columns, the whole of it.

    Args:
        feed: One of `FEEDS`.
        path: The file.
        name: Feed name of the rows; by default the feed itself. Sets of one feed that overlap, such as
            `keds/levant` and `keds/gulf`, need names of their own in one store, or events count twice.
        wanted: Which rows to keep.
        mapping: For the feed `own`: what its columns are.

    Returns:
        Reports, quarantine and what a user should know; `import_id` is null.

    Raises:
        FeedError: If there is no such feed or file, or the file is not what its name says.
    """
    found = list(read_feeds(feed, [FeedFile(path, "")], name=name, wanted=wanted, mapping=mapping))
    mentions = [read.evidence for read in found if read.evidence is not None]
    return FeedRead(
        _without_import(pa.concat_tables([_as_in_file(read) for read in found])),
        _without_import(pa.concat_tables([read.quarantine for read in found])),
        tuple(part for read in found for part in read.parts),
        _summed([read.unmapped_actors for read in found]),
        tuple(dict.fromkeys(note for read in found for note in read.notes)),
        _summed([read.filtered for read in found]),
        _without_import(pa.concat_tables(mentions)) if mentions else None,
    )


def read_feeds(
    feed: str,
    files: Sequence[FeedFile],
    *,
    name: str | None = None,
    wanted: Wanted = _ALL,
    mapping: OwnMapping | None = None,
) -> Iterator[FeedRead]:
    """Read files of a feed into the tables' columns, small ones together and long ones piece by piece.

    Args:
        feed: One of `FEEDS`.
        files: The files, in the order in which they are read.
        name: Feed name of the rows; by default the feed itself.
        wanted: Which rows to keep.
        mapping: For the feed `own`: what its columns are.

    Yields:
        Reports, quarantine and what a user should know.

    Raises:
        FeedError: If there is no such feed or file, or a file is not what its name says; those before it were given.
    """
    reader = _reader(feed, mapping)
    for file in files:
        if not file.path.is_file():
            raise FeedError(f"feed file {str(file.path)!r} is not there: give the path of a file")
    sheet = own_sheet(mapping) if mapping is not None else feed_sheet(feed)
    for found in reader(files, feed_label(feed, name)):
        notes = (*found.notes, *broken_assertions(found, sheet))
        yield keep_wanted(replace(found, notes=notes), wanted)


def feed_label(feed: str, name: str | None) -> str:
    """Feed name of the rows in a store: the one given, else the feed's own.

    Examples:
        >>> feed_label("keds", "keds/gulf"), feed_label("gdelt-mentions", None)
        ('keds/gulf', 'gdelt')
    """
    return name or _TELLS_OF.get(feed, feed)


def _reader(feed: str, mapping: OwnMapping | None) -> FeedReader:
    if feed == OWN and mapping is None:
        raise FeedError("files of your own need a mapping that says what their columns are: give --mapping FILE.toml")
    if feed != OWN and mapping is not None:
        raise FeedError(f"feed {feed!r} takes no mapping: its columns are known; import the files as `own`")
    if mapping is not None:
        return lambda files, name: read_own(files, name, mapping)
    if feed not in FEEDS:
        raise FeedError(f"feed {feed!r} is not known: choose one of {', '.join([*FEEDS, OWN])}")
    return FEEDS[feed]


def _as_in_file(read: FeedRead) -> pa.Table:
    """The reports of a file in the order of its rows."""
    stretches = pa.array([part.import_id for part in read.parts], pa.string())
    stretch = pc.index_in(read.reports["import_id"], value_set=stretches)
    keyed = read.reports.append_column("stretch", stretch)
    order = [("stretch", "ascending"), ("source_row", "ascending"), ("report_id", "ascending")]
    return keyed.sort_by(order).drop_columns(["stretch"])


def _without_import(table: pa.Table) -> pa.Table:
    place = table.column_names.index("import_id")
    return table.set_column(place, table.schema.field(place), pa.nulls(table.num_rows, pa.string()))


def _summed(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for item in counts:
        total.update(item)
    return dict(total.most_common())
