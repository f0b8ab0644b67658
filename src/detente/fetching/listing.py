"""What a publisher has for a stretch of days: its lists, brought to disk and read line by line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Final

from detente.errors import FeedError
from detente.fetching.addresses import mirrored, safe_name
from detente.fetching.budget import Budget
from detente.fetching.client import Client
from detente.fetching.dataverse_lists import read_icews_list, read_polecat_list
from detente.fetching.gdelt_lists import (
    read_gdelt_1,
    read_gdelt_2,
    read_gdelt_2_mentions,
    read_gdelt_reduced,
)
from detente.fetching.list_lines import Damaged
from detente.fetching.records import Listing, RemoteFile
from detente.fetching.sources import FeedSource
from detente.fetching.transfer import download
from detente.fetching.ucdp_list import read_ucdp_ged_page

ListReader = Callable[[Sequence[Path], Sequence[str], Damaged], Iterator[RemoteFile]]

LIST_FORMS: Final[MappingProxyType[str, ListReader]] = MappingProxyType(
    {
        "gdelt-1": read_gdelt_1,
        "gdelt-2": read_gdelt_2,
        "gdelt-2-mentions": read_gdelt_2_mentions,
        "gdelt-reduced": read_gdelt_reduced,
        "dataverse-icews": read_icews_list,
        "dataverse-polecat": read_polecat_list,
        "ucdp-ged": read_ucdp_ged_page,
    }
)
_ALWAYS: Final = date(1, 1, 1), date(9999, 12, 31)


def list_files(
    source: FeedSource, since: date, until: date, client: Client, folder: Path, mirror: str | None = None
) -> Listing:
    """Ask a publisher, or a mirror, which files may tell of a stretch of days.

    A list that did not change since the last time is not sent again where the server can tell.

    Args:
        source: The feed.
        since: First day.
        until: Last day, included.
        client: Who asks.
        folder: Where the lists are kept.
        mirror: Address of a mirror that keeps the publisher's paths.

    Returns:
        The files, each once, by their first day.

    Raises:
        FeedError: If a list cannot be had, or is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    patient = replace(client, budget=Budget(client.limits.list_bytes, "no list is that long; try a mirror"))
    paths = []
    for address in source.lists:
        asked = RemoteFile(_list_name(address, mirror), address, *_ALWAYS)
        paths.append(download(asked, folder, patient, mirrored(address, mirror), renew=True))
    damaged = Damaged()
    found: dict[str, RemoteFile] = {}
    count = 0
    for file in LIST_FORMS[source.form](paths, source.lists, damaged):
        count += 1
        if file.first <= until and file.last >= since:
            found[file.name.lower()] = file  # a later line stands for a file that was made anew
    if not count:
        raise FeedError(
            f"the list of {source.name} at {source.lists[0]} names no file of it ({damaged.count:,} lines could not be "
            "used): its form may have changed; get the files there and import them"
        )
    files = sorted(found.values(), key=lambda file: (file.first, file.name))
    return Listing(tuple(files), tuple(damaged.told), damaged.count)


def _list_name(address: str, mirror: str | None) -> str:
    """A name of its own for each list and mirror, with that of the list before it."""
    plain = "".join(sign for sign in address.partition("?")[0].rpartition("/")[2] if sign.isalnum() or sign in "._-")
    return safe_name(f"{plain or 'list'}-{blake2b(f'{mirror} {address}'.encode(), digest_size=4).hexdigest()}")
