"""Addresses are read as written, and what cannot be opened says why in one line."""

import sys
from datetime import UTC, datetime

import pytest

import detente as dt
from detente.engines.addresses import is_address, read_address
from detente.errors import InputError, StoreError


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("pyspark:///data/my%20store", "/data/my store"),
        ("pyspark:///C:/data/store", "C:/data/store"),
        ("clickhouse:///data/store", "/data/store"),
        ("clickhouse://host/data", None),
        ("pyspark://?table=db.acts", None),
    ],
)
def test_a_folder_is_told_from_a_server(place, expected):
    assert read_address(place).folder == expected


@pytest.mark.parametrize("place", ["/data/store", "C:\\stores\\mine", "C:/stores/mine", "store"])
def test_a_folder_is_no_address(place):
    assert not is_address(place)


def test_a_password_is_never_shown():
    address = read_address("trino://me:secret%2F1@host:8443/hive/acts")
    assert address.password == "secret/1"
    assert "secret" not in repr(address) + str(address) + repr(dt.open("trino://me:secret%2F1@host:8443/hive/acts"))


@pytest.mark.parametrize("place", ["mysql://host/db", "trino://host/a/b?tabel=acts", "trino://host:port/a/b"])
def test_a_wrong_address_is_refused_in_one_line(place):
    with pytest.raises(InputError) as raised:
        dt.open(place)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("place", "module", "extra"),
    [
        ("pyspark:///nowhere", "pyspark.sql", "spark"),
        ("clickhouse:///nowhere", "clickhouse_connect", "clickhouse"),
        ("bigquery://project/data", "google.cloud.bigquery", "bigquery"),
        ("trino://host/a/b", "trino", "trino"),
    ],
)
def test_an_extra_says_its_name_when_it_is_missing(place, module, extra, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StoreError, match=rf"detente\[{extra}\]"):
        dt.open(place).snapshot()


def test_writing_is_refused_before_anything_is_opened():
    store = dt.open("trino://host/hive/acts")
    coded = dt.code_text("Russia sent troops to Japan.", date="2022-03-07")
    for write in (
        lambda: store.add(coded),
        lambda: store.forget("d1"),
        store.tables.compact,
        lambda: store.tables.delete_document("d1"),
    ):
        with pytest.raises(StoreError, match="read-only") as raised:
            write()
        assert "\n" not in str(raised.value)


def test_what_needs_a_folder_says_so_before_it_starts(monkeypatch):
    from detente.api.fetching import FetchChoices, fetch_feed, plan_fetch
    from detente.api.stores import check_folder
    from detente.api.upkeep import compact_store, migrate_store

    place = "trino://me:secret@host/hive/acts"
    for refused in (
        lambda: compact_store(place),
        lambda: migrate_store(place),
        lambda: check_folder(place),
        lambda: fetch_feed(dt.open(place), "gdelt", FetchChoices("2020-01-01")),
        lambda: plan_fetch(dt.open(place), "gdelt", FetchChoices("2020-01-01")),
    ):
        with pytest.raises(StoreError, match="FOLDER") as raised:
            refused()
        assert "secret" not in str(raised.value)
    monkeypatch.setenv("DETENTE_STORE", place)
    with pytest.raises(StoreError, match="FOLDER"):
        check_folder(None)
    check_folder("/a/folder")


def test_an_engine_fills_in_no_texts(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="fills in no texts"):
        dt.open("trino://host/a/b", texts=tmp_path)
    monkeypatch.setenv("DETENTE_TEXTS", str(tmp_path))
    assert dt.open("trino://host/a/b").texts is None


@pytest.mark.parametrize(
    "place", ["trino://host/a/b", "bigquery://project/data", "clickhouse://host/data", "pyspark://?table=db.acts"]
)
def test_a_table_alone_has_no_reviews_and_no_past(place):
    store = dt.open(place)
    for ask in (lambda: store.reviewed("accepted").snapshot(), lambda: store.snapshot(known_by=datetime.now(UTC))):
        with pytest.raises(StoreError, match="folder") as raised:
            ask()
        assert "\n" not in str(raised.value)
