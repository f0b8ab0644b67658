"""Fetching feeds: their publishers' files into a store, each once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final

from platformdirs import user_cache_path

from detente.api.fetch_plan import FetchChoices, Fetched, plan_of
from detente.api.importing import import_feed
from detente.api.stores import Store
from detente.api.wanted import wanted_rows
from detente.errors import FeedError
from detente.feeds import Wanted
from detente.fetching import (
    Downloaded,
    Failure,
    Fetcher,
    Limits,
    RemoteFile,
    Waits,
    check_mirror,
    feed_sources,
    find_source,
    open_fetcher,
)
from detente.store import Batch, new_import_id
from detente.store import Store as Tables

__all__ = ["FetchChoices", "Fetched", "Limits", "Waits", "feed_sources", "fetch_feed", "plan_fetch"]

_BATCH_FILES: Final = 50
_BATCH_BYTES: Final = 50_000_000  # of files as they come, packed
_ROWS: Final = ("rows", "stored", "already_stored", "quarantined", "filtered")


def plan_fetch(store: Store | None, feed: str, choices: FetchChoices, *, waits: Waits | None = None) -> Fetched:
    """Ask for a feed's list and count what a fetch would bring; nothing is stored.

    Args:
        store: The store it would go to; None where there is none yet.
        feed: One of `feed_sources()`.
        choices: What to bring.
        waits: Clock, sleep and chance, for tests.

    Returns:
        Counts of files and bytes.

    Raises:
        InputError: If the feed, a day, a side or the mirror is none.
        FeedError: If the list cannot be had.
    """
    if store is not None:
        store.tables.check_writable()
    with _planned(store.tables if store is not None else None, feed, choices, waits) as plan:
        return replace(plan.counts, dry_run=True)


def fetch_feed(
    store: Store,
    feed: str,
    choices: FetchChoices,
    *,
    progress: Callable[[str], None] | None = None,
    waits: Waits | None = None,
) -> Fetched:
    """Bring the files of a public feed and import them; what the store took before is not asked for again.

    Args:
        store: Where rows go.
        feed: One of `feed_sources()`.
        choices: What to bring.
        progress: Called with a line now and then.
        waits: Clock, sleep and chance, for tests.

    Returns:
        Counts, and each file that failed.

    Raises:
        InputError: If the feed, a day, a side or the mirror is none.
        FeedError: If the list cannot be had, no file could be, or more bytes would come than allowed; what was
            stored stays.
        StoreError: If the store cannot be written.
    """
    store.tables.check_writable()
    with _planned(store.tables, feed, choices, waits) as plan:
        most, counts = choices.limits.max_bytes, plan.counts
        if counts.to_fetch_bytes > most:
            raise FeedError(
                f"{counts.to_fetch:,} files of {counts.to_fetch_bytes:,} bytes are more than the {most:,} that may "
                "come: take fewer days, or allow more with --max-bytes"
            )
        return _Run(store.tables, plan, choices.keep, progress).all()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a fetch is to bring, and by whom."""

    feed: str
    wanted: Wanted
    fetcher: Fetcher
    fresh: tuple[RemoteFile, ...]
    counts: Fetched

    @property
    def label(self) -> str:
        return self.counts.feed

    def key(self, file: RemoteFile) -> str:
        """What the store knows a file by, once it is taken: address, version, and which rows were kept."""
        return file.key(self.label, self.wanted.key)


@contextmanager
def _planned(tables: Tables | None, feed: str, choices: FetchChoices, waits: Waits | None) -> Iterator[_Plan]:
    source, days = find_source(feed), choices.days()
    if choices.mentions:
        source = source.with_mentions()
    label = choices.name or source.name
    wanted = wanted_rows(choices.only, choices.dyads)
    mirror = check_mirror(choices.mirror) if choices.mirror is not None else None
    given = choices.folder
    folder = Path(given) if given is not None else user_cache_path("detente", appauthor=False) / "fetch"
    place = folder / source.name.replace("/", "-")
    with open_fetcher(source, place, mirror=mirror, limits=choices.limits, waits=waits) as fetcher:
        listing = fetcher.list(*days)
        keys = {file: file.key(label, wanted.key) for file in listing.files}
        known = tables.known_inputs(keys.values()) if tables is not None and keys else set()
        fresh = tuple(file for file in listing.files if keys[file] not in known)
        yield _Plan(source.feed, wanted, fetcher, fresh, plan_of(label, days, listing, fresh))


