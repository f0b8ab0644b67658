"""A sentence and its actors in tokens: each actor between two marks, so that one pass tells of all their pairs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tokenizers import Tokenizer

OPEN: Final = "[unused1]"
CLOSE: Final = "[unused2]"
LONGEST: Final = 128
"""Tokens kept of a sentence; actors beyond them are not judged."""


def encode_marked(
    tokenizer: "Tokenizer", text: str, spans: Sequence[tuple[int, int]], longest: int = LONGEST
) -> tuple[list[int], list[int]]:
    """Token numbers of a sentence with its actors marked, and where each actor's opening mark stands.

    Args:
        tokenizer: A tokenizer that knows `[CLS]`, `[SEP]` and the two marks.
        text: The sentence.
        spans: `(start, end)` of each actor in characters; they may touch or lie within one another.
        longest: Tokens at most.

    Returns:
        Token numbers with `[CLS]` first and `[SEP]` last, and positions `(n_spans,)`, -1 where an actor lies beyond.
    """
    encoding = tokenizer.encode(text, add_special_tokens=False)
    return mark_tokens(tokenizer, encoding.ids, encoding.offsets, spans, longest)


def mark_tokens(
    tokenizer: "Tokenizer",
    ids: Sequence[int],
    offsets: Sequence[tuple[int, int]],
    spans: Sequence[tuple[int, int]],
    longest: int = LONGEST,
) -> tuple[list[int], list[int]]:
    """As `encode_marked`, from tokens already told."""
    first, last, begin, end = (_number(tokenizer, name) for name in ("[CLS]", "[SEP]", OPEN, CLOSE))
    opens = sorted((start, number) for number, (start, _) in enumerate(spans))
    closes = sorted(stop for _, stop in spans)
    numbers, places = [first], [-1] * len(spans)
    opened = closed = 0
    for token, (start, _) in zip(ids, offsets, strict=True):
        while closed < opened and closes[closed] <= start:
            numbers.append(end)
            closed += 1
        while opened < len(opens) and opens[opened][0] <= start:
            places[opens[opened][1]] = len(numbers)
            numbers.append(begin)
            opened += 1
        numbers.append(token)
    numbers += [end] * (opened - closed)
    if len(numbers) > longest - 1:
        numbers = numbers[: longest - 1]
        places = [place if place < longest - 1 else -1 for place in places]
    return [*numbers, last], places


def _number(tokenizer: "Tokenizer", name: str) -> int:
    number: int | None = tokenizer.token_to_id(name)
    if number is None:
        raise ValueError(f"the tokenizer has no {name}: it is not one of the relation model's")
    return number
