"""Footnotes, and the sources for a reference manager."""

import json
import re

import pytest

from detente.brief import BriefInputs, compose_brief, render
from detente.brief.footnotes import footnote
from detente.brief.language import load_language
from detente.brief.references import bibtex, csl_json, reference_key
from detente.model import Brief, Source

SOURCE = Source(
    3,
    "Kommersant / Коммерсантъ",
    "Япония & Россия: 100% «нет»",
    "https://k.example/a_b?x=1#y",
    "2022-04-12",
    "2023-01-03",
    authors=("Иван Петров", "Ayşe Işık"),
    language="ru",
)


def with_source(brief: Brief, source: Source) -> Brief:
    from dataclasses import replace

    return replace(brief, sources=(source,))


def words(source: Source, code: str) -> str:
    return "".join(piece.text for piece in footnote(source, load_language(code)))


def test_a_footnote_has_the_manner_of_the_journals() -> None:
    assert words(SOURCE, "en") == (
        "Иван Петров–Ayşe Işık, “Япония & Россия: 100% ‹нет›”, Kommersant / Коммерсантъ, 2022-04-12, "
        "https://k.example/a_b?x=1#y, (Date of Accession: 03.01.2023)."
    )
    assert "(Erişim Tarihi: 03.01.2023)." in words(SOURCE, "tr")
    assert words(Source(1, None, None, None, None, None, document_id="d/1"), "en") == "document d/1."


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    pieces = footnote(Source(1, "P", "T", "javascript:alert(1)", None, None), load_language("en"))
    assert all(piece.url is None for piece in pieces)


def test_bibtex_keeps_letters_and_escapes_signs(chosen_brief: Brief) -> None:
    entry = bibtex(with_source(chosen_brief, SOURCE))
    assert entry.startswith(f"@online{{{reference_key(SOURCE)},\n")
    assert "author = {{Иван Петров} and {Ayşe Işık}}" in entry
    assert r"title = {{Япония \& Россия: 100\% «нет»}}" in entry
    assert "urldate = {2023-01-03}" in entry
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")


def test_csl_json_has_dates_in_parts(chosen_brief: Brief) -> None:
    (item,) = json.loads(csl_json(with_source(chosen_brief, SOURCE)))
    assert item["issued"] == {"date-parts": [[2022, 4, 12]]}
    assert item["accessed"] == {"date-parts": [[2023, 1, 3]]}
    assert item["title"] == SOURCE.title
    assert item["author"][1] == {"literal": "Ayşe Işık"}


def test_keys_are_plain_and_stable(chosen_inputs: BriefInputs) -> None:
    sources = compose_brief(chosen_inputs).sources
    keys = [reference_key(source) for source in sources]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    assert reference_key(SOURCE).startswith("petrov2022yaponiya-")


@pytest.mark.parametrize("form", ["html", "md"])
def test_sentences_carry_the_number_of_their_source(form: str, chosen_brief: Brief) -> None:
    page = render(chosen_brief, form)
    mark = '<a class="fn" href="#source-1"' if form == "html" else r"\[1\]"
    assert mark in page
