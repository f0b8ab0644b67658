"""Documents coded where they lie become the reports, ids and quotes that the coder gives at home."""

import os
import shutil
from dataclasses import fields
from importlib.util import find_spec

import pyarrow as pa
import pytest

import detente as dt
from detente.documents import read_text
from detente.engines.coding import code_batches, coded_schema
from detente.model import Report, parse_partial_date

TEXTS = (
    ("Japan expelled eight Russian diplomats on 20 April 2022.", "2022-04-21", "Expulsion", "en"),
    ("Russia sent troops to Ukraine. Poland condemned Russia on Monday.", "2022-03-07", None, None),
    ("The two ministers spoke about the weather.", "2022-03-07", None, "en"),
    ("Türkiye, Rusya'nın saldırısını kınadı.", "2022-03", None, "tr"),
    ("Россия ввела санкции против Японии.", "2022", "Санкции", None),
    ("China and India signed an agreement on 3 May 2021.", None, None, None),
)
COLUMNS = {"text": 0, "published": 1, "title": 2, "language": 3}


def rows() -> list[dict]:
    """The texts as rows, with two that hold no words."""
    told = [{name: text[at] for name, at in COLUMNS.items()} for text in TEXTS]
    return [*told[:3], {"text": None}, *told[3:], {"text": " \n"}]


def coded_here(**choices) -> list[tuple]:
    """What the coder gives without any batches: every column of a report, and its evidence."""
    documents = [
        read_text(
            text,
            published=parse_partial_date(published) if published else None,
            title=title,
            language=language,
            parse_layout=False,
        )
        for text, published, title, language in TEXTS
    ]
    found = [_told(report) for report in dt.code(documents, **choices).reports]
    assert len({row[0] for row in found}) == len(found) > 3
    return sorted(found)


def _told(report: Report) -> tuple:
    evidence = report.evidence[0]
    place = evidence.document_id, evidence.start, evidence.end, evidence.quote
    return report.report_id, place, repr([_plain(getattr(report, name)) for name in _shared()])


def _given(row: dict) -> tuple:
    place = row["document_id"], row["start"], row["end"], row["quote"]
    return row["report_id"], place, repr([_plain(row[name]) for name in _shared()])


def _shared() -> list[str]:
    return [field.name for field in fields(Report) if field.name in coded_schema().names]


def _plain(value):
    return list(value) if isinstance(value, tuple | list) else value


@pytest.mark.parametrize("size", [1, 3, 100])
def test_batches_give_what_the_coder_gives(size):
    batches = pa.Table.from_pylist(rows()).to_batches(max_chunksize=size)
    found = pa.Table.from_batches(code_batches(batches), coded_schema())
    assert sorted(_given(row) for row in found.to_pylist()) == coded_here()


def test_no_batch_gives_no_batch():
    assert list(code_batches([])) == []


def _session():
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (the extra spark)")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java: Spark needs 17 or newer")
    from detente.engines.spark import spark_session

    return spark_session("local[2]")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")  # of pandas 3, which coding does not use
def test_spark_gives_what_the_coder_gives():
    from detente.engines import code_documents
    from detente.errors import InputError

    session = _session()
    kinds = "text STRING, published STRING, title STRING, language STRING"
    frame = session.createDataFrame([tuple(row.get(name) for name in COLUMNS) for row in rows()], kinds)
    found = code_documents(frame.repartition(2)).toArrow()
    assert found.schema.names == coded_schema().names
    assert sorted(_given(row) for row in found.to_pylist()) == coded_here()
    with pytest.raises(InputError, match="no column 'text'"):
        code_documents(frame.drop("text"))
    with pytest.raises(InputError, match="'title' is int"):
        code_documents(session.createDataFrame([("a", 1)], "text STRING, title INT"))
