"""GDELT's lists: `md5sums` and `filesizes` of version 1.0, `masterfilelist.txt` of 2.0.

Version 1.0 has a line `MD5  NAME` in one file and `SIZE NAME` in the other; version 2.0 has `SIZE MD5 ADDRESS`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urljoin, urlsplit

from detente.errors import FeedError
from detente.fetching.addresses import plain_path, safe_name
from detente.fetching.list_lines import Damaged, days_of, read_lines, read_md5, read_size
from detente.fetching.records import RemoteFile

_Value = TypeVar("_Value")
_EVENTS_1: Final = re.compile(r"(\d{4}|\d{6})\.zip|(\d{8})\.export\.CSV\.zip", re.I)
_REDUCED: Final = re.compile(r"GDELT\.MASTERREDUCEDV2\.1979-2013\.zip", re.I)
_OTHERS: Final = (".mentions.csv.zip", ".gkg.csv.zip")  # two lines of three
_EVENTS_2: Final = re.compile(r"(\d{14})(?:\.translation)?\.export\.CSV\.zip", re.I)
_BOTH_2: Final = re.compile(r"(\d{14})(?:\.translation)?\.(?:export|mentions)\.CSV\.zip", re.I)


def read_gdelt_1(lists: Sequence[Path], addresses: Sequence[str], damaged: Damaged) -> Iterator[RemoteFile]:
    """Event files of GDELT 1.0: years, months and days."""
    return _joined(lists, addresses, damaged, _EVENTS_1, lambda found: days_of(found[1] or found[2]))


def read_gdelt_reduced(lists: Sequence[Path], addresses: Sequence[str], damaged: Damaged) -> Iterator[RemoteFile]:
    """The one reduced file of GDELT 1.0."""
    return _joined(lists, addresses, damaged, _REDUCED, lambda _: (date(1979, 1, 1), date(2013, 12, 31)))


def read_gdelt_2(lists: Sequence[Path], addresses: Sequence[str], damaged: Damaged) -> Iterator[RemoteFile]:
    """Event files of GDELT 2.0, one for every 15 minutes; mentions and graphs are passed over."""
    return _of_2(lists, addresses, damaged, _EVENTS_2, _OTHERS)


def read_gdelt_2_mentions(lists: Sequence[Path], addresses: Sequence[str], damaged: Damaged) -> Iterator[RemoteFile]:
    """Event files of GDELT 2.0 and those of who mentions them; graphs are passed over."""
    return _of_2(lists, addresses, damaged, _BOTH_2, _OTHERS[1:])


def _of_2(
    lists: Sequence[Path],
    addresses: Sequence[str],
    damaged: Damaged,
    wanted: re.Pattern[str],
    others: tuple[str, ...],
) -> Iterator[RemoteFile]:
    for path, own in zip(lists, addresses, strict=True):
        host = urlsplit(own).netloc
        for where, line in read_lines(path, damaged):
            try:
                cells = line.split()
                if len(cells) != 3:
                    raise ValueError(f"{len(cells)} cells, expected size, MD5 and address")
                if cells[2].lower().endswith(others):
                    continue
                size, md5, address = read_size(cells[0]), read_md5(cells[1]), cells[2]
                name = safe_name(plain_path(address).rpartition("/")[2])
                if urlsplit(address).netloc != host:
                    raise ValueError(f"address {address[:200]!r} is not at {host}")
                found = wanted.fullmatch(name)
                days = days_of(found[1][:8]) if found else None
            except (ValueError, FeedError) as error:
                damaged.add(where, str(error))
                continue
            if days is not None:
                yield RemoteFile(name, address, *days, size, md5)


def _joined(
    lists: Sequence[Path],
    addresses: Sequence[str],
    damaged: Damaged,
    wanted: re.Pattern[str],
    days: Callable[[re.Match[str]], tuple[date, date]],
) -> Iterator[RemoteFile]:
    sums = dict(_named(lists[0], damaged, read_md5))
    sizes = dict(_named(lists[1], damaged, read_size))
    for name in dict.fromkeys([*sums, *sizes]):
        found = wanted.fullmatch(name)
        if found is None:
            continue
        try:
            first, last = days(found)
        except ValueError as error:
            damaged.add(lists[0].name, f"{name}: {error}")
            continue
        yield RemoteFile(name, urljoin(addresses[0], name), first, last, sizes.get(name), sums.get(name))


def _named(path: Path, damaged: Damaged, read: Callable[[str], _Value]) -> Iterator[tuple[str, _Value]]:
    for where, line in read_lines(path, damaged):
        try:
            cells = line.split()
            if len(cells) != 2:
                raise ValueError(f"{len(cells)} cells, expected two")
            yield safe_name(cells[1].removeprefix("*")), read(cells[0])
        except (ValueError, FeedError) as error:
            damaged.add(where, str(error))
