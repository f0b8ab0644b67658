"""Which proposals stand: the patterns' word and the model's, weighed into one calibrated probability."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Final

from detente.coding.modelled import Ends
from detente.coding.proposals import Proposal
from detente.coding.relations import PairRelation
from detente.model import Report
from detente.ontology.plover import quad_of, score_of

_EDGE: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the evidence for a proposal, fitted by `training/fit_judge.py` on sentences kept apart.

    Attributes:
        weights: By who proposes and in which language (`rule/en`, `model/tr`, `implied/ru`: see `proposer_of`): a
            constant, and the weights of the model's log-odds of the type and of no act at all.
        threshold: By language, the probability from which a proposal stands; by `rule/` and language, that from
            which one does that a pattern makes.
    """

    weights: Mapping[str, tuple[float, float, float]]
    threshold: Mapping[str, float]


@cache
def load_weights() -> Weights:
    """Read `data/judge.json`."""
    found = json.loads((files("detente.coding") / "data" / "judge.json").read_text(encoding="utf-8"))
    return Weights({who: tuple(row) for who, row in found["weights"].items()}, found["threshold"])


def judge(
    proposals: list[Proposal], relations: Mapping[Ends, PairRelation], weights: Weights, language: str
) -> list[Report]:
    """The reports that stand, with their confidence, one a pair, type and status.

    Args:
        proposals: Of the patterns and of the model; the same act may be proposed by both.
        relations: What the model tells of the sentence's pairs.
        weights: What `load_weights` gives.
        language: Of the sentence.
    """
    told = {act for proposal in proposals if proposal.rule is not None for act in _acts(proposal.report)}
    best: dict[tuple[object, ...], tuple[float, Report]] = {}
    sure: dict[tuple[object, ...], float] = {}
    judged = _with_what_it_alleges(_shared(proposals, relations, weights, language))
    patterns = [(proposal, probability) for proposal, probability in judged if proposal.rule is not None]
    for proposal, probability in judged:
        act = _act(proposal.report)
        sure[act] = max(probability, sure.get(act, 0.0))
        if proposal.rule is None and (act in told or _outdone(proposal, probability, patterns)):
            continue  # the pattern's own word of the same act stands, with its status and date
        report = with_status(proposal, relations)
        key = (*act, report.status)
        if key not in best or probability > best[key][0]:
            best[key] = (probability, report)
    return [
        replace(report, confidence=round(sure[_act(report)], 3))
        for _, report in best.values()
        if sure[_act(report)] >= threshold_for(weights, language, by_pattern=_act(report) in told)
    ]


def threshold_for(weights: Weights, language: str, *, by_pattern: bool) -> float:
    """The probability from which an act stands; a pattern's word needs less than the model's alone."""
    whole = weights.threshold.get(language, 0.5)
    return weights.threshold.get(f"rule/{language}", whole) if by_pattern else whole


def _shared(
    proposals: list[Proposal], relations: Mapping[Ends, PairRelation], weights: Weights, language: str
) -> list[tuple[Proposal, float]]:
    """Each proposal with its probability; parties that a pattern joins ("on Peru, Chile and Cuba") share the best."""
    own = [probability_of(proposal, relations, weights, language) for proposal in proposals]
    best: dict[tuple[object, ...], float] = {}
    for proposal, probability in zip(proposals, own, strict=True):
        for key in _companies(proposal):
            best[key] = max(probability, best.get(key, 0.0))
    return [
        (proposal, max([probability, *(best[key] for key in _companies(proposal))]))
        for proposal, probability in zip(proposals, own, strict=True)
    ]


def _with_what_it_alleges(judged: list[tuple[Proposal, float]]) -> list[tuple[Proposal, float]]:
    """Where A says that B did something to C, the saying is as likely as what is said: one pattern tells of both."""

    def likely(proposal: Proposal, own: float) -> float:
        saying = proposal.report
        if proposal.rule is None or (saying.event_type, saying.mode) != ("ACCUSE", "allege"):
            return own
        said = [
            probability
            for other, probability in judged
            if (other.rule, other.report.status) == (proposal.rule, "alleged")
            and (other.report.reported_by, other.source) == (saying.source_country, proposal.target)
        ]
        return max([own, *said])

    return [(proposal, likely(proposal, own)) for proposal, own in judged]


def _companies(proposal: Proposal) -> list[tuple[object, ...]]:
    """What a pattern's proposal has in common with those of parties joined to its own."""
    if proposal.rule is None or proposal.source is None or proposal.target is None:
        return []
    kind = (proposal.rule, proposal.report.event_type, proposal.report.status)
    return [(*kind, "from", proposal.source), (*kind, "to", proposal.target)]


