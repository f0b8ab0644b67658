"""Answers of measures: worked out once for a state of the store and kept; slow ones in a process of their own."""

import asyncio
import json
import os
import sys
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Final

from detente.errors import DataError, DetenteError, InputError, StoreError
from detente.model import stable_id
from detente.model.reviews import Reviewed
from detente.web.kept_answers import KeptAnswers
from detente.web.limits import Limits

_KEPT: Final = 64  # answers in memory
_UNWRITTEN: Final = frozenset({"brief", "why"})
"""What holds words of documents: a document may be forgotten, so that they stay in memory."""
_ERRORS: Final[Mapping[str, type[DetenteError]]] = {
    "InputError": InputError,
    "DataError": DataError,
    "StoreError": StoreError,
}


Here = Callable[[], Awaitable[tuple[str, dict[str, Any]]]]


class TooSlowError(DetenteError):
    """A computation that was cut off."""


class BusyError(DetenteError):
    """More is asked for than the server works out at once."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a measure of some sides, or of one event (`why`), in one state of the store."""

    version: str
    subject: tuple[str, ...]
    name: str
    asked: tuple[tuple[str, Any], ...] = ()
    reviewed: Reviewed = "corrected"

    def key(self, code: str) -> str:
        """The name of its answer in caches."""
        return stable_id("answer", code, self.version, self.subject, self.name, self.asked, self.reviewed)


@dataclass(frozen=True, slots=True)
class Running:
    """An answer that is being worked out.

    Attributes:
        seconds: How long already.
        before: Answers that are worked out before it begins.
        usual: Seconds that the last one of its kind took on this server; None for the first.
    """

    seconds: float
    before: int = 0
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """An answer under way: since when, and whether a process of its own works it out."""

    task: asyncio.Task[dict[str, Any]]
    begun: float
    far: bool


class Answers:
    """The answers of one server.

    Args:
        store: Folder of the store, for the processes that work answers out.
        folder: Where answers are kept; None for memory alone.
        code: What changes with detente's own code.
        limits: Of the server.
        is_example: Whether the store is the bundled example.
    """

    def __init__(self, store: Path, folder: Path | None, code: str, limits: Limits, *, is_example: bool) -> None:
        self._store, self._code, self._limits = store, code, limits
        self._disk = KeptAnswers(folder, limits.answers) if folder is not None else None
        self._is_example = is_example
        self._memory: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._jobs: dict[str, _Job] = {}
        self._usual: dict[str, float] = {}
        self._workers = asyncio.Semaphore(limits.workers)

    def peek(self, question: Question) -> dict[str, Any] | None:
        """The answer if it is there already."""
        key = question.key(self._code)
        if key in self._memory:
            self._memory.move_to_end(key)
            return self._memory[key]
        found = self._disk.read(key) if self._disk is not None else None
        return self._remember(key, found) if found is not None else None

    async def ask(
        self,
        question: Question,
        patience: float,
        here: Here | None = None,
    ) -> dict[str, Any] | Running:
        """The answer, or word that it is being worked out.

        Args:
            question: What is asked.
            patience: Seconds to wait for it.
            here: Works it out in this process, and gives the version of the store that it read with the answer; by
                default a process of its own does.

        Raises:
            DetenteError: If it cannot be answered.
            TooSlowError: If it took longer than the limit.
            BusyError: If too many answers are waiting.
        """
        found = self.peek(question)
        if found is not None:
            return found
        key = question.key(self._code)
        if key not in self._jobs:
            self._forget_done()
            if here is None and len(self._far()) >= self._limits.queue + self._limits.workers:
                raise BusyError("the server is working out other answers; ask again in a minute")
            work = self._here(question, here) if here else self._elsewhere(question)
            task = asyncio.create_task(self._timed(question.name, work))
            self._jobs[key] = _Job(task, time.monotonic(), far=here is None)
        job = self._jobs[key]
        done, _ = await asyncio.wait({job.task}, timeout=patience)
        if not done:
            before = [item for item in self._far() if item.begun < job.begun and not item.task.done()]
            ahead = max(0, len(before) + 1 - self._limits.workers)
            return Running(time.monotonic() - job.begun, ahead, self._usual.get(question.name))
        self._jobs.pop(key, None)
        return job.task.result()

    async def close(self) -> None:
        """End what is still being worked out."""
        tasks = [job.task for job in self._jobs.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget_done(self) -> None:
        """Drop what nobody came back for; its answer, if it has one, is kept already."""
        for key in [key for key, job in self._jobs.items() if job.task.done()]:
            task = self._jobs.pop(key).task
            if not task.cancelled():
                task.exception()  # read, so that it is not reported as lost

    def _far(self) -> list[_Job]:
        return [job for job in self._jobs.values() if job.far]

    async def _timed(self, name: str, work: Awaitable[dict[str, Any]]) -> dict[str, Any]:
        begun = time.monotonic()
        found = await work
        self._usual[name] = time.monotonic() - begun
        return found

    async def _here(self, question: Question, work: Here) -> dict[str, Any]:
        version, found = await work()
        return await self._keep(question, version, found)

    async def _keep(self, question: Question, version: str, found: dict[str, Any]) -> dict[str, Any]:
        """Keep an answer, unless the store has grown meanwhile: it is right then, but of a later state."""
        if version == question.version:
            key = question.key(self._code)
            self._remember(key, found)
            if self._disk is not None and question.name not in _UNWRITTEN:
                await asyncio.to_thread(self._disk.write, key, found)
        return found

    async def _elsewhere(self, question: Question) -> dict[str, Any]:
        async with self._workers:
            handle, name = mkstemp(prefix="detente-answer-", suffix=".json")
            os.close(handle)
            try:
                await self._run(question, name)
                written = Path(name).read_text(encoding="utf-8")
            finally:
                Path(name).unlink(missing_ok=True)
        found: dict[str, Any] = (
            json.loads(written) if written else {"error": "StoreError", "message": "the computation failed"}
        )
        if "error" in found:
            raise _ERRORS.get(found["error"], DataError)(found["message"])
        return await self._keep(question, found["version"], dict(found["object"]))

    async def _run(self, question: Question, target: str) -> None:
        task = {
            "store": str(self._store),
            "example": self._is_example,
            "subject": question.subject,
            "name": question.name,
            "asked": dict(question.asked),
            "reviewed": question.reviewed,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "detente.web.worker", json.dumps(task), target, stdin=asyncio.subprocess.DEVNULL
        )
        try:
            await asyncio.wait_for(process.wait(), self._limits.seconds)
        except TimeoutError as error:
            raise TooSlowError(
                f"cut off after {self._limits.seconds:.0f} seconds: choose a shorter range or longer periods, "
                f"or ask on the command line (`detente {question.name}`), which has no limit"
            ) from error
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()

    def _remember(self, key: str, found: dict[str, Any]) -> dict[str, Any]:
        self._memory[key] = found
        while len(self._memory) > _KEPT:
            self._memory.popitem(last=False)
        return found
