"""Which feeds have a public list of files, and where."""

import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from detente.errors import FeedError, InputError


@dataclass(frozen=True, slots=True)
class FeedSource:
    """Where the files of a feed are listed.

    Attributes:
        name: As `detente fetch` takes it, and as its rows are called in a store.
        feed: The feed that reads them.
        form: Which form the list has.
        lists: Addresses of its parts, in the order that the form has them.
        what: What is there, in a line.
        mentions: Which form it has where the files that say who mentions an event are asked for too; None where the
            feed has none.
    """

    name: str
    feed: str
    form: str
    lists: tuple[str, ...]
    what: str
    mentions: str | None = None

    def with_mentions(self) -> "FeedSource":
        """The same with the files that say who mentions its events.

        Raises:
            InputError: If it has none.
        """
        if self.mentions is None:
            having = ", ".join(name for name, source in feed_sources().items() if source.mentions is not None)
            raise InputError(f"feed {self.name!r} has no files of mentions: expected one of {having}")
        return replace(self, form=self.mentions)


def feed_sources() -> dict[str, FeedSource]:
    """Every feed that can be fetched, by name."""
    return {
        name: FeedSource(name, row["feed"], row["list"], tuple(row["lists"]), row["what"], row.get("mentions"))
        for name, row in _rows().items()
        if "lists" in row
    }


def find_source(name: str) -> FeedSource:
    """Where the files of a feed are listed.

    Raises:
        FeedError: If its publisher has no public list; the message says where to go.
        InputError: If there is no such feed.

    Examples:
        >>> find_source("gdelt/2").feed
        'gdelt'
    """
    found = feed_sources()
    if name in found:
        return found[name]
    row = _rows().get(name)
    if row is not None:
        raise FeedError(f"feed {name!r} cannot be fetched: {row['without']}")
    raise InputError(f"feed {name!r} is not known: expected one of {', '.join(found)}")


def _rows() -> dict[str, Any]:
    return tomllib.loads((files("detente.fetching") / "sources.toml").read_text(encoding="utf-8"))
