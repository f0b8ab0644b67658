"""An act proposed by the patterns or by the relation model, before it is judged."""

from dataclasses import dataclass

from detente.coding.agents import Agent
from detente.coding.roles import Side
from detente.model import Report


@dataclass(frozen=True, slots=True)
class Proposal:
    """A report that may be right, and which of the sentence's agents stand on its sides.

    Attributes:
        report: The report, without id and confidence.
        source: Index of the source among the sentence's agents; None where it is implied.
        target: The same of the target.
        rule: Name of the pattern that proposed it; None where only the model did.
    """

    report: Report
    source: int | None
    target: int | None
    rule: str | None


def agent_index(agents: tuple[Agent, ...], side: Side) -> int | None:
    """Which agent a side's words are; None for a side that is implied."""
    if side.span is None:
        return None
    return next((n for n, agent in enumerate(agents) if (agent.start, agent.end) == side.span), None)
