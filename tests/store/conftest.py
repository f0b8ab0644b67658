"""Builders of batches for the tests of the store."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pyarrow as pa
import pytest

from detente.model import Citation, Document, Evidence, Link, Materiel, Quantity, Report, parse_partial_date
from detente.model.tables import (
    IMPORTS,
    citations_table,
    documents_table,
    evidence_table,
    links_table,
    materiel_table,
    quantities_table,
    reports_table,
)
from detente.store import Batch, Store, new_import_id, open_store

START = datetime(2024, 1, 1, tzinfo=UTC)


class Clock:
    """A clock that goes on by one hour each time it is read."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now


class MakeBatch(Protocol):
    def __call__(
        self,
        reports: Iterable[Report] = ...,
        *,
        links: Sequence[Link] = ...,
        documents: Sequence[Document] = ...,
        input_hash: str = ...,
        import_id: str | None = ...,
        recorded_at: datetime | None = ...,
    ) -> Batch: ...


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path, clock) -> Store:
    return open_store(tmp_path / "store", clock=clock)


@pytest.fixture
def make_batch() -> MakeBatch:
    def make(reports=(), *, links=(), documents=(), input_hash="", import_id=None, recorded_at=None) -> Batch:
        import_id = import_id or new_import_id()
        reports = [replace(report, import_id=import_id) for report in reports]
        imports = pa.Table.from_pylist(
            [
                {
                    "import_id": import_id,
                    "input_hash": input_hash,
                    "kind": "document",
                    "stored": len(reports),
                    "recorded_at": recorded_at,
                }
            ],
            schema=IMPORTS,
        )
        document_ids = {document.id: import_id for document in documents}
        return Batch(
            imports,
            {
                "reports": reports_table(reports),
                "evidence": evidence_table(reports),
                "quantities": quantities_table(reports),
                "materiel": materiel_table(reports),
                "links": links_table(links, {link.report_id: import_id for link in links}),
                "documents": documents_table(documents, document_ids),
                "citations": citations_table(documents, document_ids),
            },
        )

    return make


@pytest.fixture
def make_report() -> Callable[..., Report]:
    def make(report_id: str, **columns: object) -> Report:
        given = {
            "source_country": "RUS",
            "target_country": "JPN",
            "event_type": "PROTEST",
            "date_start": date(2022, 3, 7),
            "date_end": date(2022, 3, 7),
            "date_precision": "day",
            "issue": ("islands",),
            "evidence": (Evidence("d1", 0, 5, "Tokyo", 1, "own", "Kyodo"),),
            "quantities": (Quantity(3500.0, "people", "troops"),),
            "materiel": (Materiel("MiG-31", "aircraft", 4.0),),
        }
        return Report(report_id=report_id, **(given | columns))

    return make


@pytest.fixture
def make_feed_row(make_report) -> Callable[..., Report]:
    def make(report_id: str, **columns: object) -> Report:
        bare = {"evidence": (), "quantities": (), "materiel": (), "feed": "gdelt", "record_kind": "feed"}
        return make_report(report_id, **(bare | columns))

    return make


@pytest.fixture
def make_link() -> Callable[..., Link]:
    def make(report_id: str, event_id: str, hour: int = 0, supersedes: str | None = None) -> Link:
        return Link(report_id, event_id, "same-act", "test", START + timedelta(hours=hour), supersedes)

    return make


@pytest.fixture
def article() -> Document:
    return Document(
        id="d1",
        text="Tokyo protested. [1]",
        title="Protest",
        authors=("A. Writer",),
        publisher="Kyodo",
        published=parse_partial_date("2022-03"),
        language="en",
        url="https://example.org/1",
        citations=(Citation(1, "Kyodo, 2022.", 17, 20, publisher="Kyodo", published="2022"),),
    )
