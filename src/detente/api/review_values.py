"""What a correction may set, each value checked against the code books."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from detente.errors import InputError
from detente.model import DateSpan, parse_partial_date
from detente.model.events import Status
from detente.ontology import event_types, load_plover, quad_of, resolve_country, score_of
from detente.ontology.plover import load_sectors

_WORDS: Final = re.compile(r"[\w][\w .,'/-]{0,59}")
_DERIVED: Final = ("quad", "intensity", "intensity_scale", "cameo")
"""Columns that follow from the type of the act."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """Something a reviewer may set.

    Attributes:
        name: As `--set` and the form name it.
        label: In words.
        expected: What a value may be, in words.
        read: The columns that a text gives, all of the row at hand known.
        choices: The values there are; none where any text that fits will do.
    """

    name: str
    label: str
    expected: str
    read: Callable[[str, Row], Row]
    choices: tuple[str, ...] = ()


def set_fields() -> tuple[Field, ...]:
    """What a correction may set, in the order of a form."""
    return tuple(_FIELDS.values())


def read_assignments(pairs: Sequence[str]) -> dict[str, str]:
    """`event_type=ACCUSE,status=alleged`, as one text or several, by name.

    Raises:
        InputError: If a part is no assignment, or a name stands twice.
    """
    values: dict[str, str] = {}
    for part in (piece.strip() for pair in pairs for piece in pair.split(",")):
        name, sign, text = part.partition("=")
        if not sign:
            raise InputError(f"set {part!r}: expected NAME=VALUE, such as event_type=ACCUSE; lists are joined with +")
        if name.strip() in values:
            raise InputError(f"set {name.strip()!r} is given twice: give it once")
        values[name.strip()] = text.strip()
    return values


def corrected_row(row: Row, values: Mapping[str, str]) -> Row:
    """The row of a report with values set.

    Args:
        row: The columns of `reports`.
        values: Texts by name of a field.

    Returns:
        A row; columns that follow from the type are set with it, and what the words called a side that changed is null.

    Raises:
        InputError: If a name or value is not known, nothing would change, or both sides become the same.
    """
    made = dict(row)
    for name in sorted(values, key=lambda item: item == "mode"):  # a mode is one of the type that is set
        if name not in _FIELDS:
            raise InputError(f"set {name!r} is not known: expected {', '.join(_FIELDS)}")
        made |= _FIELDS[name].read(values[name].strip(), made)
    if (made["event_type"], made["mode"]) != (row["event_type"], row["mode"]):
        made |= _scores(made)
    if made["source_country"] and made["source_country"] == made["target_country"]:
        raise InputError(f"both sides would be {made['source_country']}: an event is between two different sides")
    if made == row:
        raise InputError("the correction changes nothing: accept the event instead, or set another value")
    return made


def shown_value(row: Row, name: str) -> str:
    """The present value of a field as a form shows it."""
    if name == "date":
        return _date_words(row)
    value = row[name]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "+".join(value) if isinstance(value, list | tuple) else (value or "")


def changes_between(before: Row, after: Row) -> list[dict[str, str]]:
    """What a correction set: field, value before, value after."""
    pairs = ((name, shown_value(before, name), shown_value(after, name)) for name in _FIELDS)
    return [{"field": name, "before": old, "after": new} for name, old, new in pairs if old != new]


def _scores(row: Row) -> Row:
    """Quad class and score of the type; the feed's own code no longer holds, nor a score of another scale."""
    kind, mode = row["event_type"], row["mode"]
    plover = row["intensity_scale"] in {None, "plover"}
    known = mode if mode in load_plover()[kind].modes else None
    score = score_of(kind, known) if plover else None
    return dict(zip(_DERIVED, (quad_of(kind), score, "plover" if plover else None, None), strict=True))


def _type(text: str, row: Row) -> Row:
    name = text.upper()
    if name not in event_types():
        raise InputError(f"event_type {text!r} is not known: expected {', '.join(event_types())}")
    keeps = row["mode"] in load_plover()[name].modes
    return {"event_type": name, "mode": row["mode"] if keeps else None}


