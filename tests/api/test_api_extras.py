"""Without an extra the answer says which one to install."""

import sys
from datetime import date
from typing import Any

import pytest

from detente.api.answers import Rows
from detente.errors import InputError


class Held(Rows):
    """Two rows that need no store."""

    def to_dicts(self) -> list[dict[str, Any]]:
        return [{"day": date(2022, 2, 24), "n": 1}, {"day": date(2022, 2, 25), "n": 2}]


def test_a_data_frame_holds_the_rows() -> None:
    assert list(Held().to_pandas()["n"]) == [1, 2]


@pytest.mark.parametrize(
    ("module", "method", "advice"),
    [("pandas", "to_pandas", r"detente\[frames\]"), ("polars", "to_polars", "pip install polars")],
)
def test_a_missing_library_is_named(module: str, method: str, advice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=advice):
        getattr(Held(), method)()
