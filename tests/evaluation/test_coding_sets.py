"""Public sets of coded sentences are read with spans and types; sample rows here are made up."""

import json
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.evaluation import read_gold_records, read_marked_tsv
from detente.evaluation.coding_sets import acceptable_types
from detente.ontology.plover import event_types

DATA = Path(__file__).resolve().parents[2] / "../shared/data/coding"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="needs the development data beside the repository")


def marked(tmp_path, sentence, label="AID"):
    path = tmp_path / "set.tsv"
    path.write_text(f"marked_sentence\tgold_root\n{sentence}\t{label}\n", encoding="utf-8")
    return path


def test_marks_become_spans_of_the_bare_text(tmp_path):
    path = marked(tmp_path, "<t>Ruritania</t> thanked <s>the Freedonian envoy</s> today.", "YIELD")
    (row,) = read_marked_tsv(path)
    assert row.text == "Ruritania thanked the Freedonian envoy today."
    assert row.text[slice(*row.source_span)] == "the Freedonian envoy"
    assert row.text[slice(*row.target_span)] == "Ruritania"
    assert row.event_types == ("CONCEDE", "RETREAT")


def test_an_unmarked_side_has_no_span_and_a_side_marked_twice_its_first(tmp_path):
    (row,) = read_marked_tsv(marked(tmp_path, "<s>Ruritania</s> said <s>Ruritania</s> would pay."))
    assert row.source_span == (0, 9)
    assert row.target_span is None


@pytest.mark.parametrize(
    ("sentence", "label", "said"),
    [
        ("<s>Ruritania paid.", "AID", "line 2: <s> is never closed"),
        ("Ruritania</t> paid.", "AID", "line 2: </t> closes a mark"),
        ("<s>Ruritania</s> paid.", "GIVE", "line 2: label 'GIVE' is no PLOVER type"),
    ],
)
def test_a_bad_row_is_named(tmp_path, sentence, label, said):
    with pytest.raises(InputError, match=said):
        list(read_marked_tsv(marked(tmp_path, sentence, label)))


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "set.tsv"
    path.write_text("sentence\nx\n", encoding="utf-8")
    with pytest.raises(InputError, match="column 'marked_sentence' is missing"):
        list(read_marked_tsv(path))


def test_gold_records_place_both_partners_of_a_joint_act(tmp_path):
    path = tmp_path / "records.jsonl"
    actors = [{"actorText": "Ruritania"}, {"actorText": "Freedonia "}]
    row = {"text": "Ruritania and Freedonia met.", "event": "DEMAND", "source": actors, "target": ["context"]}
    path.write_text(json.dumps(row), encoding="utf-8")
    (record,) = read_gold_records(path)
    assert (record.source_span, record.target_span) == ((0, 9), (14, 23))
    assert record.event_types == ("REQUEST",)


def test_a_bad_record_is_named(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text('{"text": "x"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"records\.jsonl, line 1"):
        list(read_gold_records(path))


def test_every_type_stands_for_itself():
    assert all(acceptable_types(kind) == (kind,) for kind in event_types())


@pytest.mark.data
@needs_data
def test_the_marked_set_is_read_whole():
    rows = list(read_marked_tsv(DATA / "PLV_train.tsv"))
    assert len(rows) == 1050
    assert not any("<s>" in row.text or "</t>" in row.text for row in rows)
    placed = [row for row in rows if row.source_span and row.target_span]
    assert len(placed) > 1000
    assert sum(row.event_types == ("CONCEDE", "RETREAT") for row in rows) == 141


@pytest.mark.data
@needs_data
def test_the_gold_records_are_read_whole():
    rows = list(read_gold_records(DATA / "plover_gsr_dev.jsonl"))
    assert len(rows) == 193
    assert {kind for row in rows for kind in row.event_types} <= set(event_types())
    assert sum(row.source_span is not None for row in rows) > 175
