"""Bytes that one fetch may download, counted by all its threads."""

from threading import Lock

from detente.fetching.failures import OverBudgetError


class Budget:
    """A number of bytes that is used up."""

    def __init__(self, most: int, advice: str) -> None:
        self._most, self._advice = most, advice
        self._taken = 0
        self._lock = Lock()

    @property
    def taken(self) -> int:
        """Bytes downloaded so far."""
        return self._taken

    def take(self, count: int) -> None:
        """Count bytes that came.

        Raises:
            OverBudgetError: If they are more than are left.
        """
        with self._lock:
            self._taken += count
            if self._taken > self._most:
                raise OverBudgetError(f"more than {self._most:,} bytes came: the fetch ends here; {self._advice}")
