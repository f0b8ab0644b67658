"""The user's own mapping file: which of their columns is which of ours, and how dates, actors and codes are written."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from detente.errors import FeedError
from detente.model.tables import REPORTS
from detente.ontology.actor_schemes import SCHEMES

CODES: Final = ("cameo", "weis", "plover")
_PARTS: Final = frozenset({"columns", "constants", "formats", "ignored", "missing", "delimiter", "licence"})
_FORMATS: Final = frozenset({"date", "actors", "codes"})
_OURS: Final = frozenset(REPORTS.names) - {"feed", "record_kind", "import_id", "recorded_at", "coder", "source_row"}
_DELIMITERS: Final = frozenset({",", ";", "\t", "|"})


@dataclass(frozen=True, slots=True)
class OwnMapping:
    """A mapping file.

    Attributes:
        columns: Their column by ours.
        constants: A value by column of ours.
        date: Form of their dates, as `strptime` has it.
        actors: Scheme of their countries.
        codes: Scheme of their event codes.
        ignored: Their columns that are left alone.
        missing: What stands for nothing, beside an empty cell.
        delimiter: What cuts the cells of their text files.
    """

    columns: Mapping[str, str]
    constants: Mapping[str, Any]
    date: str
    actors: str
    codes: str
    ignored: tuple[str, ...]
    missing: tuple[str, ...]
    delimiter: str


def read_mapping(path: Path) -> OwnMapping:
    """Read a mapping file.

    Args:
        path: A TOML file; `docs/feeds/own.md` has its parts.

    Returns:
        The mapping.

    Raises:
        FeedError: If it is no TOML, has a part or a column of ours that is unknown, or lacks a date or a side.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FeedError(f"mapping {path.name} cannot be read: {error}; see the page on your own files") from error
    columns, constants, formats = (dict(found.get(part, {})) for part in ("columns", "constants", "formats"))
    _refuse(path, "part", set(found) - _PARTS, _PARTS)
    _refuse(path, "format", set(formats) - _FORMATS, _FORMATS)
    _refuse(path, "column", (set(columns) | set(constants)) - _OURS, _OURS)
    for name in ("date_start", "source_country", "target_country"):
        if name not in columns and name not in constants:
            raise FeedError(f"mapping {path.name} does not say what {name} is: add it to [columns] or [constants]")
    actors, codes = formats.get("actors", "names"), formats.get("codes", "cameo")
    _refuse(path, "actor scheme", {actors} - set(SCHEMES), frozenset(SCHEMES))
    _refuse(path, "code scheme", {codes} - set(CODES), frozenset(CODES))
    delimiter = found.get("delimiter", ",")
    _refuse(path, "delimiter", {delimiter} - _DELIMITERS, _DELIMITERS)
    return OwnMapping(
        MappingProxyType({ours: str(theirs) for ours, theirs in columns.items()}),
        MappingProxyType(constants),
        formats.get("date", "%Y-%m-%d"),
        actors,
        codes,
        tuple(found.get("ignored", [])),
        tuple(found.get("missing", [])),
        delimiter,
    )


def _refuse(path: Path, what: str, unknown: set[str], known: frozenset[str]) -> None:
    if unknown:
        raise FeedError(
            f"mapping {path.name} has the unknown {what} {min(unknown)!r}: expected {', '.join(sorted(known))}"
        )
