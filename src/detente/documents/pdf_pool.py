"""PDF files read in processes of their own, each file within limits of time and memory."""

import os
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from detente.documents.extracted import Extracted
from detente.documents.pdf import extracted_of
from detente.documents.pdf_child import Child, worker_command
from detente.documents.pdf_file import Print
from detente.documents.pdf_wire import Job, Refusal
from detente.errors import DocumentError

_MB = 2**20
_MOST_WORKERS = 4  # what is done with the text is done in one process, and keeps up with no more
_ENDING = 5.0  # seconds to wait for a thread whose worker was stopped


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """What reading one PDF may cost.

    Attributes:
        seconds: Time for any file.
        seconds_per_mb: Time more for each MB of it.
        memory: Bytes of address space of a worker, where the system can limit them (Linux).
    """

    seconds: float = 60.0
    seconds_per_mb: float = 2.0
    memory: int = 2048 * _MB

    def time_for(self, size: int) -> float:
        """Seconds that a file of so many bytes may take."""
        return self.seconds + self.seconds_per_mb * size / _MB


@dataclass(frozen=True, slots=True)
class _Task:
    raw: bytes
    name: str
    future: "Future[Print]"


class PdfPool:
    """Workers that read PDF files; none is started before there is a file to read.

    A file that hangs, that makes its reader crash or that takes too much memory costs itself alone: its
    worker is stopped and another takes its place. Workers end with the pool, and with the process that holds it.

    Examples:
        >>> with PdfPool() as pool:  # doctest: +SKIP
        ...     documents = [read_file(path, isolate=pool) for path in paths]
    """

    def __init__(
        self, *, workers: int | None = None, limits: PdfLimits | None = None, command: Sequence[str] | None = None
    ) -> None:
        """Set up a pool; nothing is started yet.

        Args:
            workers: At most so many processes; None for one a processor, up to four.
            limits: What one file may cost.
            command: How a worker is started; None for our own.
        """
        self.workers = workers or min(os.cpu_count() or 1, _MOST_WORKERS)
        self.limits = limits or PdfLimits()
        self._command = tuple(command) if command else worker_command(self.limits.memory)
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._children: set[Child] = set()
        self._waiting = 0
        self._closed = False

    def __enter__(self) -> Self:
        """The pool itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the workers."""
        self.close()

    def begin(self, raw: bytes, name: str) -> "Future[Print]":
        """Hand a file to a worker; up to `workers` are read at once, the others wait.

        Args:
            raw: The file.
            name: File name for messages.

        Returns:
            Its text, or the `DocumentError` that says why there is none, once it is there.

        Raises:
            DocumentError: If the pool is closed.
        """
        future: Future[Print] = Future()
        with self._lock:
            if self._closed:
                raise DocumentError(f"{name}: the pool that was to read it is closed; read it before the block ends")
            self._waiting += 1
            if self._waiting > len(self._threads) and len(self._threads) < self.workers:
                thread = threading.Thread(target=self._serve, name="pdf-worker", daemon=True)
                self._threads.append(thread)
                thread.start()
        self._tasks.put(_Task(raw, name, future))
        return future

    def read(self, raw: bytes, name: str) -> Extracted:
        """Read a PDF in a worker.

        Args:
            raw: The file.
            name: File name for messages.

        Returns:
            As `read_pdf` gives it.

        Raises:
            DocumentError: As `read_pdf`; and if it takes too long or too much memory, or makes its reader crash.
        """
        return finished(self.begin(raw, name), name)

    def close(self) -> None:
        """Stop the workers at once; files that are not read are given up."""
        with self._lock:
            self._closed = True
            children, threads = tuple(self._children), tuple(self._threads)
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                break
            if task is not None:
                task.future.cancel()
        for _ in threads:
            self._tasks.put(None)
        for child in children:
            child.stop()
        for thread in threads:
            thread.join(_ENDING)

    def _serve(self) -> None:
        """One thread a worker: hand it tasks, wait for its answers."""
        child: Child | None = None
        try:
            while (task := self._tasks.get()) is not None:
                child = self._answered(task, child)
        finally:
            self._drop(child)

    def _answered(self, task: _Task, child: Child | None) -> Child | None:
        try:
            return self._done(task, child) if task.future.set_running_or_notify_cancel() else child
        finally:
            with self._lock:
                self._waiting -= 1
            if not task.future.done():  # nobody waits for ever, whatever broke here
                task.future.set_exception(
                    DocumentError(f"{task.name}: not read, its worker's thread broke; report this")
                )

    def _done(self, task: _Task, child: Child | None) -> Child | None:
        """Answer a task; the worker to go on with, None where it is gone."""
        job = Job(task.name, self.limits.time_for(len(task.raw)), task.raw)
        try:
            used, child = child, self._usable(child)
            answer = child.ask(job)
            if answer is None and child is used and not (child.expired or self._closed):
                self._drop(child)  # what it read before may have broken it: the file gets a fresh one
                child = self._usable(None)
                answer = child.ask(job)
        except OSError as error:
            task.future.set_exception(DocumentError(_unstarted(task.name, error)))
            return None
        if isinstance(answer, Print):
            task.future.set_result(answer)
            return child
        if isinstance(answer, Refusal) and not answer.memory:
            task.future.set_exception(DocumentError(answer.reason))
            return child
        self._drop(child)
        task.future.set_exception(DocumentError(self._lost(job, child, answer)))
        return None

    def _usable(self, child: Child | None) -> Child:
        """The worker, or a new one where there is none or it died since its last file."""
        if child and child.alive():
            return child
        self._drop(child)
        with self._lock:
            if self._closed:
                raise OSError("the pool is closed")
            child = Child(self._command)
            self._children.add(child)
        return child

    def _drop(self, child: Child | None) -> None:
        if child:
            child.stop()
            with self._lock:
                self._children.discard(child)

    def _lost(self, job: Job, child: Child, answer: Refusal | None) -> str:
        memory = f"{self.limits.memory // _MB:,} MB of memory"
        if answer is not None:
            return f"{job.name}: reading this PDF takes more than {memory}; split the file, or print it to PDF again"
        if child.expired:
            return (
                f"{job.name}: reading this PDF took more than {job.seconds:.0f} s and was stopped; "
                "split the file, or print it to PDF again"
            )
        return (
            f"{job.name}: the PDF reader broke down on it ({child.end()}): the file is damaged or takes more than "
            f"{memory}; print it to PDF again"
        )


def finished(future: "Future[Print]", name: str) -> Extracted:
    """Wait for a file that a pool was given.

    Args:
        future: As `PdfPool.begin` gave it.
        name: File name for messages.

    Returns:
        As `read_pdf` gives it.

    Raises:
        DocumentError: As `PdfPool.read`.
    """
    try:
        return extracted_of(future.result())
    except CancelledError as error:
        raise DocumentError(f"{name}: not read, its pool was closed first; read it again") from error


def _unstarted(name: str, error: OSError) -> str:
    return f"{name}: no process could be started to read this PDF in ({error}); isolate=False reads it in this one"
