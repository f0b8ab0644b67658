"""Words of a text and of a name, made comparable: quotes, hyphens, the two Turkish i and upper case."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from detente.ontology.gazetteer_records import Token

_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]|_")
_QUOTES: Final = str.maketrans({**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑–—−", "-")})
_FOLDED: Final[dict[int, str | int | None]] = {
    **_QUOTES,
    **str.maketrans("İı", "ii"),
}  # so that lower-casing works in Turkish and English alike


def tokens_of(text: str) -> list[Token]:
    """The words and marks of a text, with their offsets."""
    return [Token(match.start(), match.end(), match[0], fold(match[0])) for match in _TOKEN.finditer(text)]


def words_of(text: str) -> tuple[str, ...]:
    """The words and marks of a name, as written."""
    return (text,) if text.isalnum() else tuple(_TOKEN.findall(text))


def plain(text: str) -> str:
    """The text with plain quotes and hyphens."""
    return text.translate(_QUOTES)


def fold(text: str) -> str:
    """The text in lower case, with plain quotes and hyphens."""
    return text.translate(_FOLDED).lower()


def singulars(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The phrase itself, then what it may be the English plural of."""
    *front, last = words or ("",)
    yield (*front, last)
    for plural, singular in (("ies", "y"), ("men", "man"), ("es", ""), ("s", "")):
        if last.endswith(plural) and len(last) > len(plural) + 2:
            yield (*front, last[: -len(plural)] + singular)


def joined(tokens: list[Token], index: int, step: int) -> Token | None:
    """The word joined by a hyphen before (-1) or after (1) a token."""
    hyphen, word = index + step, index + 2 * step
    if not 0 <= word < len(tokens) or tokens[hyphen].folded != "-":
        return None
    first, last = sorted((index, word))
    adjoining = tokens[first].end == tokens[hyphen].start and tokens[hyphen].end == tokens[last].start
    return tokens[word] if adjoining else None


def opens_sentence(tokens: list[Token], index: int) -> bool:
    """Whether a token is the first of a text, a sentence or a quotation, where any word is upper case."""
    return index == 0 or tokens[index - 1].folded in _OPENERS


_OPENERS: Final = frozenset('.!?…:;"«“”»(-')
