"""A coder loaded once, and short ways to code a sentence and to take one apart."""

from collections.abc import Callable

import pytest

from detente.coding import CodedDocument, Coder, code_document, load_coder
from detente.coding.reading import Reading, read_sentence
from detente.documents import read_text
from detente.model import Report, Sentence, parse_partial_date

PUBLISHED = "2022-06-15"  # a Wednesday


@pytest.fixture(scope="session")
def coder() -> Coder:
    return load_coder()


@pytest.fixture(scope="session")
def code(coder: Coder) -> Callable[..., CodedDocument]:
    """Codes a text: `code("France condemned Iran.")`."""

    def run(text: str, *, date: str | None = PUBLISHED, domestic: bool = False, **fields) -> CodedDocument:
        published = parse_partial_date(date) if date else None
        document = read_text(text, published=published, parse_layout=fields.pop("parse_layout", False), **fields)
        return code_document(document, coder, domestic=domestic)

    return run


@pytest.fixture(scope="session")
def acts(code: Callable[..., CodedDocument]) -> Callable[..., set[str]]:
    """Every act of a text as `FRA IRN ACCUSE actual`; `<>` between the sides where both do it."""

    def run(text: str, **fields) -> set[str]:
        return {_as_words(report) for report in code(text, **fields).reports}

    return run


@pytest.fixture(scope="session")
def one(code: Callable[..., CodedDocument]) -> Callable[..., Report]:
    """The one report of a text."""

    def run(text: str, **fields) -> Report:
        reports = code(text, **fields).reports
        assert len(reports) == 1, [_as_words(report) for report in reports]
        return reports[0]

    return run


@pytest.fixture(scope="session")
def read(coder: Coder) -> Callable[..., Reading]:
    """Takes one sentence apart."""

    def run(text: str, *, date: str = PUBLISHED) -> Reading:
        sentence = Sentence(0, len(text), "en", 0)
        return read_sentence(text, sentence, coder.gazetteer, coder.lexicon, parse_partial_date(date).end)

    return run


def _as_words(report: Report) -> str:
    source = report.source_country or report.source_actor
    target = report.target_country or report.target_actor
    if report.symmetric:
        source, target = sorted((str(source), str(target)))
        return f"{source} <> {target} {report.event_type} {report.status}"
    return f"{source} {target} {report.event_type} {report.status}"
