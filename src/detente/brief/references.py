"""The sources of a brief for reference managers: BibTeX and CSL-JSON, as Zotero reads them."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

from detente.brief.layout import web_address
from detente.brief.wording import cleaned
from detente.model import Brief, Source, stable_id

_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_SPECIAL: Final = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_WORD: Final = re.compile(r"[^\W_]+")
_PLAIN: Final = str.maketrans("ıİøłđß", "iIolds")
_CYRILLIC: Final[Mapping[int, str]] = dict(
    zip(
        map(ord, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),
        strict=True,
    )
)


def bibtex(brief: Brief) -> str:
    """The sources as BibTeX in UTF-8, in the order in which the brief numbers them."""
    return "\n".join(_bibtex_entry(source) for source in brief.sources)


def csl_json(brief: Brief) -> str:
    """The sources as CSL-JSON, in the order in which the brief numbers them."""
    return json.dumps([_csl_item(source) for source in brief.sources], ensure_ascii=False, indent=1) + "\n"


REFERENCES: Final[Mapping[str, Callable[[Brief], str]]] = {"bib": bibtex, "json": csl_json}


def reference_key(source: Source) -> str:
    """The key of a source: who, year, first word of the title, and four signs that tell equals apart.

    It depends on the source alone, so that it stays the same in every brief.

    Examples:
        >>> reference_key(Source(1, "Reuters", "Japan Announces Fresh Sanctions", "https://r.example/1", "2022-04-12",
        ...     None))
        'reuters2022japan-cc7e'
    """
    who = _ascii_word(source.authors[0].split()[-1] if source.authors else source.publisher or "")
    year = found[1] if (found := _ISO.match(source.published or "")) else ""
    own = stable_id(source.publisher or "", source.title or "", source.url or "", source.document_id or "")
    bare = source.publisher or source.title or source.url
    told = stable_id(source.publisher or "", source.title or "", source.url or "") if bare else own
    return f"{who or 'source'}{year}{_ascii_word(source.title or '')}-{told[-4:]}"


def _bibtex_entry(source: Source) -> str:
    published = _date_parts(source.published)
    fields = {
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in source.authors),
        "title": f"{{{_escaped(source.title)}}}" if source.title else "",
        "journal": _escaped(source.publisher or ""),
        "date": "-".join(f"{part:02d}" for part in published),
        "year": str(published[0]) if published else "",
        "url": web_address(source.url) or "",
        "urldate": "-".join(f"{part:02d}" for part in _date_parts(source.accessed)),
        "language": source.language or "",
        "note": _escaped(source.note or ""),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{reference_key(source)},\n{lines}}}\n"


def _csl_item(source: Source) -> dict[str, Any]:
    item = {
        "id": reference_key(source),
        "type": "webpage",
        "title": cleaned(source.title or ""),
        "author": [{"literal": cleaned(name)} for name in source.authors],
        "container-title": cleaned(source.publisher or ""),
        "issued": _csl_date(source.published),
        "accessed": _csl_date(source.accessed),
        "URL": web_address(source.url),
        "language": source.language,
        "note": cleaned(source.note or ""),
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(text: str | None) -> dict[str, Any] | None:
    parts = _date_parts(text)
    if parts:
        return {"date-parts": [list(parts)]}
    return {"literal": cleaned(text)} if text else None


def _date_parts(text: str | None) -> tuple[int, ...]:
    """Year, month, day of an ISO date, as far as it goes; the first of a range."""
    found = _ISO.match(text or "")
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _escaped(text: str) -> str:
    """Text that BibTeX shows as it is: braces, percent and the like are escaped, letters stay in UTF-8."""
    return "".join(_SPECIAL.get(sign, f"\\{sign}" if sign in "&%$#_{}" else sign) for sign in cleaned(text))


def _ascii_word(text: str) -> str:
    """The first word in plain lower-case letters, Cyrillic ones transliterated."""
    low = text.translate(_PLAIN).lower().translate(_CYRILLIC).replace("_", "")
    bare = unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode()
    words = _WORD.findall(bare)
    return words[0] if words else ""
