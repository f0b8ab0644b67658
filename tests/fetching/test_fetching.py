"""A feed from list to store: counted, filtered, each file once, the rest goes on when one fails."""

import re
import shutil

import pytest

import detente as dt
from detente.api.fetching import FetchChoices, Limits, fetch_feed, plan_fetch
from detente.errors import FeedError, InputError

LIST = "/gdeltv2/masterfilelist.txt"
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2


@pytest.fixture
def store(tmp_path):
    return dt.open(tmp_path / "store")


@pytest.fixture
def fetch(store, shelf, tmp_path, fake_time):
    """Fetch GDELT 2.0 of 21 January 2019 from the shelf."""

    def run(*, plan=False, said=None, feed="gdelt/2", since="2019-01-21", until="2019-01-21", **choices):
        limits = {"read_seconds": 2.0, "file_seconds": 20.0, "tries": 3, "pause": 0.0, **choices.pop("limits", {})}
        asked = FetchChoices(
            since, until, mirror=shelf.address, folder=tmp_path / "files", limits=Limits(**limits), **choices
        )
        if plan:
            return plan_fetch(store, feed, asked, waits=fake_time.waits())
        return fetch_feed(store, feed, asked, waits=fake_time.waits(), progress=said)

    return run


def reports(store):
    with store.snapshot() as snapshot:
        rows = snapshot.table("reports").to_pyarrow().to_pylist()
    return sorted((row["report_id"], row["source_country"], row["target_country"], row["feed"]) for row in rows)


def test_what_is_listed_is_stored_once(fetch, store, quarters, shelf):
    done = fetch()
    assert (done.feed, done.listed, done.fetched, done.rows, done.stored, done.failed) == ("gdelt/2", 6, 6, 18, 18, ())
    assert done.fetched_bytes == done.listed_bytes == sum(map(len, (shelf.files[path] for path in quarters.paths)))
    first = reports(store)
    assert len(first) == 18
    assert {row[3] for row in first} == {"gdelt/2"}
    shelf.asked.clear()
    again = fetch()
    assert (again.taken_before, again.to_fetch, again.fetched, again.rows) == (6, 0, 0, 0)
    assert shelf.paths() == [LIST]
    assert reports(store) == first


def test_files_go_when_their_rows_are_stored_and_stay_when_asked(fetch, quarters, tmp_path):
    fetch()
    folder = tmp_path / "files" / "gdelt-2"
    assert {item.name for item in folder.iterdir()} == {".lock", "lists"}
    fetch(only=["RUS"], keep=True)
    assert len(list(folder.glob("*.zip"))) == 6


def test_kept_files_are_not_asked_for_again(fetch, quarters, shelf, store):
    fetch(only=["RUS"], keep=True)
    shelf.asked.clear()
    done = fetch(only=["USA"], name="gdelt/usa")
    assert shelf.paths() == [LIST]
    assert (done.stored, done.filtered, done.fetched_bytes) == (6, 12, 0)


def test_a_dry_run_counts_and_stores_nothing(fetch, quarters, shelf, store, tmp_path):
    plan = fetch(plan=True)
    assert (plan.dry_run, plan.listed, plan.to_fetch) == (True, 6, 6)
    assert plan.to_fetch_bytes == sum(len(shelf.files[path]) for path in quarters.paths)
    assert shelf.paths() == [LIST]
    assert store.is_empty()
    fetch()
    assert fetch(plan=True).to_fetch == 0


def test_only_the_rows_asked_for_are_kept(fetch, quarters, store):
    done = fetch(only=["RUS,JPN"])
    assert (done.rows, done.stored, done.filtered) == (18, 6, 12)
    assert {row[1:3] for row in reports(store)} == {("RUS", "JPN")}
    more = fetch(dyads=["FRA-DEU"])
    assert (more.to_fetch, more.stored) == (6, 6)


def test_days_choose_files(fetch, quarters, shelf, made):
    other = "/gdeltv2/20190125000000.export.CSV.zip"
    shelf.files[other] = made.export("20190125000000")
    quarters.write_list(made.line_of(other, shelf.files[other]))
    assert fetch(plan=True).listed == 6
    assert fetch(plan=True, until=None).listed == 7
    assert fetch(plan=True, since="2019-01-22", until="2019-01-24").listed == 0
    assert fetch(since="2019-01-22", until="2019-01-24").fetched == 0


