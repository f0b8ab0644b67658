"""The marker file that makes a folder a store, and the format version it carries."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from detente.errors import StoreError, StoreVersionError

FORMAT: Final = 2
"""What this detente writes: 2 since the cube lies beside the reports."""
OLDEST: Final = 1  # opened as it is: what a later format adds is missing, nothing reads otherwise
MARKER: Final = "detente.json"
_UNADDRESSABLE: Final = "%[]^|"  # Delta Lake puts the path into a URL and fails on these


@dataclass(frozen=True, slots=True)
class Marker:
    """What the marker file says.

    Attributes:
        id: Identity of the store, the same for its whole life.
        format: Version of the layout of its tables.
    """

    id: str
    format: int


def open_folder(path: Path, *, create: bool) -> tuple[Path, Marker]:
    """Find the store in a folder, or make the folder a store.

    Args:
        path: The folder.
        create: Whether a missing or empty folder becomes a store.

    Returns:
        The absolute path and what the marker says.

    Raises:
        StoreError: If the folder is no store and may not or cannot become one.
        StoreVersionError: If the store has another format.
    """
    folder = Path(os.path.abspath(path))  # noqa: PTH100 - symbolic links stay as the user wrote them
    _check_path(folder)
    try:
        if not _is_marked(folder):
            if not create:
                raise StoreError(f"{folder} holds no store: name another folder, or add or import something")
            _mark(folder)
        return folder, _read_marker(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"store {folder} cannot be opened: {reason}; check the path and its permissions") from error


def mark_format(folder: Path) -> None:
    """Write into the marker that the store has the newest format; its identity stays.

    Raises:
        StoreError: If the marker cannot be written; then it is unchanged.
    """
    _, marker = open_folder(folder, create=False)
    draft = folder / f".{MARKER}.{uuid4().hex}"
    try:
        draft.write_text(json.dumps({"format": FORMAT, "id": marker.id}) + "\n", encoding="utf-8")
        draft.replace(folder / MARKER)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"store {folder} cannot be marked: {reason}; check its permissions") from error
    finally:
        draft.unlink(missing_ok=True)


def _check_path(folder: Path) -> None:
    found = sorted(set(_UNADDRESSABLE) & set(str(folder)))
    if found:
        raise StoreError(
            f"store path {folder} holds {' '.join(found)}, which Delta Lake cannot address: choose a folder without it"
        )


def _is_marked(folder: Path) -> bool:
    # The listing comes before the look for the marker: tables appear only after it, so that a store
    # which another process makes in between is never mistaken for a folder of something else.
    names = [entry.name for entry in folder.iterdir()] if folder.exists() else []
    if (folder / MARKER).exists():
        return True
    others = sorted(name for name in names if not name.startswith(f".{MARKER}"))
    if others:
        raise StoreError(f"{folder} is no store but holds {others[0]!r}: choose an empty or a new folder, or a store")
    return False


def _mark(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / MARKER
    draft = folder / f".{MARKER}.{uuid4().hex}"
    try:
        draft.write_text(json.dumps({"format": FORMAT, "id": uuid4().hex}) + "\n", encoding="utf-8")
        _publish(draft, marker)
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, marker: Path) -> None:
    try:
        marker.hardlink_to(draft)  # whole or not at all, and never over one that is there
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not marker.exists():
            draft.replace(marker)


def _read_marker(folder: Path) -> Marker:
    marker = folder / MARKER
    try:
        content = json.loads(marker.read_text(encoding="utf-8"))
        found = Marker(id=str(content["id"]), format=int(content["format"]))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f'{marker} cannot be read: expected {{"format": {FORMAT}, "id": ...}}; '
            "restore the file from a copy of the store"
        ) from error
    if not OLDEST <= found.format <= FORMAT:
        remedy = "update detente" if found.format > FORMAT else "open it with the version of detente that made it"
        raise StoreVersionError(
            f"store {folder} has format {found.format}, this detente reads format {OLDEST} to {FORMAT}: {remedy}"
        )
    return found
