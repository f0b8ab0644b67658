"""The impact of a brief: the answer of `detente impact`, by the grain asked or a finer one where that is too coarse."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from detente.api.impacts import ImpactQuestion, answer_impact
from detente.measure.cubed import Record
from detente.model import Every, ImpactResult, Selection

if TYPE_CHECKING:
    from detente.api.shocks import ShockDay

_FINER: Final[dict[Every, tuple[Every, ...]]] = {
    "year": ("quarter", "month", "week"),
    "quarter": ("month", "week"),
    "month": ("week",),
}
HEADLINE: Final = "conflict_volume"
BESIDE: Final = ("cooperation_volume", "tone")
_PART: Final = (
    "Measured here: conflict volume each way, cooperation volume and tone of both together; `detente impact` has more."
)


def measure_for_brief(record: Record, selection: Selection, asked: "ShockDay", every: Every) -> ImpactResult:
    """The headline of a brief and two outcomes beside it; all outcomes are what `detente impact` measures.

    Args:
        record: The event view, or a cube.
        selection: What was asked.
        asked: The shock.
        every: The grain asked for.

    Returns:
        The impact. Where there are too few periods of the grain asked for, that by the first finer one (down to the
        week) that gives an estimate, else the refusal of the last tried; its notes say which.
    """
    question = ImpactQuestion(asked, every, None, HEADLINE, multiverse=False, others=BESIDE)
    found = answer_impact(record, selection, question)
    said: tuple[str, ...] = ()
    for finer in _FINER.get(every, ()):
        if found.results or not _is_coarse(found):
            break
        found = answer_impact(record, selection, replace(question, every=finer))
        said = (f"By {every} there is too little for an estimate; this answer is by {finer}.",)
    return replace(found, notes=(*said, *([_PART] if found.comparison else []), *found.notes))


def _is_coarse(result: ImpactResult) -> bool:
    """Whether it was refused for want of periods, which a finer grain may give."""
    return bool(result.notes) and result.notes[-1].endswith("gives enough.")
