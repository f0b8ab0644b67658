"""Turns at hosts, waits, zips, the budget, the lock: each alone, without waiting."""

import io
import subprocess
import sys
import threading
import time
import zipfile
from threading import Event

import pytest

from detente.errors import FeedError
from detente.fetching import Limits
from detente.fetching.archives import check_archive
from detente.fetching.hosts import Hosts
from detente.fetching.lock import locked
from detente.fetching.pool import download_each
from detente.fetching.records import RemoteFile
from detente.fetching.waiting import back_off, real_waits, retry_after


def test_requests_to_one_host_have_a_pause_between(fake_time):
    hosts = Hosts(4, 0.5, fake_time.waits())
    for host in ("a", "a", "b", "a"):
        with hosts.turn(host):
            pass
    assert fake_time.slept == [0.5, 0.5]


def test_a_host_that_asked_for_patience_is_left_alone_by_all(fake_time):
    hosts = Hosts(4, 0.0, fake_time.waits())
    hosts.hold("a", 30.0)
    with hosts.turn("b"):
        pass
    assert fake_time.slept == []
    with hosts.turn("a"):
        pass
    assert fake_time.slept == [30.0]


def test_no_more_than_so_many_at_once(fake_time):
    hosts = Hosts(2, 0.0, fake_time.waits())
    inside, most, lock = [], [], threading.Lock()

    def visit():
        with hosts.turn("a"):
            with lock:
                inside.append(1)
                most.append(len(inside))
            time.sleep(0.01)
            with lock:
                inside.pop()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 2


def test_a_sleeper_wakes_when_it_is_stopped():
    stop = Event()
    threading.Timer(0.05, stop.set).start()
    began = time.monotonic()
    with pytest.raises(FeedError, match="stopped"):
        real_waits(stop).sleep(60)
    assert time.monotonic() - began < 10


def test_waits_are_spread_by_chance():
    assert [back_off(3, chance) for chance in (0.0, 0.5, 1.0)] == [0.0, 2.0, 4.0]
    assert back_off(10_000, 1.0) == 60.0


@pytest.mark.parametrize("said", ["soon", "-5", "1.5", "", "٣", "Thu, 99 Jan 1970 00:00:00 GMT", None])
def test_a_header_that_says_nothing(said):
    assert retry_after(said, 0.0) is None


def test_a_date_in_the_past_is_no_wait():
    assert retry_after("Thu, 01 Jan 1970 00:00:00 GMT", 500.0) == 0.0


def packed(tmp_path, size, name="x.zip"):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.csv", bytes(size))
    return path


def test_a_small_zip_that_becomes_a_huge_file_is_refused(tmp_path):
    path = packed(tmp_path, 120_000_000)
    with pytest.raises(FeedError, match="would become 120,000,000 bytes"):
        check_archive(path, path.name, Limits(), thoroughly=True)


def test_a_zip_over_the_limit_is_refused(tmp_path):
    path = packed(tmp_path, 1_000_000)
    check_archive(path, path.name, Limits(), thoroughly=True)
    with pytest.raises(FeedError, match="would become"):
        check_archive(path, path.name, Limits(expanded_bytes=999_999), thoroughly=False)


def test_a_zip_with_wrong_bytes_inside_is_found(tmp_path):
    path = packed(tmp_path, 1000)
    raw = bytearray(path.read_bytes())
    raw[14] ^= 1  # the CRC in the member's own header
    held = io.BytesIO(raw)
    with zipfile.ZipFile(held) as archive:
        place = archive.start_dir
    raw[place + 16] ^= 1  # and in the directory
    path.write_bytes(raw)
    with pytest.raises(FeedError, match="no whole zip"):
        check_archive(path, path.name, Limits(), thoroughly=True)


def test_what_is_no_zip_is_found_by_its_name(tmp_path):
    path = tmp_path / "x.zip.part"
    path.write_bytes(b"<html>")
    with pytest.raises(FeedError, match=r"x\.zip is no whole zip"):
        check_archive(path, "x.zip", Limits(), thoroughly=False)
    check_archive(path, "x.tab", Limits(), thoroughly=False)


def test_one_fetch_at_a_time_in_a_folder(tmp_path):
    code = "import sys, pathlib\nfrom detente.fetching.lock import locked\nwith locked(pathlib.Path(sys.argv[1])): pass"
    command = [sys.executable, "-c", code, str(tmp_path)]
    with locked(tmp_path):
        second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "in use by another fetch" in second.stderr
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_files_come_in_their_order_and_only_so_many_ahead(tmp_path):
    from datetime import date

    day = date(2019, 1, 1)
    files = [RemoteFile(f"f{number}", f"http://x/{number}", day, day) for number in range(40)]
    begun = []

    def have(file):
        begun.append(file.name)
        time.sleep(0.001 if file.name != "f0" else 0.05)
        if file.name == "f3":
            raise FeedError("gone")
        return tmp_path / file.name

    found = download_each(files, have, threads=4, ahead=8, stop=Event())
    first = next(found)
    assert first.remote is files[0]
    assert len(begun) <= 8
    rest = list(found)
    assert [getattr(item, "reason", None) or item.remote.name for item in rest] == [
        "gone" if number == 3 else f"f{number}" for number in range(1, 40)
    ]
