"""The process in which PDF files are read: one job after another until the other side closes.

It ends at once when its input ends, whatever it is doing, so that none outlives the process that started it.
"""

import os
import queue
import signal
import threading
from contextlib import suppress
from typing import BinaryIO

from detente.documents.pdf_file import Print, read_print
from detente.documents.pdf_wire import Job, Refusal, receive_job, send_answer, send_ready
from detente.errors import DocumentError

_GRACE = 5  # seconds after its limit in which the other side stops a job; then it stops itself


def serve(memory: int) -> None:
    """Read jobs from descriptor 0, answer on descriptor 1.

    Args:
        memory: Bytes of address space this process may take, where the system can limit them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    limit_memory(memory)
    answers = os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # what a library prints is no answer
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), jobs), daemon=True).start()
    import pypdfium2  # noqa: F401  (slow to load)

    send_ready(answers)
    while True:
        job = jobs.get()
        _alarm(job.seconds + _GRACE)
        answer = _read(job)
        _alarm(0)
        send_answer(answers, answer)


def limit_memory(size: int) -> None:
    """Limit the address space of this process, where the system can (Linux; not macOS, not Windows).

    Args:
        size: Bytes.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = size if hard == resource.RLIM_INFINITY else min(size, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _listen(stream: BinaryIO, jobs: "queue.SimpleQueue[Job]") -> None:
    with suppress(OSError, EOFError, ValueError, TypeError, MemoryError):
        while (job := receive_job(stream)) is not None:
            jobs.put(job)
    os.kill(os.getpid(), signal.SIGTERM)


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)  # its signal ends the process


def _read(job: Job) -> Print | Refusal:
    try:
        return read_print(job.raw, job.name)
    except DocumentError as error:
        return Refusal(str(error))
    except MemoryError:
        return Refusal("", memory=True)
