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
from detente.web.limits import Limits

_KEPT: Final = 64  # answers in memory
_ERRORS: Final[Mapping[str, type[DetenteError]]] = {
    "InputError": InputError,
    "DataError": DataError,
    "StoreError": StoreError,
}


class TooSlowError(DetenteError):
    """A computation that was cut off."""


class BusyError(DetenteError):
    """More is asked for than the server works out at once."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a measure of a pair, or of one event (`why`), in one state of the store."""

    version: str
    subject: tuple[str, ...]
    name: str
    asked: tuple[tuple[str, Any], ...] = ()

    def key(self, code: str) -> str:
        """The name of its answer in caches."""
        return stable_id("answer", code, self.version, self.subject, self.name, self.asked)


@dataclass(frozen=True, slots=True)
class Running:
    """An answer that is being worked out, and for how many seconds already."""

    seconds: float


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
        self._store, self._folder, self._code, self._limits = store, folder, code, limits
        self._is_example = is_example
        self._memory: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._tasks: dict[str, asyncio.Task[dict[str, Any]]] = {}
        self._begun: dict[str, float] = {}
        self._workers = asyncio.Semaphore(limits.workers)

    def peek(self, question: Question) -> dict[str, Any] | None:
        """The answer if it is there already."""
        key = question.key(self._code)
        if key in self._memory:
            self._memory.move_to_end(key)
            return self._memory[key]
        if self._folder is None:
            return None
        with suppress(OSError, ValueError):
            found = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
            if isinstance(found, dict) and "object" in found:
                return self._remember(key, dict(found["object"]))
        return None

    async def ask(
        self,
        question: Question,
        patience: float,
        here: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> dict[str, Any] | Running:
        """The answer, or word that it is being worked out.

        Args:
            question: What is asked.
            patience: Seconds to wait for it.
            here: Works it out in this process; by default a process of its own does.

        Raises:
            DetenteError: If it cannot be answered.
            TooSlowError: If it took longer than the limit.
            BusyError: If too many answers are waiting.
        """
        found = self.peek(question)
        if found is not None:
            return found
        key = question.key(self._code)
        if key not in self._tasks:
            self._forget_done()
            if len(self._tasks) >= self._limits.queue + self._limits.workers:
                raise BusyError("the server is working out other answers; ask again in a minute")
            self._begun[key] = time.monotonic()
            work = self._here(key, here) if here else self._elsewhere(key, question)
            self._tasks[key] = asyncio.create_task(work)
        task = self._tasks[key]
        done, _ = await asyncio.wait({task}, timeout=patience)
        if not done:
            return Running(time.monotonic() - self._begun[key])
        self._tasks.pop(key, None)
        self._begun.pop(key, None)
        return task.result()

    async def close(self) -> None:
        """End what is still being worked out."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget_done(self) -> None:
        """Drop what nobody came back for; its answer, if it has one, is kept already."""
        for key in [key for key, task in self._tasks.items() if task.done()]:
            task = self._tasks.pop(key)
            self._begun.pop(key, None)
            if not task.cancelled():
                task.exception()  # read, so that it is not reported as lost

    async def _here(self, key: str, work: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
        found = await work()
        self._write(key, {"object": found})
        return self._remember(key, found)

    async def _elsewhere(self, key: str, question: Question) -> dict[str, Any]:
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
        if found["version"] == question.version:  # else the store has grown meanwhile: right, but of a later state
            self._write(key, {"object": found["object"]})
            self._remember(key, found["object"])
        return dict(found["object"])

    async def _run(self, question: Question, target: str) -> None:
        task = {
            "store": str(self._store),
            "example": self._is_example,
            "subject": question.subject,
            "name": question.name,
            "asked": dict(question.asked),
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

    def _write(self, key: str, content: dict[str, Any]) -> None:
        """Keep an answer on disk; a full or read-only disk costs the next visitor time, nothing else."""
        if self._folder is None:
            return
        with suppress(OSError):
            handle, name = mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(content, stream, ensure_ascii=False, default=str)
            Path(name).replace(self._folder / f"{key}.json")
            kept = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
            for path in kept[: -self._limits.answers]:
                path.unlink(missing_ok=True)
