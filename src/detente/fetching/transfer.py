"""One file from a server to disk: resumed where it stopped, compared with its checksum, else set aside."""

import hashlib
import os
import re
import time
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Final

from detente.errors import FeedError
from detente.fetching.archives import check_archive
from detente.fetching.client import Answer, Client
from detente.fetching.failures import DiskError, PassingError
from detente.fetching.records import RemoteFile
from detente.fetching.waiting import back_off

PART: Final = ".part"  # bytes of a file that is not whole yet
TAG: Final = ".tag"  # which version of the file they are
BAD: Final = ".bad"  # a file that is not what the list says
_CHUNK: Final = 1 << 20
_RANGE: Final = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")


class _WrongBytesError(PassingError):
    """The bytes that came are not those of the list."""


def download(remote: RemoteFile, folder: Path, client: Client, address: str, *, renew: bool = False) -> Path:
    """Have a file in a folder, whole and checked; what is there already is not asked for.

    Args:
        remote: The file.
        folder: Where it goes. Beside it lie `NAME.part` while it is not whole, and `NAME.bad` if it never was.
        client: Who asks.
        address: Where to ask: the publisher's address, or a mirror's.
        renew: Whether a file that is there is asked for again, unless the server says that it did not change.

    Returns:
        Path of the file.

    Raises:
        FeedError: If it cannot be had; the reason begins with its address.
        OverBudgetError: If that would be more bytes than are allowed.
        DiskError: If the disk does not take it.
    """
    until = time.monotonic() + client.limits.file_seconds
    try:
        return _have(_Transfer(remote, folder / remote.name, client, address, until), renew=renew)
    except OSError as error:  # those of the line were stated where they came
        raise DiskError(f"{remote.name} cannot be written: {error.strerror or error}; check the disk") from error


def _have(transfer: "_Transfer", *, renew: bool) -> Path:
    """The file, after as many attempts as it takes."""
    limits = transfer.client.limits
    if transfer.target.exists():
        if not renew and transfer.is_right(transfer.target):
            return transfer.target
        if not renew:
            transfer.target.unlink()
    fails, wrong = 0, 0
    while True:
        before = transfer.have()
        try:
            transfer.attempt(renew=renew)
            return transfer.target
        except _WrongBytesError as error:
            wrong += 1
            transfer.fail_if(wrong >= limits.checks, error)
            transfer.drop()
            transfer.wait(error, wrong)
        except PassingError as error:
            fails = 1 if transfer.have() > before else fails + 1
            transfer.fail_if(fails >= limits.tries, error)
            transfer.wait(error, fails)


