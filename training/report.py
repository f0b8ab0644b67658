"""Scores of the shipped model through `detente.coding.classify_pairs`: `python training/report.py` (figures of the model card)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
from detente.coding import classify_pairs
from examples import Example, gsr_examples, hold_out, own_examples, plv_examples
from scores import QUAD, by_class, calibration_error, interval

HERE = Path(__file__).parent
CONVERTED = (
    ("SANCTION", re.compile(r"\b(?:sanction|embargo)", re.I), "COERCE"),
    ("SANCTION", re.compile(r"\b(?:convict|guilty|sentenc)", re.I), "ACCUSE"),
    ("COERCE", re.compile(r"\b(?:blockad|occup|captur|seized control|cyber)", re.I), "ASSAULT"),
)
PUBLIC = HERE.parent.parent / "shared" / "data" / "coding"


def relations_of(examples: list[Example]) -> list[tuple]:
    """Each labelled pair with what the model says of it, pair by pair."""
    pairs, labels = [], []
    for example in examples:
        for label in example.pairs:
            ends = [None if end is None else example.spans[end] for end in (label.source, label.target)]
            pairs.append((example.text, *ends))
            labels.append((label, example))
    return [(label, example, told) for (label, example), told in zip(labels, classify_pairs(pairs), strict=True)]


def as_converted(kind: str, text: str) -> str:
    """A type as `PLV_train.tsv` would name it.

    Its types follow the published conversion of CAMEO codes, which calls sanctions and embargoes (163) COERCE and blockades,
    occupations (191, 192) and attacks on computers ASSAULT; and it calls convictions ACCUSE. This project follows the manual.
    """
    return next((to for of, words, to in CONVERTED if kind == of and words.search(text)), kind)


def types_line(found: list[tuple], name: str, *, converted: bool = False) -> None:
    """Type of pairs that have an act, as 15, 4 and 2 classes."""
    acts = [(label, told) for label, _, told in found if label.types]
    gold = [_root(label.types[0]) for label, _ in acts]
    said = [
        as_converted(_root(told.likeliest), example.text) if converted else _root(told.likeliest)
        for label, example, told in found
        if label.types
    ]
    classes = [(gold, said)]
    classes.append(tuple([str(QUAD[k]) for k in side] for side in (gold, said)))
    classes.append(tuple([str(int(QUAD[k] > 2)) for k in side] for side in (gold, said)))
    shown = " / ".join(_shown(interval(*pair)) for pair in classes)
    none = np.mean([told.event_type is None for _, told in acts])
    print(f"{name}: {len(acts)} pairs with an act: 15 / 4 / 2 classes {shown}; called none {none:.3f}")
    print("   " + "; ".join(f"{k} {p:.2f} {r:.2f} ({n})" for k, (p, r, n) in by_class(gold, said).items()))


def whole_line(found: list[tuple], name: str) -> None:
    """Pairs with and without an act: precision, recall, false acts; status; calibration."""
    own = [(label, told) for label, _, told in found if label.source is not None and label.target is not None]
    right = np.array([bool(label.types) and told.event_type in label.types for label, told in own])
    said = np.array([told.event_type is not None for _, told in own])
    wanted = np.array([bool(label.types) for label, _ in own])
    print(
        f"{name}: {len(own)} named pairs, {wanted.sum()} with an act: precision {right.sum() / said.sum():.3f}, ",
        end="",
    )
    print(
        f"recall {right.sum() / wanted.sum():.3f}, pairs without an act that get one {(said & ~wanted).sum() / (~wanted).sum():.3f}"
    )
    best = np.array([max(told.scores.values()) for _, told in own])
    hit = np.array([max(told.scores, key=told.scores.get) in (label.types or ("none",)) for label, told in own])
    print(f"   calibration error of the likeliest outcome {calibration_error(best, hit):.3f}")
    status = [
        (label.statuses[0], max(told.statuses, key=told.statuses.get))
        for label, told in own
        if label.types and told.likeliest == label.types[0] and label.statuses and label.statuses[0]
    ]
    if status:
        gold, said_status = [list(side) for side in zip(*status, strict=True)]
        print(f"   status macro-F1 {_shown(interval(gold, said_status))}: ", end="")
        print("; ".join(f"{k} {p:.2f} {r:.2f} ({n})" for k, (p, r, n) in by_class(gold, said_status).items()))


def _root(name: str) -> str:
    return "YIELD" if name in ("CONCEDE", "RETREAT") else name


def _shown(values: tuple[float, float, float]) -> str:
    return f"{100 * values[0]:.1f} ({100 * values[1]:.1f}-{100 * values[2]:.1f})"


def main() -> None:
    """Print what the model card states."""
    _, held = hold_out(own_examples(HERE / "data"))
    for language in ("en", "tr", "ru"):
        found = relations_of([example for example in held if example.language == language])
        types_line(found, f"own, kept apart, {language}")
        whole_line(found, f"own, kept apart, {language}")
    if (PUBLIC / "PLV_train.tsv").exists():
        public = relations_of(plv_examples(PUBLIC / "PLV_train.tsv"))
        types_line(public, "PLV_train (not trained on)")
        types_line(public, "the same, types named as that set names them", converted=True)
        types_line(relations_of(gsr_examples(PUBLIC / "plover_gsr_dev.jsonl")), "codebook records (trained on)")


if __name__ == "__main__":
    sys.exit(main())
