"""What a visitor asks of a page, and that it lies elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks: the parts of the path, the parameters, and whether the twin is wanted."""

    path: str
    parts: Mapping[str, str]
    given: Mapping[str, Any]
    as_json: bool


class MovedError(Exception):
    """The page lies at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address
