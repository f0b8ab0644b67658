"""What passes between us and a worker that reads PDF: whole messages, each with its length before it.

Messages are written with `marshal`: both ends are the same Python, and a worker runs with our own rights, so
that a format which distrusts it would guard nothing.
"""

import marshal
import struct
from collections.abc import Callable
from typing import IO, Any, NamedTuple

from detente.documents.pdf_file import Print

_LENGTH = struct.Struct(">Q")
_LONGEST = 1 << 30  # bytes; nothing that is meant comes near


class Job(NamedTuple):
    """A file to be read.

    Attributes:
        name: What messages call it.
        seconds: Time it may take.
        raw: The file.
    """

    name: str
    seconds: float
    raw: bytes


class Refusal(NamedTuple):
    """Why a file could not be read, in one line; `memory` where the worker ran out of it."""

    reason: str
    memory: bool = False


def send_ready(stream: IO[bytes]) -> None:
    """Say that the worker has loaded what it needs: the time of its first job begins here."""
    _send(stream, ())


def receive_ready(stream: IO[bytes]) -> bool:
    """Wait until the worker is ready; False where it stopped before."""
    return bool(_receive(stream) == ())


def send_job(stream: IO[bytes], job: Job) -> None:
    """Write a job.

    Raises:
        OSError: If the worker is gone.
    """
    _send(stream, tuple(job))


def receive_job(stream: IO[bytes]) -> Job | None:
    """Read a job; None where the other side has closed."""
    found = _receive(stream)
    return None if found is None else Job(*found)


def send_answer(stream: IO[bytes], answer: Print | Refusal) -> None:
    """Write an answer."""
    _send(stream, (isinstance(answer, Print), tuple(answer)))


def receive_answer(stream: IO[bytes]) -> Print | Refusal | None:
    """Read an answer; None where the worker stopped before it had written one."""
    found = _receive(stream)
    if not isinstance(found, tuple) or len(found) != 2:
        return None
    make: Callable[..., Print | Refusal] = Print if found[0] else Refusal
    return make(*found[1])


def _send(stream: IO[bytes], message: tuple[Any, ...]) -> None:
    content = marshal.dumps(message)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length) if length <= _LONGEST else b""
    return marshal.loads(content) if content and len(content) == length else None  # noqa: S302  (see above)
