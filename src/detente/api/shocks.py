"""The shock a question names: a day, or a name of the table of shocks."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from detente.errors import InputError

if TYPE_CHECKING:
    from detente.ontology.shocks import Shock

_LIKE_A_DATE: Final = re.compile(r"\d[\d./-]*\Z")


@dataclass(frozen=True, slots=True)
class ShockDay:
    """The day asked about, who launched the shock, and its title where it has a name."""

    day: date
    shocker: str | None
    title: str | None = None


def read_shock(shock: str | date, shocker: str | None = None) -> ShockDay:
    """The day and the shocker of a shock.

    Args:
        shock: A day (ISO 8601; a month or year means its first day), or a name that `detente shocks` lists.
        shocker: Who launched it, by code or name; it goes before what the table says.

    Returns:
        The day, the shocker's code and the title.

    Raises:
        InputError: If it is neither a date nor a known name, or the shocker is unknown.
    """
    from detente.model import parse_partial_date
    from detente.ontology import resolve_country
    from detente.ontology.shocks import find_shock

    code = resolve_country(shocker) if shocker else None
    if isinstance(shock, datetime):
        return ShockDay(shock.date(), code)
    if isinstance(shock, date):
        return ShockDay(shock, code)
    if not _LIKE_A_DATE.match(shock.strip()):
        named = find_shock(shock)
        return ShockDay(named.date, code or named.shocker, named.title)
    try:
        start = parse_partial_date(shock).start
    except ValueError as error:
        raise InputError(f"{error}") from error
    if start is None:
        raise InputError(f"date {shock!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    return ShockDay(start, code)


def list_shocks(*, kind: str | None = None, shocker: str | None = None) -> "tuple[Shock, ...]":
    """The named shocks in order of date.

    Args:
        kind: Only those of one kind.
        shocker: Only those that one state or organisation launched, by code or name.

    Raises:
        InputError: If the kind or the shocker is unknown.
    """
    from detente.ontology import resolve_country
    from detente.ontology.shocks import KINDS, load_shocks

    if kind is not None and kind not in KINDS:
        raise InputError(f"kind {kind!r} of shocks: expected one of {', '.join(KINDS)}")
    code = resolve_country(shocker) if shocker else None
    return tuple(
        shock
        for shock in load_shocks()
        if (kind is None or shock.kind == kind) and (code is None or shock.shocker == code)
    )


def shock_object(shock: "Shock") -> dict[str, Any]:
    """A named shock as a plain object."""
    from detente.api.objects import plain

    return dict(plain(shock))
