"""Files of mentions of GDELT 2.0: brought when asked for, after their events, each once."""

import pytest

import detente as dt
from detente.api.fetching import FetchChoices, Limits, fetch_feed, plan_fetch
from detente.errors import InputError
from detente.feeds.sheet import feed_sheet

STAMPS = ("20190121000000", "20190121001500")
COLUMNS = feed_sheet("gdelt-mentions").layouts[0].columns


def mentions(made, stamp, *events):
    """A zip of mentions, one of each event."""
    lines = []
    for event in events:
        cells = dict.fromkeys(COLUMNS, "") | {
            "GLOBALEVENTID": event,
            "MentionTimeDate": stamp,
            "MentionType": "1",
            "MentionSourceName": "paper.example",
            "MentionIdentifier": f"https://paper.example/{event}",
            "Confidence": "80",
        }
        lines.append("\t".join(cells[column] for column in COLUMNS))
    return made.zipped(f"{stamp}.mentions.CSV", "\n".join(lines) + "\n")


@pytest.fixture
def listed(shelf, made):
    """Events and mentions of two quarters of an hour; the list has the mentions first, and a graph of neither."""
    paths = []
    for stamp in STAMPS:
        own = [f"{stamp}{number:03}"[-15:] for number in range(3)]
        base = f"/gdeltv2/{stamp}"
        shelf.files[f"{base}.mentions.CSV.zip"] = mentions(made, stamp, *own)
        shelf.files[f"{base}.export.CSV.zip"] = made.export(stamp)
        paths += [f"{base}.mentions.CSV.zip", f"{base}.export.CSV.zip"]
    lines = [made.line_of(path, shelf.files[path]) for path in paths]
    lines.append(f"10 {'0' * 32} {made.PUBLISHER}/gdeltv2/{STAMPS[0]}.gkg.csv.zip")
    shelf.files[made.LIST] = "".join(f"{line}\n" for line in lines).encode()
    return paths


@pytest.fixture
def fetch(shelf, tmp_path, fake_time):
    store = dt.open(tmp_path / "store")

    def run(feed="gdelt/2", *, plan=False, **choices):
        limits = Limits(read_seconds=2.0, file_seconds=20.0, tries=2, pause=0.0)
        asked = FetchChoices("2019", mirror=shelf.address, folder=tmp_path / "files", limits=limits, **choices)
        work = plan_fetch if plan else fetch_feed
        return work(store, feed, asked, waits=fake_time.waits())

    run.store = store
    return run


def articles(store):
    with store.snapshot() as snapshot:
        rows = snapshot.table("evidence").to_pyarrow().to_pylist()
    return sorted((row["report_id"], row["url"]) for row in rows)


def test_without_the_option_events_alone_are_brought(fetch, listed, shelf):
    done = fetch()
    assert (done.listed, done.rows, done.stored) == (2, 6, 6)
    assert not any("mentions" in path for path in shelf.paths())
    assert articles(fetch.store) == []


def test_with_it_each_event_has_its_articles(fetch, listed):
    done = fetch(mentions=True)
    assert (done.listed, done.fetched, done.rows, done.stored, done.failed) == (4, 4, 12, 12, ())
    found = articles(fetch.store)
    assert len(found) == 6
    assert found[0] == ("gdelt/2:190121000000000", "https://paper.example/190121000000000")
    again = fetch(mentions=True)
    assert (again.taken_before, again.to_fetch) == (4, 0)


def test_a_fetch_without_them_is_completed_later(fetch, listed, shelf):
    fetch()
    shelf.asked.clear()
    done = fetch(mentions=True)
    assert (done.taken_before, done.fetched, done.stored) == (2, 2, 6)
    assert [path for path in shelf.paths() if "export" in path] == []
    assert len(articles(fetch.store)) == 6


def test_of_a_choice_of_sides_the_mentions_of_its_events_are_kept(fetch, listed):
    done = fetch(mentions=True, only=["RUS"])
    assert (done.rows, done.stored, done.filtered) == (12, 4, 8)
    assert {name for name, _ in articles(fetch.store)} == {"gdelt/2:190121000000000", "gdelt/2:190121001500000"}


def test_a_feed_without_mentions_says_which_have_them(fetch, shelf):
    with pytest.raises(InputError, match="'icews' has no files of mentions: expected one of gdelt/2, gdelt/2-trans"):
        fetch("icews", mentions=True, plan=True)
    assert shelf.paths() == []


@pytest.mark.data
def test_real_files_of_events_and_mentions(fetch, shelf, made):
    folder = made.DATA / "gdelt"
    if not folder.is_dir():
        pytest.skip("the development data are not here")
    bodies = {
        f"/gdeltv2/{name}.zip": made.zipped(name, (folder / kind / name).read_bytes())
        for kind, name in (("events", "20170101073000.export.CSV"), ("mentions", "20170101073000.mentions.CSV"))
    }
    shelf.files.update(bodies)
    shelf.files[made.LIST] = "".join(f"{made.line_of(path, body)}\n" for path, body in bodies.items()).encode()
    choices = FetchChoices("2017", mirror=shelf.address, limits=Limits(pause=0.0), mentions=True)
    done = fetch_feed(fetch.store, "gdelt/2", choices)
    assert (done.fetched, done.rows) == (2, 720 + 1983)
    assert any("mentions are of events that are not in the store" in note for note in done.notes)
