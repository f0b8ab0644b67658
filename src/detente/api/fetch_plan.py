"""What a fetch is asked for, and what it did."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from detente.api.dyads import check_day
from detente.errors import InputError
from detente.fetching import Failure, Limits, Listing, RemoteFile

_LAST: Final = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class FetchChoices:
    """What to bring.

    Attributes:
        since: First day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Files are taken whole: one that tells of a year is taken
            for any day of it.
        until: Last day; None for the newest there is.
        only: Keep rows in which one of these countries or organisations acts or is acted upon.
        dyads: Keep rows between two, such as `RUS-JPN`, in either direction.
        name: Another name for the rows in the store.
        mirror: Address that stands for the publisher's host and keeps its paths.
        folder: Where files lie until they are stored; by default among the user's cached files.
        keep: Whether files stay there afterwards, for another fetch.
        mentions: Whether the files that say who mentions an event are brought too; only GDELT 2.0 has them.
        limits: What the fetch may take of servers and of this machine.
    """

    since: str | date
    until: str | date | None = None
    only: Sequence[str] = ()
    dyads: Sequence[str] = ()
    name: str | None = None
    mirror: str | None = None
    folder: str | Path | None = None
    keep: bool = False
    mentions: bool = False
    limits: Limits = field(default_factory=Limits)

    def days(self) -> tuple[date, date]:
        """The first and the last day.

        Raises:
            InputError: If one is no day, or they are the wrong way round.
        """
        first = check_day(self.since)
        end = check_day(self.until, last=True) if self.until is not None else _LAST
        if first > end:
            raise InputError(f"since {first} is after until {end}: give the earlier day first")
        return first, end


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch found, brought and stored.

    Attributes:
        feed: Name of the rows in the store.
        since: First day asked for.
        until: Last day asked for; None for the newest there is.
        dry_run: Whether it was only planned.
        listed: Files of those days in the publisher's list.
        listed_bytes: Their bytes, where the list says.
        taken_before: Those of them that the store took earlier.
        to_fetch: Those left to bring.
        to_fetch_bytes: Their bytes, where the list says.
        fetched: Files that were brought and stored.
        fetched_bytes: Bytes that came over the line, in vain or not.
        failed: Files that could not be had or read, with the reason.
        rows: Rows of the files that were stored; the sum of the four after it.
        stored: Rows stored.
        already_stored: Rows that the feed had stored.
        quarantined: Rows set aside.
        filtered: Rows that were not asked for.
        unmapped_actors: How often each actor occurs that has no country, organisation or known group.
        notes: What a user should know.
    """

    feed: str
    since: date
    until: date | None
    dry_run: bool
    listed: int
    listed_bytes: int
    taken_before: int
    to_fetch: int
    to_fetch_bytes: int
    fetched: int = 0
    fetched_bytes: int = 0
    failed: tuple[Failure, ...] = ()
    rows: int = 0
    stored: int = 0
    already_stored: int = 0
    quarantined: int = 0
    filtered: int = 0
    unmapped_actors: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def plan_of(label: str, days: tuple[date, date], listing: Listing, fresh: Sequence[RemoteFile]) -> Fetched:
    """What is to be done, before any of it is."""
    notes = []
    if listing.n_damaged:
        notes.append(f"{listing.n_damaged:,} lines of the list could not be used: {'; '.join(listing.damaged)}")
    without = sum(file.md5 is None for file in fresh)
    if without:
        notes.append(
            f"{without:,} of {len(fresh):,} files have no checksum in the list: their zips are read through instead"
        )
    unsized = sum(file.size is None for file in fresh)
    if unsized:
        notes.append(f"{unsized:,} of {len(fresh):,} files have no size in the list: they count as 0 bytes")
    return Fetched(
        label,
        days[0],
        days[1] if days[1] != _LAST else None,
        dry_run=False,
        listed=len(listing.files),
        listed_bytes=sum(file.size or 0 for file in listing.files),
        taken_before=len(listing.files) - len(fresh),
        to_fetch=len(fresh),
        to_fetch_bytes=sum(file.size or 0 for file in fresh),
        notes=tuple(notes),
    )
