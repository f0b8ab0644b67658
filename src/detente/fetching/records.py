"""What fetching passes on: files of a list, what became of each, and the limits that hold."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Final

_GB: Final = 10**9


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file that a publisher's list names.

    Attributes:
        name: What it is called on disk: one plain name, safe on every system.
        address: Where the publisher has it, `http` or `https`.
        first: First day it may tell of.
        last: Last day it may tell of.
        size: Bytes, where the list says so.
        md5: MD5 of its bytes, 32 hexadecimal digits, where the list says so.
    """

    name: str
    address: str
    first: date
    last: date
    size: int | None = None
    md5: str | None = None

    def key(self, *said: str) -> str:
        """A hash of where the file is, which version of it, and of what is said about reading it."""
        raw = "|".join(["fetch", self.address, str(self.size), str(self.md5), *said])
        return blake2b(raw.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Listing:
    """What the lists of a feed name for a stretch of days.

    Attributes:
        files: Files that may tell of one of the days, in the order of their first day.
        damaged: Lines of the lists that could not be used, the first of them with the reason.
        n_damaged: How many such lines there are.
    """

    files: tuple[RemoteFile, ...]
    damaged: tuple[str, ...] = ()
    n_damaged: int = 0


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that is on disk and is what the list says."""

    remote: RemoteFile
    path: Path


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be had, and why; the others went on."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take of a server's patience and of this machine.

    Attributes:
        connections: Open at once to one host.
        pause: Seconds between the beginnings of two requests to one host.
        tries: Attempts in a row that bring no new byte, after which a file is given up.
        checks: Downloads of a file whose bytes are not those of the list, after which it is set aside.
        read_seconds: Longest wait for the next bytes.
        file_seconds: Longest time for one file, waits included.
        longest_wait: Longest wait that a server may ask for, seconds.
        redirects: Longest chain of redirects.
        list_bytes: Largest list.
        max_bytes: All that one fetch may download.
        expanded_bytes: Most that one zip may become.
        expansion: How many times its size a zip may become, once that is over 100 MB.
    """

    connections: int = 4
    pause: float = 0.2
    tries: int = 5
    checks: int = 3
    read_seconds: float = 30.0
    file_seconds: float = 3600.0
    longest_wait: float = 600.0
    redirects: int = 5
    list_bytes: int = _GB
    max_bytes: int = 20 * _GB
    expanded_bytes: int = 64 * _GB
    expansion: int = 200
