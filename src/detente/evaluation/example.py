"""The bundled chronology against its gold codes, on two parts fixed in advance.

Documents on Russia–Japan are the development part: rules and models may be made while looking at them. The
documents of the eight comparison pairs are held out: they are scored, never looked at while rules are made.
A document that touches both is in the development part. The split is by document id and never changes.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from detente.errors import InputError
from detente.evaluation.criteria import Criterion, document_of
from detente.evaluation.gold import GoldEvent, read_gold
from detente.evaluation.score import Score, score_events
from detente.example import example_path
from detente.model import Report

Split = Literal["development", "held_out", "all"]

_DEVELOPMENT: Final = "example/rus-jpn/"


def example_gold(split: Split = "all") -> tuple[GoldEvent, ...]:
    """The gold events of the bundled chronology: one coder, one act a sentence.

    Args:
        split: `development` (Russia–Japan), `held_out` (the comparison pairs) or `all`.

    Returns:
        The events in the order of the file.

    Raises:
        InputError: If there is no such split.
    """
    gold = read_gold(example_path().with_name("gold.jsonl"))
    return tuple(event for event in gold if _in_split(event.document_id, split))


def evaluate_example(
    reports: Iterable[Report],
    *,
    split: Split = "held_out",
    match: Sequence[Criterion] = ("pair", "type"),
    seed: int = 0,
) -> Score:
    """Score what was coded from the bundled chronology.

    The gold has one act a sentence, of the document's pair. Reports on other pairs are counted as outside;
    a second true act of the same pair in a sentence counts as false, so that precision is a lower bound.

    Args:
        reports: Everything coded from the chronology; what is not of the split is left aside.
        split: The part to score, see the module.
        match: Criteria that must agree, beside the document.
        seed: Seed of the bootstrap.

    Returns:
        The scores with 90 % intervals over documents.

    Raises:
        InputError: If the split or a criterion is unknown.
    """
    gold = example_gold(split)
    mine = [report for report in reports if _in_split(document_of(report), split)]
    return score_events(gold, mine, match=match, scope="pairs", seed=seed)


def _in_split(document_id: str | None, split: Split) -> bool:
    is_development = (document_id or "").startswith(_DEVELOPMENT)
    parts = {"development": is_development, "held_out": not is_development, "all": True}
    if split not in parts:
        raise InputError(f"split {split!r} is none of {', '.join(parts)}")
    return parts[split]
