"""Notes that name a work named before: `ibid.`, `a.g.e.`, `там же`; `Smith, op. cit.`, `Иванов И. И. Указ. соч.`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from detente.documents.citations import surname_key
from detente.documents.tables import fold, load_phrases, says_same
from detente.model import Citation

_HEAD = 80  # characters before `op. cit.` that can be an author
_LEAST_NAME = 3


def follow_notes(citations: Mapping[str, Citation]) -> dict[str, Citation]:
    """Give notes that say `ibid.` or `op. cit.` the work they mean; their own words stay as they are.

    Args:
        citations: Of the list, in order.

    Returns:
        The same, those notes with author, title, publisher, dates and address of the note before, or of the one
        earlier work of the author they name; with none of these where that cannot be told.
    """
    followed: dict[str, Citation] = {}
    before: Citation | None = None
    named: dict[str, list[Citation]] = {}
    for label, citation in citations.items():
        source = None
        author = _author_of_earlier(citation.text)
        if author is not None:
            source = _only(named.get(author, ()))
        elif says_same(citation.text):
            source = before
        else:
            followed[label] = before = citation
            for key in _keys(citation):
                named.setdefault(key, []).append(citation)
            continue
        followed[label] = before = _as(citation, source)
    return followed


def _as(citation: Citation, source: Citation | None) -> Citation:
    if source is None:
        return replace(citation, author=None, title=None, publisher=None, published=None, accessed=None, url=None)
    return replace(source, number=citation.number, text=citation.text, start=citation.start, end=citation.end)


@cache
def _earlier() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase.rstrip(".")) for phrase, _ in load_phrases("work"))
    return re.compile(rf"(?P<head>[^\d“«\"]{{2,{_HEAD}}}?)[,.]\s?\(?(?:{phrases})(?:[.,:;)]|\s|\Z)")


def _author_of_earlier(text: str) -> str | None:
    """The surname before `op. cit.`; None where a note does not say so."""
    found = _earlier().match(fold(text[: _HEAD + 40]))
    names = _surnames(found["head"]) if found else []
    return names[0] if names else None


def _keys(citation: Citation) -> set[str]:
    """The surnames by which a work can be named later."""
    opening = citation.author or re.split(r"[“«\"(]|\s//|\.\s", citation.text[:_HEAD], maxsplit=1)[0]
    return set(_surnames(fold(opening)))


def _surnames(words: str) -> list[str]:
    found = re.findall(r"[^\W\d_][\w’'-]+", words)
    return [surname_key(word) for word in found if len(word) >= _LEAST_NAME]


def _only(works: Iterable[Citation]) -> Citation | None:
    """The one work among citations of it; None where there are several."""
    unique = {(work.title or work.text, work.author): work for work in works}
    return next(iter(unique.values())) if len(unique) == 1 else None
