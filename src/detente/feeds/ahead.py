"""Work done ahead in a thread, so that reading, mapping and storing overlap."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The items of an iterator, each made in a thread of its own while the one before it is used.

    Args:
        items: Used by that thread alone from now on.

    Yields:
        The items in their order; an error is raised where the iterator raised it.

    Examples:
        >>> list(ahead(iter("abc")))
        ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as worker:
        coming = worker.submit(_next, items)
        while found := coming.result():
            coming = worker.submit(_next, items)
            yield found[0]


def _next(items: Iterator[T]) -> tuple[T] | None:
    """The next item; None after the last."""
    for item in items:
        return (item,)
    return None
