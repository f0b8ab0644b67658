"""What an act is about: islands, sanctions, trade, energy, fisheries, military, talks, ..."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.coding.agents import Agent


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue and the words that tell it."""

    name: str
    pattern: re.Pattern[str]


@cache
def load_issues() -> tuple[Issue, ...]:
    """The issues of `data/issues.csv`."""
    rows = (files("detente.coding") / "data" / "issues.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Issue(row["issue"], re.compile(rf"\b(?:{row['words']})", re.IGNORECASE)) for row in csv.DictReader(rows)
    )


def find_issues(text: str, agents: tuple[Agent, ...]) -> tuple[str, ...]:
    """The issues a sentence touches, in the order of the table, those of disputed places included."""
    of_places = {agent.place.issue for agent in agents if agent.place is not None and agent.place.issue}
    named = {issue.name for issue in load_issues() if issue.pattern.search(text)}
    order = [issue.name for issue in load_issues()]
    return tuple(sorted(named | of_places, key=lambda name: (order.index(name) if name in order else 99, name)))