def test_a_file_that_is_gone_is_said_and_the_rest_goes_on(fetch, quarters, shelf, store):
    del shelf.files[quarters.paths[2]]
    said = []
    done = fetch(said=said.append)
    assert (done.fetched, done.stored, len(done.failed)) == (5, 15, 1)
    assert done.failed[0].address == f"http://data.gdeltproject.org{quarters.paths[2]}"
    assert "404" in done.failed[0].reason
    assert any(line.startswith("left out: ") for line in said)


def test_a_file_that_failed_is_asked_for_the_next_time(fetch, quarters, shelf, made, store):
    path, body = quarters.paths[2], shelf.files.pop(quarters.paths[2])
    fetch()
    shelf.files[path] = body
    done = fetch()
    assert (done.taken_before, done.fetched, done.stored) == (5, 1, 3)
    assert len(reports(store)) == 18


def test_faults_of_all_kinds_at_once(fetch, quarters, shelf, fault, made, store):
    a, b, c, d, e, _ = quarters.paths
    shelf.faults[a] = [fault(drop_after=300), fault(status=503, headers={"Retry-After": "7"})]
    shelf.faults[b] = [fault(replace=made.noise(len(shelf.files[b]))), fault(cut_to=10)]
    shelf.faults[c] = [fault(status=429, headers={"Retry-After": "30"})]
    shelf.faults[d] = [fault(status=302, headers={"Location": e})] * 9  # the bytes of another file
    shelf.faults[LIST] = [fault(status=500), fault(drop_after=100)]
    done = fetch()
    assert (done.fetched, done.stored) == (5, 15)
    assert [failure.address.endswith(d) for failure in done.failed] == [True]
    assert re.search("set aside as|the server has", done.failed[0].reason)
    assert len(reports(store)) == 15


def test_nothing_at_all_can_be_had(fetch, quarters, shelf):
    for path in quarters.paths:
        del shelf.files[path]
    with pytest.raises(FeedError, match=r"404.*\(and 5 more\)"):
        fetch()


def test_no_list(fetch, shelf):
    with pytest.raises(FeedError, match=r"masterfilelist.txt: the server says 404"):
        fetch()


def test_a_list_that_names_nothing_of_the_feed(fetch, shelf):
    shelf.files[LIST] = b"<html>moved</html>\n"
    with pytest.raises(FeedError, match=r"names no file of it \(1 lines could not be used\)"):
        fetch()


def test_a_list_with_hostile_lines_is_used_without_them(fetch, quarters, shelf, tmp_path):
    sum_ = "0" * 32
    quarters.write_list(
        f"10 {sum_} file:///etc/20190121010000.export.CSV.zip",
        f"10 {sum_} ftp://data.gdeltproject.org/20190121011500.export.CSV.zip",
        f"10 {sum_} http://data.gdeltproject.org/gdeltv2/../../../20190121013000.export.CSV.zip",
        f"{10**20} {sum_} http://data.gdeltproject.org/gdeltv2/20190121014500.export.CSV.zip",
        "no line at all",
    )
    done = fetch()
    assert (done.listed, done.stored) == (6, 18)
    assert "5 lines of the list could not be used" in done.notes[0]
    assert shelf.paths().count(LIST) == 1
    assert set(shelf.paths()) == {LIST, *quarters.paths}


def test_a_file_that_is_not_the_feeds_is_set_aside_and_the_rest_is_stored(fetch, quarters, shelf, made, store):
    path = quarters.paths[3]
    shelf.files[path] = made.zipped("x.export.CSV", "a\tb\tc\n1\t2\t3\n")
    quarters.write_list()
    done = fetch()
    assert (done.fetched, done.rows, done.stored, done.already_stored) == (5, 15, 15, 0)
    assert len(reports(store)) == 15
    assert "set aside as" in done.failed[0].reason


def test_a_listed_zip_that_explodes_is_not_read(fetch, quarters, shelf, made, store):
    path = quarters.paths[3]
    shelf.files[path] = made.zipped("x.export.CSV", "x" * 120_000_000)
    quarters.write_list()
    done = fetch()
    assert done.stored == 15
    assert "would become" in done.failed[0].reason


def test_more_bytes_than_allowed_are_not_begun(fetch, quarters, shelf, store):
    with pytest.raises(FeedError, match="more than the 1,000 that may come"):
        fetch(limits={"max_bytes": 1000})
    assert shelf.paths() == [LIST]
    assert store.is_empty()


def test_bytes_that_come_in_vain_count(fetch, quarters, shelf, fault, made):
    whole = sum(len(shelf.files[path]) for path in quarters.paths)
    path = quarters.paths[0]
    shelf.faults[path] = [fault(replace=made.noise(len(shelf.files[path]), seed=n)) for n in range(2)]
    with pytest.raises(FeedError, match="the fetch ends here; what was stored stays"):
        fetch(limits={"max_bytes": whole + 10, "connections": 1})


