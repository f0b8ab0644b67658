"""Standard input as a file, for what reads files."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_MAGIC: Final = {b"PK\x03\x04": ".zip", b"\x1f\x8b": ".gz", b"PAR1": ".parquet"}


@contextmanager
def spooled(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """The paths with `-` replaced by a file that holds standard input while the block runs."""
    if all(str(path) != "-" for path in paths):
        yield list(paths)
        return
    with TemporaryDirectory(prefix="detente-") as folder:
        file = Path(folder) / "standard-input"
        with file.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        with file.open("rb") as stream:
            start = stream.read(4)
        ending = next((suffix for magic, suffix in _MAGIC.items() if start.startswith(magic)), "")
        file = file.rename(file.with_name(file.name + ending)) if ending else file
        yield [file if str(path) == "-" else path for path in paths]
