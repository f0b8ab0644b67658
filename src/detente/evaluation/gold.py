"""Gold events: what a person found in a text, one JSON object a line."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, get_args

from detente.errors import InputError
from detente.model import UNDATED, DateSpan, Quantity, parse_partial_date
from detente.model.dates import Precision
from detente.model.events import Status
from detente.ontology.plover import event_types

_STATUSES: Final[tuple[str, ...]] = get_args(Status)
_PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One act a person found.

    Attributes:
        source_country: ISO3 or `IGO:` id of who acts.
        target_country: ISO3 or `IGO:` id of who is acted on.
        event_types: Acceptable PLOVER types: any of them is right.
        date: The days it may lie in; a missing end leaves that side open. Where the
            precision is unknown a report without a date is right too.
        document_id: The document it stands in; None where only one document is scored.
        sentences: Its sentence, or short anchors: a few words of each sentence that states it.
        symmetric: Whether either order of the two sides is right.
        statuses: Acceptable statuses; empty where the gold does not say.
        retrospective: Whether the text tells it long after; None where the gold does not say.
        target_implied: Whether the sentence does not name the target.
        citations: Acceptable citation numbers, None among them where no citation is right too;
            empty where the gold does not say.
        source_sector: PLOVER sector of the source; None where the gold does not say.
        materiel: Usual names of the equipment that must be found.
        quantities: Numbers that must be found.
        optional: Debatable: neither a miss when absent nor false when found.
        reason: Why it is optional, or what was hard about it.
    """

    source_country: str
    target_country: str
    event_types: tuple[str, ...]
    date: DateSpan = UNDATED
    document_id: str | None = None
    sentences: tuple[str, ...] = ()
    symmetric: bool = False
    statuses: tuple[str, ...] = ()
    retrospective: bool | None = None
    target_implied: bool = False
    citations: tuple[int | None, ...] = ()
    source_sector: str | None = None
    materiel: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    optional: bool = False
    reason: str | None = None

    @property
    def pair(self) -> frozenset[str]:
        """Both sides, without order."""
        return frozenset((self.source_country, self.target_country))


def read_gold(path: Path) -> tuple[GoldEvent, ...]:
    """Read gold events from JSON lines.

    A line has `source`, `target` and `plover` (types joined by `|`), and may have `document_id`, `sentence`
    (or a list of `anchors`), `date` (or `date_start` and `date_end`), `symmetric`, `status` (joined by `|`),
    `retrospective`, `target_implied`, `citations`, `source_sector`, `materiel`, `quantities`, `optional`
    and `reason`.

    Args:
        path: A UTF-8 file.

    Returns:
        The events in the order of the file.

    Raises:
        InputError: If a line is no such object, naming file, line and what was expected.
    """
    return tuple(_read_lines(path))


def _read_lines(path: Path) -> Iterator[GoldEvent]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _event(json.loads(line))
            except KeyError as error:
                raise InputError(f"{path.name}, line {number}: field {error} is missing, add it") from error
            except (ValueError, TypeError, AttributeError) as error:
                raise InputError(f"{path.name}, line {number}: {error}; expected a gold event") from error


def _event(row: Mapping[str, Any]) -> GoldEvent:
    return GoldEvent(
        source_country=row["source"],
        target_country=row["target"],
        event_types=_known(row["plover"] or "none", event_types(), "PLOVER type"),
        date=_span(row),
        document_id=row.get("document_id"),
        sentences=(row["sentence"],) if row.get("sentence") else tuple(row.get("anchors") or ()),
        symmetric=bool(row.get("symmetric", False)),
        statuses=_known(row.get("status") or "", _STATUSES, "status"),
        retrospective=row.get("retrospective"),
        target_implied=bool(row.get("target_implied", False)),
        citations=tuple(row.get("citations") or ()),
        source_sector=row.get("source_sector"),
        materiel=tuple(row.get("materiel") or ()),
        quantities=tuple(
            Quantity(float(item["value"]), item.get("unit"), item.get("item")) for item in row.get("quantities") or ()
        ),
        optional=bool(row.get("optional", False)),
        reason=row.get("reason"),
    )


def _known(joined: str, allowed: tuple[str, ...], what: str) -> tuple[str, ...]:
    values = tuple(joined.split("|")) if joined else ()
    for value in values:
        if value not in allowed:
            raise ValueError(f"{what} {value!r} is none of {', '.join(allowed)}")
    return values


def _span(row: Mapping[str, Any]) -> DateSpan:
    if row.get("date"):
        return parse_partial_date(row["date"], "text")
    start, end = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("date_start", "date_end"))
    if start is None and end is None:
        return UNDATED
    if start and end and start > end:
        raise ValueError(f"date_start {start} lies after date_end {end}")
    return DateSpan(start, end, _precision(row.get("date_precision")), "text")


def _precision(name: str | None) -> Precision:
    for precision in _PRECISIONS:
        if precision == (name or "span"):
            return precision
    raise ValueError(f"date_precision {name!r} is none of {', '.join(_PRECISIONS)}")
