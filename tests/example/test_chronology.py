"""The bundled chronology and its gold codes keep their invariants."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import detente.example
from detente.example import EXAMPLE_RECORD, example_path, example_record
from detente.model import parse_partial_date

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "../shared/facts/facts.jsonl"
FIELDS = ("id", "text", "date", "title", "publisher", "url", "language", "note")
PAIRS = {"rus-jpn", "jpn-chn", "jpn-kor", "jpn-usa", "rus-deu", "rus-tur", "rus-kor", "rus-chn", "rus-ind"}


def read(name: str) -> list[dict]:
    text = example_path().with_name(name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def documents() -> list[dict]:
    return read("chronology.jsonl")


@pytest.fixture(scope="module")
def gold() -> list[dict]:
    return read("gold.jsonl")


def test_every_line_has_the_same_fields_and_none_of_the_codes(documents):
    assert documents
    assert {tuple(row) for row in documents} == {FIELDS}


def test_ids_are_unique_and_say_pair_and_date(documents):
    assert len({row["id"] for row in documents}) == len(documents)
    for row in documents:
        where, pair, rest = row["id"].split("/")
        assert where == "example"
        assert pair in PAIRS
        assert re.fullmatch(re.escape(row["date"]) + r"-[1-9]\d*", rest)


def test_all_nine_pairs_ship(documents):
    assert {row["id"].split("/")[1] for row in documents} == PAIRS


def test_dates_are_valid_and_lie_in_the_years_the_record_names(documents):
    years = {parse_partial_date(row["date"]).start.year for row in documents}
    assert (min(years), max(years)) == (2010, 2023)


def test_addresses_are_web_addresses_or_null(documents):
    for row in documents:
        if row["url"] is not None:
            parts = urlsplit(row["url"])
            assert parts.scheme in {"http", "https"}, row["id"]
            assert parts.hostname
            assert not re.search(r"\s", row["url"])


def test_every_document_names_a_publisher_and_notes_its_origin(documents):
    for row in documents:
        assert row["publisher"].strip()
        assert "project's own summary of the source" in row["note"]
        assert "seed" not in row["note"]


def test_no_text_is_empty_or_holds_control_characters(documents):
    for row in documents:
        assert row["text"] == row["text"].strip() != ""
        for field in FIELDS:
            assert (row[field] or "").isprintable(), (row["id"], field)


def test_documents_are_in_order_of_pair_and_date(documents):
    keys = [(row["id"].split("/")[1], row["date"]) for row in documents]
    assert keys == sorted(keys, key=lambda key: ([*dict.fromkeys(k[0] for k in keys)].index(key[0]), key[1]))


def test_gold_points_to_sentences_that_stand_in_their_documents(documents, gold):
    texts = {row["id"]: row for row in documents}
    for row in gold:
        assert row["sentence"] in texts[row["document_id"]]["text"]
        assert row["date"] == texts[row["document_id"]]["date"]
    assert {row["document_id"] for row in gold} == set(texts)


def test_gold_sentences_make_up_the_texts(documents, gold):
    sentences: dict[str, list[str]] = {}
    for row in gold:
        sentences.setdefault(row["document_id"], []).append(row["sentence"])
    assert {row["id"]: row["text"] for row in documents} == {k: " ".join(v) for k, v in sentences.items()}


def test_gold_of_a_document_touches_the_pair_of_its_id(gold):
    touched: dict[str, set[frozenset[str]]] = {}
    for row in gold:
        pair = frozenset((row["source"].lower(), row["target"].lower()))
        touched.setdefault(row["document_id"], set()).add(pair)
    for name, pairs in touched.items():
        assert frozenset(name.split("/")[1].split("-")) in pairs
        # A development document is one that touches Russia-Japan, so that no such sentence is held out.
        assert (frozenset(("rus", "jpn")) in pairs) == name.startswith("example/rus-jpn/")


def test_only_evaluation_opens_the_gold_codes():
    package = Path(detente.example.__file__).parents[1]
    users = [
        path
        for path in package.rglob("*.py")
        if "evaluation" not in path.parts and "gold.jsonl" in path.read_text(encoding="utf-8")
    ]
    assert users == []


def test_record_sentence_counts_the_file(documents, gold):
    assert f"{len(gold)} dated sentences" in EXAMPLE_RECORD
    assert f"{len(documents)} dated items" in EXAMPLE_RECORD
    assert "8 comparison pairs" in EXAMPLE_RECORD
    assert "2010–2023" in EXAMPLE_RECORD
    assert example_record() == EXAMPLE_RECORD


def test_readme_gives_the_counts_of_the_files(documents, gold):
    readme = example_path().with_name("README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]{3})-([A-Z]{3}) \| (.+) \|$", readme, flags=re.MULTILINE)
    for a, b, cells in rows:
        mine = [row for row in gold if {row["source"], row["target"]} == {a, b}]
        years = [sum(row["date"].startswith(str(year)) for row in mine) for year in range(2010, 2024)]
        assert [int(cell) for cell in cells.split("|")] == [*years, len(mine)], (a, b)
    assert len(rows) == len(PAIRS)
    assert f"{len(documents)} dated items" in readme
    for what in ("exact day", "month", "year"):
        n = sum(row["note"].endswith(f"source; {what} from background knowledge") for row in documents)
        assert re.search(rf"\b{n}\b (items have a day|a month|a year)", readme), (what, n)


def test_unknown_attribute_is_said():
    with pytest.raises(AttributeError, match="has no attribute 'EXAMPLE'"):
        _ = detente.example.EXAMPLE


@pytest.mark.data
@pytest.mark.skipif(not FACTS.exists(), reason="needs the fact table beside the repository")
def test_no_excerpt_of_a_source_is_reproduced(documents):
    shipped = " ".join(f"{row['text']} {row['note']}".casefold() for row in documents)
    for line in FACTS.read_text(encoding="utf-8").splitlines():
        for excerpt in re.findall(r'"([^"]+)"', json.loads(line)["verified"]):
            # Names and phrases of a few words cannot be said otherwise.
            if len(excerpt.split()) >= 6:
                assert excerpt.casefold() not in shipped


@pytest.mark.data
@pytest.mark.skipif(not FACTS.exists(), reason="needs the fact table beside the repository")
def test_facts_known_only_from_background_are_left_out(gold):
    facts = [json.loads(line) for line in FACTS.read_text(encoding="utf-8").splitlines()]
    background = {row["fact"] for row in facts if row["verified"] == "background knowledge only"}
    sentences = [row["sentence"] for row in gold]
    assert len(sentences) == len(facts) - len(background)
    assert not background & set(sentences)
