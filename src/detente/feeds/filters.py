"""Keeping only the rows that were asked for."""

from collections import Counter
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from detente.feeds.columns import count_by_import
from detente.feeds.records import FeedRead


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows to keep; with neither, all.

    Attributes:
        sides: Codes of countries and organisations: rows in which one of them acts or is acted upon.
        dyads: Pairs of groups of codes: rows between one group and the other, in either direction. A group holds a
            state and those it continues.
    """

    sides: frozenset[str] = frozenset()
    dyads: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    @property
    def key(self) -> str:
        """What tells one choice from another; empty where all rows are kept."""
        pairs = sorted("-".join(sorted(["+".join(sorted(side)) for side in pair])) for pair in self.dyads)
        return "|".join([",".join(sorted(self.sides)), ",".join(pairs)]).strip("|")


def keep_wanted(found: FeedRead, wanted: Wanted) -> FeedRead:
    """What was read without the rows that were not asked for; these are counted in `filtered`."""
    if not wanted.key:
        return found
    kept = rows_wanted(found.reports, wanted)
    before, after = count_by_import(found.reports), count_by_import(kept)
    gone = Counter({key: n - after[key] for key, n in before.items()})
    return replace(found, reports=kept, filtered=dict(gone))


def rows_wanted(rows: pa.Table, wanted: Wanted) -> pa.Table:
    """The rows, with `source_country` and `target_country`, that were asked for."""
    if not wanted.key:
        return rows
    source, target = rows["source_country"], rows["target_country"]
    masks = []
    if wanted.sides:
        masks.append(pc.or_(_among(source, wanted.sides), _among(target, wanted.sides)))
    for a, b in wanted.dyads:
        masks.append(pc.and_(_among(source, a), _among(target, b)))
        masks.append(pc.and_(_among(source, b), _among(target, a)))
    keep = masks[0]
    for mask in masks[1:]:
        keep = pc.or_(keep, mask)
    return rows.filter(keep)


def _among(column: pa.ChunkedArray, codes: frozenset[str]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(sorted(codes), pa.string()))
