"""Documents in CSV and Parquet tables."""

import datetime
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.documents import BadInput, read_batch, read_bytes, tables_of_documents
from detente.errors import DocumentError
from detente.model import Document


def batch(raw, kind):
    found = list(read_batch(raw, name="table", kind=kind))
    return (
        [item for item in found if isinstance(item, Document)],
        [item.reason for item in found if isinstance(item, BadInput)],
    )


def parquet(**columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_column_of_a_csv(delimiter, end, encoding):
    head = ["ID", "Text", "date", "title", "publisher", "url", "language", "other"]
    row = [
        "7",
        f'"Russia sent ""peace"" troops.{end}Japan{delimiter} too{delimiter} did."',
        "2022-02-24",
        "T",
        "P",
        "u",
        "en",
        "x",
    ]
    raw = end.join([delimiter.join(head), delimiter.join(row), ""]).encode(encoding)
    (document,), bad = batch(raw, "csv")
    assert bad == []
    assert document.text == f'Russia sent "peace" troops.{end}Japan{delimiter} too{delimiter} did.'
    assert (document.id, str(document.published), document.title) == ("7", "2022-02-24", "T")
    assert (document.publisher, document.url, document.language) == ("P", "u", "en")


def test_only_text_is_needed():
    (document,), bad = batch(b"text\nRussia sent troops.\n\n", "csv")
    assert (document.text, bad) == ("Russia sent troops.", [])


def test_bad_rows_are_said_with_their_line_and_the_rest_goes_on():
    rows = [
        "id,text,date",
        "1,Russia sent troops.,soon",
        "2,,",
        '3,"Japan',
        'protested.",2022',
        "4,a,b,c",
        '5,"open,2022',
        "6,End.,",
    ]
    documents, bad = batch("\n".join(rows).encode(), "csv")
    assert [document.id for document in documents] == ["3", "6"]
    assert [reason.split(":")[0] for reason in bad] == [f"table, line {line}" for line in (2, 3, 6, 7)]


def test_a_field_longer_than_the_csv_module_s_own_limit():
    (document,), bad = batch(b"text\n" + b"Russia sent troops. " * 20_000, "csv")
    assert len(document.sentences) == 20_000
    assert bad == []


@pytest.mark.parametrize("raw", [b"id,body\n1,x\n", b"just words\n"])
def test_a_csv_without_text(raw):
    with pytest.raises(DocumentError, match="no column text"):
        read_bytes(raw, name="table", kind="csv")


def test_rows_that_all_break_end_in_time():
    documents, bad = batch(b"text\n" + b'x"y,"z\n' * 20_000 + b'"' + b"a\n" * 1_000, "csv")
    assert documents or bad


def test_every_column_of_a_parquet_table():
    day = datetime.date(2022, 2, 24)
    raw = parquet(
        id=[7],
        TEXT=["Russia sent troops."],
        date=[day],
        title=["T"],
        publisher=["P"],
        url=["u"],
        language=["en"],
        n=[1.5],
    )
    (document,), bad = batch(raw, "parquet")
    assert bad == []
    assert (document.id, document.text, str(document.published)) == ("7", "Russia sent troops.", "2022-02-24")
    assert (document.title, document.publisher, document.url, document.language) == ("T", "P", "u", "en")


@pytest.mark.parametrize(
    "dates",
    [
        pa.array(["2022-02-24"]),
        pa.array([datetime.datetime(2022, 2, 24, 10)]),
        pa.array([datetime.datetime(2022, 2, 24, 10, tzinfo=datetime.UTC)]),
        pa.array(["2022-02-24"]).dictionary_encode(),
    ],
    ids=["string", "time", "utc", "dictionary"],
)
def test_dates_of_a_parquet_table(dates):
    (document,), _ = batch(parquet(text=["Russia sent troops."], date=dates), "parquet")
    assert str(document.published) == "2022-02-24"


def test_bad_rows_of_a_parquet_table():
    documents, bad = batch(
        parquet(text=["Russia sent troops.", None, " ", "End."], date=[None, None, None, "soon"]), "parquet"
    )
    assert len(documents) == 1
    assert [reason.split(":")[0] for reason in bad] == ["table, row 2", "table, row 3", "table, row 4"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (parquet(body=["x"]), "no column text"),
        (parquet(text=[1]), "is no text"),
        (parquet(text=[b"x"]), "is bytes"),
        (parquet(text=[["x"]]), "no column text"),
        (b"PAR1" + b"\x00" * 50 + b"PAR1", "broken Parquet"),
        (parquet(text=["x"])[:-9], "broken Parquet"),
        (b"text\nx\n", "no parquet file"),
    ],
    ids=range(7),
)
def test_what_is_no_table_of_documents(raw, said):
    with pytest.raises(DocumentError) as caught:
        read_bytes(raw, name="table", kind="parquet")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_small_table_of_a_great_text_many_times_is_bounded(monkeypatch):
    monkeypatch.setattr(tables_of_documents, "MAX_UNPACKED", 200_000)
    raw = parquet(text=pa.array(["a" * 20_000] * 10_000))
    assert len(raw) < 200_000
    with pytest.raises(DocumentError, match="MB"):
        list(read_batch(raw, name="table", kind="parquet"))
