"""An act proposed by the patterns or by the relation model, before it is judged."""

from dataclasses import dataclass

from detente.coding.agents import Agent
from detente.coding.roles import Background, Side
from detente.coding.timing import Clock
from detente.model import Document, Report
from detente.ontology.equipment import Equipment


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands, and what every report made of it needs.

    Attributes:
        document: The document.
        background: The pairs spoken of before.
        clock: The dates from outside the sentence.
        equipment: Names of equipment.
        coder: Name and version of the coder.
    """

    document: Document
    background: Background
    clock: Clock
    equipment: Equipment
    coder: str


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