def _mode(text: str, row: Row) -> Row:
    if not text:
        return {"mode": None}
    entry = load_plover().get(row["event_type"] or "")
    modes = tuple(entry.modes) if entry else ()
    if text not in modes:
        expected = ", ".join(modes) or "none"
        raise InputError(f"mode {text!r} is none of {row['event_type']}: expected {expected}, or nothing")
    return {"mode": text}


def _status(text: str, _: Row) -> Row:
    if text not in get_args(Status):
        raise InputError(f"status {text!r} is not known: expected {', '.join(get_args(Status))}")
    return {"status": text}


def _side(name: str) -> Callable[[str, Row], Row]:
    def read(text: str, row: Row) -> Row:
        code = resolve_country(text)
        if code == row[f"{name}_country"]:
            return {}
        return {f"{name}_country": code, f"{name}_actor": None, f"{name}_text": None, f"{name}_basis": None}

    return read


def _sector(name: str) -> Callable[[str, Row], Row]:
    def read(text: str, _: Row) -> Row:
        if text and text.upper() not in load_sectors():
            raise InputError(f"{name} {text!r} is not known: expected {', '.join(load_sectors())}, or nothing")
        return {name: text.upper() or None}

    return read


def _flag(name: str) -> Callable[[str, Row], Row]:
    def read(text: str, _: Row) -> Row:
        if text not in {"yes", "no"}:
            raise InputError(f"{name} {text!r} is not known: expected yes or no")
        return {name: text == "yes"}

    return read


def _list(name: str) -> Callable[[str, Row], Row]:
    def read(text: str, _: Row) -> Row:
        parts = [part.strip() for part in text.split("+") if part.strip()]
        bad = next((part for part in parts if not _WORDS.fullmatch(part)), None)
        if bad is not None:
            raise InputError(f"{name} {bad[:40]!r}: expected short words joined with +, such as islands+fisheries")
        return {name: list(dict.fromkeys(parts))}

    return read


def _date(text: str, _: Row) -> Row:
    first, _slash, last = text.partition("/")
    try:
        start = parse_partial_date(first)
        end = parse_partial_date(last) if last else start
    except ValueError as error:
        raise InputError(f"date {text!r}: {error}") from error
    if start.start is None or end.end is None or start.start > end.end:
        raise InputError(f"date {text!r}: expected YYYY, YYYY-MM, YYYY-MM-DD, or two of them with / between, in order")
    precision = "span" if last else start.precision
    return {"date_start": start.start, "date_end": end.end, "date_precision": precision}


def _reporter(text: str, _: Row) -> Row:
    return {"reported_by": resolve_country(text) if text else None}


def _date_words(row: Row) -> str:
    if row["date_start"] is None:
        return ""
    return str(DateSpan(row["date_start"], row["date_end"], row["date_precision"], row["date_basis"]))


_SIDE: Final = "a state or organisation: code, or name in English, Turkish or Russian"
_FIELDS: Final[Mapping[str, Field]] = {
    item.name: item
    for item in (
        Field("event_type", "Type", "one of the 16 types", _type, event_types()),
        Field("mode", "Mode", "a mode of the type, or nothing", _mode),
        Field("status", "Status", "whether it happened", _status, get_args(Status)),
        Field("date", "Date", "YYYY, YYYY-MM, YYYY-MM-DD, or two with / between", _date),
        Field("source_country", "Source", _SIDE, _side("source")),
        Field("target_country", "Target", _SIDE, _side("target")),
        Field("source_sector", "Source's sector", "a sector, or nothing", _sector("source_sector")),
        Field("target_sector", "Target's sector", "a sector, or nothing", _sector("target_sector")),
        Field("symmetric", "Of both sides", "yes or no", _flag("symmetric"), ("no", "yes")),
        Field("retrospective", "Told long after", "yes or no", _flag("retrospective"), ("no", "yes")),
        Field("context", "Contexts", "words joined with +", _list("context")),
        Field("issue", "About", "words joined with +", _list("issue")),
        Field("reported_by", "Reported by", f"{_SIDE}, or nothing", _reporter),
    )
}
