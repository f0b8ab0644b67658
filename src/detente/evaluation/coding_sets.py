"""Readers for public sets of coded sentences: text, who, whom, acceptable types.

The sets themselves are not part of the project; a user who has them can score a coder on them.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from detente.errors import InputError
from detente.ontology.plover import event_types

Span = tuple[int, int]

_MARKS: Final = re.compile(r"<(/?)([st])>")
# Labels of other versions of the codebook, as the types they became.
_OLDER: Final[Mapping[str, tuple[str, ...]]] = {
    "YIELD": ("CONCEDE", "RETREAT"),
    "DEMAND": ("REQUEST",),
    "DISAPPROVE": ("ACCUSE",),
    "INVESTIGATE": ("ACCUSE",),
    "FIGHT": ("ASSAULT",),
}


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence with gold; spans count in `text`, None where the set does not place the actor.

    Attributes:
        text: The sentence.
        source_span: First character and one past the last of the source.
        target_span: The same for the target.
        event_types: Acceptable PLOVER types.
    """

    text: str
    source_span: Span | None
    target_span: Span | None
    event_types: tuple[str, ...]


def acceptable_types(label: str) -> tuple[str, ...]:
    """The PLOVER types a set's label stands for (YIELD is CONCEDE or RETREAT).

    Raises:
        ValueError: If the label is none of any version.
    """
    types = _OLDER.get(label, (label,))
    if not set(types) <= set(event_types()):
        raise ValueError(f"label {label!r} is no PLOVER type of any version")
    return types


def read_marked_tsv(path: Path) -> Iterator[MarkedSentence]:
    """Read sentences whose source and target are marked `<s>…</s>` and `<t>…</t>`.

    Args:
        path: Tab-separated, with columns `marked_sentence` and `gold_root`.

    Yields:
        One record a row. An actor marked twice is placed at its first mark.

    Raises:
        InputError: If a column is missing or a label unknown, naming file and line.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        for row in rows:
            try:
                text, source, target = _unmark(row["marked_sentence"])
                yield MarkedSentence(text, source, target, acceptable_types(row["gold_root"]))
            except KeyError as error:
                raise InputError(f"{path.name}: column {error} is missing") from error
            except ValueError as error:
                raise InputError(f"{path.name}, line {rows.line_num}: {error}") from error


def read_gold_records(path: Path) -> Iterator[MarkedSentence]:
    """Read gold-standard records of the PLOVER codebook, older labels mapped.

    Args:
        path: JSON lines with `text`, `event`, and `source` and `target` as lists with `actorText`.

    Yields:
        One record a line. The span is that of the first actor of a side; where two sources act with each
        other and no target is given, the second source is the target. An actor the text words differently
        has no span.

    Raises:
        InputError: If a line is no such record, naming file and line.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _gold_record(json.loads(line))
            except (KeyError, ValueError, TypeError) as error:
                raise InputError(f"{path.name}, line {number}: {error}; expected a gold record") from error


def _gold_record(row: Mapping[str, Any]) -> MarkedSentence:
    text = row["text"]
    sources, targets = _actor_spans(text, row["source"]), _actor_spans(text, row["target"])
    if not targets and len(sources) > 1:
        targets = sources[1:]
    return MarkedSentence(text, next(iter(sources), None), next(iter(targets), None), acceptable_types(row["event"]))


def _actor_spans(text: str, actors: list[Any]) -> list[Span | None]:
    # One record has a bare context word among its actors; it names nobody.
    names = [actor["actorText"].strip() for actor in actors if isinstance(actor, dict)]
    starts = [text.find(name) for name in names]
    return [(start, start + len(name)) if start >= 0 else None for name, start in zip(names, starts, strict=True)]


def _unmark(marked: str) -> tuple[str, Span | None, Span | None]:
    """Text without marks, and the first marked span of source and target."""
    pieces: list[str] = []
    opened: dict[str, int] = {}
    spans: dict[str, Span] = {}
    length = at = 0
    for mark in _MARKS.finditer(marked):
        pieces.append(marked[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        closes, side = mark.groups()
        if not closes:
            opened[side] = length
        elif side in opened:
            spans.setdefault(side, (opened.pop(side), length))
        else:
            raise ValueError(f"</{side}> closes a mark that was never opened")
    if opened:
        raise ValueError(f"<{next(iter(opened))}> is never closed")
    return "".join((*pieces, marked[at:])), spans.get("s"), spans.get("t")
