"""Notes whose numbers begin again with each page or chapter, told apart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from detente.documents.blocks import Block
from detente.documents.citations import LOST, Mark, is_numbered
from detente.documents.marks import Marks

_FIRST = re.compile(r"(?:1|[*†‡§]{1,3})\Z")  # a label with which the numbers begin again


def scope_labels(marks: Marks, entries: Sequence[Block], labels: Sequence[str]) -> tuple[Marks, list[str]]:
    """Tell notes with one number apart by where they stand.

    Where the first label stands twice in the list of notes, the list is cut into runs. A mark belongs to the next
    run below it (notes at the foot of a page or the end of a chapter). Where all runs stand together behind the
    body, the marks are cut into runs in the same way and paired with those of the list if there are as many; if
    the marks are one run, the first counts; otherwise only numbers that the list has once are tied.

    Args:
        marks: Of the body.
        entries: Blocks of the reference list, in order.
        labels: Their labels, empty where they have none.

    Returns:
        Marks and labels; those of the second run are `2/1`, `2/2`, and so on.
    """
    runs = _runs(labels)
    if not runs or runs[-1] == 0:
        return marks, list(labels)
    scoped = [_in_run(label, run) if label else "" for label, run in zip(labels, runs, strict=True)]
    numbered = sorted(_numbered(marks, frozenset(entry.start for entry in entries)), key=lambda mark: mark.start)
    placed = _by_place(numbered, entries, runs)
    if placed is None:
        placed = _by_order(numbered, runs[-1])
    where: dict[str, list[str]] = {label: [] for label in labels}
    for label, own in zip(labels, scoped, strict=True):
        where[label].append(own)
    return {at: tuple(_scoped(mark, placed, where) for mark in found) for at, found in marks.items()}, scoped


def _runs(labels: Sequence[str]) -> list[int]:
    runs: list[int] = []
    seen: set[str] = set()
    run = 0
    for label in labels:
        if label in seen and _FIRST.match(label):
            run += 1
            seen = set()
        seen.add(label)
        runs.append(run)
    return runs


def _in_run(label: str, run: int) -> str:
    return f"{run + 1}/{label}" if run else label


def _numbered(marks: Marks, entries: frozenset[int]) -> Iterator[Mark]:
    for at, found in marks.items():
        if at not in entries:
            yield from (mark for mark in found if is_numbered(mark.labels[0]) or mark.labels[0][0] == LOST)


def _by_place(numbered: Sequence[Mark], entries: Sequence[Block], runs: Sequence[int]) -> dict[int, int] | None:
    """The run of each mark where body stands between the runs; None where they stand together."""
    last = {run: entry.start for entry, run in zip(entries, runs, strict=True)}
    placed: dict[int, int] = {}
    run = 0
    for mark in numbered:
        while run in last and last[run] < mark.start:
            run += 1
        if run in last:
            placed[mark.start] = run
    return placed if any(run > 0 for run in placed.values()) else None


def _by_order(numbered: Sequence[Mark], last: int) -> dict[int, int]:
    """The run of each mark by its own restarts; empty where they are not as many as the list's."""
    placed: dict[int, int] = {}
    seen: set[str] = set()
    run = 0
    for mark in numbered:
        label = mark.labels[0].removeprefix(LOST)
        if _FIRST.match(label) and seen - {label}:
            run += 1
            seen = set()
        seen.add(label)
        placed[mark.start] = run
    return placed if run in {0, last} else {}


def _scoped(mark: Mark, placed: Mapping[int, int], where: Mapping[str, Sequence[str]]) -> Mark:
    return replace(mark, labels=tuple(_label(label, placed.get(mark.start), where) for label in mark.labels))


def _label(label: str, run: int | None, where: Mapping[str, Sequence[str]]) -> str:
    lost = LOST if label[0] == LOST else ""
    bare = label.removeprefix(LOST)
    found = where.get(bare, ())
    if not found or not (lost or is_numbered(label)):
        return label
    if run is not None:
        return lost + _in_run(bare, run)
    return lost + found[0] if len(found) == 1 else f"{lost}?/{bare}"  # in doubt, tied to nothing
