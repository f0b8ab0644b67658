"""From marked sentences and public sets to the pairs that the relation model learns from."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sentences import MarkedSentence, read_sentences

_PLV_MARK = re.compile(r"<(s|t)>(.*?)</\1>", re.S)
_RUN = 10
HELD = "en_wires en_nested en_street en_plain tr_carried tr_nested tr_plain ru_carried ru_nested ru_plain".split()
"""Files of which a tenth is kept apart from training."""
_OLDER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "YIELD": "YIELD"}


@dataclass(frozen=True, slots=True)
class PairLabel:
    """What is known of one ordered pair; positions in the example's spans, None for a party not named.

    `types` are alternatives where `either` (one of them is right), else acts that all stand in the sentence. `status`,
    `flags` and `modes` are by act, and None where the source says nothing of them.
    """

    source: int | None
    target: int | None
    types: tuple[str, ...]
    statuses: tuple[str | None, ...] = ()
    retrospective: tuple[bool | None, ...] = ()
    symmetric: tuple[bool | None, ...] = ()
    modes: tuple[str | None, ...] = ()
    either: bool = False
    soft: int | None = None
    """Row of a teacher's answers, where one was asked."""


@dataclass(slots=True)
class Example:
    """A sentence with its actors and all that is known of their pairs."""

    text: str
    language: str
    spans: list[tuple[int, int]]
    pairs: list[PairLabel] = field(default_factory=list)
    origin: str = ""


def own_examples(folder: Path, only: str = "") -> list[Example]:
    """All sentences that the project wrote, in the folder's ``*.tsv`` files."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        if path.name.startswith(only):
            found += [example_of(sentence, path.stem) for sentence in read_sentences(path)]
    return found


def thin_marks(example: Example, generator: random.Random) -> Example:
    """The same sentence with the marks of one act's two actors only, as where a user gives a single pair."""
    acts = [pair for pair in example.pairs if pair.types]
    if not acts or len(example.spans) < 3:
        return example
    act = generator.choice(acts)
    kept = sorted(n for n in (act.source, act.target) if n is not None)
    places = {old: new for new, old in enumerate(kept)}
    pairs = [
        replace(pair, source=places.get(pair.source), target=places.get(pair.target))
        for pair in example.pairs
        if (pair.source is None or pair.source in places) and (pair.target is None or pair.target in places)
    ]
    return Example(example.text, example.language, [example.spans[n] for n in kept], pairs, example.origin)


def example_of(sentence: MarkedSentence, origin: str) -> Example:
    """Every ordered pair of a sentence's actors: with its acts, or with none."""
    acts: dict[tuple[int | None, int | None], list] = {}
    for act in sentence.acts:
        source, target = (None if n is None else n - 1 for n in (act.source, act.target))
        acts.setdefault((source, target), []).append(act)
        if act.symmetric:
            acts.setdefault((target, source), []).append(act)
    numbers = range(len(sentence.spans))
    pairs: list[tuple[int | None, int | None]] = [(a, b) for a in numbers for b in numbers if a != b]
    pairs += [(a, None) for a in numbers] + [(None, a) for a in numbers]
    labels = []
    for source, target in pairs:
        told = acts.get((source, target), [])
        labels.append(
            PairLabel(
                source,
                target,
                tuple(act.event_type for act in told),
                tuple(act.status for act in told),
                tuple(act.retrospective for act in told),
                tuple(act.symmetric for act in told),
                tuple(act.mode and f"{act.event_type}/{act.mode}" for act in told),
            )
        )
    return Example(sentence.text, sentence.language, list(sentence.spans), labels, origin)


def plv_examples(path: Path) -> list[Example]:
    """The rows of a file with ``<s>`` and ``<t>`` marks; YIELD stands for CONCEDE or RETREAT."""
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            example = _plv_example(row["marked_sentence"], row["gold_root"])
            if example is not None:
                found.append(example)
    return found


def _plv_example(marked: str, root: str) -> Example | None:
    text, spans, at = "", {}, 0
    for match in _PLV_MARK.finditer(marked):
        text += marked[at : match.start()]
        spans.setdefault(match[1], (len(text), len(text) + len(match[2])))
        text += match[2]
        at = match.end()
    text += marked[at:]
    if "<s>" in text or "<t>" in text:
        return None
    order = [key for key in ("s", "t") if key in spans]
    place = {key: order.index(key) if key in order else None for key in ("s", "t")}
    types = ("CONCEDE", "RETREAT") if root == "YIELD" else (root,)
    label = PairLabel(place["s"], place["t"], types, either=root == "YIELD")
    return Example(text, "en", [spans[key] for key in order], [label], "plv")


def gsr_examples(path: Path) -> list[Example]:
    """The gold-standard records of the PLOVER codebook whose actors can be found in the text."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        example = _gsr_example(row)
        if example is not None:
            found.append(example)
    return found


def _gsr_example(row: dict) -> Example | None:
    root = _OLDER.get(row["event"], row["event"])
    sources, targets = (_listed(row[side]) for side in ("source", "target"))
    if not targets and len(sources) > 1:  # "Hungary and Romania agreed"
        targets = sources[1:]
    sources, targets = ([_span(row["text"], actor["actorText"]) for actor in side[:1]] for side in (sources, targets))
    spans = [*sources, *targets]
    if not spans or None in spans or len(set(spans)) < len(spans):
        return None
    types = ("CONCEDE", "RETREAT") if root == "YIELD" else (root,)
    label = PairLabel(0 if sources else None, len(sources) if targets else None, types, either=root == "YIELD")
    return Example(row["text"], "en", spans, [label], "gsr")


def _listed(actors: list[dict] | dict | None) -> list[dict]:
    found = [actors] if isinstance(actors, dict) else actors or []
    return [actor for actor in found if isinstance(actor, dict)]  # a few records hold a bare word


def _span(text: str, words: str | None) -> tuple[int, int] | None:
    at = text.find(words) if words else -1
    return (at, at + len(words)) if words and at >= 0 else None


def split_examples(examples: list[Example], share: float, seed: int) -> tuple[list[Example], list[Example]]:
    """Two parts at random: what is trained on, and what is kept apart; `share` is the second's."""
    order = list(range(len(examples)))
    random.Random(seed).shuffle(order)
    cut = int(len(order) * (1 - share))
    return [examples[i] for i in order[:cut]], [examples[i] for i in order[cut:]]


def hold_out(examples: list[Example], origins: Sequence[str] = HELD) -> tuple[list[Example], list[Example]]:
    """What is trained on, and the tenth of some files that is kept apart, the same however many files there are.

    Neighbours of a file are often contrasts of each other, so that runs of ten go to one side together.
    """
    train, held, place = [], [], Counter()
    aside = False
    for example in examples:
        if place[example.origin] % _RUN == 0:
            digest = hashlib.blake2b(example.text.encode(), digest_size=4).digest()
            aside = int.from_bytes(digest, "big") % 10 == 0
        place[example.origin] += 1
        (held if aside and example.origin in origins else train).append(example)
    return train, held
