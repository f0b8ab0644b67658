"""The question of an impact: which donors, which headline; and the answer to it."""

from dataclasses import dataclass, replace

from detente.api.shocks import ShockDay
from detente.errors import InputError
from detente.measure.cubed import Record
from detente.model import Every, ImpactResult, Selection

AUTO = "auto"
NONE = "none"


@dataclass(frozen=True, slots=True)
class ImpactQuestion:
    """What is asked of a pair's record at a shock.

    Attributes:
        shock: The day, who launched the shock, and its title where it has a name.
        every: Length of a period.
        donors: `auto`, `none`, a list of pairs, or None for what the shock allows.
        outcome: The headline.
        multiverse: Whether to measure the headline under other choices too.
    """

    shock: ShockDay
    every: Every
    donors: str | None
    outcome: str
    multiverse: bool

    @property
    def is_told(self) -> bool:
        """Whether it is known who launched the shock: named, or nobody by the table of shocks."""
        return self.shock.shocker is not None or self.shock.title is not None


def answer_impact(record: Record, selection: Selection, question: ImpactQuestion) -> ImpactResult:
    """The impact against donors where there are any, else before against after.

    Args:
        record: The event view, or a cube.
        selection: What was asked.
        question: How it was asked.

    Returns:
        The result. Where donors were asked for and there are too few, it has no rows and says so; where they were not
        asked for, it compares before and after, and says why there is no counterfactual.

    Raises:
        InputError: If donors by rule are asked for and nobody knows who launched the shock.
    """
    how = (question.donors or "").strip().lower()
    if how == AUTO and not question.is_told:
        raise InputError(
            f"donors by rule at {question.shock.day}: who launched the shock is not known; name the state "
            "(`--shocker`), or a shock of `detente shocks`, so that nobody it struck is a donor"
        )
    if question.multiverse and (how == NONE or (not how and not question.is_told)):
        raise InputError("a multiverse needs donors: give `--shocker`, or donors by name (`--donors CHN-JPN,...`)")
    if how == NONE:
        return _alone(record, selection, question, ())
    if not how and not question.is_told:
        note = (
            "No counterfactual: who launched the shock is not given; with `--shocker STATE` other pairs that it did "
            "not strike are the yardstick."
        )
        return _alone(record, selection, question, (note,))
    result = _against_donors(record, selection, question)
    if how or result.results or selection.record_kind == "chosen" or "donors, " not in result.notes[-1]:
        return result
    return _alone(record, selection, question, (result.notes[-1].replace("No estimate", "No counterfactual"),))


def _against_donors(record: Record, selection: Selection, question: ImpactQuestion) -> ImpactResult:
    from detente.measure.donors import read_donors
    from detente.measure.impact_counterfactual import measure_counterfactual
    from detente.ontology import resolve_country

    listed = question.donors is not None and question.donors.strip().lower() != AUTO
    donors = read_donors(question.donors or "", resolve_country) if listed else None
    return measure_counterfactual(
        record,
        selection,
        question.shock.day,
        every=question.every,
        headline=question.outcome,
        shocker=question.shock.shocker,
        donors=donors,
        multiverse=question.multiverse,
    )


def _alone(record: Record, selection: Selection, question: ImpactQuestion, notes: tuple[str, ...]) -> ImpactResult:
    from detente.measure.impact import measure_impact

    result = measure_impact(
        record,
        selection,
        question.shock.day,
        every=question.every,
        headline=question.outcome,
        shocker=question.shock.shocker,
    )
    return replace(result, notes=(*notes, *result.notes))
