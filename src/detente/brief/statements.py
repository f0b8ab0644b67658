"""Making statements: none without its evidence or its query."""

from collections.abc import Iterable

from detente.errors import DataError
from detente.model import Event, Statement
from detente.model.briefs import Section


def by_events(section: Section, text: str, events: Iterable[Event], query: str = "") -> Statement:
    """A statement that rests on events."""
    ids = tuple(dict.fromkeys(event.event_id for event in events))
    return checked(Statement(section, text, query, len(ids), ids))


def by_query(section: Section, text: str, query: str, n: int, events: Iterable[Event] = ()) -> Statement:
    """A statement that rests on a count or a method, with some of the events behind it if there are any."""
    ids = tuple(dict.fromkeys(event.event_id for event in events))
    return checked(Statement(section, text, query, n, ids))


def checked(statement: Statement) -> Statement:
    """The statement itself, if it can be followed back.

    Raises:
        DataError: If it has neither evidence nor a query.
    """
    if not statement.evidence and not statement.query:
        raise DataError(
            f"statement {statement.text[:60]!r} in section {statement.section} has no evidence and no query:"
            " give event ids or the query with its n"
        )
    return statement
