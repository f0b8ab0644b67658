"""Gold files are read as written; a bad line is named."""

import json
from datetime import date

import pytest

from detente.errors import InputError
from detente.evaluation import read_gold
from detente.model import Quantity


def write(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    return path


def test_a_full_row_is_read(tmp_path):
    row = {
        "source": "RUS",
        "target": "JPN",
        "plover": "CONCEDE|RETREAT",
        "date": "2022-03",
        "anchors": ["three words here", "or here"],
        "status": "actual|alleged",
        "retrospective": True,
        "target_implied": True,
        "citations": [7, None],
        "materiel": ["Su-35"],
        "quantities": [{"value": 3500, "unit": "soldiers"}],
        "optional": True,
        "reason": "why",
    }
    (event,) = read_gold(write(tmp_path, row))
    assert event.event_types == ("CONCEDE", "RETREAT")
    assert (event.date.start, event.date.end) == (date(2022, 3, 1), date(2022, 3, 31))
    assert event.sentences == ("three words here", "or here")
    assert event.statuses == ("actual", "alleged")
    assert event.citations == (7, None)
    assert event.quantities == (Quantity(3500.0, "soldiers", None),)
    assert event.retrospective
    assert event.target_implied
    assert event.optional
    assert event.pair == {"RUS", "JPN"}


def test_a_span_may_be_open_on_one_side(tmp_path):
    row = {"source": "RUS", "target": "JPN", "plover": "AID", "date_end": "2021-12-31"}
    (event,) = read_gold(write(tmp_path, row))
    assert event.date.start is None
    assert event.date.end == date(2021, 12, 31)
    assert event.date.precision == "span"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"plover": "YIELD"}, "line 2: PLOVER type 'YIELD' is none of"),
        ({"plover": None}, "line 2: PLOVER type 'none' is none of"),
        ({"status": "likely"}, "line 2: status 'likely' is none of actual"),
        ({"date": "March 2022"}, "line 2: date 'March 2022' is not"),
        ({"date_start": "2022-02-01", "date_end": "2022-01-01"}, "line 2: date_start 2022-02-01 lies after"),
        ({"date_start": "2022-02-01", "date_precision": "week"}, "line 2: date_precision 'week'"),
        ({"quantities": [{"unit": "troops"}]}, "line 2: field 'value' is missing"),
    ],
)
def test_a_bad_line_is_named(tmp_path, change, said):
    good = {"source": "RUS", "target": "JPN", "plover": "AID"}
    with pytest.raises(InputError, match=said):
        read_gold(write(tmp_path, good, good | change))


def test_a_missing_field_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gold\.jsonl, line 1: field 'target' is missing"):
        read_gold(write(tmp_path, {"source": "RUS", "plover": "AID"}))


def test_a_line_that_is_no_json_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("{\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_gold(path)
