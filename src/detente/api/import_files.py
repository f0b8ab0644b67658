"""Which files an import takes: files, folders, patterns; each with a hash of what it holds."""

from collections.abc import Iterator, Sequence
from glob import glob
from hashlib import blake2b
from pathlib import Path
from typing import Final

from detente.errors import FeedError

_CHUNK: Final = 1 << 20
_NO_ROWS: Final = frozenset({".md", ".pdf", ".html", ".docx", ".toml"})


def import_files(paths: Sequence[Path], feed: str) -> Iterator[Path]:
    """The files that paths stand for, those of a folder or a pattern in order of name.

    Args:
        paths: Files, folders, or patterns such as `2019*.zip` that no file is called by.
        feed: The feed, for messages.

    Yields:
        Files that are there.

    Raises:
        FeedError: If a path stands for nothing.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.iterdir() if item.is_file() and _is_data(item))
            if not inside:
                raise FeedError(f"{path}: no file in this folder; expected files of {feed}")
            yield from inside
        elif path.exists():
            yield _plain(path)
        elif any(sign in str(path) for sign in "*?["):
            matching = sorted(Path(item) for item in glob(str(path), recursive=True))  # noqa: PTH207 - a pattern with folders of its own
            inside = [item for item in matching if item.is_file()]
            if not inside:
                raise FeedError(f"{path}: no file is called so; check the pattern")
            yield from inside
        else:
            raise FeedError(f"{path}: no such file or folder; check the name")


def file_digest(path: Path, *said: str) -> str:
    """A hash of a file and of what is said about reading it: 32 hexadecimal digits."""
    found = blake2b("|".join(item for item in said if item).encode(), digest_size=16)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _plain(path: Path) -> Path:
    """The path, refused where the engine cannot open such a name."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        raise FeedError(f"feed file {str(path)!a}: its name is not UTF-8; rename it") from error
    return path


def _is_data(path: Path) -> bool:
    """Whether a file in a folder can be a feed's: not hidden, and no page about the feed."""
    return not path.name.startswith(".") and path.suffix.lower() not in _NO_ROWS
