"""The cube stands for the events after commits, links, compacting, migrating; one that lags is not read."""

import json
from datetime import date, timedelta

import pytest

from detente.store import Batch, migrate_folder, open_store
from detente.store.tables import delete_rows

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2

KEYS = ["feed", "date_start", "source_country", "target_country", "event_type", "cameo", "status"]


@pytest.fixture
def feed_batch(make_batch, make_feed_row):
    """A batch as an import of a feed makes it."""

    def make(*reports, links=(), input_hash=""):
        batch = make_batch(reports, links=links, input_hash=input_hash)
        imports = batch.imports.to_pylist()
        imports[0] |= {"kind": "feed", "feed": "gdelt"}
        return Batch(type(batch.imports).from_pylist(imports, schema=batch.imports.schema), batch.tables)

    return make


def counted(snapshot):
    """Events of feeds between two sides by what a cube tells of them, from the cube and from the view."""
    view = snapshot.events()
    view = view.filter(view.record_kind == "feed", view.source_country != view.target_country)
    by_events = view.group_by(KEYS).aggregate(n=view.count())
    rows = snapshot.cube.rows
    by_cube = rows.group_by(KEYS).aggregate(n=rows.n.sum())
    tables = (found.to_pyarrow().to_pylist() for found in (by_cube, by_events))
    return [sorted((tuple(row.values()) for row in rows), key=str) for rows in tables]


def assert_same(store, **known):
    with store.snapshot(**known) as snapshot:
        cube, events = counted(snapshot)
        assert cube == events
        whole = snapshot.cube.coverage.filter(snapshot.cube.coverage.side.isnull()).n.sum().to_pyarrow().as_py()
        view = snapshot.events()
        assert whole == view.filter(view.record_kind == "feed").count().to_pyarrow().as_py()
        return cube


def test_the_cube_counts_what_the_events_are(store, feed_batch, make_feed_row, make_report, make_batch):
    targets = ["JPN", None, "RUS"] * 3
    rows = [
        make_feed_row(f"r{n}", cameo="1823" if n % 2 else "04", target_country=target)
        for n, target in enumerate(targets)
    ]
    store.commit(feed_batch(*rows))
    store.commit(feed_batch(make_feed_row("r10", date_start=date(2022, 3, 8), date_end=date(2022, 3, 8))))
    store.commit(make_batch([make_report("chosen")]))
    assert [row[-1] for row in assert_same(store)] == [2, 1, 1]


def test_a_link_that_merges_feed_rows_changes_the_cube(store, feed_batch, make_feed_row, make_link):
    links = [make_link("r1", "r1"), make_link("r2", "r1")]
    store.commit(feed_batch(make_feed_row("r1"), make_feed_row("r2"), make_feed_row("r3"), links=links))
    assert [row[-1] for row in assert_same(store)] == [2]


def test_the_past_of_a_store_has_the_cube_of_then(store, feed_batch, make_feed_row):
    store.commit(feed_batch(make_feed_row("r1")))
    then = store.clock()
    store.commit(feed_batch(make_feed_row("r2")))
    assert [row[-1] for row in assert_same(store, known_by=then)] == [1]
    assert [row[-1] for row in assert_same(store)] == [2]


def test_the_same_input_at_once_counts_once(store, feed_batch, make_feed_row):
    for _ in range(2):
        store.commit(feed_batch(make_feed_row("r1"), input_hash="same"))
    assert [row[-1] for row in assert_same(store)] == [1]


def test_compacting_changes_no_answer(store, feed_batch, make_feed_row):
    for n in range(4):
        store.commit(feed_batch(make_feed_row(f"r{n}", source_country="RUS" if n % 2 else "CHN")))
    before = assert_same(store)
    held = store.snapshot()
    done = {item.table: item for item in store.compact(delete_older_than=timedelta(hours=1))}
    assert (done["cube"].files_removed, done["cube"].files_added) == (4, 1)
    assert assert_same(store) == before
    assert counted(held)[0] == before  # a reader that began before
    held.close()


def test_an_older_store_is_brought_up(store, feed_batch, make_feed_row):
    store.commit(feed_batch(make_feed_row("r1"), make_feed_row("r2")))
    store.commit(feed_batch(make_feed_row("r3")))
    with store.snapshot() as snapshot:
        ids = snapshot.table("imports").import_id.to_pyarrow().to_pylist()
    marker = store.path / "detente.json"
    marker.write_text(json.dumps({"format": 1, "id": store.id}))
    delete_rows(store.path, "cube", "import_id", ids[:1])  # as a migration that was killed leaves it
    for name in ("cube", "coverage"):
        delete_rows(store.path, name, "import_id", ids[1:])
    with open_store(store.path).snapshot() as snapshot:
        assert snapshot.cube is None
        assert snapshot.feeds() == {"gdelt": 3}
    delete_rows(store.path, "coverage", "import_id", ids)
    done = migrate_folder(store.path)
    assert (done.from_format, done.to_format, done.counted) == (1, 2, 3)
    assert json.loads(marker.read_text()) == {"format": 2, "id": store.id}
    assert [row[-1] for row in assert_same(open_store(store.path))] == [3]
    assert migrate_folder(store.path).counted == 0
