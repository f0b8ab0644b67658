"""What the server refuses to do more of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one server.

    Attributes:
        address: Longest path and query, in characters.
        name: Longest id or side in an address.
        parameters: Most parameters of an address.
        rows: Most rows of one answer, page or twin.
        listed: Rows of a table a page shows at a time.
        drawn: Most periods of a figure.
        text: Characters of a document a page shows at a time.
        seconds: Longest computation of a measure; then its process is ended.
        read_seconds: Longest reading of the store for a page.
        patience: Seconds a page waits for a measure before it says that it is being computed.
        workers: Measures computed at once.
        queue: Measures that may wait for a worker.
        readers: Pages read at once, each from a snapshot of its own.
        waiting: Readings that may wait for their turn.
        pages: Pages kept in memory.
        page_bytes: Bytes of all pages kept in memory.
        answers: Answers kept on disk.
    """

    address: int = 2_000
    name: int = 1_000
    parameters: int = 20
    rows: int = 6_000
    listed: int = 60
    drawn: int = 800
    text: int = 60_000
    seconds: float = 120.0
    read_seconds: float = 30.0
    patience: float = 1.5
    workers: int = 2
    queue: int = 8
    readers: int = 2
    waiting: int = 100
    pages: int = 400
    page_bytes: int = 64_000_000
    answers: int = 500
