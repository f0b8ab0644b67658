"""One model of several rounds, their weights averaged: `python training/average.py OUT ROUND[:WEIGHT] ...`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import torch


def average(out: Path, rounds: list[tuple[Path, float]]) -> None:
    """Write the weighted mean of the rounds' weights (Wortsman et al. 2022), with the tokenizers and card of the last.

    Args:
        out: A folder, made where it is not there.
        rounds: Folders of finished runs of one vocabulary, each with its weight; what only some of them have is the
            mean of theirs.
    """
    total: dict[str, torch.Tensor] = {}
    whole: dict[str, float] = {}
    for folder, weight in rounds:
        for name, values in torch.load(folder / "model.pt", weights_only=True).items():
            if not values.is_floating_point():
                total[name] = values
                continue
            total[name] = total.get(name, torch.zeros_like(values.float())) + values.float() * weight
            whole[name] = whole.get(name, 0.0) + weight
    mean = {name: values / whole[name] if name in whole else values for name, values in total.items()}
    out.mkdir(parents=True, exist_ok=True)
    for path in rounds[-1][0].iterdir():
        if path.name != "model.pt":
            shutil.copy(path, out / path.name)
    torch.save(mean, out / "model.pt")


if __name__ == "__main__":
    named = [one.partition(":") for one in sys.argv[2:]]
    average(Path(sys.argv[1]), [(Path(name), float(weight or 1)) for name, _, weight in named])
