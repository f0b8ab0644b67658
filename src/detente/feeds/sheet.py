"""Data sheets of the feeds: who publishes them, on what terms, and which columns their files have."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from detente.errors import FeedError

_FOLDER: Final = files("detente.feeds") / "sheets"


@dataclass(frozen=True, slots=True)
class Layout:
    """One form in which files of a feed come: its name, and its columns in their order."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assertions:
    """What must hold of what a file gives; where it does not, the import says so.

    Attributes:
        since: First day an act can be dated, ISO; None for any.
        most_quarantined: Largest share of rows that may be set aside.
        from_rows: Rows from which shares are looked at.
        fill: Smallest share of rows with a value, by column of reports.
    """

    since: str | None
    most_quarantined: float
    from_rows: int
    fill: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FeedSheet:
    """A feed's data sheet.

    Attributes:
        name: As `detente import` takes it.
        title: What it is, in a few words.
        publisher: Who publishes it.
        licence: The terms, in a sentence.
        redistribution: Whether rows may be passed on.
        experimental: Whether no genuine file has been read yet: written from the published code book.
        coverage: Where and when.
        codebook: Where its columns are defined.
        cite: How to cite it.
        coder: What coded its rows, as the column `coder` has it.
        delimiter: What cuts its cells: a tab or a comma.
        quoted: Whether quotes hold a cell together; else they are letters.
        tidy: Whether spaces around a cell and quotes around a whole one are no part of it.
        missing: What stands for nothing, beside an empty cell.
        suffixes: Endings of files that hold rows, lower case, without `.gz`.
        layouts: The forms in which its files come.
        needed: Columns without which a file cannot be read.
        becomes: What each column that is read becomes.
        ignored: Columns that are known and left alone.
        aliases: Other names of columns, folded, and the column they mean.
        assertions: What must hold.
    """

    name: str
    title: str
    publisher: str
    licence: str
    redistribution: bool
    experimental: bool
    coverage: str
    codebook: str
    cite: str
    coder: str
    delimiter: str
    quoted: bool
    tidy: bool
    missing: tuple[str, ...]
    suffixes: tuple[str, ...]
    layouts: tuple[Layout, ...]
    needed: tuple[str, ...]
    becomes: Mapping[str, str]
    ignored: tuple[str, ...]
    aliases: Mapping[str, str]
    assertions: Assertions

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the feed is known to have, read or ignored."""
        return tuple(dict.fromkeys([*self.becomes, *self.ignored]))


def feed_sheets() -> tuple[str, ...]:
    """Names of the feeds that have a data sheet."""
    return tuple(sorted(item.name.removesuffix(".toml") for item in _FOLDER.iterdir() if item.name.endswith(".toml")))


@cache
def feed_sheet(name: str) -> FeedSheet:
    """The data sheet of a feed, or of a set of it.

    Args:
        name: A feed (`gdelt`), or a set as it is named in a store (`keds/gulf`).

    Returns:
        The sheet.

    Raises:
        FeedError: If there is no such feed.

    Examples:
        >>> feed_sheet("gdelt").redistribution, feed_sheet("acled").redistribution
        (True, False)
    """
    feed = name.partition("/")[0]
    if feed not in feed_sheets():
        raise FeedError(f"feed {name!r} has no data sheet: choose one of {', '.join(feed_sheets())}")
    return _sheet(feed, tomllib.loads((_FOLDER / f"{feed}.toml").read_text(encoding="utf-8")))


def fold(column: str) -> str:
    """A column's name without what writers differ in: case, spaces, underscores, quotes.

    Examples:
        >>> fold("Event ID") == fold('"event_id"') == fold("EventID")
        True
    """
    return re.sub(r"[^a-z0-9]+", "", column.lower())


def _sheet(name: str, found: Mapping[str, Any]) -> FeedSheet:
    asserted = found["assertions"]
    return FeedSheet(
        name=name,
        title=found["title"],
        publisher=found["publisher"],
        licence=found["licence"],
        redistribution=found["redistribution"],
        experimental=found.get("experimental", False),
        coverage=found["coverage"],
        codebook=found["codebook"],
        cite=found["cite"],
        coder=found["coder"],
        delimiter=found.get("delimiter", "\t"),
        quoted=found.get("quoted", False),
        tidy=found.get("tidy", False),
        missing=("", *found.get("missing", [])),
        suffixes=tuple(found["suffixes"]),
        layouts=tuple(Layout(item["name"], tuple(item["columns"])) for item in found.get("layouts", [])),
        needed=tuple(found.get("needed", [])),
        becomes=MappingProxyType(found["columns"]),
        ignored=tuple(found.get("ignored", [])),
        aliases=MappingProxyType({fold(other): column for other, column in found.get("aliases", {}).items()}),
        assertions=Assertions(
            asserted.get("since"),
            asserted["most_quarantined"],
            asserted["from_rows"],
            MappingProxyType(asserted.get("fill", {})),
        ),
    )
