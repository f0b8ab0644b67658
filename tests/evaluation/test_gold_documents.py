"""Gold documents are read whole, or refused with line and field."""

import json
from datetime import date
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.evaluation import read_gold_documents

EVENT = {
    "source_country": "JPN",
    "target_country": "RUS",
    "event_type": "SANCTION",
    "status": "actual",
    "symmetric": False,
    "retrospective": False,
    "date_start": "2022-04-20",
    "date_end": "2022-04-20",
}
LINE = {"id": "a", "language": "en", "text": "Japan expelled eight Russian diplomats.", "events": [EVENT]}


@pytest.fixture
def read(tmp_path: Path):
    def write_and_read(*lines: object):
        path = tmp_path / "gold.jsonl"
        path.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines), encoding="utf-8")
        return read_gold_documents(path)

    return write_and_read


def test_a_line_is_a_document_with_acts(read):
    (gold,) = read(LINE | {"date": "2022-04-21", "previous": "Tokyo was angry.", "title": "Expelled"})
    assert (gold.document.id, gold.language, gold.kind) == ("a", "en", "sentence")
    assert (gold.document.previous, gold.document.title) == ("Tokyo was angry.", "Expelled")
    assert gold.document.published.start == date(2022, 4, 21)
    (act,) = gold.acts
    assert (act.source, act.target, act.event_types, act.statuses) == ("JPN", "RUS", ("SANCTION",), ("actual",))
    assert act.days == (date(2022, 4, 20), date(2022, 4, 20))


def test_a_date_that_is_null_is_told_from_one_that_is_absent(read):
    null = EVENT | {"date_start": None, "date_end": None}
    absent = {key: value for key, value in EVENT.items() if not key.startswith("date")}
    (gold,) = read(LINE | {"events": [null, absent]})
    assert [act.days for act in gold.acts] == [(None, None), None]


def test_a_group_without_a_state_is_a_side(read):
    (gold,) = read(LINE | {"events": [EVENT | {"source_country": None, "source_actor": "group/hamas"}]})
    assert gold.acts[0].source == "group/hamas"


def test_kind_goes_by_the_sentences_unless_it_is_said(read):
    long = LINE | {"text": "Japan protested. Russia answered. Tokyo waited.", "events": []}
    first, second = read(long, long | {"id": "b", "kind": "sentence"})
    assert (first.kind, second.kind) == ("article", "sentence")


def test_blank_lines_and_a_byte_order_mark_are_passed_over(read):
    assert len(read("\ufeff" + json.dumps(LINE), "", "  ")) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": None}, "field id is None"),
        ({"text": " "}, "field text is ' '"),
        ({"text": 5}, "field text is 5"),
        ({"language": ""}, "field language is ''"),
        ({"date": "soon"}, "field date is 'soon'"),
        ({"date": "2022-02-30"}, "field date is '2022-02-30'"),
        ({"kind": "page"}, "field kind is 'page'; expected one of sentence, article"),
        ({"events": None}, "field events is None; expected a list"),
        ({"events": [3]}, r"field events\[0\] is 3"),
    ],
)
def test_a_bad_field_of_a_line_is_named(read, change, said):
    with pytest.raises(InputError, match=f"gold.jsonl, line 2: {said}"):
        read(LINE, LINE | {"id": "b"} | change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"event_type": "FIGHT"}, "event_type is 'FIGHT'; expected one of AGREE"),
        ({"status": "done"}, "status is 'done'"),
        ({"source_country": "RUSSIA"}, "source_country is 'RUSSIA'"),
        ({"source_country": None}, "source_country is None"),
        ({"target_country": "JPN"}, "target_country is 'JPN'; expected a side other"),
        ({"symmetric": "yes"}, "symmetric is 'yes'"),
        ({"date_start": "20.04.2022"}, "date_start is '20.04.2022'"),
        ({"date_start": "2022-05-01"}, "date_end is '2022-04-20'; expected a day not before"),
        ({"quote": "Russia left"}, "quote is 'Russia left'; expected words that stand in the text"),
        ({"simetric": True}, "simetric is none; expected"),
    ],
)
def test_a_bad_field_of_an_event_is_named(read, change, said):
    with pytest.raises(InputError, match=rf"line 1: field events\[1\]\.{said}"):
        read(LINE | {"events": [EVENT, EVENT | change]})


def test_a_missing_field_is_named(read):
    with pytest.raises(InputError, match=r"line 1: field events\[0\]\.event_type is missing"):
        read(LINE | {"events": [{"source_country": "JPN", "target_country": "RUS"}]})


@pytest.mark.parametrize("line", ["{", "[1]", '"a"'])
def test_what_is_no_object_is_named(read, line):
    with pytest.raises(InputError, match="line 1"):
        read(line)


def test_an_id_that_stands_twice_is_named(read):
    with pytest.raises(InputError, match="line 2: field id is 'a' as in line 1"):
        read(LINE, LINE)


def test_an_empty_or_absent_file_is_said(read, tmp_path):
    with pytest.raises(InputError, match="no line in it"):
        read("")
    with pytest.raises(InputError, match="cannot be read"):
        read_gold_documents(tmp_path / "nowhere.jsonl")


def test_the_validation_sets_of_the_repository_are_read():
    for name in ("validation_sentences", "validation_articles"):
        path = Path(__file__).resolve().parents[1] / "gold" / f"{name}.jsonl"
        if path.exists() and path.stat().st_size:
            assert all(gold.document.sentences for gold in read_gold_documents(path))
