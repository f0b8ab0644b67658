"""One worker process that reads PDF, seen from the process that started it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from detente.documents.pdf_file import Print
from detente.documents.pdf_wire import Job, Refusal, receive_answer, receive_ready, send_job

_DYING = 1.0  # seconds between a worker's last word and its end
_STARTING = 60.0  # seconds until a worker is ready, on however busy a machine
_MEMORY = {  # glibc keeps what a page gave back for the next: else a third of a page's time goes into asking again
    "MALLOC_TRIM_THRESHOLD_": str(256 * 2**20),
    "MALLOC_MMAP_THRESHOLD_": str(128 * 2**20),
    "MALLOC_TOP_PAD_": str(16 * 2**20),
}
_START = (
    "import sys; sys.path[:] = sys.argv[2:]; from detente.documents.pdf_worker import serve; serve(int(sys.argv[1]))"
)


def worker_command(memory: int) -> tuple[str, ...]:
    """How a worker is started: by this Python, which finds modules where we do.

    No module of the user's is run again, so it works from a notebook and from a script without a main guard.

    Args:
        memory: Bytes it may take.

    Returns:
        Program and arguments; empty where no Python can be started (a frozen program).
    """
    if not sys.executable or getattr(sys, "frozen", False):
        return ()
    return (sys.executable, "-c", _START, str(memory), *sys.path)


class Child:
    """A worker process; `expired` says that it was stopped because a job took too long."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it.

        Raises:
            OSError: If it cannot be started.
        """
        if not command:
            raise OSError("this program cannot start a Python")
        self.expired = False
        self._ready = False
        self._process = subprocess.Popen(  # noqa: S603  (our own Python)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_MEMORY, **os.environ},
        )

    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def ask(self, job: Job) -> Print | Refusal | None:
        """Hand it a job and wait for the answer.

        Args:
            job: The file, with the time it may take.

        Returns:
            The answer; None where it stopped without one, of itself or because its time was over.
        """
        pipes = self._process.stdin, self._process.stdout
        if not pipes[0] or not pipes[1]:
            return None
        answer: Print | Refusal | None = None
        with suppress(OSError, ValueError, EOFError, TypeError):  # it stopped, perhaps in the middle of a word
            if not self._ready:
                with self._within(_STARTING):
                    self._ready = receive_ready(pipes[1])
            if self._ready:
                with self._within(job.seconds):
                    send_job(pipes[0], job)
                    answer = receive_answer(pipes[1])
        if answer is None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_DYING)  # so that how it ended is known
        return answer

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()

    def stop(self) -> None:
        """End it at once and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with suppress(OSError, ValueError):
                    stream.close()

    def end(self) -> str:
        """How it ended, for a message."""
        code = self._process.poll()
        if code is not None and code < 0:
            with suppress(ValueError):
                return signal.Signals(-code).name
        return f"exit code {code}"
