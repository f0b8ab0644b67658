"""Where sentences end, in English, Turkish and Russian: full stops, then rules by what stands around."""

import re
from collections.abc import Iterator

from detente.documents.tables import load_abbreviations, load_starters

_CLOSERS = "\"'”’»)\\]*_"
_MARK = r"(?:\[\^?[\w,; –-]{1,20}\]|[⁰¹²³⁴-⁹]{1,3})"
_END = re.compile(
    rf"(?<![.!?…])(?P<stop>[.!?…]+)(?P<closers>[{_CLOSERS}]*)"
    rf"(?P<marks>(?:[ \u00a0]?{_MARK})*)[{_CLOSERS}]*(?=\s|$|(?<=[\]⁰¹²³⁴-⁹])[^\W\d_a-zа-яё])"
)
_OPENERS = re.compile(r"[\s\"'“‘«„(\[*_—–-]*")
_NUMBER = re.compile(r"\d{1,2}\Z")
_LIST_NUMBER = re.compile(r"\d{1,3}\Z")
_ROMAN = re.compile(r"[IVXL]{1,6}\Z")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_LOOK_BACK = 40  # longest token before a full stop that is looked at
_LEAST_WORDS = 5  # words before a unit that ends a sentence, where no sentence starter follows


def split_sentences(text: str, start: int, end: int, language: str | None) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph.

    A citation mark right after the full stop belongs to the sentence before it.

    Args:
        text: The whole document.
        start: First character of the paragraph.
        end: One past its last character.
        language: ISO 639-1 code that chooses the abbreviations; None for all three lists.

    Yields:
        Offsets in `text` of each sentence, trimmed of white space.

    Examples:
        >>> line = "Gen. Milley met Mr. Abe.[1] Talks went on."
        >>> [line[a:b] for a, b in split_sentences(line, 0, len(line), "en")]
        ['Gen. Milley met Mr. Abe.[1]', 'Talks went on.']
    """
    begin = start
    for found in _END.finditer(text, start, end):
        if not _ends(text, begin, end, found, language):
            continue
        yield from _trimmed(text, begin, found.end())
        begin = found.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(letter.isalnum() for letter in text[start : min(end, start + 200)]):
        yield start, end


def _ends(text: str, begin: int, end: int, found: re.Match[str], language: str | None) -> bool:
    following = _OPENERS.match(text, found.end(), min(end, found.end() + 20))
    at = following.end() if following else found.end()
    if at >= end:
        return False
    if text[at].islower():
        return False
    stop = found["stop"]
    if stop == "." and (text[at] == "." or text[max(begin, found.start() - 2) : found.start()] == ". "):
        return bool(found["marks"])  # an ellipsis with spaces between its points
    if stop != ".":
        return not (stop.strip(".…") == "" and text[found.start() - 1 : found.start()] in {"[", "("})
    if found["marks"].strip() or found["closers"].strip("*_'’"):
        return True
    token = _token_before(text, begin, found.start())
    return _ends_after(token, _word_at(text, at, end), text, begin, found.start(), language)


def _token_before(text: str, begin: int, stop: int) -> str:
    piece = text[max(begin, stop - _LOOK_BACK) : stop]
    return piece.split()[-1].lstrip("\"'“‘«„([*_—–") if piece and not piece[-1].isspace() else ""


def _word_at(text: str, at: int, end: int) -> str:
    """The next word; with its full stop where one follows, since an initial starts no sentence."""
    word = _WORD.match(text, at, min(end, at + _LOOK_BACK))
    if word is None:
        return text[at]
    return text[at : word.end() + (text[word.end() : word.end() + 1] == ".")]


def _ends_after(token: str, following: str, text: str, begin: int, stop: int, language: str | None) -> bool:
    starts = following in load_starters()
    kind = load_abbreviations(language).get(token)
    if kind is None and token[:1].isupper():
        lowered = token[0].lower() + token[1:]
        kind = load_abbreviations(language).get(lowered) if len(token) > 1 else None
    if kind == "title":
        return False
    if kind == "number":
        return not following[:1].isdigit()
    if kind == "unit":
        before = text[max(begin, stop - 2 * _LOOK_BACK) : stop - len(token)].split()
        counted = any(word[-1].isdigit() for word in before[-2:])
        return counted and (starts or len(before) >= _LEAST_WORDS)  # "В 2010 г. Россия" goes on
    if kind == "open" or _is_initial(token):
        return starts
    return not _is_ordinal(token, text, begin, stop, language)


def _is_initial(token: str) -> bool:
    """A single capital (`J`), or letters with full stops between them (`T.C`)."""
    parts = token.split(".")
    if len(parts) == 1:
        return len(token) == 1 and token.isupper()
    return all(0 < len(part) <= 2 and part.isalpha() for part in parts)


def _is_ordinal(token: str, text: str, begin: int, stop: int, language: str | None) -> bool:
    """Whether a number with a full stop goes on: `1. ` at the head of an item, Turkish `3. Ordu`."""
    near = stop - begin <= _LOOK_BACK
    if near and _LIST_NUMBER.match(token) and not text[begin : stop - len(token)].strip():
        return True
    return language == "tr" and bool(_NUMBER.match(token) or _ROMAN.match(token))
