"""What an address may ask: each parameter with its form, so that pages, twins and the OpenAPI schema agree."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from detente.errors import InputError
from detente.model import parse_partial_date
from detente.web.limits import Limits

DAY: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
LIST: Final = r"^[^\x00-\x1f\x7f]{1,400}$"
NAME: Final = r"^[^\x00-\x1f\x7f]{1,80}$"


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address.

    Attributes:
        name: As it stands in the address.
        label: As a form names it.
        about: What it does, in a sentence.
        choices: The values allowed; empty where `pattern` says.
        pattern: What a value looks like.
        default: What holds where it is absent; None for none.
        kind: `text`, `flag` (1 or absent), `number` (a whole one from 0).
        required: Whether an answer needs it.
    """

    name: str
    label: str
    about: str
    choices: tuple[str, ...] = ()
    pattern: str = NAME
    default: str | None = None
    kind: str = "text"
    required: bool = field(default=False)

    @cached_property
    def form(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern)

    def read(self, text: str) -> Any:
        """The value that a text stands for.

        Raises:
            InputError: If it is none.
        """
        if self.kind == "flag" and text in {"0", "1"}:
            return text == "1"
        if self.kind == "number" and re.fullmatch(r"[0-9]{1,7}", text):
            return int(text)
        if self.kind == "text" and (text in self.choices if self.choices else self.form.match(text)):
            return _checked_day(self.name, text) if self.pattern == DAY else text
        shown = ", ".join(self.choices) if self.choices else _FORMS.get(self.kind, _FORMS.get(self.pattern, "a name"))
        raise InputError(f"{self.name}: {text[:40]!r} is not allowed; expected {shown}")


_FORMS: Final = {
    "flag": "1 or 0",
    "number": "a whole number",
    DAY: "YYYY, YYYY-MM or YYYY-MM-DD",
    LIST: "names with commas between, 400 characters at most",
}

SIDES: Final = (
    Parameter("a", "One side", "A state or organisation: code, or name in English, Turkish or Russian."),
    Parameter("b", "The other side", "The other side."),
)
EVERY: Final = Parameter(
    "every", "Period", "Length of a period.", choices=("day", "week", "month", "quarter", "year"), default="month"
)
REVIEWED: Final = Parameter(
    "reviewed",
    "Reviews",
    "Which reviews count: corrections and rejections, none, or only what was accepted or corrected.",
    choices=("corrected", "all", "accepted"),
    default="corrected",
)
CHOICES: Final = (
    Parameter("since", "From", "First day that counts.", pattern=DAY),
    Parameter("until", "To", "Last day that counts.", pattern=DAY),
    Parameter("feed", "Record", "The feed to read, or `chosen` for reports."),
    Parameter("actors", "Actors", "Whose acts count.", choices=("state", "all"), default="state"),
    Parameter("one_a_day", "Equal acts of a day once", "Count equal acts of a day once.", kind="flag"),
    Parameter("strict", "Without alleged acts", "Leave out alleged acts.", kind="flag"),
    REVIEWED,
)
SHOCK: Final = Parameter("shock", "Shock", "A day, or the name of a shock.", required=True)
SHOCK_IF_ANY: Final = Parameter("shock", "Shock", "A day, or the name of a shock, to mark.")
SHOCKER: Final = Parameter("shocker", "Launched by", "The state that launched the shock.")
SPLIT: Final = Parameter("split", "Before and after", "A day that splits the record in two.", pattern=DAY)
AS_OF: Final = Parameter("as_of", "On the day", "The day asked about.", pattern=DAY, required=True)
KNOWN_BY: Final = Parameter("known_by", "As known by", "Leave out what became known later.", pattern=DAY)
PAGE: Final = Parameter("page", "Page", "Which page of a list, from 1.", kind="number", default="1")
DIRECTION: Final = Parameter("direction", "Direction", "Which direction the table lists: joint, or A>B.")
SIDE: Final = Parameter("a", "Relations of", "The side that all pairs share: code or name.", required=True)
OTHERS: Final = Parameter(
    "others",
    "with",
    "The other sides, with commas between; the store's own where fewer than two are given.",
    pattern=LIST,
)
AT: Final = Parameter("at", "Moved since", "The day since which they moved; else the last twelve periods.", pattern=DAY)
OUTCOME: Final = Parameter(
    "outcome",
    "Outcome",
    "What is compared.",
    choices=("conflict_share", "tone", "conflict_rate", "cooperation_rate", "military_share", "coercive_share"),
    default="conflict_share",
)
LANGUAGE: Final = Parameter("language", "Language", "Of the brief.", choices=("en", "tr", "ru"), default="en")
OFFSET: Final = Parameter("from", "From character", "Where in a long text the page begins.", kind="number")
BRIEF: Final = (SHOCK, SHOCKER, EVERY, LANGUAGE, *CHOICES)
COMPARE: Final = (OUTCOME, AT, EVERY, *CHOICES)


def _checked_day(name: str, text: str) -> str:
    """The text of a day, month or year that is in the calendar."""
    try:
        parse_partial_date(text)
    except ValueError as error:
        raise InputError(f"{name}: {error}") from error
    return text


def read_parameters(
    allowed: Sequence[Parameter], given: Sequence[tuple[str, str]], limits: Limits
) -> Mapping[str, Any]:
    """The values of an address; an empty one counts as absent.

    Args:
        allowed: What may be asked here.
        given: Names and texts as they stand in the address.
        limits: Of the server.

    Returns:
        The values that were given, in the order of `allowed`.

    Raises:
        InputError: If a parameter is unknown, given twice, or its value is not allowed.
    """
    if len(given) > limits.parameters:
        raise InputError(f"{len(given)} parameters in the address: at most {limits.parameters} are read")
    known = {item.name for item in allowed}
    texts: dict[str, str] = {}
    for name, text in given:
        if name not in known:
            expected = ", ".join(item.name for item in allowed) or "none"
            raise InputError(f"parameter {name[:40]!r} is not known here: expected {expected}")
        if name in texts:
            raise InputError(f"parameter {name!r} is given twice: give it once")
        texts[name] = text.strip()
    return {item.name: item.read(texts[item.name]) for item in allowed if texts.get(item.name)}
