"""The question of an impact: which donors, which headline; and the answer to it."""

from dataclasses import dataclass, replace
from pathlib import Path

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
        anticipation_days: Days before the shock that do not count as before.
        structural: A folder of structural tables of the user's, whose ties leave donors out too.
        others: The other outcomes of a counterfactual, jointly; None for all, each way.
    """

    shock: ShockDay
    every: Every
    donors: str | None
    outcome: str
    multiverse: bool
    anticipation_days: int = 30
    structural: Path | None = None
    others: tuple[str, ...] | None = None

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
        return _alone(record, selection, question, (note, *_same_day(question.shock)))
    result = _against_donors(record, selection, question)
    if how or result.results or selection.record_kind == "chosen" or "donors, " not in result.notes[-1]:
        return result
    return _alone(record, selection, question, (result.notes[-1].replace("No estimate", "No counterfactual"),))


def _against_donors(record: Record, selection: Selection, question: ImpactQuestion) -> ImpactResult:
    from detente.api.structural_files import read_structural
    from detente.measure.donors import read_donors
    from detente.measure.impact_counterfactual import OUTCOMES, measure_counterfactual
    from detente.ontology import resolve_country

    listed = question.donors is not None and question.donors.strip().lower() != AUTO
    donors = read_donors(question.donors or "", resolve_country) if listed else None
    return measure_counterfactual(
        record,
        selection,
        question.shock.day,
        every=question.every,
        outcomes=OUTCOMES if question.others is None else question.others,
        headline=question.outcome,
        shocker=question.shock.shocker,
        donors=donors,
        tables=read_structural(question.structural) if question.structural else None,
        anticipation_days=question.anticipation_days,
        multiverse=question.multiverse,
        each_way=question.others is None,
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
        anticipation_days=question.anticipation_days,
    )
    return replace(result, notes=(*notes, *result.notes))


def _same_day(shock: ShockDay) -> tuple[str, ...]:
    """The shocks of the table on a day that was given without a name: one of them may be what is meant."""
    from detente.ontology.shocks import load_shocks

    names = [item.name for item in load_shocks() if item.date == shock.day]
    return (f"Named shocks of that day, which know who launched them: {', '.join(names)}.",) if names else ()
