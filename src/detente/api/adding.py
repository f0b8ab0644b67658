"""Keeping what was coded: documents once, reports linked to the events they tell, text only where it is to be kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from detente.errors import InputError
from detente.model import Document, Report, stable_id
from detente.store import Batch, new_import_id
from detente.store.records import text_hash

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.api.reading import Coded
    from detente.api.stores import Added, Store
    from detente.coding.merge import Known


def add_coded(store: "Store", coded: "Coded", *, keep_text: bool, again: bool) -> "Added":
    """Keep documents and the reports coded from them; see `detente.api.Store.add`."""
    from detente.api.reading import Coded
    from detente.api.rights import without_text
    from detente.api.stores import Added
    from detente.coding.merge import link_reports

    if not isinstance(coded, Coded):
        raise InputError(f"add takes what dt.code gave, not {type(coded).__name__}: dt.code(path) first")
    coders = {report.coder for report in coded.reports if report.coder} or {"none"}
    coder = ",".join(sorted(coders))
    hashes = {document.id: _input_hash(document, coder) for document in coded.documents}
    known = store.tables.known_inputs(hashes.values())
    there = [document.id for document in coded.documents if hashes[document.id] in known]
    fresh, refused = _allowed(store, _fresh(store, coded.documents, hashes, known), again=again)
    if refused and not fresh and not there:
        more = f" (and {len(refused) - 1:,} more)" if len(refused) > 1 else ""
        raise InputError(refused[0] + more)
    with_text = _count_with_text(store, there) if there and not keep_text else 0
    if not fresh:
        return Added(0, len(there), 0, 0, 0, refused, with_text)
    ids = {document.id: new_import_id() for document in fresh}
    reports = tuple(
        replace(report, import_id=ids[document_id])
        for report in {report.report_id: report for report in coded.reports}.values()
        if (document_id := report.evidence[0].document_id) in ids
    )
    earlier = _known_reports(store, reports)
    links = link_reports(
        reports,
        earlier,
        by=coder,
        recorded_at=store.tables.clock(),
        stories=_stories(store, fresh, earlier),
    )
    batch = _document_batch(fresh, reports, links, ids, hashes, coder)
    store.tables.commit(batch if keep_text else replace(batch, tables=without_text(batch.tables)))
    joined = sum(link.rule != "new" for link in links)
    already = len(coded.documents) - len(fresh) - len(refused)
    return Added(len(fresh), already, len(reports), len(links) - joined, joined, refused, with_text)


def _fresh(store: "Store", documents: Sequence[Document], hashes: dict[str, str], known: set[str]) -> list[Document]:
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
        with store.tables.snapshot() as snapshot:
            stored = snapshot.table("documents")
            rows = stored.filter(stored.document_id.isin(sorted(fresh))).to_pyarrow().to_pylist()
        for row in rows:
            text = fresh[row["document_id"]].text
            if row["text"] != text and row["text_hash"] != text_hash(text):
                raise InputError(
                    f"document id {row['document_id']!r} is stored with another text: give the new one its own id"
                )
    return list(fresh.values())


def _allowed(store: "Store", fresh: list[Document], *, again: bool) -> tuple[list[Document], tuple[str, ...]]:
    """Those of the documents that were not forgotten, and a line on each that was."""
    if again or not fresh:
        return fresh, ()
    from detente.api.rights import forgotten_documents

    with store.tables.snapshot() as snapshot:
        refused = forgotten_documents(snapshot, fresh)
    return [document for document in fresh if document.id not in refused], tuple(refused.values())


def _count_with_text(store: "Store", document_ids: Sequence[str]) -> int:
    with store.tables.snapshot() as snapshot:
        stored = snapshot.table("documents")
        mine = stored.filter(stored.document_id.isin(sorted(document_ids)), stored.text != "")
        return len(set(mine.document_id.to_pyarrow().to_pylist()))


def _stories(store: "Store", fresh: Sequence[Document], earlier: "Sequence[Known]") -> tuple[frozenset[str], ...]:
    """Groups of documents, new and of the same pairs, that tell one story in nearly the same words."""
    from detente.documents.duplicates import find_near_duplicates, groups_of

    names = sorted({item.document_id for known in earlier for item in known.report.evidence})
    with store.snapshot() as snapshot:
        stored = snapshot.documents(names) if names else ()
    told = [document for document in stored if document.text]
    return tuple(groups_of(find_near_duplicates(fresh, known=told)))


def _known_reports(store: "Store", reports: Iterable[Report]) -> "tuple[Known, ...]":
    from detente.coding.merge import Known

    pairs = {frozenset((report.source_country, report.target_country)) for report in reports}
    countries = sorted({code for pair in pairs for code in pair if code is not None})
    if not countries:
        return ()
    # What a new report says is compared with what the coder read, not with what a reviewer made of it.
    with store.reviewed("all").snapshot() as snapshot:
        events = snapshot.events()
        mine = events.filter(
            events.record_kind == "chosen",
            events.source_country.isin(countries),
            events.target_country.isin(countries),
        )
        ids = mine.event_id.to_pyarrow().to_pylist()
        known = snapshot.event_records(ids)
    with store.tables.snapshot() as now:
        return tuple(
            Known(event_id, event.report)
            for event_id, event in zip(now.resolve_events(ids) if ids else (), known, strict=True)
        )


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
