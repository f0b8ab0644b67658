"""Accuracy and macro-F1 of one class a text, where a gold class may accept several types."""

from collections.abc import Sequence
from dataclasses import dataclass

from detente.errors import InputError


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One class: gold `n`, precision, recall and F1 (0 where nothing was found)."""

    name: str
    n: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class ClassScores:
    """Accuracy and macro-F1 over `n` texts; macro-F1 weighs every class of the gold alike."""

    n: int
    accuracy: float
    macro_f1: float
    classes: tuple[ClassScore, ...]

    def values(self) -> dict[str, float]:
        """The values by name: what floors are checked against."""
        return {"accuracy": self.accuracy, "macro_f1": self.macro_f1}


def score_classes(gold: Sequence[tuple[str, ...]], predicted: Sequence[str | None]) -> ClassScores:
    """Score one predicted type a text.

    A gold class is the set of acceptable types (`("CONCEDE", "RETREAT")` is one class); a prediction is read
    as the text's own class if acceptable there, else as the class that accepts it elsewhere. No prediction
    (None) is a miss and no false positive.

    Args:
        gold: (n,) acceptable types of each text.
        predicted: (n,) predicted types.

    Returns:
        The scores, classes in order of name.

    Raises:
        InputError: If the lengths differ or there is nothing to score.

    Examples:
        >>> score_classes([("AID",), ("CONCEDE", "RETREAT")], ["AID", "RETREAT"]).accuracy
        1.0
    """
    if len(gold) != len(predicted) or not gold:
        raise InputError(
            f"{len(gold)} gold classes and {len(predicted)} predictions: give as many of one as of the other"
        )
    home = {kind: _name(types) for types in reversed(gold) for kind in types}
    truth = [_name(types) for types in gold]
    said = [
        _name(types) if kind in types else home.get(kind or "", kind)
        for types, kind in zip(gold, predicted, strict=True)
    ]
    classes = tuple(_class_score(name, truth, said) for name in sorted(set(truth)))
    right = sum(a == b for a, b in zip(truth, said, strict=True))
    macro = sum(row.f1 for row in classes) / len(classes)
    return ClassScores(len(gold), right / len(gold), macro, classes)


def _name(types: tuple[str, ...]) -> str:
    return "|".join(types)


def _class_score(name: str, truth: Sequence[str], said: Sequence[str | None]) -> ClassScore:
    n, reported = truth.count(name), list(said).count(name)
    hit = sum(a == b == name for a, b in zip(truth, said, strict=True))
    return ClassScore(
        name=name,
        n=n,
        precision=hit / reported if reported else 0.0,
        recall=hit / n,
        f1=2 * hit / (n + reported),
    )
