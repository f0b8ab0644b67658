"""Notes that begin with a sign instead of a number: `* This paper …`, told from bullets and emphasis."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.documents.blocks import Block, Kind

_MARK = re.compile(r"(?<=[^\s*†‡§(\[])\\?(?P<sign>\*{1,3}|[†‡§]{1,3})(?![\w*†‡§])")
_NOTE = re.compile(r"\\?(?P<sign>\*{1,3}|[†‡§]{1,3})\s{0,3}(?=[^\s*†‡§])")
_LEAST = 8  # characters of a note


def find_sign_notes(text: str, blocks: Sequence[Block], kind: Kind) -> list[Block]:
    """Turn blocks that are notes into entries with their sign as mark.

    A block is one where it begins with a sign that stands behind a word of a block before it. A bullet among
    bullets is none, nor are words in asterisks.

    Args:
        text: The whole document.
        blocks: Its blocks, in order.
        kind: How it is written; in Markdown an asterisk is a sign only behind a backslash.

    Returns:
        The blocks, the notes among them changed.
    """
    return list(_changed(text, blocks, plain=kind != "markdown")) if _has_sign(text) else list(blocks)


def _has_sign(text: str) -> bool:
    return any(sign in text for sign in "*†‡§") and _MARK.search(text) is not None


def _changed(text: str, blocks: Sequence[Block], *, plain: bool) -> Iterator[Block]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        note = _note(text, block, plain=plain)
        around = [other.mark for other in (*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2])]
        if note is not None and note.mark in seen and block.mark not in {mark for mark in around if mark}:
            yield note
            continue
        signs = _MARK.finditer(text, block.start, block.end)
        seen.update(found["sign"] for found in signs if plain or found[0][0] in "\\†‡§")
        yield block


def _note(text: str, block: Block, *, plain: bool) -> Block | None:
    if block.end - block.start < _LEAST:
        return None
    if block.kind == "item" and block.mark == "*" and plain:
        return replace(block, kind="entry")
    found = _NOTE.match(text, block.start, block.end) if block.kind == "paragraph" else None
    if found is None or text[block.end - 1] == "*" or not (plain or found[0][0] in "\\†‡§"):
        return None
    return replace(block, start=found.end(), kind="entry", mark=found["sign"])
