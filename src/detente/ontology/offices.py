"""Terms of office: when a named leader held a post."""

from datetime import date
from functools import cache

from detente.model import parse_partial_date
from detente.ontology.gazetteer import read_table


@cache
def _terms() -> dict[str, tuple[tuple[date, date | None], ...]]:
    found: dict[str, list[tuple[date, date | None]]] = {}
    for row in read_table("leaders.csv"):
        start = parse_partial_date(row["valid_from"]).start if row["valid_from"] else None
        end = parse_partial_date(row["valid_to"]).end if row["valid_to"] else None
        if start is not None:
            found.setdefault(row["name"], []).append((start, end))
    return {name: tuple(sorted(spans, key=lambda span: span[0])) for name, spans in found.items()}


def office_terms(name: str) -> tuple[tuple[date, date | None], ...]:
    """The terms a person served, in order; `end` is None for a term that goes on.

    Args:
        name: The full name as the table of leaders has it.
    """
    return _terms().get(name, ())
