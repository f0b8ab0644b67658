"""Fields of a line of gold, each checked as it is read; a wrong one is named with its place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.errors import InputError
from detente.model import DateSpan, parse_partial_date


@dataclass(frozen=True, slots=True)
class Fields:
    """One object of a line.

    Attributes:
        row: Its fields.
        where: File and line, for messages.
        within: What stands before a field's name in messages (`events[0].`).
    """

    row: dict[str, Any]
    where: str
    within: str = ""

    def wrong(self, field: str, expected: str) -> InputError:
        """The error for a field that is not what it should be."""
        shown = repr(self.row[field]) if field in self.row else "missing"
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        return InputError(f"{self.where}: field {self.within}{field} is {shown}; expected {expected}")

    def refuse_others(self, known: Collection[str]) -> None:
        """Refuse a field that is none, so that a misspelt one is no silent gap.

        Raises:
            InputError: Naming the first.
        """
        for field in self.row:
            if field not in known:
                raise InputError(
                    f"{self.where}: field {self.within}{field} is none; expected {', '.join(sorted(known))}"
                )

    def text(self, field: str) -> str:
        """A string that is not empty; an identifier may be a whole number."""
        value = self.row.get(field)
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, "a non-empty string")
        return value

    def optional_text(self, field: str) -> str | None:
        """A string, or None where it is absent or null."""
        return None if self.row.get(field) is None else self.text(field)

    def flag(self, field: str) -> bool | None:
        """True, false, or None where it is absent or null."""
        value = self.row.get(field)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(field, "true, false or null")
        return value

    def day(self, field: str) -> date | None:
        """A day, or None where it is absent or null."""
        value = self.row.get(field)
        try:
            return None if value is None else date.fromisoformat(value)
        except (ValueError, TypeError) as error:
            raise self.wrong(field, "a day as YYYY-MM-DD, or null") from error

    def partial_date(self, field: str) -> DateSpan | None:
        """A year, a month or a day; None where it is absent or null."""
        value = self.optional_text(field)
        try:
            return None if value is None else parse_partial_date(value)
        except ValueError as error:
            raise self.wrong(field, "YYYY, YYYY-MM or YYYY-MM-DD") from error

    def choice(self, field: str, allowed: Collection[str]) -> str:
        """One of some words."""
        value = self.row.get(field)
        if value not in allowed:
            raise self.wrong(field, f"one of {', '.join(allowed)}")
        return str(value)

    def choices(self, field: str, allowed: Collection[str]) -> tuple[str, ...]:
        """One or more of some words, joined by a bar."""
        values = tuple(self.text(field).split("|"))
        if not set(values) <= set(allowed):
            raise self.wrong(field, f"one of {', '.join(allowed)} (or several, joined by |)")
        return values

    def objects(self, field: str) -> Iterator["Fields"]:
        """The objects of a list, each with its place for messages."""
        value = self.row.get(field)
        if not isinstance(value, list):
            raise self.wrong(field, "a list, empty where the text tells no act")
        for place, item in enumerate(value):
            if not isinstance(item, dict):
                raise InputError(f"{self.where}: field {field}[{place}] is {item!r}; expected an object")
            yield Fields(item, self.where, f"{self.within}{field}[{place}].")
