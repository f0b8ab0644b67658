"""A teacher's word on every pair of the project's sentences: `python training/soften.py RUN OUT.npz --language en`.

A large model that is too slow to ship says of each pair how likely it holds each outcome; the small one then learns
from that beside the one right answer (Hinton, Vinyals and Dean 2015): `train.py --soft OUT.npz`.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from batches import Encoded, batch_of, encode_examples
from examples import Example, PairLabel, own_examples
from labels import STATUSES
from network import RelationModel
from spelling import half_american

HERE = Path(__file__).parent
AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class SoftAnswers:
    """A teacher's probabilities by pair.

    `first` tells where a sentence's pairs begin; `types` is `(n, 17)`, `every` `(n, 16)`, `status` `(n, 16, 5)`.
    """

    first: Mapping[str, int]
    types: torch.Tensor
    every: torch.Tensor
    status: torch.Tensor

    def given_to(self, example: Example) -> Example:
        """The same sentence, whose pairs know their rows here where the teacher saw it."""
        begin = self.first.get(key_of(example))
        if begin is None:
            return example
        pairs = [replace(pair, soft=begin + number) for number, pair in enumerate(example.pairs)]
        return replace(example, pairs=pairs)


@dataclass(frozen=True, slots=True)
class Taught:
    """Which pairs of a batch a teacher has answered, and what share of the wanted answer is the teacher's."""

    answers: SoftAnswers
    rows: torch.Tensor
    share: torch.Tensor

    @classmethod
    def of(cls, labels: list[PairLabel], answers: SoftAnswers, share: float) -> Taught:
        """Of a batch's pairs `(n_pairs,)`."""
        rows = torch.tensor([-1 if label.soft is None else label.soft for label in labels])
        answered = SoftAnswers(
            {}, *(table[rows.clamp(min=0)] for table in (answers.types, answers.every, answers.status))
        )
        return cls(answered, rows, (rows >= 0).float() * share)

    def mixed(self, wanted: torch.Tensor, told: torch.Tensor, rows: torch.Tensor | None = None) -> torch.Tensor:
        """The wanted answer with the teacher's share in it, for all pairs or for those of `rows`."""
        share = (self.share if rows is None else self.share[rows]).unsqueeze(1)
        return wanted * (1 - share) + told * share


def key_of(example: Example) -> str:
    """A sentence and its actors in a few letters."""
    told = f"{example.language}\n{example.text}\n{example.spans}"
    return hashlib.blake2b(told.encode(), digest_size=9).hexdigest()


def read_soft(path: Path) -> SoftAnswers:
    """What `soften` wrote."""
    with np.load(path) as file:
        first = dict(zip(file["keys"].tolist(), file["first"].tolist(), strict=True))
        tables = [torch.from_numpy(file[name].astype(np.float32)) for name in ("types", "every", "status")]
    return SoftAnswers(first, *tables)


@torch.no_grad()
def soften(model: RelationModel, encoded: list[Encoded], path: Path) -> None:
    """Write the teacher's probabilities of all pairs of all sentences."""
    model.eval()
    order = sorted(range(len(encoded)), key=lambda number: len(encoded[number].numbers))
    keys, first, tables, count = [], [], ([], [], []), 0
    for begin in range(0, len(order), AT_ONCE):
        group = [encoded[number] for number in order[begin : begin + AT_ONCE]]
        batch = batch_of(group, [item.pairs for item in group])
        types, status, _, every = model(
            batch.input_ids, batch.attention_mask, batch.pair_sentence, batch.pair_source, batch.pair_target
        )
        told = (types.softmax(-1), every.sigmoid(), status[:, :, : len(STATUSES)].softmax(-1))
        for table, values in zip(tables, told, strict=True):
            table.append(values.numpy().astype(np.float16))
        for item in group:
            keys.append(key_of(item.example))
            first.append(count)
            count += len(item.pairs)
    named = zip(("types", "every", "status"), (np.concatenate(table) for table in tables), strict=True)
    np.savez(path, keys=np.array(keys), first=np.array(first), **dict(named))


def main() -> None:
    """Read a teacher, write its answers."""
    from train import rebuild
    from vocabulary import read_tokenizers

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    model, _ = rebuild(options.run)
    examples = half_american(own_examples(HERE / "data", options.language))
    soften(model, encode_examples(examples, read_tokenizers(options.run)), options.out)
    print(f"{options.out}: {len(examples)} sentences")


if __name__ == "__main__":
    main()
