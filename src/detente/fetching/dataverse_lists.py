"""Dataverse's lists of a dataset's files, as its native API gives them: ICEWS and POLECAT.

Source: Dataverse guides, Native API, "List Files in a Dataset", and Data Access API. For a table that Dataverse took
in, the checksum is that of the file as it was given, so that one is asked for (`format=original`).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

from detente.errors import FeedError
from detente.fetching.addresses import safe_name
from detente.fetching.list_lines import Damaged, days_of, read_md5, read_size
from detente.fetching.records import RemoteFile

_Days = tuple[date, date]
_LARGEST: Final = 100_000_000  # bytes of such a list
_ICEWS_YEAR: Final = re.compile(r"events\.(\d{4})\.[\w.-]*?(?:tab|zip)", re.I)
_ICEWS_DAY: Final = re.compile(r"(\d{8})-icews-events(?:-?[\w]*)?(?:\.tab|\.csv)?(?:\.zip|\.gz)?", re.I)
_POLECAT: Final = re.compile(r"ngecEvents[\w.-]*?\.((?:19|20)\d{2})[\w.-]*\.(?:txt|tab|zip|gz)", re.I)
_LATE: Final = timedelta(days=14)  # how long before its own day a file of a day or week still tells of


def read_icews_list(lists: Sequence[Path], addresses: Sequence[str], damaged: Damaged) -> Iterator[RemoteFile]:
    """Event files of ICEWS: years, weeks and days; code books and notes are passed over."""
    return _files(lists, addresses, damaged, _icews_days)


def read_polecat_list(lists: Sequence[Path], addresses: Sequence[str], damaged: Damaged) -> Iterator[RemoteFile]:
    """Event files of POLECAT, by year."""
    return _files(lists, addresses, damaged, _polecat_days)


def _icews_days(name: str) -> _Days | None:
    if found := _ICEWS_YEAR.fullmatch(name):
        return days_of(found[1])
    if found := _ICEWS_DAY.fullmatch(name):
        day, _ = days_of(found[1])
        return day - _LATE, day + timedelta(days=1)
    return None


def _polecat_days(name: str) -> _Days | None:
    found = _POLECAT.fullmatch(name)
    return days_of(found[1]) if found else None


def _files(
    lists: Sequence[Path], addresses: Sequence[str], damaged: Damaged, days: Callable[[str], _Days | None]
) -> Iterator[RemoteFile]:
    for path, own in zip(lists, addresses, strict=True):
        for number, entry in enumerate(_entries(path), start=1):
            try:
                found = _file(entry, own, days)
            except (ValueError, FeedError, OverflowError) as error:
                damaged.add(f"{path.name}, file {number}", str(error))
                continue
            if found is not None:
                yield found


def _entries(path: Path) -> list[Any]:
    if path.stat().st_size > _LARGEST:
        raise FeedError(f"list {path.name} is larger than a list of files can be; try a mirror")
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise FeedError(
            f"list {path.name} is not JSON: {str(error)[:100]}; the server may be at fault, try later"
        ) from error
    entries = found.get("data") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        raise FeedError(f"list {path.name} names no files: expected an object with `data`, as Dataverse gives it")
    return entries


def _file(entry: Any, own: str, days: Callable[[str], _Days | None]) -> RemoteFile | None:
    data = entry.get("dataFile") if isinstance(entry, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("id"), int):
        raise ValueError("no `dataFile` with an `id`")
    taken_in = bool(data.get("originalFileFormat"))
    called = str(data.get("originalFileName") or entry.get("label") or data.get("filename") or "")
    label = str(entry.get("label") or called)
    stretch = days(called) or days(label)
    if stretch is None:
        return None
    if entry.get("restricted"):
        raise ValueError(f"{called[:100]!a} is restricted: ask for access on the dataset's page, then import it")
    name = safe_name(f"{data['id']}-{called if days(called) else label}")
    size = data.get("originalFileSize") if taken_in else data.get("filesize")
    place = f"/api/access/datafile/{data['id']}" + ("?format=original" if taken_in else "")
    return RemoteFile(
        name, urljoin(own, place), *stretch, read_size(str(size)) if size is not None else None, _md5_of(data)
    )


def _md5_of(data: Mapping[str, Any]) -> str | None:
    said = data.get("checksum")
    if isinstance(said, dict) and str(said.get("type")).upper() == "MD5":
        return read_md5(str(said.get("value")))
    return read_md5(str(data["md5"])) if data.get("md5") else None
