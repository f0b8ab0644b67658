"""Several downloads at once, given on in the order of their list, so many ahead and no more."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

from detente.errors import FeedError
from detente.fetching.failures import DiskError, OverBudgetError, StoppedError
from detente.fetching.records import Downloaded, Failure, RemoteFile

_ENDING = (OverBudgetError, DiskError, StoppedError)


def download_each(
    files: Iterable[RemoteFile],
    have: Callable[[RemoteFile], Path],
    *,
    threads: int,
    ahead: int,
    stop: Event,
) -> Iterator[Downloaded | Failure]:
    """Have files, several at once.

    Args:
        files: What to have.
        have: Has one of them on disk; called in other threads.
        threads: How many at once.
        ahead: How many may be on disk, or under way, that were not given on yet.
        stop: Set when nothing more is wanted; threads that wait or read end then.

    Yields:
        In the order of `files`, each as a file on disk or as a failure.

    Raises:
        OverBudgetError: If more bytes came than are allowed.
        DiskError: If the disk does not take them.
    """
    waiting: deque[Future[Downloaded | Failure]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="fetch") as pool:
        try:
            for file in files:
                waiting.append(pool.submit(_one, file, have, stop))
                if len(waiting) >= ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _one(file: RemoteFile, have: Callable[[RemoteFile], Path], stop: Event) -> Downloaded | Failure:
    if stop.is_set():
        raise StoppedError("the fetch was stopped")
    try:
        return Downloaded(file, have(file))
    except _ENDING:
        raise
    except FeedError as error:
        return Failure(file.address, str(error))
