"""Every coder by name: our own, and those that other packages bring by entry point."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from types import MappingProxyType
from typing import Any, Final, Protocol, get_args

from detente.coding import CODER, CodedDocument, Coder, code_documents, load_coder
from detente.errors import InputError
from detente.model import Document, Report
from detente.model.events import Status
from detente.ontology.plover import event_types

GROUP: Final = "detente.coders"
"""Entry-point group: each entry names a function that takes nothing and gives a `DocumentCoder`."""

_STATUSES: Final[tuple[str, ...]] = get_args(Status)


class DocumentCoder(Protocol):
    """What a coder is: documents in, one `CodedDocument` each out, in their order.

    It may also have `explain(text, *, language, on)`: see `detente.api.explaining`.
    """

    @property
    def name(self) -> str:
        """Its name, as `--coder` takes it."""

    @property
    def version(self) -> str:
        """Its version; `name/version` is the `coder` of its reports."""

    def code_documents(self, documents: Iterable[Document], *, domestic: bool = False) -> Iterable[CodedDocument]:
        """Code documents.

        Args:
            documents: A bounded batch.
            domestic: Whether acts within one country are given too.
        """


@dataclass(frozen=True, slots=True)
class OwnCoder:
    """The project's own coder under the common protocol."""

    coder: Coder

    @property
    def name(self) -> str:
        """The name before the bar."""
        return self.coder.name.partition("/")[0]

    @property
    def version(self) -> str:
        """The version after the bar."""
        return self.coder.name.partition("/")[2]

    def code_documents(self, documents: Iterable[Document], *, domestic: bool = False) -> Iterator[CodedDocument]:
        """Code documents with the package's own tables."""
        return code_documents(documents, self.coder, domestic=domestic)


@dataclass(frozen=True, slots=True)
class CheckedCoder:
    """Another package's coder, whose answers are checked before anything is made of them."""

    coder: DocumentCoder

    @property
    def name(self) -> str:
        """Its own name."""
        return self.coder.name

    @property
    def version(self) -> str:
        """Its own version."""
        return self.coder.version

    def code_documents(self, documents: Iterable[Document], *, domestic: bool = False) -> Iterator[CodedDocument]:
        """Code documents.

        Raises:
            InputError: If an answer is not what the protocol says, naming the coder.
        """
        for coded in self.coder.code_documents(documents, domestic=domestic):
            if not isinstance(coded, CodedDocument):
                raise InputError(f"coder {self.name!r} gave {type(coded).__name__}; expected CodedDocument")
            yield replace(coded, reports=tuple(self._checked(report, coded.document) for report in coded.reports))

    def _checked(self, report: Report, document: Document) -> Report:
        wrong = _fault(report, document)
        if wrong:
            raise InputError(f"coder {self.name!r}, document {document.id!r}: {wrong}; tell those who make the coder")
        return report if report.coder else replace(report, coder=f"{self.name}/{self.version}")


def _fault(report: Report, document: Document) -> str | None:
    """What is wrong with a report; None where nothing is."""
    if not report.report_id:
        return "a report has no report_id"
    what = f"report {report.report_id!r}"
    if not report.evidence:
        return f"{what} has no evidence"
    for item in report.evidence:
        if item.document_id != document.id or item.quote != document.quote(item.start, item.end):
            return f"{what} has a quote that is not the document's text from {item.start} to {item.end}"
    if report.event_type is not None and report.event_type not in event_types():
        return f"{what} has the event type {report.event_type!r}, which is no PLOVER type"
    if report.status not in _STATUSES:
        return f"{what} has the status {report.status!r}, expected one of {', '.join(_STATUSES)}"
    if report.confidence is not None and not 0 <= report.confidence <= 1:
        return f"{what} has the confidence {report.confidence}, which is no probability"
    return None


@cache
def default_coder() -> Coder:
    """The coder with the package's own tables, loaded once a process: it never changes."""
    return load_coder()


def own_coder() -> OwnCoder:
    """The project's own coder."""
    return OwnCoder(default_coder())


OWN: Final = CODER.partition("/")[0]
CODERS: Final[Mapping[str, Callable[[], DocumentCoder]]] = MappingProxyType({OWN: own_coder})
"""Our own coders by name; other packages add theirs by entry point."""


def coder_names() -> tuple[str, ...]:
    """Every name `--coder` takes: our own first."""
    others = {entry.name for entry in metadata.entry_points(group=GROUP)}
    return (*CODERS, *sorted(others - CODERS.keys()))


def find_coder(name: str | None = None) -> DocumentCoder:
    """A coder by name.

    Args:
        name: Its name; None for our own.

    Returns:
        The coder, ready to code.

    Raises:
        InputError: If there is none of that name, or it cannot be loaded.
    """
    if name is None or name in CODERS:
        return CODERS[name or OWN]()
    entries = [entry for entry in metadata.entry_points(group=GROUP) if entry.name == name]
    if not entries:
        raise InputError(f"coder {name!r} is not known: choose one of {', '.join(coder_names())}")
    if len({entry.value for entry in entries}) > 1:
        raise InputError(f"coder {name!r} is brought by {len(entries)} packages: remove all but one of them")
    return _loaded(entries[0])


def as_coder(coder: "str | Coder | DocumentCoder | None") -> DocumentCoder:
    """A coder from its name, from what `detente.coding.load_coder` gives, or as it is.

    Raises:
        InputError: If it is none of these.
    """
    if coder is None or isinstance(coder, str):
        return find_coder(coder)
    if isinstance(coder, Coder):
        return OwnCoder(coder)
    if isinstance(coder, OwnCoder | CheckedCoder):
        return coder
    return _conforming(coder, "given")


def _loaded(entry: metadata.EntryPoint) -> DocumentCoder:
    try:
        make = entry.load()
    except (ImportError, AttributeError) as error:
        raise InputError(
            f"coder {entry.name!r} ({entry.value}) cannot be loaded: {error}; install the package that brings it again"
        ) from error
    if not callable(make):
        raise InputError(f"coder {entry.name!r} ({entry.value}) is no function; expected one that gives a coder")
    return _conforming(make(), f"{entry.name!r} ({entry.value})")


def _conforming(coder: Any, what: str) -> CheckedCoder:
    """The coder, if it has what the protocol asks for."""
    texts = [getattr(coder, field, None) for field in ("name", "version")]
    if not all(isinstance(text, str) and text for text in texts) or not callable(
        getattr(coder, "code_documents", None)
    ):
        raise InputError(
            f"coder {what} is {type(coder).__name__} without name, version or code_documents; "
            "expected a coder as docs/coders.md tells"
        )
    return CheckedCoder(coder)
