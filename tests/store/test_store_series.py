"""Figures beside events: read strictly, kept once, the last import of a period counts."""

from datetime import date

import pytest

import detente as dt
from detente.errors import InputError

SAID = {"name": "exports", "unit": "USD million", "source": "Customs"}


@pytest.fixture
def kept(tmp_path):
    return dt.open(tmp_path / "store")


@pytest.fixture
def write(tmp_path):
    def make(text, name="figures.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_a_file_is_taken_once_and_a_later_one_goes_before_it(kept, write):
    first = write("from,to,period,value\nRussia,Japan,2021-01,100.5\nRUS,JPN,2021-02,90\nJPN,RUS,2021-02,\n")
    done = kept.add_series(first, **SAID)
    assert (done.rows, done.stored, done.already_stored, done.blank) == (3, 2, 0, 1)
    again = kept.add_series(first, **SAID)
    assert (again.stored, again.already_stored) == (0, 2)
    kept.add_series(write("from;to;period;value\nRUS;JPN;2021-02;91\n", "revised.csv"), **SAID)
    figures = kept.series("exports", a="Russia", b="Japan")
    assert [(item.period, item.value) for item in figures] == [(date(2021, 1, 1), 100.5), (date(2021, 2, 1), 91.0)]
    (info,) = kept.list_series()
    assert (info.name, info.unit, info.every, info.sides, info.n) == ("exports", "USD million", "month", 1, 2)
    assert figures.to_arrow().num_rows == 2


def test_a_pair_without_direction_is_one_pair(kept, write):
    kept.add_series(write("dyad,year,value\nJPN-RUS,2020,5\nRUS-JPN,2021,6\n"), **SAID)
    assert {(item.country_a, item.country_b, item.directed) for item in kept.series()} == {("JPN", "RUS", False)}
    assert [item.period for item in kept.series()] == [date(2020, 1, 1), date(2021, 1, 1)]


def test_figures_of_a_country_alone(kept, write):
    kept.add_series(write("country,period,value\nJapan,2020,5\nRussia,2020,7\n"), **SAID)
    assert [item.value for item in kept.series(a="JPN")] == [5.0]
    assert len(kept.series(a="JPN", b="RUS")) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("country,period,value\nJapan,2020-13,5\n", r"line 2, period '2020-13': expected a year \(2019\) or a month"),
        ("country,period,value\nJapan,2020,5\nJapan,2021,x\n", "line 3, value 'x': expected a number"),
        ('country,period,value\nJapan,2020,"1,234"\n', "line 2, value '1,234': expected a number"),
        ("country,period,value\nJapan,2020,inf\n", "line 2, value 'inf'"),
        ("country,period,value\nJapn,2020,5\n", "line 2: country 'Japn' is not known"),
        ("country,period,value\nJapan,2020,5\nJapan,2020,6\n", "line 3: JPN 2020-01 has a second value"),
        ("country,period,value\nJapan,2020,5\nJapan,2020-02,6\n", "line 3: months and years are mixed"),
        ("a,b,period,value\nJapan,JPN,2020,5\n", "line 2: both sides are JPN"),
        ("country,period,value\nJapan,2020\n", "line 2: 2 cells, the header has 3"),
        ("date,amount\n2020,5\n", "the header is date, amount: expected columns"),
        ("", "the header is empty"),
        ("country,period,value\n", "no row with a value"),
    ],
)
def test_a_wrong_row_refuses_the_file(kept, write, text, message):
    with pytest.raises(InputError, match=message):
        kept.add_series(write(text), **SAID)
    assert kept.list_series() == ()


def test_another_unit_under_one_name_is_refused(kept, write):
    kept.add_series(write("country,period,value\nJapan,2020,5\n"), **SAID)
    with pytest.raises(InputError, match="is stored in USD million by year, this file is in JPY by year"):
        kept.add_series(write("country,period,value\nJapan,2021,5\n"), **{**SAID, "unit": "JPY"})


def test_a_name_that_is_not_there(kept):
    with pytest.raises(InputError, match="series 'trade' is not in this store: it has none"):
        kept.series("trade")


def test_figures_lie_beside_events_for_others_to_use(kept, write):
    kept.add_series(write("country,period,value\nJapan,2020,5\n"), **SAID)
    with kept.snapshot() as snapshot:
        rows = snapshot.series().select("name", "country_a", "period", "value").to_pyarrow().to_pylist()
    assert rows == [{"name": "exports", "country_a": "JPN", "period": date(2020, 1, 1), "value": 5.0}]
