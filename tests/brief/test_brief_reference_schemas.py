"""BibTeX and CSL-JSON as their published formats ask: what Zotero reads."""

import json
import re
from dataclasses import replace

import jsonschema
import pytest

from detente.brief.references import bibtex, csl_json
from detente.model import Brief, Source

# The parts of the CSL data schema (citationstyles.org, csl-data.json, 1.0) that a web page can use.
NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "suffix", "literal")},
    "additionalProperties": False,
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["string", "integer"]}},
        },
        "season": {"type": ["string", "integer"]},
        "circa": {"type": ["string", "integer", "boolean"]},
        "literal": {"type": "string"},
        "raw": {"type": "string"},
    },
    "additionalProperties": False,
}
TEXTS = (
    "title",
    "container-title",
    "publisher",
    "publisher-place",
    "URL",
    "DOI",
    "language",
    "note",
    "abstract",
    "number",
)
ITEM = {
    "type": "object",
    "required": ["type", "id"],
    "properties": {
        "id": {"type": ["string", "integer"]},
        "type": {"enum": ["webpage", "article-newspaper", "article-magazine", "article-journal", "report", "book"]},
        "author": {"type": "array", "items": NAME},
        "issued": DATE,
        "accessed": DATE,
        **{name: {"type": "string"} for name in TEXTS},
    },
    "additionalProperties": False,
}
# What biblatex (3.20, section 2.1.1) lets an @online entry have, of what is written here.
FIELDS = {"author", "title", "journal", "date", "year", "url", "urldate", "language", "note"}

SOURCES = (
    Source(1, "Wire & Co", "A {curly} title, 100% \\ \"quoted\" #1 $5 _x_ ~^", "https://x.example/a_b?c=1&d=2",
           "2022-04-12", "2023-01-03", note="cited in “Another”", authors=("Иван Петров", "Ayşe Işık"), language="ru"),
    Source(2, None, None, "javascript:alert(1)", "spring 2022", None, document_id="d/1"),
    Source(3, "Wire & Co", "Same", None, "2022-04", None),
    Source(4, "Wire & Co", "Another", None, "2022", None),
)  # fmt: skip


@pytest.fixture
def held(chosen_brief: Brief) -> Brief:
    return replace(chosen_brief, sources=(*chosen_brief.sources, *SOURCES))


def test_csl_json_fits_the_published_schema(held: Brief) -> None:
    items = json.loads(csl_json(held))
    assert len(items) == len(held.sources)
    for item in items:
        jsonschema.validate(item, ITEM)
    assert len({item["id"] for item in items}) == len(items)


def test_the_schema_would_see_a_wrong_field(held: Brief) -> None:
    item = json.loads(csl_json(held))[0]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**item, "website": "x"}, ITEM)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**item, "issued": {"date-parts": [[]]}}, ITEM)


def read_bibtex(text: str) -> list[tuple[str, dict[str, str]]]:
    """Entries of BibTeX by its grammar: a type, a key, fields in balanced braces; anything else is refused."""
    entries, at = [], 0
    while found := re.compile(r"\s*@online\{([A-Za-z0-9:_-]+),\s*").match(text, at):
        fields, at = {}, found.end()
        while named := re.compile(r"\s*([a-z]+) = \{").match(text, at):
            depth, start, at = 1, named.end(), named.end()
            while depth:
                sign = text[at]
                depth += {"{": 1, "}": -1}.get(sign, 0)
                at += 2 if sign == "\\" else 1
            fields[named[1]] = text[start : at - 1]
            assert text[at] == ","
            at += 1
        closed = re.compile(r"\s*\}\s*").match(text, at)
        assert closed, text[at : at + 40]
        at = closed.end()
        entries.append((found[1], fields))
    assert at == len(text), text[at : at + 40]
    return entries


def test_bibtex_is_read_back_whole(held: Brief) -> None:
    entries = read_bibtex(bibtex(held))
    assert len(entries) == len(held.sources)
    assert len({key for key, _ in entries}) == len(entries)
    for _, fields in entries:
        assert set(fields) <= FIELDS
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", fields.get("date", "2000"))
        assert not re.search(r"(?<!\\)[%#&$]", "".join(value for name, value in fields.items() if name != "url"))
        assert fields.get("url", "https://").startswith(("http://", "https://"))
    titles = [fields.get("title", "") for _, fields in entries]
    assert any("100\\%" in title and "\\{curly\\}" in title for title in titles)
