"""Which addresses may be asked, what files are called on disk, and where a mirror has them."""

import re
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from detente.errors import FeedError, InputError

SCHEMES: Final = ("http", "https")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)  # names that Windows keeps for itself
_PATH: Final = re.compile(r"[A-Za-z0-9._~:/-]*")


def split_address(address: str) -> SplitResult:
    """The parts of an address that may be asked.

    Raises:
        FeedError: If it is not `http` or `https`, has no host, carries a password, or climbs out of its folder.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise FeedError(f"address {address[:200]!r} cannot be read: {error}") from error
    if parts.scheme not in SCHEMES:
        raise FeedError(f"address {address[:200]!r} is not http or https")
    if not host:
        raise FeedError(f"address {address[:200]!r} names no host")
    if parts.username is not None or parts.password is not None:
        raise FeedError("an address with a name or a password in it is not asked: take them out")
    if not address.isascii() or any(sign <= " " for sign in address):
        raise FeedError(f"address {address[:200]!a} has signs that no address has")
    return parts


def plain_path(address: str) -> str:
    """The path of a listed file's address.

    Raises:
        FeedError: If the address may not be asked, or its path is not made of plain names.
    """
    path = split_address(address).path
    if not _PATH.fullmatch(path) or any(step in {"..", "."} for step in path.split("/")) or "//" in path:
        raise FeedError(f"address {address[:200]!r} has a path that is not made of plain names")
    return path


def safe_name(name: str) -> str:
    """A name that is one file in one folder on every system.

    Raises:
        FeedError: If it is anything else.

    Examples:
        >>> safe_name("20190121220000.export.CSV.zip")
        '20190121220000.export.CSV.zip'
    """
    if not _NAME.fullmatch(name) or name.endswith(".") or _DEVICES.match(name):
        raise FeedError(f"file name {name[:200]!a} is not a plain name")
    return name


def check_mirror(mirror: str) -> str:
    """The address of a mirror without its last slash.

    Raises:
        InputError: If it may not be asked, or has a query.
    """
    try:
        parts = split_address(mirror)
    except FeedError as error:
        raise InputError(f"mirror: {error}") from error
    if parts.query or parts.fragment:
        raise InputError(f"mirror {mirror!r}: give the address without what follows ? or #")
    return mirror.rstrip("/")


def mirrored(address: str, mirror: str | None) -> str:
    """Where a mirror has what a publisher has at an address: the same path and query under the mirror's own.

    Examples:
        >>> mirrored("http://data.gdeltproject.org/events/1979.zip", "https://mirror.example/gdelt")
        'https://mirror.example/gdelt/events/1979.zip'
    """
    if mirror is None:
        return address
    parts = urlsplit(address)
    return mirror + urlunsplit(("", "", parts.path, parts.query, ""))


def redirected(address: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        FeedError: If that may not be asked, or it leaves `https` for `http`.
    """
    target = urljoin(address, location)
    parts = split_address(target)
    if address.startswith("https:") and parts.scheme == "http":
        raise FeedError(f"address {address!r} leads from https to http: not followed")
    return target