@dataclass(slots=True)
class _Transfer:
    remote: RemoteFile
    target: Path
    client: Client
    address: str
    until: float

    @property
    def part(self) -> Path:
        return self.target.with_name(self.target.name + PART)

    @property
    def tag(self) -> Path:
        return self.part.with_name(self.part.name + TAG)

    def have(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def is_right(self, path: Path) -> bool:
        """Whether a file has the size and checksum of the list."""
        if self.remote.size is not None and path.stat().st_size != self.remote.size:
            return False
        return self.remote.md5 is None or _md5(path) == self.remote.md5

    def attempt(self, *, renew: bool) -> None:
        """Ask once for what is missing, and compare when it is whole."""
        size = self.remote.size
        have = self._usable()
        if size is None or have < size:
            headers = self._range(have) if have else self._unless_same() if renew else {}
            with self.client.ask(self.address, headers, self.until) as answer:
                if answer.status == 304:
                    return
                self._write(answer, have)
        self._finish(renew=renew)

    def fail_if(self, over: bool, error: PassingError) -> None:  # noqa: FBT001 - the condition of its name
        """Give the file up, setting aside what came of it if that is wrong."""
        if time.monotonic() < self.until and not over:
            return
        if isinstance(error, _WrongBytesError):
            bad = self.target.with_name(self.target.name + BAD)
            self.part.replace(bad)
            self.drop()
            raise FeedError(f"{self.address}: {error}; set aside as {bad}") from error
        reason = str(error)
        raise FeedError(reason if reason.startswith(self.address) else f"{self.address}: {reason}") from error

    def wait(self, error: PassingError, fails: int) -> None:
        """Wait as long as the server asked, else twice as long as last time."""
        waits = self.client.waits
        jitter = back_off(fails, waits.chance())
        waits.sleep(jitter if error.wait is None else error.wait + min(jitter, 1.0))

    def _usable(self) -> int:
        """Bytes that are there and can be carried on."""
        have, size = self.have(), self.remote.size
        carries = self.tag.exists() or self.remote.md5 is not None
        if have and (not carries or (size is not None and have > size)):
            self.drop()
            return 0
        return have

    def drop(self) -> None:
        self.part.unlink(missing_ok=True)  # before its tag: a part never has the tag of another version
        self.tag.unlink(missing_ok=True)

    def _range(self, have: int) -> dict[str, str]:
        """Ask for the rest, if the file is still the same."""
        asked = {"Range": f"bytes={have}-"}
        if self.tag.exists():
            asked["If-Range"] = self.tag.read_text(encoding="utf-8")
        return asked

    def _unless_same(self) -> dict[str, str]:
        kept = tag_of(self.target)
        if not (self.target.exists() and kept.exists()):
            return {}
        said = kept.read_text(encoding="utf-8")
        return {"If-None-Match" if said.startswith('"') else "If-Modified-Since": said}

    def _write(self, answer: Answer, have: int) -> None:
        begin, whole = self._begin(answer, have)
        size = self.remote.size
        if size is not None and whole is not None and whole != size:
            self.drop()
            raise PassingError(f"the server has {whole:,} bytes, its list says {size:,}")
        if begin == 0:
            self.drop()
            _keep_tag(self.tag, answer.headers)
        most = size if size is not None else whole
        came = begin
        with self.part.open("ab" if begin else "wb") as out:
            for piece in answer.body.pieces():
                came += len(piece)
                self.client.budget.take(len(piece))
                if most is not None and came > most:
                    break
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if most is not None and came > most:
            self.drop()
            raise PassingError(f"more than the {most:,} bytes came that it should have")
        if most is not None and came < most:
            raise PassingError(f"only {came:,} of {most:,} bytes came")

    def _begin(self, answer: Answer, have: int) -> tuple[int, int | None]:
        """Where the bytes that come belong, and how many the whole file has, where that is told."""
        length = answer.headers.get("Content-Length") or ""
        told = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None
        if answer.status == 200:
            return 0, told
        found = _RANGE.fullmatch((answer.headers.get("Content-Range") or "").strip())
        if answer.status == 416 or found is None or int(found[1]) != have:
            self.drop()
            raise PassingError("the server did not go on where the file had stopped; from the beginning again")
        return have, None if found[3] == "*" else int(found[3])

    def _finish(self, *, renew: bool) -> None:
        """Compare what came, and give it its name."""
        if not self.is_right(self.part):
            raise _WrongBytesError(
                f"the bytes are not those of the list (MD5 {_md5(self.part)}, not {self.remote.md5})"
            )
        try:
            check_archive(self.part, self.target.name, self.client.limits, thoroughly=self.remote.md5 is None)
        except FeedError as error:
            raise _WrongBytesError(str(error)) from error
        kept = tag_of(self.target)
        kept.unlink(missing_ok=True)  # a file never has the tag of another version, whenever this is cut off
        self.part.replace(self.target)
        if renew and self.tag.exists():
            self.tag.replace(kept)
        self.tag.unlink(missing_ok=True)


def tag_of(path: Path) -> Path:
    """Where it is noted which version of a file this is."""
    return path.with_name(path.name + TAG)


def _keep_tag(path: Path, headers: Message) -> None:
    """Note which version of a file begins, where the server says so: a strong ETag, else the day of change."""
    tag = (headers.get("ETag") or "").strip()
    said = tag if tag.startswith('"') else (headers.get("Last-Modified") or "").strip()
    if said and said.isascii() and said.isprintable():
        path.write_text(said, encoding="utf-8")


def _md5(path: Path) -> str:
    found = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
