"""The `key: value` lines between `---` at the head of a Markdown file."""

import re
from dataclasses import dataclass

from detente.documents.written_dates import find_dates
from detente.model import DateSpan, parse_partial_date

_FENCED = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<lines>(?:[^\r\n]{0,2000}\r?\n){0,60}?)---[ \t]*(?:\r?\n|\Z)")
_PAIR = re.compile(r"(?P<key>[A-Za-z_]{2,30})\s{0,5}:\s*(?P<value>.*)\Z")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says of the document; None where it does not."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: DateSpan | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None


def read_front_matter(text: str) -> tuple[FrontMatter, int]:
    """Read simple front matter; nested YAML is passed over.

    Args:
        text: A Markdown document.

    Returns:
        What it says, and the offset where the article begins (0 without front matter).
    """
    found = _FENCED.match(text)
    if not found:
        return FrontMatter(), 0
    pairs = (_PAIR.match(line) for line in found["lines"].splitlines())
    said = {pair["key"].lower(): pair["value"].strip().strip("\"'") for pair in pairs if pair}
    names = said.get("author") or said.get("authors") or ""
    return FrontMatter(
        title=said.get("title") or None,
        authors=tuple(name.strip(" \"'") for name in names.strip("[]").split(",") if name.strip(" \"'")),
        published=read_date(said.get("date") or said.get("published") or ""),
        publisher=said.get("publisher") or None,
        language=said.get("language") or said.get("lang") or None,
        url=said.get("url") or said.get("link") or None,
    ), found.end()


def read_date(value: str) -> DateSpan | None:
    """The date of a metadata field: ISO 8601 (year, month, day or time stamp), else as texts write it."""
    try:
        return parse_partial_date(value.split("T", maxsplit=1)[0])
    except ValueError:
        dates = find_dates(value[:200])
        return dates[0].span if dates else None
