"""A user's store: add what was coded, import feeds, ask about pairs."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from detente.api.dyads import Dyad
from detente.api.importing import Imported, import_feed
from detente.api.reading import Coded
from detente.coding.merge import Known, link_reports
from detente.errors import InputError
from detente.model import Document, Report, stable_id
from detente.store import Batch, Snapshot, new_import_id, open_store
from detente.store import Store as Tables

if TYPE_CHECKING:
    import pyarrow as pa

ENVIRONMENT = "DETENTE_STORE"


@dataclass(frozen=True, slots=True)
class Added:
    """What `Store.add` did: documents and reports stored, events they made or joined."""

    documents: int
    already_stored: int
    reports: int
    new_events: int
    joined_events: int


class Store:
    """A store of reports, open for reading and writing; `dt.open` makes one.

    Attributes:
        tables: The folder of tables underneath.
        is_example: Whether it is the bundled chronology, not the user's own.
    """

    def __init__(self, tables: Tables, *, is_example: bool = False) -> None:
        self.tables = tables
        self.is_example = is_example

    def __repr__(self) -> str:
        return f"Store({str(self.tables.path)!r})"

    def add(self, coded: Coded) -> Added:
        """Keep documents and the reports coded from them; what is already stored changes nothing.

        Reports of one act are linked to one event by the rules of `detente.coding.merge`.

        Args:
            coded: What `dt.code` gave.

        Returns:
            Counts of what was stored.

        Raises:
            StoreError: If it cannot be written; nothing is stored then.
        """
        if not isinstance(coded, Coded):
            raise InputError(f"add takes what dt.code gave, not {type(coded).__name__}: dt.code(path) first")
        coders = {report.coder for report in coded.reports if report.coder} or {"none"}
        coder = ",".join(sorted(coders))
        hashes = {document.id: _input_hash(document, coder) for document in coded.documents}
        known = self.tables.known_inputs(hashes.values())
        fresh = self._fresh(coded.documents, hashes, known)
        if not fresh:
            return Added(0, len(coded.documents), 0, 0, 0)
        ids = {document.id: new_import_id() for document in fresh}
        reports = tuple(
            replace(report, import_id=ids[document_id])
            for report in {report.report_id: report for report in coded.reports}.values()
            if (document_id := report.evidence[0].document_id) in ids
        )
        links = link_reports(reports, self._known_reports(reports), by=coder, recorded_at=self.tables.clock())
        self.tables.commit(_document_batch(fresh, reports, links, ids, hashes, coder))
        joined = sum(link.rule != "new" for link in links)
        return Added(len(fresh), len(coded.documents) - len(fresh), len(reports), len(links) - joined, joined)

    def import_feed(
        self,
        feed: str,
        paths: str | Path | Sequence[str | Path],
        *,
        name: str | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> Imported:
        """Import files of an event feed; see `detente.feeds` for what each reads.

        Args:
            feed: `keds` or `icews`.
            paths: Files and folders.
            name: Another name for the feed in this store, to hold two sets apart (`keds/gulf`).
            progress: Called with a line for each file.

        Returns:
            Counts; `rows` is the sum of stored, already stored, quarantined and filtered.

        Raises:
            FeedError: If a file is not what its name says; files before it are stored.
            StoreError: If it cannot be written.
        """
        named = [paths] if isinstance(paths, str | Path) else paths
        return import_feed(self.tables, feed, [Path(path) for path in named], name=name, progress=progress)

    def dyad(self, a: str, b: str) -> Dyad:
        """A pair of sides to ask about.

        Args:
            a: A state or organisation: ISO code, `IGO:` id, or name in English, Turkish or Russian.
            b: The other side.

        Raises:
            UnknownCountryError: If a name is unknown; the nearest names are offered.
            InputError: If both are the same.
        """
        from detente.ontology import resolve_country

        for name in (a, b):
            if not isinstance(name, str):
                raise InputError(f"side {name!r}: expected the name or code of a state or organisation")
        codes = resolve_country(a), resolve_country(b)
        if codes[0] == codes[1]:
            raise InputError(f"both sides are {codes[0]}: a dyad needs two different sides")
        return Dyad(self, *codes)

    def snapshot(self, *, known_by: datetime | None = None) -> Snapshot:
        """One fixed state of the store to read from; use it in a `with`."""
        return self.tables.snapshot(known_by=known_by)

    def is_empty(self) -> bool:
        """Whether nothing is stored."""
        with self.snapshot() as snapshot:
            return snapshot.is_empty()

    def _fresh(self, documents: Sequence[Document], hashes: dict[str, str], known: set[str]) -> list[Document]:
        """Documents not stored yet, each once.

        Raises:
            InputError: If one id stands for two texts.
        """
        fresh: dict[str, Document] = {}
        for document in documents:
            if hashes[document.id] in known:
                continue
            if document.id in fresh and fresh[document.id].text != document.text:
                raise InputError(f"document id {document.id!r} stands for two texts: give each text an id of its own")
            fresh.setdefault(document.id, document)
        if fresh:
            with self.snapshot() as snapshot:
                stored = snapshot.table("documents")
                rows = stored.filter(stored.document_id.isin(sorted(fresh))).to_pyarrow().to_pylist()
            for row in rows:
                if row["text"] != fresh[row["document_id"]].text:
                    raise InputError(
                        f"document id {row['document_id']!r} is stored with another text: give the new one its own id"
                    )
        return list(fresh.values())

    def _known_reports(self, reports: Iterable[Report]) -> tuple[Known, ...]:
        pairs = {frozenset((report.source_country, report.target_country)) for report in reports}
        countries = sorted({code for pair in pairs for code in pair if code is not None})
        if not countries:
            return ()
        with self.snapshot() as snapshot:
            events = snapshot.events()
            mine = events.filter(
                events.record_kind == "chosen",
                events.source_country.isin(countries),
                events.target_country.isin(countries),
            )
            ids = mine.event_id.to_pyarrow().to_pylist()
            return tuple(Known(event.event_id, event.report) for event in snapshot.event_records(ids))


def open(path: str | Path | None = None, *, create: bool = True) -> Store:  # noqa: A001 - the name users expect: dt.open()
    """Open a store; a new one is made where there is none.

    Args:
        path: Its folder; by default `DETENTE_STORE`, else a folder among the user's data.
        create: Whether a new one is made where there is none.

    Returns:
        The store.

    Raises:
        StoreError: If the folder holds something else, or cannot be read or made.
        StoreVersionError: If it has another format.
    """
    return Store(open_store(Path(path) if path is not None else store_path(), create=create))


def store_path() -> Path:
    """The folder of the default store."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else user_data_path("detente", appauthor=False) / "store"


