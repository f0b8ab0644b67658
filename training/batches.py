"""Examples to tensors: sentences of like length together, each with the pairs that are learned from it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from examples import Example, PairLabel
from labels import FLAGS, MODES, OUTCOMES, STATUSES, TYPES
from tokenizers import Tokenizer
from detente.coding.marks import encode_marked

NONE_PAIRS = 3
"""At most so many pairs without an act are drawn from a sentence in an epoch."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence in tokens with its labelled pairs."""

    numbers: list[int]
    places: list[int]
    pairs: list[PairLabel]
    example: Example


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some sentences and their pairs; see `RelationModel.forward`."""

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    pair_sentence: torch.Tensor
    pair_source: torch.Tensor
    pair_target: torch.Tensor
    labels: list[PairLabel]
    origin: list[Example]


def encode_examples(examples: list[Example], tokenizers: dict[str, Tokenizer]) -> list[Encoded]:
    """All examples in tokens, each by its language's tokenizer."""
    found = []
    for example in examples:
        numbers, places = encode_marked(tokenizers[example.language], example.text, example.spans)
        found.append(Encoded(numbers, places, example.pairs, example))
    return found


def draw_batches(
    encoded: list[Encoded], size: int, generator: random.Random, *, every_pair: bool = False
) -> Iterator[Batch]:
    """Batches of about `size` sentences in random order, like lengths together."""
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].numbers) + generator.random() * 8)
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    generator.shuffle(groups)
    for group in groups:
        items = [encoded[i] for i in group]
        pairs = [item.pairs if every_pair else _drawn(item.pairs, generator) for item in items]
        yield batch_of(items, pairs, lost_too=every_pair)


def batch_of(group: list[Encoded], drawn: list[list[PairLabel]], *, lost_too: bool = True) -> Batch:
    """Tensors of sentences and of the pairs drawn from each; those beyond the window only where asked for."""
    longest = max(len(item.numbers) for item in group)
    ids = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest, dtype=torch.long)
    rows: list[tuple[int, int, int]] = []
    labels: list[PairLabel] = []
    origin: list[Example] = []
    for row, (item, pairs) in enumerate(zip(group, drawn, strict=True)):
        ids[row, : len(item.numbers)] = torch.tensor(item.numbers)
        mask[row, : len(item.numbers)] = 1
        for pair in pairs:
            source = -1 if pair.source is None else item.places[pair.source]
            target = -1 if pair.target is None else item.places[pair.target]
            lost = (pair.source is not None and source < 0) or (pair.target is not None and target < 0)
            if not lost or lost_too:
                rows.append((row, source, target))
                labels.append(pair)
                origin.append(item.example)
    table = torch.tensor(rows, dtype=torch.long).reshape(-1, 3)
    return Batch(ids, mask, table[:, 0], table[:, 1], table[:, 2], labels, origin)


def _drawn(pairs: list[PairLabel], generator: random.Random) -> list[PairLabel]:
    """All acts, the reverse of each, and a few pairs of nothing (those of one named party seldom)."""
    acts = [pair for pair in pairs if pair.types]
    ends = {(pair.target, pair.source) for pair in acts}
    empty = [pair for pair in pairs if not pair.types]
    reverse = [pair for pair in empty if (pair.source, pair.target) in ends]
    others = [pair for pair in empty if (pair.source, pair.target) not in ends]
    named = [pair for pair in others if pair.source is not None and pair.target is not None]
    half = [pair for pair in others if pair.source is None or pair.target is None]
    generator.shuffle(named)
    generator.shuffle(half)
    return acts + reverse + named[:NONE_PAIRS] + half[:1]


def type_targets(labels: list[PairLabel]) -> tuple[torch.Tensor, torch.Tensor]:
    """Targets `(n_pairs, 17)`, and whether a row's types are alternatives `(n_pairs,)`."""
    wanted = torch.zeros(len(labels), len(OUTCOMES))
    either = torch.zeros(len(labels), dtype=torch.bool)
    for row, label in enumerate(labels):
        kinds = set(label.types) or {"none"}
        for kind in kinds:
            wanted[row, OUTCOMES.index(kind)] = 1.0 if label.either else 1 / len(kinds)
        either[row] = label.either
    return wanted, either


def act_targets(labels: list[PairLabel]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """What is known of acts: row and type `(n_acts, 2)`, status, flags `(n_acts, 2)` and mode (-100 where unknown)."""
    where, status, flags, modes = [], [], [], []
    for row, label in enumerate(labels):
        for number, told in enumerate(label.statuses):
            if told is None:
                continue
            where.append((row, TYPES.index(label.types[number])))
            status.append(STATUSES.index(told))
            flags.append((float(bool(label.retrospective[number])), float(bool(label.symmetric[number]))))
            mode = label.modes[number]
            modes.append(MODES.index(mode) if mode in MODES else -100)
    return (
        torch.tensor(where, dtype=torch.long).reshape(-1, 2),
        torch.tensor(status, dtype=torch.long),
        torch.tensor(flags).reshape(-1, len(FLAGS)),
        torch.tensor(modes, dtype=torch.long),
    )
