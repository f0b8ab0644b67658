"""The `key: value` lines between `---` at the head of a Markdown file."""

import re
from dataclasses import dataclass

from detente.documents.written_dates import find_dates
from detente.model import DateSpan, parse_partial_date

_FENCED = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<lines>(?:[^\r\n]{0,2000}\r?\n){0,60}?)---[ \t]*(?:\r?\n|\Z)")
_ITEM = re.compile(r"\s{0,8}-\s+(?P<value>\S.*)\Z")
_PAIR = re.compile(r"(?P<key>[^\W\d][\w-]{1,29})\s{0,5}:\s*(?P<value>.*)\Z")


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
    said = _pairs(found["lines"].splitlines())
    names = _first(said, "author authors byline yazar автор")
    site = _first(said, "publisher site_name site outlet yayıncı издание") or _first(said, "source kaynak источник")
    return FrontMatter(
        title=_first(said, "title headline başlık заголовок") or None,
        authors=tuple(name.strip(" \"'") for name in names.strip("[]").split(",") if name.strip(" \"'")),
        published=read_date(_first(said, "date published publish_date pubdate datepublished tarih дата")),
        publisher=site if site and "://" not in site else None,
        language=_first(said, "language lang dil язык") or None,
        url=_first(said, "url link canonical_url canonical permalink") or None,
    ), found.end()


def _pairs(lines: list[str]) -> dict[str, str]:
    """Keys in lower case with their values; the items of a list below a key are joined by commas."""
    said: dict[str, str] = {}
    key = ""
    for line in lines:
        if pair := _PAIR.match(line):
            key = pair["key"].lower()
            said[key] = pair["value"].strip().strip("\"'")
        elif key and (item := _ITEM.match(line)):
            value = item["value"].strip().strip("\"'")
            said[key] = f"{said[key]}, {value}" if said[key] else value
    return said


def _first(said: dict[str, str], keys: str) -> str:
    return next((said[key] for key in keys.split() if said.get(key)), "")


def read_date(value: str) -> DateSpan | None:
    """The date of a metadata field: ISO 8601 (year, month, day or time stamp), else as texts write it."""
    try:
        return parse_partial_date(value.split("T", maxsplit=1)[0])
    except ValueError:
        dates = find_dates(value[:200])
        return dates[0].span if dates else None