def _input_hash(document: Document, coder: str) -> str:
    published = document.published
    raw = (
        document.id,
        document.text,
        document.title,
        document.publisher,
        document.url,
        str(published),
        coder,
    )
    return blake2b(stable_id(*raw).encode(), digest_size=16).hexdigest()


def _document_batch(
    documents: Sequence[Document],
    reports: Sequence[Report],
    links: Sequence["object"],
    ids: dict[str, str],
    hashes: dict[str, str],
    coder: str,
) -> Batch:
    from detente.model import tables

    by_report = {report.report_id: report.import_id or "" for report in reports}
    stored = {document.id: 0 for document in documents}
    for report in reports:
        stored[report.evidence[0].document_id] += 1
    return Batch(
        imports=_imports(documents, ids, hashes, stored, coder),
        tables={
            "documents": tables.documents_table(documents, ids),
            "citations": tables.citations_table(documents, ids),
            "reports": tables.reports_table(reports),
            "evidence": tables.evidence_table(reports),
            "quantities": tables.quantities_table(reports),
            "materiel": tables.materiel_table(reports),
            "links": tables.links_table(links, by_report),  # type: ignore[arg-type]
        },
    )


def _imports(
    documents: Sequence[Document],
    ids: dict[str, str],
    hashes: dict[str, str],
    stored: dict[str, int],
    coder: str,
) -> "pa.Table":
    import pyarrow as pa

    from detente.model.tables import IMPORTS

    rows = [
        {
            "import_id": ids[document.id],
            "input_hash": hashes[document.id],
            "kind": "document",
            "name": document.id,
            "coder": coder,
            "rows": stored[document.id],
            "stored": stored[document.id],
            "already_stored": 0,
            "quarantined": 0,
            "filtered": 0,
        }
        for document in documents
    ]
    return pa.Table.from_pylist(rows, schema=IMPORTS)
