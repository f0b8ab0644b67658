"""The codebook that goes with an export: what each column means, and where the rows come from."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from detente.errors import FeedError
from detente.feeds.sheet import feed_sheet

_MARKS: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)|`")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type in words, and its meaning."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from, as the data sheet of their feed says."""

    feed: str
    publisher: str
    licence: str
    cite: str


@cache
def event_columns() -> dict[str, Column]:
    """Columns of exported events by name; the words are those of `docs/reference/columns.md`."""
    text = (files("detente.api") / "data" / "columns.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["column"]: Column(row["column"], row["type"], _MARKS.sub(r"\1", row["meaning"])) for row in rows}


def describe_columns(names: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a table in their order; of a measure's interval the low and high end are told by their names."""
    known = event_columns()
    return tuple(known.get(name) or _of_measure(name) for name in names)


def describe_origins(feeds: Iterable[str | None]) -> tuple[Origin, ...]:
    """Publisher, licence and citation of feeds; None stands for the user's own reports."""
    return tuple(_origin(feed) for feed in sorted(set(feeds), key=str))


def _of_measure(name: str) -> Column:
    for ending, words in (("_low", "low end of the 90 % interval of"), ("_high", "high end of the 90 % interval of")):
        if name.endswith(ending):
            return Column(name, "number", f"{words} {name.removesuffix(ending)}")
    return Column(name, "", "a column of the measure: see its page in docs/measures")


def _origin(feed: str | None) -> Origin:
    if feed is None:
        return Origin("", "reports that were added", "the texts are their publishers'; quotes are for citation", "")
    try:
        sheet = feed_sheet(feed)
    except FeedError:
        return Origin(feed, "", "not known: no data sheet of this feed", "")
    return Origin(feed, sheet.publisher, sheet.licence, sheet.cite)