def probability_of(
    proposal: Proposal, relations: Mapping[Ends, PairRelation], weights: Weights, language: str
) -> float:
    """How likely a proposal is to be right."""
    constant, own, nothing = weights.weights.get(proposer_of(proposal, language), (0.0, 0.7, -0.3))
    told, none = evidence_of(proposal, relations) or (0.0, 0.0)
    return 1 / (1 + exp(-(constant + own * told + nothing * none)))


def proposer_of(proposal: Proposal, language: str) -> str:
    """Whose word a proposal is: `rule/en`, `model/tr`; `implied` in their place where a side is not named."""
    if proposal.source is None or proposal.target is None:
        return f"implied-{'rule' if proposal.rule else 'model'}/{language}"
    return f"{'rule' if proposal.rule else 'model'}/{language}"


def evidence_of(proposal: Proposal, relations: Mapping[Ends, PairRelation]) -> tuple[float, float] | None:
    """Log-odds of the proposal's type and of no act at all; None where the model was not asked."""
    relation = relations.get((proposal.source, proposal.target))
    if relation is None:
        return None
    told = _probability(relation, proposal.report)
    if proposal.report.symmetric:
        back = relations.get((proposal.target, proposal.source))
        told = max(told, _probability(back, proposal.report)) if back else told
    return _log_odds(told), _log_odds(relation.scores["none"])


def _probability(relation: PairRelation, report: Report) -> float:
    """Of an act of the report's type between the pair."""
    act = relation.act(report.event_type)
    return act.probability if act else relation.scores.get(report.event_type or "", 0.0)


def _outdone(proposal: Proposal, probability: float, patterns: Sequence[tuple[Proposal, float]]) -> bool:
    """Whether a pattern says otherwise and the model is not sure of its own.

    Otherwise: the same act done by both together; the same on the same target by another source; or another act between
    the same two. Against a pattern that is likely itself the model has to be surer.
    """
    report = proposal.report
    pair = {proposal.source, proposal.target}
    if any(
        other.report.symmetric and other.report.event_type == report.event_type and {other.source, other.target} == pair
        for other, _ in patterns
    ):
        return True
    for other, likely in patterns:
        if other.target != proposal.target:
            continue
        same_source = other.source == proposal.source
        same_type = other.report.event_type == report.event_type
        if same_source != same_type and probability < (_SURER if likely >= _SURE else _SURE):
            return True
    return False


def with_status(proposal: Proposal, relations: Mapping[Ends, PairRelation]) -> Report:
    """The report with the status that pattern and model together give it.

    The pattern's word stands unless the model is sure of another. Nothing becomes alleged without someone who says it,
    and what has an implied side keeps its status: the model saw no pair there.
    """
    report = proposal.report
    relation = relations.get((proposal.source, proposal.target))
    act = relation.act(report.event_type) if relation else None
    if act is None or proposal.rule is None or proposal.target is None:
        return report
    best = act.status
    needed = _SURER if "future" in {best, report.status} else _SURE
    if best == report.status or act.statuses[best] < needed or (best == "alleged" and not report.reported_by):
        return report
    return _restated(report, best)


_SURE: Final = 0.7
_SURER: Final = 0.9  # what is decided, planned and possible shade into one another


def _restated(report: Report, status: str) -> Report:
    if status == "actual" and report.reported_by not in {None, report.source_country}:
        return report
    event_type = report.event_type or ""
    return replace(
        report,
        status=status,
        retrospective=report.retrospective and status == "actual",
        quad=quad_of(event_type),
        intensity=score_of(event_type),
    )


def _acts(report: Report) -> tuple[tuple[object, ...], ...]:
    """The act of a pattern, and what the model calls the same: both at once, whichever side is named first."""
    source, target, kind = _act(report)
    return (source, target, kind), (*sorted(map(str, (source, target))), kind)


def _act(report: Report) -> tuple[object, ...]:
    """Sides and type; a symmetric act is one whichever side is named first."""
    sides: tuple[object, ...] = (
        report.source_country or report.source_actor,
        report.target_country or report.target_actor,
    )
    if report.symmetric:
        sides = tuple(sorted(str(side) for side in sides))
    return (*sides, report.event_type)


def _log_odds(share: float) -> float:
    share = min(max(share, _EDGE), 1 - _EDGE)
    return log(share / (1 - share))
