"""A text cut into blocks: headings, paragraphs, list items, footnote definitions. Nothing is judged here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Kind = Literal["text", "markdown", "html", "jsonl"]
BlockKind = Literal["heading", "paragraph", "item", "entry", "definition", "other"]

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"\s{0,16}[-*+•▪‣]\s+(?=\S)")
_COUNTED = re.compile(r"\s{0,16}\d{1,3}[.)]\s+(?=\S)")
_ENTRY = re.compile(r"\s{0,16}(?:\[(?:\d{1,3}|\*{1,3}|[†‡§]{1,3})\]|[⁰¹²³⁴-⁹†‡]{1,3})[.:]?\s*(?=\S)")
_DEFINITION = re.compile(r"\s{0,16}\[\^[\w-]{1,40}\]:\s*(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?){1,20}")
_RULE = re.compile(r"\s{0,3}(?:[-*_=~—]\s?){3,200}\s*\Z")
_SETEXT = re.compile(r"\s{0,3}=+\s*\Z")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_END_MARK = re.compile(r"[.!?…:;][\"'”’»)\]*_]{0,4}(?:[ \u00a0]?\[\^?[\w,; –-]{1,20}\]|[⁰¹²³⁴-⁹†‡])*\s*\Z")


_FILLED = 0.7  # share of the width from which a line that ends no sentence goes on
_NARROWEST, _WIDEST = 40, 120  # characters a line; wider lines are whole paragraphs


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text without its marks (`# `, `- `, `> `, `[1] `).

    A number with a full stop stays in (`1. `): it may be a day (`12. Mart`).

    Attributes:
        start: First character of the content, counted in the document's text.
        end: One past its last character, white space trimmed.
        kind: What it looks like; `entry` starts with `[1]` or a superscript number.
        level: Depth of a heading from 1, else 0.
        mark: The mark it starts with, trimmed (`[1]`, `2.`, `[^3]:`), or an empty string.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def split_blocks(text: str, kind: Kind) -> list[Block]:
    """Cut a text into blocks, in order and without overlap.

    In Markdown a single line break is a space. In plain text it is one where the text was wrapped
    (the next line's first word would not have fitted) or the sentence plainly goes on. In text taken
    from HTML every line is a block.

    Args:
        text: The whole document.
        kind: How it is written.

    Returns:
        Blocks that hold at least one visible character.
    """
    lines = list(_lines(text))
    width = _wrap_width(lines) if kind in {"text", "jsonl"} else None
    blocks: list[Block] = []
    group: list[_Line] = []
    fenced = False
    for line in lines:
        fence = kind == "markdown" and bool(_FENCE.match(line.text))
        fenced ^= fence
        if fenced or fence or not line.text.strip() or (_RULE.match(line.text) and not group):
            blocks += _group_blocks(group, kind, width)
            group = []
        elif kind == "markdown" and _SETEXT.match(line.text):
            blocks += [replace(block, kind="heading", level=1) for block in _group_blocks(group, kind, width)]
            group = []
        else:
            group.append(line)
    return blocks + list(_group_blocks(group, kind, width))


def ends_sentence(text: str) -> bool:
    """Whether a line ends with an end mark, closing quotes and citation marks aside."""
    return bool(_END_MARK.search(text[-60:]))


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for raw in text.splitlines(keepends=True):
        content = raw.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        yield _Line(at, at + len(content), content)
        at += len(raw)


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width a text was wrapped at (nine in ten of the lines that another follows); None if it was not.

    Items of lists tell nothing of it: each is a line of its own.
    """
    lines = [line for line in lines if not any(mark.match(line.text) for mark in (_ENTRY, _COUNTED, _BULLET))]
    filled = [len(line.text.rstrip()) for line in lines if line.text.strip()]
    if sum(length > _WIDEST for length in filled) * 10 > len(filled):
        return None
    lengths = sorted(
        len(line.text.rstrip()) for line, after in pairwise(lines) if line.text.strip() and after.text.strip()
    )
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return width if width >= _NARROWEST else None


def _group_blocks(group: list[_Line], kind: Kind, width: int | None) -> Iterator[Block]:
    """The blocks of lines that stand together between blank lines."""
    current: Block | None = None
    before = ""
    for line in group:
        follows = current is not None and _goes_on(before, line.text, kind, width)
        opened = _open_block(line, kind, broken_off=follows and not ends_sentence(before))
        if current is not None and follows and opened.kind == "paragraph" and current.kind not in {"heading", "other"}:
            current = replace(current, end=opened.end)
        else:
            if current is not None and current.start < current.end:
                yield current
            current = opened
        before = line.text
    if current is not None and current.start < current.end:
        yield current


def _open_block(line: _Line, kind: Kind, *, broken_off: bool) -> Block:
    """The block a line would open; `broken_off` where the line before it stops in mid-sentence."""
    end = line.start + len(line.text.rstrip())
    offset = 0
    if kind == "markdown":
        if marked := _markdown_block(line, end):
            return marked
        quote = _QUOTE.match(line.text)
        offset = quote.end() if quote else 0
    for pattern in (_ENTRY, _COUNTED, _BULLET):
        found = pattern.match(line.text, offset)
        if found is None or (pattern is _COUNTED and broken_off and not _may_interrupt(found[0], kind)):
            continue
        mark = found[0].strip()
        start = line.start + (line.text.index(mark, offset) if pattern is _COUNTED else found.end())
        return Block(start, end, "entry" if pattern is _ENTRY else "item", mark=mark)
    offset += len(line.text[offset:]) - len(line.text[offset:].lstrip())
    return Block(line.start + offset, end, "paragraph")


def _markdown_block(line: _Line, end: int) -> Block | None:
    if line.text.lstrip().startswith(("|", "<!--", "![")) or _RULE.match(line.text):
        return Block(line.start, end, "other")
    if heading := _HEADING.match(line.text):
        return Block(line.start + heading.end(), end, "heading", len(heading[1]))
    if definition := _DEFINITION.match(line.text):
        return Block(line.start + definition.end(), end, "definition", mark=definition[0].strip())
    return None


def _may_interrupt(mark: str, kind: Kind) -> bool:
    """Whether a number opens an item where a line goes on: never in wrapped text (`on March` / `3. Ordu`)."""
    return kind == "markdown" and len(mark.strip()) == 2


def _goes_on(before: str, after: str, kind: Kind, width: int | None) -> bool:
    if kind == "html":
        return False
    if kind == "markdown":
        return not (before.endswith("  ") and ends_sentence(before))
    first = after.lstrip()
    if first[:1].islower() or before.rstrip().endswith((",", "-", "–", "—")):
        return True
    if width is None:
        return False
    full = len(before.rstrip())
    broken_off = full >= _FILLED * width and not ends_sentence(
        before
    )  # text is not always wrapped as wide as it may be
    return broken_off or full + 1 + len(first.split(maxsplit=1)[0]) > width
