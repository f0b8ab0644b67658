"""The beginning of a reference: who wrote it, what it is called, and what is left behind these."""

import re
from dataclasses import dataclass

from detente.documents.written_dates import find_dates

QUOTED = re.compile(r"“([^“”]{2,400})”|«([^«»]{2,400})»|„([^„“”]{2,400})[“”]|\"([^\"]{2,400})\"")
ITALIC = re.compile(r"(?<!\w)\*{1,2}([^*\n]{4,300})\*{1,2}(?!\w)|(?<!\w)_([^_\n]{4,300})_(?!\w)")
_SURNAME_FIRST = re.compile(r"(?:[А-ЯЁA-ZÇĞİÖŞÜ][\w-]{1,30},?\s(?:[А-ЯЁA-ZÇĞİÖŞÜ]\.\s?){1,3},?\s?){1,4}")
_PARTICLES = frozenset(
    ("and", "ve", "и", "&", "de", "da", "van", "von", "der", "bin", "al", "el", "et", "vd.", "of", "for", "the")
)
_AFTER_TITLE = re.compile(r"\s?(?:[,.;:(/–—\[]|$|[^\W\d_a-zа-яё])")
_APA = re.compile(
    r"(?P<author>[^()\d“”«»\"]{2,200}?\.?),?\s\((?:(?P<year>(?:1[5-9]|20)\d\d)[a-zа-в]?(?P<rest>,[^()]{1,30})?|n\.d\.|t\.y\.|б\.\s?г\.)\)"
    r"[.,:]?\s(?P<title>[^“”«»\"]{3,300}?\w{2}[.?!]|\W?[^.“”]{3,300}\Z)(?=\s|\Z)"
)
_CHICAGO = re.compile(
    r"(?P<author>[^\d“”«»\"]{2,200}?(?:(?<=\s[^\W\d_])\.)?)\.?,?\s(?P<year>(?:1[5-9]|20)\d\d)[a-z]?\.\s(?=[“\"«*_])"
)
_GOST_BOOK = re.compile(
    r"(?P<title>[^/]{3,300}?)(?:\s/\s[^/]{2,200}?)?\.\s?[–—-]\s(?P<place>[^:]{1,40}?)\s?:\s(?P<publisher>[^,]{2,80}),\s(?P<year>\d{4})"
)


@dataclass(frozen=True, slots=True)
class TitleFields:
    """Author, title, year and publisher as far as the beginning says them; `rest` stands behind them."""

    author: str | None
    title: str | None
    rest: str
    published: str | None = None
    publisher: str | None = None


def read_title(entry: str) -> TitleFields:
    """Author and title of an entry, in the orders in which references are written.

    Args:
        entry: One line, without its address and its date of access.

    Returns:
        What it says; without a title all of the entry is `rest`.
    """
    if found := _dated_author(entry):
        return found
    for quoted in (*QUOTED.finditer(entry), *ITALIC.finditer(entry)):
        title = next(group for group in quoted.groups() if group)
        if _is_title(entry, quoted, title):
            author = _author(entry[: quoted.start()])
            return TitleFields(author, title.strip(" ,.") or None, entry[quoted.end() :])
    if " // " in entry:  # GOST: Surname I. O. Title // Publisher. Year.
        head, _, rest = entry.partition(" // ")
        named = _SURNAME_FIRST.match(head)
        title = head[named.end() if named else 0 :].strip(" ,.")
        return TitleFields(named[0].strip(" ,") if named else None, title or None, "// " + rest)
    named = _SURNAME_FIRST.match(entry)
    if named and (book := _GOST_BOOK.match(entry, named.end())):  # Surname I. O. Title. — City : Publisher, Year.
        author, year = named[0].strip(" ,"), book["year"]
        return TitleFields(author, book["title"].strip(), entry[book.end() :], year, book["publisher"].strip(" »«"))
    return TitleFields(None, None, entry)


def _dated_author(entry: str) -> TitleFields | None:
    """Author and year first: `Kaya, E. (2023). Title. Publisher.`, `Kaya, Emrah. 2023. “Title.” Journal.`."""
    if found := _CHICAGO.match(entry):
        fields = read_title(entry[found.end() :])
        author = found["author"].strip(" ,")
        return TitleFields(author, fields.title, fields.rest, found["year"]) if fields.title else None
    found = _APA.match(entry)
    if found is None:
        return _quoted_after_year(entry)
    author = found["author"].strip(" ,")
    title = found["title"].strip(" .,*_")
    rest = re.sub(r"\A\W{0,3}[^.:*_]{2,30}:\s", "", entry[found.end() :])  # the city before a publisher
    return TitleFields(author, title, rest, _year_first(found["year"], found["rest"]))


def _quoted_after_year(entry: str) -> TitleFields | None:
    found = re.match(r"([^()\d“”«»\"]{2,200}?\.?),?\s\(((?:1[5-9]|20)\d\d)[a-zа-в]?(,[^()]{1,30})?\)[.,:]?\s", entry)
    if found is None:
        return None
    fields = read_title(entry[found.end() :])
    return TitleFields(found[1].strip(" ,"), fields.title, fields.rest, _year_first(found[2], found[3]))


def _year_first(year: str | None, day: str | None) -> str | None:
    """The date of `(2023, March 3)`, `(2023, 3 Mart)` or `(2023)`."""
    if year and day:
        dates = find_dates(f"{day.strip(' ,')} {year}")
        return str(dates[0].span) if dates else year
    return year


def _is_title(entry: str, quoted: re.Match[str], title: str) -> bool:
    """Whether quoted words are set off as a title, not part of a remark (`the “usual number” of copies`)."""
    before = entry[: quoted.start()].rstrip()
    set_off = not before or before[-1] in ",.:;—–(" or _author(before) is not None
    closed = title[-1] in ",.?!" or _AFTER_TITLE.match(entry, quoted.end())
    return set_off and bool(closed) and not title[0].islower()


def _author(before: str) -> str | None:
    """The words before a title where each could be part of a name."""
    name = before.strip(" ,.:;–—-")
    words = name.replace(",", " ").split()
    plausible = words and len(words) <= 10 and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    digits = any(letter.isdigit() for letter in name)
    return name if plausible and not digits and words[0].lower() not in {"see", "bkz.", "см."} else None
