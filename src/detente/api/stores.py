"""A user's store: add what was coded, import feeds, ask about pairs."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path

from detente.api.review_store import Reviewable
from detente.engines.addresses import is_address, read_address
from detente.errors import InputError, StoreError
from detente.store import Snapshot, open_store
from detente.store import Store as Tables

if TYPE_CHECKING:
    from detente.api.answers import Answer
    from detente.api.dyads import Dyad
    from detente.api.importing import Imported
    from detente.api.numbers import Figures
    from detente.api.reading import Coded
    from detente.api.rights import OwnTexts
    from detente.model import Every
    from detente.model.numbers import SeriesAdded, SeriesInfo
    from detente.model.reviews import Reviewed
    from detente.store.deletion import Forgotten

ENVIRONMENT = "DETENTE_STORE"
TEXTS = "DETENTE_TEXTS"


@dataclass(frozen=True, slots=True)
class Added:
    """What `Store.add` did: documents and reports stored, events they made or joined.

    `refused` has a line for each document that was forgotten and not asked for again; `with_text` counts
    documents that were there with their text although it was not to be kept.
    """

    documents: int
    already_stored: int
    reports: int
    new_events: int
    joined_events: int
    refused: tuple[str, ...] = field(default=(), repr=False)
    with_text: int = field(default=0, repr=False)


class Store(Reviewable):
    """A store of reports, open for reading and writing; `dt.open` makes one.

    Attributes:
        tables: The folder of tables underneath.
        is_example: Whether it is the bundled chronology, not the user's own.
        texts: The user's own files, for quotes that the store does not keep.
        review_mode: Which reviews answers rest on: see `reviewed`.
    """

    def __init__(
        self,
        tables: Tables,
        *,
        is_example: bool = False,
        texts: "OwnTexts | None" = None,
        review_mode: "Reviewed" = "corrected",
    ) -> None:
        self.tables = tables
        self.is_example = is_example
        self.texts = texts
        self.review_mode = review_mode

    def __repr__(self) -> str:
        return f"Store({str(self.tables.path)!r})"

    def add(self, coded: "Coded", *, keep_text: bool = True, again: bool = False) -> Added:
        """Keep documents and the reports coded from them; what is already stored changes nothing.

        Reports of one act are linked to one event by the rules of `detente.coding.merge`.

        Args:
            coded: What `dt.code` gave.
            keep_text: Whether text and quotes are stored; else only their places and hashes are.
            again: Whether documents that were forgotten are stored all the same.

        Returns:
            Counts of what was stored.

        Raises:
            InputError: If there is nothing but documents that were forgotten.
            StoreError: If it cannot be written; nothing is stored then.
        """
        from detente.api.adding import add_coded

        return add_coded(self, coded, keep_text=keep_text, again=again)

    def forget(self, document: str) -> "Forgotten":
        """Remove a document's text, quotes and the reports that rest on it alone; the fact of it stays.

        Works while others read; one who began more than two seconds before may have to ask again.

        Args:
            document: Id of a document, or its address.

        Returns:
            What was removed.

        Raises:
            InputError: If nothing of it is or was stored.
            StoreError: If a table cannot be rewritten; call again to finish.
        """
        return self.tables.forget(document)

    def import_feed(
        self,
        feed: str,
        paths: str | Path | Sequence[str | Path],
        *,
        name: str | None = None,
        only: Sequence[str] = (),
        dyads: Sequence[str] = (),
        mapping: str | Path | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> "Imported":
        """Import files of an event feed; see `detente.feeds` for what each reads.

        Args:
            feed: One of `detente feeds`.
            paths: Files, folders and patterns.
            name: Another name for the feed in this store, to hold two sets apart (`keds/gulf`).
            only: Keep rows in which one of these countries or organisations acts or is acted upon.
            dyads: Keep rows between two, such as `RUS-JPN`, in either direction.
            mapping: For the feed `own`: a TOML file that says what its columns are.
            progress: Called with a line for each file.

        Returns:
            Counts; `rows` is the sum of stored, already stored, quarantined and filtered.

        Raises:
            FeedError: If a file is not what its name says; files before it are stored.
            StoreError: If it cannot be written.
        """
        from detente.api.importing import import_feed
        from detente.api.wanted import wanted_rows

        named = [paths] if isinstance(paths, str | Path) else paths
        return import_feed(
            self.tables,
            feed,
            [Path(path) for path in named],
            name=name,
            wanted=wanted_rows(only, dyads),
            mapping=Path(mapping) if mapping is not None else None,
            progress=progress,
        )

    def add_series(self, path: str | Path, *, name: str, unit: str, source: str) -> "SeriesAdded":
        """Keep monthly or yearly figures of a CSV file beside the events; the same file changes nothing.

        Args:
            path: A CSV file; `docs/reference/series.md` has its columns.
            name: What the figures are (`exports`).
            unit: What one is (`USD million`).
            source: Who publishes them.

        Returns:
            Counts. A later file with the same periods goes before the earlier one.

        Raises:
            InputError: If a row is wrong, or the series is stored in another unit or grain; nothing is stored then.
            StoreError: If it cannot be written.
        """
        from detente.api.numbers import add_series

        return add_series(self.tables, Path(path), name=name, unit=unit, source=source)

    def list_series(self) -> "tuple[SeriesInfo, ...]":
        """The series of figures in this store, by name."""
        from detente.api.numbers import list_series

        with self.snapshot() as snapshot:
            return list_series(snapshot)

    def series(self, name: str | None = None, *, a: str | None = None, b: str | None = None) -> "Figures":
        """The figures of a series, or of all, that can be carried on as a table.

        Args:
            name: The series; None for all.
            a: A country; with it its own figures and those of its pairs.
            b: Another; with both only figures of the two as a pair.

        Raises:
            InputError: If there is no series of that name.
            UnknownCountryError: If a country is unknown.
        """
        from detente.api.numbers import Figures, show_series
        from detente.ontology import resolve_country

        codes = [resolve_country(side) if side else None for side in (a, b)]
        with self.snapshot() as snapshot:
            return Figures(show_series(snapshot, name, a=codes[0], b=codes[1]))

    def dyad(self, a: str, b: str) -> "Dyad":
        """A pair of sides to ask about.

        Args:
            a: A state or organisation: ISO code, `IGO:` id, or name in English, Turkish or Russian.
            b: The other side.

        Raises:
            UnknownCountryError: If a name is unknown; the nearest names are offered.
            InputError: If both are the same.
        """
        from detente.api.dyads import Dyad
        from detente.ontology import resolve_country

        for name in (a, b):
            if not isinstance(name, str):
                raise InputError(f"side {name!r}: expected the name or code of a state or organisation")
        codes = resolve_country(a), resolve_country(b)
        if codes[0] == codes[1]:
            raise InputError(f"both sides are {codes[0]}: a dyad needs two different sides")
        return Dyad(self, *codes)

    def compare(
        self,
        a: str,
        *others: str,
        every: "Every" = "month",
        outcome: str = "conflict_share",
        at: str | date | None = None,
        window: int | None = None,
        **choices: Any,
    ) -> "Answer":
        """The relations of one side with several others on one scale, and which moved most since a date.

        Args:
            a: The side that all pairs share.
            *others: The other sides, at least two.
            every: Length of a period.
            outcome: What is compared: `conflict_share`, `tone`, `conflict_rate`, ...
            at: The day (ISO 8601); None for the last twelve periods.
            window: Most periods on either side; None for all there are.
            **choices: See `detente.api.dyads.Choices`.

        Raises:
            UnknownCountryError: If a name is unknown; the nearest names are offered.
            InputError: If there are fewer than two pairs, or a choice is unknown.
        """
        from detente.api.dyads import check_day, check_every
        from detente.api.moves import CompareQuestion, compare_dyads

        question = CompareQuestion(check_every(every), outcome, check_day(at) if at else None, window)
        pairs = {dyad.pair: dyad for dyad in (self.dyad(a, other) for other in others)}
        return compare_dyads(tuple(pairs.values()), question, choices)

    def snapshot(self, *, known_by: datetime | None = None) -> Snapshot:
        """One fixed state of the store to read from; use it in a `with`."""
        if self.texts is not None:
            from detente.api.rights import fix_filled

            return fix_filled(self.tables, self.texts, known_by, self.review_mode)
        return self.tables.snapshot(known_by=known_by, reviewed=self.review_mode)

    def is_empty(self) -> bool:
        """Whether nothing is stored."""
        with self.snapshot() as snapshot:
            return snapshot.is_empty()


def open(  # noqa: A001 - the name users expect: dt.open()
    path: str | Path | None = None, *, create: bool = True, texts: str | Path | None = None
) -> Store:
    """Open a store; a new one is made where there is none.

    Args:
        path: Its folder; by default `DETENTE_STORE`, else a folder among the user's data. Or the address of a table
            on an engine, which is only read (`pyspark://`, `clickhouse://`, `bigquery://`, `trino://`).
        create: Whether a new one is made where there is none.
        texts: A folder of the user's own copies of documents; quotes that the store does not keep are filled
            from them where their hashes agree. By default `DETENTE_TEXTS`, else none.

    Returns:
        The store.

    Raises:
        InputError: If there is no such folder of texts.
        StoreError: If the folder holds something else, or cannot be read or made.
        StoreVersionError: If it has another format.
    """
    named = texts or os.environ.get(TEXTS) or None
    own = _own_texts(Path(named)) if named is not None else None
    place = path if path is not None else os.environ.get(ENVIRONMENT)
    if isinstance(place, str) and is_address(place):
        from detente.engines.opening import open_engine

        if texts is not None:
            raise InputError(
                f"store {read_address(place)} is on an engine, which fills in no texts: leave out texts={texts}"
            )
        return Store(open_engine(place))
    return Store(open_store(Path(path) if path is not None else store_path(), create=create), texts=own)


def _own_texts(folder: Path) -> "OwnTexts":
    from detente.api.rights import OwnTexts

    return OwnTexts(folder)


def names_engine(place: object) -> bool:
    """Whether a place is the address of an engine (`pyspark://…`) and not a folder."""
    return is_address(place)


def check_folder(path: str | Path | None) -> None:
    """Refuse the address of an engine where only a store's own folder will do.

    Args:
        path: What the user named; None for the default.

    Raises:
        StoreError: If it is an address.
    """
    place = path if path is not None else os.environ.get(ENVIRONMENT)
    if isinstance(place, str) and is_address(place):
        raise StoreError(
            f"store {read_address(place)} is on an engine, which is only asked: name a store's folder (--store FOLDER)"
        )


def store_path() -> Path:
    """The folder of the default store."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else user_data_path("detente", appauthor=False) / "store"
