"""Answers on disk, so that they outlast the server: one file each, the oldest go."""

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Final

_OFTEN: Final = 16  # writes between two looks at how many there are


class KeptAnswers:
    """A folder of answers; a full or read-only disk costs the next visitor time, nothing else.

    Args:
        folder: Where they lie.
        most: How many stay.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most
        self._written = 0

    def read(self, key: str) -> dict[str, Any] | None:
        """An answer, None where it is not kept."""
        with suppress(OSError, ValueError):
            found = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
            if isinstance(found, dict) and isinstance(found.get("object"), dict):
                return dict(found["object"])
        return None

    def write(self, key: str, found: dict[str, Any]) -> None:
        """Keep an answer; it is there whole or not at all."""
        with suppress(OSError):
            handle, name = mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(json.dumps({"object": found}, ensure_ascii=False, default=str))
            Path(name).replace(self._folder / f"{key}.json")
            self._written += 1
            if self._written % _OFTEN == 1:
                self._drop_oldest()

    def _drop_oldest(self) -> None:
        with os.scandir(self._folder) as found:
            kept = sorted((item.stat().st_mtime_ns, item.path) for item in found if item.name.endswith(".json"))
        for _, path in kept[: -self._most]:
            Path(path).unlink(missing_ok=True)
