"""Citation marks in the body: `[1]`, `[2,3]`, `[4-6]`, `[^7]` and superscript digits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MARK = re.compile(
    r"\[\^(?P<note>[\w-]{1,40})\]|\[(?P<list>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\]|(?P<raised>[⁰¹²³⁴-⁹]{1,3})"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT = re.compile(r"(?:^|[\s\d(])(?:[kcdm]?m|км|см|м|мм)\Z")  # a raised 2 or 3 after a metre is a power
_RANGE = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_LONGEST_RANGE = 50  # [1-900] is no citation


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark and the labels it names, `("4", "5", "6")` for `[4-6]`."""

    start: int
    end: int
    labels: tuple[str, ...]


def find_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Citation marks between two offsets, in order.

    Examples:
        >>> [mark.labels for mark in find_marks("a.[1] b [4-6] c² 5 km² d[^n]", 0, 28)]
        [('1',), ('4', '5', '6'), ('2',), ('n',)]
    """
    for found in _MARK.finditer(text, start, end):
        if text[found.end() : found.end() + 1] == ":" and found["note"]:
            continue  # a definition that stands inside a paragraph
        labels = tuple(_labels(found, text))
        if labels:
            yield Mark(found.start(), found.end(), labels)


def _labels(found: re.Match[str], text: str) -> Iterable[str]:
    if found["note"]:
        return [found["note"]]
    if found["raised"]:
        before = text[max(0, found.start() - 4) : found.start()]
        return [] if _UNIT.search(before) else [str(int(found["raised"].translate(_RAISED)))]
    labels: list[str] = []
    for first, last in _RANGE.findall(found["list"]):
        low, high = int(first), int(last or first)
        if 0 <= high - low <= _LONGEST_RANGE:
            labels += [str(number) for number in range(low, high + 1)]
    return labels


def number_labels(labels: Iterable[str]) -> dict[str, int]:
    """A number for each label of a reference list: its own, or its place where one label is a word.

    Examples:
        >>> number_labels(["3", "1"]), number_labels(["smith", "1"])
        ({'3': 3, '1': 1}, {'smith': 1, '1': 2})
    """
    unique = list(dict.fromkeys(labels))
    if all(label.isdecimal() for label in unique):
        return {label: int(label) for label in unique}
    return {label: place for place, label in enumerate(unique, start=1)}
