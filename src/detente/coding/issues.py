"""What an act is about: islands, sanctions, trade, energy, fisheries, military, talks, ..."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.coding.agents import Agent
from detente.coding.folding import fold


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue and the words that tell it."""

    name: str
    pattern: re.Pattern[str]


@cache
def load_issues(language: str = "en") -> tuple[Issue, ...]:
    """The issues of `data/issues.csv` with the words of a language; the English ones where it has none."""
    rows = (files("detente.coding") / "data" / "issues.csv").read_text(encoding="utf-8").splitlines()
    table = list(csv.DictReader(rows))
    known = language if any(row["language"] == language for row in table) else "en"
    return tuple(
        Issue(row["issue"], re.compile(rf"\b(?:{fold(row['words'], known)})", re.IGNORECASE))
        for row in table
        if row["language"] == known
    )


def find_issues(text: str, agents: tuple[Agent, ...], *, language: str = "en") -> tuple[str, ...]:
    """The issues a sentence touches, in the order of the table, those of disputed places included."""
    issues = load_issues(language)
    folded = fold(text, language)
    of_places = {agent.place.issue for agent in agents if agent.place is not None and agent.place.issue}
    named = {issue.name for issue in issues if issue.pattern.search(folded)}
    order = [issue.name for issue in issues]
    return tuple(sorted(named | of_places, key=lambda name: (order.index(name) if name in order else 99, name)))
