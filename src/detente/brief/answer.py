"""The findings in their order: the answer in five sentences, then the others."""

from dataclasses import replace
from typing import Final

from detente.brief.acts import Acts
from detente.brief.wording import shortened
from detente.model import Statement

LIMIT: Final = 220  # characters of a finding: one or two lines
ANSWER: Final = 5  # findings that are the answer
MOST: Final = 10  # findings


def answer_first(
    acts: Acts, lead: list[Statement], others: list[Statement], limits: list[Statement]
) -> tuple[Statement, ...]:
    """The findings in order: four that answer, what the record cannot tell, then the others, in all at most ten.

    Args:
        acts: Of the brief.
        lead: What answers best, best first.
        others: All findings but the limits; those of `lead` may be among them.
        limits: What the record cannot tell.

    Returns:
        Findings, none longer than two lines.
    """
    said: dict[str, Statement] = {}
    for item in (*lead, *others):
        said.setdefault(item.text, item)  # a feed tells two acts of a day in the same words
    ranked = list(said.values())
    place = ANSWER - len(limits)
    found = [*ranked[:place], *limits, *ranked[place:]][:MOST]
    return tuple(replace(item, text=shortened(item.text, limit_of(acts))) for item in found)


def limit_of(acts: Acts) -> int:
    """Characters of a finding; Turkish and Russian need more for the same."""
    return LIMIT if acts.inputs.language == "en" else LIMIT + LIMIT // 2
