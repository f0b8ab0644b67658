"""Lines of print to paragraphs; words parted at line ends made whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from detente.documents.blocks import ends_sentence
from detente.documents.pdf_columns import Page
from detente.documents.pdf_pages import join_words
from detente.documents.pdf_pieces import HYPHEN, Piece

_INDENT = 0.6  # heights of a line
_SHORT = 1.0  # heights of a line by which a paragraph's last line falls short
_LEADING = 1.35  # of the usual distance between lines; more sets a paragraph off
_RESIZED = 0.08  # share by which two sizes differ
_LARGE = 1.12  # of the body's height: a heading
_BULLETS, _LIST_MARKS = "•▪‣", "–—*[("
_BULLET = re.compile(r"\s?[•▪‣]\s*\S")
_LISTED = re.compile(r"\s?(?:[–—*]|\[\d{1,3}\]|\(?\d{1,3}[.)])\s+\S")
_AFTER = re.compile(rf"{HYPHEN}([^\W_]+)")
_BEFORE = re.compile(r"[^\W_]+\Z")
_LONGEST = 200  # letters of a word before a line end that are looked at
_PUNCTUATION = ".,;:!?…()[]«»“”„\"'‘’"
_TOKEN = re.compile(rf"[\w{HYPHEN}\u2010-]+")
_WHOLE = re.compile(rf"(?<![\w{HYPHEN}-])[^\W\d_]+(?![\w{HYPHEN}-])")
_COMPOUND = re.compile(r"[^\W_]+[-\u2010][^\W_]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one heading, on one line."""

    text: str
    height: float
    heading: bool


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float
    leading: float


def make_paragraphs(pages: Sequence[Page], body: float) -> Iterator[Paragraph]:
    """Join lines to paragraphs, over columns and pages where a sentence goes on.

    Args:
        pages: In order, without heads and footnotes.
        body: Height of the body's letters in points.

    Yields:
        Paragraphs in order; words parted at a line end are still marked.
    """
    group: list[Piece] = []
    for page in pages:
        for column in _runs(page):
            shape = _shape(column)
            for place, line in enumerate(column):
                after = column[place + 1] if place + 1 < len(column) else None
                if group and _starts(group, line, after, shape, first=place == 0):
                    yield _paragraph(group, body)
                    group = []
                group.append(line)
    if group:
        yield _paragraph(group, body)


def _runs(page: Page) -> Iterator[list[Piece]]:
    run: list[Piece] = []
    before = 0
    for line, column in zip(page.lines, page.columns, strict=True):
        if run and column != before:
            yield run
            run = []
        run.append(line)
        before = column
    if run:
        yield run


def _shape(lines: Sequence[Piece]) -> _Column:
    lefts = Counter(round(line.left) for line in lines)
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    down = [step for step in steps if step > 0]
    return _Column(
        float(max(lefts, key=lambda left: (lefts[left], -left))),
        max(line.right for line in lines),
        median(down) if down else 0.0,
    )


def _starts(group: Sequence[Piece], line: Piece, after: Piece | None, shape: _Column, *, first: bool) -> bool:
    """Whether a line opens a paragraph behind the lines of `group`."""
    last = group[-1]
    if line.height != last.height and abs(line.height - last.height) > _RESIZED * max(line.height, last.height):
        return True
    head = line.text.lstrip()[:1]
    if head in _BULLETS and _BULLET.match(line.text):
        return True
    ended = not last.text[-1:].isalpha() and ends_sentence(last.text)
    if first:  # of a column or page
        return ended and not head.islower() and not last.text.endswith(HYPHEN)
    indented = line.left > shape.left + _INDENT * line.height
    listed = (head in _LIST_MARKS or head.isdecimal()) and _LISTED.match(line.text)
    if listed and (ended or indented or _LISTED.match(group[0].text) is not None):
        return True
    if last.bottom - line.bottom > _LEADING * shape.leading > 0:
        return True
    short = shape.right - last.right > max(_SHORT * line.height, 1.2 * _first_word(line))
    if short and (ended or not head.islower()):
        return True
    if indented:
        hanging = after is not None and abs(after.left - line.left) <= 2
        return not hanging and line.left > last.left + 2 and (ended or short)
    return len(group) > 1 and ended and last.left > line.left + _INDENT * line.height  # behind a hanging entry


def _first_word(line: Piece) -> float:
    """Width of a line's first word and a space, in points: it would have fitted in a line that falls shorter."""
    words = line.text.split(maxsplit=1)
    return (len(words[0]) + 1) * (line.right - line.left) / max(1, len(line.text)) if words else 0.0


def _paragraph(lines: Sequence[Piece], body: float) -> Paragraph:
    text = join_words(lines)
    height = lines[0].height if len(lines) == 1 else median(line.height for line in lines)
    return Paragraph(text, height, height > _LARGE * body and len(text) < 300)


def whole_words(text: str) -> str:
    r"""Join the words that line ends parted.

    A hyphen goes where the document has the whole word elsewhere. It stays where the document has the
    compound elsewhere or both parts as words (`far-reaching`), at a capital and at a digit.

    Args:
        text: Paragraphs, with U+FFFE for a hyphen at a line end.

    Returns:
        The text without those marks.

    Examples:
        >>> whole_words("sanc\ufffetions, F-\ufffe16, well-known and well\ufffeknown, Anglo\ufffeAmerican")
        'sanctions, F-16, well-known and well-known, Anglo-American'
    """
    if HYPHEN not in text:
        return text
    words, compounds = _vocabulary(text)
    parts: list[str] = []
    at = 0
    for found in _AFTER.finditer(text):
        start = found.start()
        before = _BEFORE.search(text, max(at, start - _LONGEST), start)
        if before:
            parts += (text[at : before.start()], _whole(before[0], found[1], words, compounds))
            at = found.end()
    parts.append(text[at:])
    return "".join(parts).replace(f"-{HYPHEN}", "-").replace(HYPHEN, "-")


def _vocabulary(text: str) -> tuple[set[str], set[str]]:
    """The words of a text and its compounds, in small letters."""
    words: set[str] = set()
    compounds: set[str] = set()
    for part in set(text.split()):
        bare = part.strip(_PUNCTUATION)
        if bare.isalpha():
            words.add(bare.lower())
            continue
        for token in _TOKEN.findall(part):
            words.update(_WHOLE.findall(token.lower()))
            compounds.update(found.lower() for found in _COMPOUND.findall(token))
    return words, compounds


def _whole(before: str, after: str, words: set[str], compounds: set[str]) -> str:
    compound = f"{before}-{after}"
    if (before + after).lower() in words:
        return before + after
    both = min(len(before), len(after)) >= 3 and {before.lower(), after.lower()} <= words
    special = after[0].isupper() or after[0].isdigit() or before[-1].isdigit()
    return compound if special or both or compound.lower() in compounds else before + after
