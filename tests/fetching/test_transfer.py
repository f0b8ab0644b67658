"""One file against a server with faults: it arrives as it is, or is given up with its reason; never wrong."""

import ssl
from datetime import date
from threading import Event

import pytest

from detente.errors import FeedError
from detente.fetching import Limits, RemoteFile
from detente.fetching.budget import Budget
from detente.fetching.client import USER_AGENT, Client
from detente.fetching.failures import DiskError, OverBudgetError
from detente.fetching.hosts import Hosts
from detente.fetching.transfer import download

PATH = "/gdeltv2/20190121000000.export.CSV.bin"
NAME = PATH.rpartition("/")[2]
DAY = date(2019, 1, 21)
CONTEXT = ssl.create_default_context()


@pytest.fixture
def body(shelf, made):
    shelf.files[PATH] = made.noise(300_000)
    return shelf.files[PATH]


@pytest.fixture
def get(shelf, body, made, tmp_path, fake_time):
    """Download the file with limits; what the server says of it can be other than what the list says."""

    def have(*, listed=True, renew=False, most=10**9, size=None, waits=None, **limits):
        held = Limits(pause=0.0, **{"read_seconds": 1.0, "file_seconds": 5.0, **limits})
        waits = waits or fake_time.waits()
        client = Client(held, Hosts(2, 0.0, waits), waits, Budget(most, "stop"), Event(), CONTEXT)
        told = (size or len(body), made.md5(body)) if listed else (None, None)
        remote = RemoteFile(NAME, f"http://publisher.example{PATH}", DAY, DAY, *told)
        return download(remote, tmp_path, client, shelf.address + PATH, renew=renew)

    return have


def left(folder):
    return sorted(item.name for item in folder.iterdir())


def test_a_file_arrives_as_it_is(get, body, shelf, tmp_path):
    assert get().read_bytes() == body
    assert left(tmp_path) == [NAME]
    assert shelf.asked[0][1]["User-Agent"] == USER_AGENT
    assert "detente" in USER_AGENT
    get()
    assert len(shelf.asked) == 1, "a file that is there is not asked for again"


@pytest.mark.parametrize("listed", [True, False])
def test_a_dropped_line_is_carried_on(get, body, shelf, fault, listed):
    shelf.faults[PATH] = [fault(drop_after=100_000), fault(drop_after=50_000)]
    assert get(listed=listed).read_bytes() == body
    ranges = [headers.get("Range") for _, headers in shelf.asked]
    assert ranges == [None, "bytes=100000-", "bytes=150000-"]
    assert shelf.asked[1][1]["If-Range"].startswith('"')


def test_a_file_that_changed_meanwhile_is_begun_again(get, shelf, fault, made):
    other = made.noise(200_000, seed=2)
    shelf.faults[PATH] = [fault(drop_after=100_000, replace=other)]
    assert get(listed=False).read_bytes() == shelf.files[PATH]


def test_without_a_tag_only_a_checksum_lets_a_file_be_carried_on(get, body, shelf, fault):
    shelf.tags = False
    shelf.faults[PATH] = [fault(drop_after=100_000)]
    assert get(listed=False).read_bytes() == body
    assert [headers.get("Range") for _, headers in shelf.asked] == [None, None]


def test_with_a_checksum_no_tag_is_needed(get, body, shelf, fault):
    shelf.tags = False
    shelf.faults[PATH] = [fault(drop_after=100_000)]
    assert get().read_bytes() == body
    assert shelf.asked[1][1]["Range"] == "bytes=100000-"


def test_a_server_that_takes_no_notice_of_range(get, body, shelf, fault):
    shelf.faults[PATH] = [fault(drop_after=100_000), fault(deaf=True)]
    assert get().read_bytes() == body


def test_a_short_body_is_asked_for_again(get, body, shelf, fault):
    shelf.faults[PATH] = [fault(cut_to=1000), fault(cut_to=1000)]
    assert get().read_bytes() == body


def test_a_longer_body_is_not_read_to_its_end(get, body, shelf, fault):
    shelf.always[PATH] = fault(replace=body + b"x" * 5_000_000, lengthless=True)
    with pytest.raises(FeedError, match="more than the 300,000 bytes"):
        get(tries=2)


def test_wrong_bytes_are_asked_for_again(get, body, shelf, fault, made):
    shelf.faults[PATH] = [fault(replace=made.noise(300_000, seed=3))]
    assert get().read_bytes() == body
    assert [headers.get("Range") for _, headers in shelf.asked] == [None, None]


def test_wrong_bytes_are_set_aside_at_last(get, shelf, fault, made, tmp_path):
    shelf.always[PATH] = fault(replace=made.noise(300_000, seed=3))
    with pytest.raises(FeedError, match=f"(?s){PATH}: the bytes are not those of the list .*set aside as .*bad"):
        get(checks=2)
    assert left(tmp_path) == [f"{NAME}.bad"]
    assert len(shelf.asked) == 2


def test_a_part_with_wrong_bytes_at_its_beginning_is_begun_again(get, body, tmp_path):
    (tmp_path / f"{NAME}.part").write_bytes(b"x" * 1000)
    assert get().read_bytes() == body


