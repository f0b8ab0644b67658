"""Why a sentence was coded as it was: the agents found, and every act proposed with how likely it was held to be."""

from collections.abc import Mapping
from typing import Any

from detente.coding.judging import Weights, probability_of, threshold_for
from detente.coding.modelled import Ends
from detente.coding.proposals import Proposal
from detente.coding.reading import Reading
from detente.coding.relations import PairRelation


def told_agents(reading: Reading) -> list[dict[str, Any]]:
    """The agents of a sentence: words, code, sector, stable id and kind."""
    return [
        {
            "text": reading.text[agent.start : agent.end],
            "country": agent.country,
            "sector": agent.sector,
            "actor": agent.actor,
            "kind": agent.kind,
        }
        for agent in reading.agents
    ]


def told_acts(
    reading: Reading,
    proposals: list[Proposal],
    relations: Mapping[Ends, PairRelation],
    weights: Weights,
    *,
    passed_over: bool,
) -> list[dict[str, Any]]:
    """The acts proposed, likeliest first, each with its sides, who proposed it, its score and what came of it.

    Of a sentence that the screen passes over the acts are those that the model would have seen.
    """
    found = []
    for proposal in proposals:
        report = proposal.report
        sides = (report.source_text or report.source_country, report.target_text or report.target_country)
        threshold = threshold_for(weights, reading.language, by_pattern=proposal.rule is not None)
        score = probability_of(proposal, relations, weights, reading.language)
        found.append(
            {
                "text": " > ".join(map(str, sides)),
                "event_type": report.event_type,
                "status": report.status,
                "pattern": proposal.rule,
                "score": round(score, 3),
                "outcome": "passed over" if passed_over else _outcome(score, threshold),
            }
        )
    return sorted(found, key=lambda act: -act["score"])


def _outcome(score: float, threshold: float) -> str:
    return "likely enough" if score >= threshold else f"below {threshold:.2f}"
