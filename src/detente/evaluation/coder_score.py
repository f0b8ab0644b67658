"""How right a coder is, end to end: from a text to the acts a person found in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np

from detente.errors import InputError
from detente.evaluation.coder_counts import BINS, LEVELS, Counts, Key, count_document
from detente.evaluation.gold_documents import GoldDocument
from detente.evaluation.resampling import Figure, Measured, Resampled, Totals, Values, share
from detente.model import Report
from detente.model.events import Status
from detente.ontology.plover import event_types

STATUSES: Final[tuple[str, ...]] = get_args(Status)
Figures = Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class CoderScore:
    """A coder against gold documents.

    Attributes:
        n_documents: Documents scored.
        all: Figures over all of them, by name.
        by_language: The same figures of the documents of each language.
        by_type: Precision, recall and F1 of each event type that the gold or the coder has.
    """

    n_documents: int
    all: Figures
    by_language: Mapping[str, Figures]
    by_type: Mapping[str, Figures]

    def tables(self) -> dict[str, Mapping[str, float | None]]:
        """Values by figure in each table floors may be set for: ``, `LANGUAGE`, `type.TYPE`."""
        named = {"": self.all, **self.by_language, **{f"type.{name}": row for name, row in self.by_type.items()}}
        return {name: {figure: found.value for figure, found in row.items()} for name, row in named.items()}


def score_coder(
    gold: Sequence[GoldDocument],
    coded: Mapping[str, Iterable[Report]],
    *,
    seed: int = 0,
    n_resamples: int = 2000,
) -> CoderScore:
    """Score what a coder made of gold documents.

    Args:
        gold: The documents with their acts.
        coded: Reports by document id; a document that is not in it was not coded.
        seed: Seed of the bootstrap.
        n_resamples: Resamples of the bootstrap.

    Returns:
        Figures with 90 % intervals over documents. Acts and reports are matched one-to-one in each document.

    Raises:
        InputError: If there is no gold, a document was not coded, or a confidence is no probability.
    """
    left = [one.document.id for one in gold if one.document.id not in coded]
    if left or not gold:
        raise InputError(f"{len(left)} of {len(gold)} gold documents were not coded ({', '.join(left[:3])})")
    counts = [count_document(one, coded[one.document.id]) for one in gold]
    whole = Resampled(counts, seed=seed, n_resamples=n_resamples)
    languages = sorted({one.language for one in gold})
    by_language = {
        language: _figures(Resampled(_of(gold, counts, language), seed=seed, n_resamples=n_resamples))
        for language in languages
    }
    seen = {key[1] for one in counts for key in one if key[0] == "type"}
    by_type = {name: _rates(whole, ("type", name), "") for name in event_types() if name in seen}
    return CoderScore(len(gold), _figures(whole), by_language, by_type)


def _of(gold: Sequence[GoldDocument], counts: Sequence[Counts], language: str) -> list[Counts]:
    return [found for one, found in zip(gold, counts, strict=True) if one.language == language]


def _figures(found: Resampled) -> Figures:
    figures: dict[str, Measured] = {}
    for level, _ in LEVELS:
        figures |= _rates(found, (level,), "" if level == "act" else f"_{level}")
    figures["article_precision"] = found.measure(
        lambda totals: share(totals["article", "matched"], _sum(totals, ("article",), "matched", "false")),
        lambda totals: _sum(totals, ("article",), "matched", "false"),
    )
    figures["false_alarms"] = found.measure(
        lambda totals: share(totals["alarm", "hit"], totals["alarm", "n"]), lambda totals: totals["alarm", "n"]
    )
    figures["status_macro_f1"] = found.measure(_macro_f1, _n_status)
    for status in STATUSES:
        figures[f"status_recall_{status}"] = found.measure(_status_recall(status), _status_n(status))
    figures["retrospective_f1"] = _rates(found, ("retrospective",), "")["f1"]
    figures["calibration_error"] = found.measure(_calibration_error, _n_confident)
    return figures


def _rates(found: Resampled, key: Key, suffix: str) -> dict[str, Measured]:
    """Precision, recall and F1; their n is the reports, the gold acts, and both."""

    def reported(totals: Totals) -> Values:
        return _sum(totals, key, "matched", "false")

    def wanted(totals: Totals) -> Values:
        return _sum(totals, key, "matched", "missed")

    def matched(totals: Totals) -> Values:
        return totals[(*key, "matched")]

    def both(totals: Totals) -> Values:
        return reported(totals) + wanted(totals)

    return {
        f"precision{suffix}": found.measure(lambda totals: share(matched(totals), reported(totals)), reported),
        f"recall{suffix}": found.measure(lambda totals: share(matched(totals), wanted(totals)), wanted),
        f"f1{suffix}": found.measure(lambda totals: share(2 * matched(totals), both(totals)), both),
    }


def _sum(totals: Totals, key: Key, *parts: str) -> Values:
    total: Values = np.sum([totals[(*key, part)] for part in parts], axis=0)
    return total


def _status_n(status: str) -> Figure:
    return lambda totals: _sum(totals, ("said", status), *STATUSES)


def _n_status(totals: Totals) -> Values:
    total: Values = np.sum([_status_n(status)(totals) for status in STATUSES], axis=0)
    return total


def _status_recall(status: str) -> Figure:
    return lambda totals: share(totals["said", status, status], _status_n(status)(totals))


def _macro_f1(totals: Totals) -> Values:
    """Mean F1 of the statuses that occur in the gold of what was found; nan without any."""
    scores, present = [], []
    for status in STATUSES:
        gold = _status_n(status)(totals)
        said = np.sum([totals["said", other, status] for other in STATUSES], axis=0)
        scores.append(np.where(gold > 0, share(2 * totals["said", status, status], gold + said), 0.0))
        present.append(gold > 0)
    return share(np.sum(scores, axis=0), np.sum(present, axis=0).astype(float))


def _calibration_error(totals: Totals) -> Values:
    """Mean distance of confidence and share right over ten bins of equal width (Guo et al., 2017)."""
    gaps = [np.abs(totals["bin", str(place), "sum"] - totals["bin", str(place), "right"]) for place in range(BINS)]
    return share(np.sum(gaps, axis=0), _n_confident(totals))


def _n_confident(totals: Totals) -> Values:
    total: Values = np.sum([totals["bin", str(place), "n"] for place in range(BINS)], axis=0)
    return total