@dataclass(slots=True)
class _Run:
    """A fetch under way: what it brought and stored so far."""

    tables: Tables
    plan: _Plan
    keep: bool
    progress: Callable[[str], None] | None
    counts: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    notes: dict[str, None] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    began: float = field(default_factory=monotonic)

    def all(self) -> Fetched:
        """Bring and store every file of the plan."""
        fetcher = self.plan.fetcher
        for batch in _batches(self._had(fetcher.files(self.plan.fresh))):
            self._store(batch)
            self._say()
        if self.failed and not self.counts["fetched"]:
            more = f" (and {len(self.failed) - 1:,} more)" if len(self.failed) > 1 else ""
            raise FeedError(self.failed[0].reason + more)
        counts: dict[str, Any] = {name: self.counts[name] for name in ("fetched", *_ROWS)}
        return replace(
            self.plan.counts,
            **counts,
            fetched_bytes=fetcher.bytes_taken,
            failed=tuple(self.failed),
            unmapped_actors=dict(self.unmapped.most_common()),
            notes=(*self.plan.counts.notes, *self.notes),
        )

    def _had(self, files: Iterable[Downloaded | Failure]) -> Iterator[Downloaded]:
        for file in files:
            if isinstance(file, Failure):
                self._fail(file)
            else:
                yield file

    def _fail(self, failure: Failure) -> None:
        self.failed.append(failure)
        if self.progress is not None:
            self.progress(f"left out: {failure.reason}")

    def _store(self, batch: Sequence[Downloaded]) -> None:
        """Import files that are there, note where they came from, and take them off the disk."""
        began = self.tables.clock()
        try:
            self._import(batch)
        except FeedError:  # one of them is not what its feed says: the others are stored all the same
            stored = _stored_since(self.tables, began, batch)
            for file in batch:
                self._store_one(file)
            self.counts.update({"stored": stored, "already_stored": -stored})
        else:
            self._note(batch)

    def _store_one(self, file: Downloaded) -> None:
        try:
            self._import([file])
        except FeedError as error:
            bad = file.path.replace(file.path.with_name(f"{file.path.name}.bad"))
            self._fail(Failure(file.remote.address, f"{file.remote.address}: {error}; set aside as {bad}"))
        else:
            self._note([file])

    def _import(self, batch: Sequence[Downloaded]) -> None:
        paths = [file.path for file in batch]
        done = import_feed(self.tables, self.plan.feed, paths, name=self.plan.label, wanted=self.plan.wanted)
        self.counts.update({"fetched": done.files, **{name: getattr(done, name) for name in _ROWS}})
        self.unmapped.update(done.unmapped_actors)
        self.notes.update(dict.fromkeys(done.notes))

    def _note(self, batch: Sequence[Downloaded]) -> None:
        """Keep in the store that these addresses were taken, then drop the files: never the other way round."""
        import pyarrow as pa

        from detente.model.tables import IMPORTS

        rows = [
            {
                "import_id": new_import_id(),
                "input_hash": self.plan.key(file.remote),
                "kind": "fetch",
                "feed": self.plan.label,
                "name": file.remote.address,
                **dict.fromkeys(_ROWS, 0),
            }
            for file in batch
        ]
        self.tables.commit(Batch(pa.Table.from_pylist(rows, schema=IMPORTS)))
        if not self.keep:
            for file in batch:
                self.plan.fetcher.drop(file)

    def _say(self) -> None:
        if self.progress is None:
            return
        done, of = self.counts["fetched"] + len(self.failed), self.plan.counts.to_fetch
        seconds = monotonic() - self.began
        left = f", {seconds * (of - done) / done:,.0f} s left" if 0 < done < of and seconds > _SLOW else ""
        taken = self.plan.fetcher.bytes_taken / 1e6
        self.progress(f"{done:,}/{of:,} files ({taken:,.1f} MB), {self.counts['stored']:,} rows stored{left}")


_SLOW: Final = 2.0  # seconds from which the time that is left is told


def _stored_since(tables: Tables, then: datetime, batch: Sequence[Downloaded]) -> int:
    """Rows of these files that an import stored before it failed."""
    names = [file.path.name for file in batch]
    with tables.snapshot() as snapshot:
        imports = snapshot.table("imports")
        mine = imports.filter(imports.kind == "feed", imports.name.isin(names), imports.recorded_at >= then)
        return sum(row["stored"] for row in mine.select("stored").to_pyarrow().to_pylist())


def _batches(files: Iterable[Downloaded]) -> Iterator[list[Downloaded]]:
    """Files in groups that are stored together: a commit for each would be slow."""
    batch: list[Downloaded] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.path.stat().st_size
        if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
