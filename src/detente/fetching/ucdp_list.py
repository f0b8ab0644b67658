"""UCDP's page of downloads: the newest version of GED as CSV.

The page links `ged/gedNNN-csv.zip`, NNN being the version (261 is 26.1, which ends with 2025). It gives no checksum.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from detente.errors import FeedError
from detente.fetching.list_lines import Damaged
from detente.fetching.records import RemoteFile

_LARGEST: Final = 20_000_000  # bytes of a page
_LINK: Final = re.compile(r"""href\s*=\s*["']?(?:[^"'\s>]*/)?(ged(\d{2})(\d)-csv\.zip)["'\s>]""", re.I)
_FIRST: Final = date(1989, 1, 1)


def read_ucdp_ged_page(lists: Sequence[Path], addresses: Sequence[str], _damaged: Damaged) -> Iterator[RemoteFile]:
    """The newest file of UCDP GED that the page links."""
    if lists[0].stat().st_size > _LARGEST:
        raise FeedError(f"page {addresses[0]} is larger than a page of links can be; try a mirror")
    text = lists[0].read_text(encoding="utf-8", errors="replace")
    versions = {(int(year), int(part)): name for name, year, part in _LINK.findall(text)}
    if not versions:
        raise FeedError(f"page {addresses[0]} links no ged/gedNNN-csv.zip; get the file there and import it")
    newest = max(versions)
    name = versions[newest].lower()
    yield RemoteFile(name, urljoin(addresses[0], f"ged/{name}"), _FIRST, date(2000 + newest[0] - 1, 12, 31))