def test_a_file_made_anew_is_fetched_again_and_its_old_rows_are_not_stored_twice(fetch, quarters, shelf, made, store):
    fetch()
    path = quarters.paths[0]
    shelf.files[path] = made.export("20190121000000", rows=5)
    quarters.write_list()
    done = fetch()
    assert (done.taken_before, done.rows, done.stored, done.already_stored) == (5, 5, 2, 3)


def test_what_was_imported_by_hand_is_not_stored_twice(fetch, quarters, shelf, store, tmp_path):
    path = tmp_path / quarters.paths[0].rpartition("/")[2]
    path.write_bytes(shelf.files[quarters.paths[0]])
    store.import_feed("gdelt", path, name="gdelt/2")
    done = fetch()
    assert (done.rows, done.stored, done.already_stored) == (18, 15, 3)


def test_connections_and_pauses_are_kept(fetch, quarters, shelf):
    shelf.slow = 0.05
    fetch(limits={"connections": 2})
    assert 1 < shelf.most_open <= 2


def test_the_store_and_the_days_must_be_right(fetch, quarters):
    with pytest.raises(InputError, match="since 2019-01-22 is after until 2019-01-21"):
        fetch(since="2019-01-22")
    with pytest.raises(InputError):
        fetch(since="yesterday")


def test_a_list_unchanged_is_not_sent_twice(fetch, quarters, shelf):
    fetch(plan=True)
    fetch(plan=True)
    assert "If-None-Match" in shelf.asked[1][1]


def test_nothing_outside_the_folders_is_written(fetch, quarters, tmp_path):
    fetch()
    assert {item.name for item in tmp_path.iterdir()} == {"store", "files"}
    shutil.rmtree(tmp_path / "files")
    assert fetch().taken_before == 6


@pytest.mark.data
def test_real_files_are_fetched_and_sum_to_those_imported(fetch, shelf, made, store, tmp_path):
    folder = made.DATA / "gdelt" / "events"
    if not folder.is_dir():
        pytest.skip("the development data are not here")
    zips = {"20190121220000.export.CSV.zip": (folder / "20190121220000.export.CSV.zip").read_bytes()}
    for name in ("20191024143000.export.CSV", "20170101073000.export.CSV"):
        zips[f"{name}.zip"] = made.zipped(name, (folder / name).read_bytes())
    paths = {f"/gdeltv2/{name}": body for name, body in zips.items()}
    shelf.files.update(paths)
    shelf.files[LIST] = "\n".join(made.line_of(path, body) for path, body in paths.items()).encode()
    done = fetch(since="2017", until="2019")
    by_hand = dt.open(tmp_path / "by-hand")
    for name, body in zips.items():
        (tmp_path / name).write_bytes(body)
    told = by_hand.import_feed("gdelt", [tmp_path / name for name in zips], name="gdelt/2")
    assert (done.rows, done.stored, done.quarantined) == (told.rows, told.stored, told.quarantined)
    assert done.rows == 1629 + 2111 + 720
    assert reports(store) == reports(by_hand)


@pytest.mark.data
def test_real_days_of_icews_from_a_list_like_dataverses(fetch, shelf, made, store):
    import json

    files = sorted((made.DATA / "icews" / "raw_daily").glob("*.tab.gz"))[:3]
    if not files:
        pytest.skip("the development data are not here")
    entries = []
    for number, path in enumerate(files, start=1):
        body = path.read_bytes()
        shelf.files[f"/api/access/datafile/{number}"] = body
        data = {"id": number, "filesize": len(body), "checksum": {"type": "MD5", "value": made.md5(body)}}
        entries.append({"label": path.name, "restricted": False, "dataFile": data})
    lists = "/api/datasets/:persistentId/versions/:latest-published/files?persistentId=doi:10.7910/DVN/"
    shelf.files[f"{lists}28075"] = json.dumps({"status": "OK", "data": []}).encode()
    shelf.files[f"{lists}QI2T9A"] = json.dumps({"status": "OK", "data": entries}).encode()
    done = fetch(feed="icews", since="2018-10-01", until="2018-10-31")
    assert (done.fetched, done.failed) == (3, ())
    assert done.rows == done.stored + done.quarantined + done.already_stored > 1000
    assert fetch(feed="icews", since="2018-10-01", until="2018-10-31").taken_before == 3