def test_a_wrong_file_that_lies_there_is_replaced(get, body, tmp_path):
    (tmp_path / NAME).write_bytes(b"x")
    assert get().read_bytes() == body


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_given_the_time_it_asks_for(get, body, shelf, fault, fake_time, status):
    shelf.faults[PATH] = [fault(status=status, headers={"Retry-After": "120"})] * 2
    assert get(waits=fake_time.waits(chance=0.0)).read_bytes() == body
    assert fake_time.slept == [120.0, 120.0]


def test_a_date_to_come_back_at(get, body, shelf, fault, fake_time):
    shelf.faults[PATH] = [fault(status=429, headers={"Retry-After": "Thu, 01 Jan 1970 00:20:00 GMT"})]
    assert get(waits=fake_time.waits(chance=0.0)).read_bytes() == body
    assert fake_time.slept == [200.0]


def test_a_wait_without_end_is_refused(get, shelf, fault):
    shelf.always[PATH] = fault(status=429, headers={"Retry-After": "999999999"})
    with pytest.raises(FeedError, match="asks for 999,999,999 s of patience"):
        get()


def test_waits_grow_and_end(get, shelf, fault, fake_time):
    shelf.always[PATH] = fault(status=500)
    with pytest.raises(FeedError, match="the server says 500"):
        get(tries=5)
    assert fake_time.slept == [1.0, 2.0, 4.0, 8.0]
    assert len(shelf.asked) == 5


@pytest.mark.parametrize(("status", "said"), [(404, "not there"), (410, "not there"), (403, "403"), (401, "401")])
def test_what_is_not_given_is_not_asked_for_twice(get, shelf, fault, status, said):
    shelf.always[PATH] = fault(status=status)
    with pytest.raises(FeedError, match=said):
        get()
    assert len(shelf.asked) == 1


def test_a_slow_drip_ends_in_time(get, shelf, fault):
    shelf.always[PATH] = fault(drip=0.05)
    with pytest.raises(FeedError, match="longer than one file may"):
        get(read_seconds=0.5, file_seconds=1.0)


def test_a_drip_of_headers_ends_in_time(get, shelf, fault):
    shelf.always[PATH] = fault(drip_headers=0.05)
    with pytest.raises(FeedError, match="longer than one file may"):
        get(read_seconds=0.5, file_seconds=0.7)


def test_silence_ends_in_time(get, shelf):
    shelf.slow = 2.0
    with pytest.raises(FeedError, match="timed out"):
        get(read_seconds=0.2, file_seconds=1.0, tries=2)


def test_a_redirect_is_followed(get, body, shelf, fault):
    shelf.files["/elsewhere/file"] = body
    shelf.faults[PATH] = [fault(status=302, headers={"Location": "/elsewhere/file"})]
    assert get().read_bytes() == body


def test_a_circle_of_redirects_ends(get, shelf, fault):
    shelf.always[PATH] = fault(status=302, headers={"Location": "/round"})
    shelf.always["/round"] = fault(status=302, headers={"Location": PATH})
    with pytest.raises(FeedError, match="leads in a circle"):
        get()
    assert len(shelf.asked) == 2


def test_a_chain_of_redirects_ends(get, shelf, fault):
    shelf.always[PATH] = fault(status=301, headers={"Location": "/0"})
    for number in range(50):
        shelf.always[f"/{number}"] = fault(status=301, headers={"Location": f"/{number + 1}"})
    with pytest.raises(FeedError, match="on and on"):
        get()
    assert len(shelf.asked) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x/", "http://u:p@127.0.0.1/"])
def test_a_redirect_to_another_kind_of_address_is_refused(get, shelf, fault, target):
    shelf.always[PATH] = fault(status=302, headers={"Location": target})
    with pytest.raises(FeedError, match=r"not http or https|password"):
        get()


def test_no_more_than_the_allowed_bytes_come(get, shelf):
    with pytest.raises(OverBudgetError, match="more than 100,000 bytes came"):
        get(most=100_000)


def test_a_list_that_did_not_change_is_not_sent_again(get, body, shelf):
    get(listed=False, renew=True)
    assert get(listed=False, renew=True).read_bytes() == body
    assert "If-None-Match" in shelf.asked[1][1]
    shelf.files[PATH] = b"new"
    assert get(listed=False, renew=True).read_bytes() == b"new"


def test_a_size_that_the_server_denies(get, shelf):
    with pytest.raises(FeedError, match="the server has 300,000 bytes, its list says 300,001"):
        get(size=300_001, tries=2)


def test_a_disk_that_takes_nothing(get, tmp_path):
    (tmp_path / f"{NAME}.part").mkdir()
    with pytest.raises(DiskError, match=f"{NAME} cannot be written"):
        get()


def test_nobody_listens(get, shelf, monkeypatch):
    monkeypatch.setattr(shelf, "address", "http://127.0.0.1:9")
    with pytest.raises(FeedError, match="cannot be reached"):
        get(tries=2)
