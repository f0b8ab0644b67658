"""A coder of another package: finds one word, and is brought by a stub of the installed entry points."""

from collections.abc import Iterable, Iterator
from importlib import metadata

from detente.coding import CodedDocument
from detente.model import Document, Evidence, Report, Uncoded


class WordCoder:
    """Where a text says "blame", France accuses Spain."""

    name = "words"
    version = "3"

    def code_documents(self, documents: Iterable[Document], *, domestic: bool = False) -> Iterator[CodedDocument]:
        for document in documents:
            at = document.text.find("blame")
            if at < 0:
                yield CodedDocument(document, (), (Uncoded(document.id, 0, 1, "no blame"),))
                continue
            report = Report(
                f"w-{document.id}",
                source_country="FRA",
                target_country="ESP",
                event_type="ACCUSE",
                confidence=0.9,
                evidence=(Evidence(document.id, at, at + 5, "blame"),),
            )
            yield CodedDocument(document, (report,), ())


class TellingCoder(WordCoder):
    """The same, and it says how."""

    name = "telling"

    def explain(self, text: str, *, language: str | None, on: object) -> dict[str, list[dict[str, object]]]:
        return {
            "actors": [{"text": "Paris", "country": "FRA", "kind": "capital"}],
            "acts": [{"text": "blame", "event_type": "ACCUSE", "pattern": "blame/v", "score": 0.4}],
        }


class BadCoder(WordCoder):
    """Its quotes are not the document's."""

    name = "bad"

    def code_documents(self, documents: Iterable[Document], *, domestic: bool = False) -> Iterator[CodedDocument]:
        for document in documents:
            report = Report("x", event_type="AID", evidence=(Evidence(document.id, 0, 3, "!!!"),))
            yield CodedDocument(document, (report,), ())


class NoCoder:
    """Lacks everything."""


def stub_entry_points(names: dict[str, str]):
    """What `importlib.metadata.entry_points` gives where these coders are installed; other groups are the real ones."""
    real = metadata.entry_points

    def entry_points(*, group: str) -> metadata.EntryPoints:
        if group != "detente.coders":
            return real(group=group)
        return metadata.EntryPoints(metadata.EntryPoint(name, value, group) for name, value in names.items())

    return entry_points
