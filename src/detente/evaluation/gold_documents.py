"""Gold documents: a sentence or an article a line, with every act a person found in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, get_args

from detente.documents import read_text
from detente.errors import DocumentError, InputError
from detente.evaluation.gold_fields import Fields
from detente.model import Document
from detente.model.events import Status
from detente.ontology.countries import load_countries
from detente.ontology.plover import event_types

Kind = Literal["sentence", "article"]
Days = tuple[date | None, date | None]

_STATUSES: Final[tuple[str, ...]] = get_args(Status)
_KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_SENTENCES: Final = 2  # a dateline or an abbreviation may cut a sentence in two
_EVENT: Final = frozenset(
    "source_country target_country source_actor target_actor event_type status symmetric retrospective "
    "date_start date_end quote optional note".split()
)


@dataclass(frozen=True, slots=True)
class GoldAct:
    """One act of a gold document.

    Attributes:
        source: ISO3 or `IGO:` id of who acts; the id of an armed group or company that has no state.
        target: The same of who is acted on.
        event_types: Acceptable PLOVER types.
        statuses: Acceptable statuses; empty where the gold does not say.
        symmetric: Whether both act together.
        retrospective: Whether the text tells it long after; None where the gold does not say.
        days: First and last day, None for what the text does not tell; None where the gold does not say.
        quote: The words of the text that state it; None where it may stand anywhere.
        optional: Debatable: neither a miss when absent nor false when found.
    """

    source: str
    target: str
    event_types: tuple[str, ...]
    statuses: tuple[str, ...] = ()
    symmetric: bool = False
    retrospective: bool | None = None
    days: Days | None = None
    quote: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with all its acts; `document` is what a coder is given."""

    document: Document
    language: str
    kind: Kind
    acts: tuple[GoldAct, ...]


def read_gold_documents(path: Path) -> tuple[GoldDocument, ...]:
    """Read gold documents from JSON lines; `docs/evaluation.md` has the format.

    Args:
        path: A UTF-8 file, one object a line; blank lines are passed over.

    Returns:
        The documents in the order of the file.

    Raises:
        InputError: At the first line that is no such object, naming file, line and field.
    """
    found: list[GoldDocument] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        where = f"{path.name}, line {number}"
        gold = _read_line(line, where)
        first = lines.setdefault(gold.document.id, number)
        if first != number:
            raise InputError(f"{where}: field id is {gold.document.id!r} as in line {first}; give each line its own")
        found.append(gold)
    if not found:
        raise InputError(f"{path.name}: no line in it; expected one gold document a line")
    return tuple(found)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: no UTF-8 at byte {error.start}; save it as UTF-8") from error


def _read_line(line: str, where: str) -> GoldDocument:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: no JSON ({error}); expected one gold document a line") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: {type(row).__name__}, not an object; expected a gold document")
    fields = Fields(row, where)
    language = fields.text("language")
    try:
        document = read_text(
            fields.text("text"),
            id=fields.text("id"),
            published=fields.partial_date("date"),
            title=fields.optional_text("title"),
            language=language,
            previous=fields.optional_text("previous"),
            parse_layout=False,
        )
    except DocumentError as error:
        raise InputError(f"{where}: field text: {error}") from error
    kind = _kind(fields, document)
    acts = tuple(_read_act(item, document.text) for item in fields.objects("events"))
    return GoldDocument(document, language, kind, acts)


def _kind(fields: Fields, document: Document) -> Kind:
    if fields.row.get("kind") is None:
        return "sentence" if len(document.sentences) <= _SENTENCES else "article"
    given = fields.choice("kind", _KINDS)
    return "sentence" if given == "sentence" else "article"


def _read_act(fields: Fields, text: str) -> GoldAct:
    fields.refuse_others(_EVENT)
    quote = fields.optional_text("quote")
    if quote is not None and quote not in text:
        raise fields.wrong("quote", "words that stand in the text just so")
    source, target = _side(fields, "source"), _side(fields, "target")
    if source == target:
        raise fields.wrong("target_country", "a side other than the source (acts within one country are not scored)")
    return GoldAct(
        source=source,
        target=target,
        event_types=fields.choices("event_type", event_types()),
        statuses=fields.choices("status", _STATUSES) if fields.row.get("status") is not None else (),
        symmetric=fields.flag("symmetric") or False,
        retrospective=fields.flag("retrospective"),
        days=_days(fields),
        quote=quote,
        optional=fields.flag("optional") or False,
    )


def _side(fields: Fields, side: str) -> str:
    """The country, else the actor that has none."""
    country, actor = fields.optional_text(f"{side}_country"), fields.optional_text(f"{side}_actor")
    if country is None and actor is None:
        raise fields.wrong(f"{side}_country", f"a country, an IGO: id, or the id of a group in {side}_actor")
    if country is not None and country not in load_countries():
        raise fields.wrong(f"{side}_country", "an ISO 3166 alpha-3 code (RUS), that of a gone state (SUN) or IGO:NATO")
    return country or actor or ""


def _days(fields: Fields) -> Days | None:
    row: Mapping[str, Any] = fields.row
    if "date_start" not in row and "date_end" not in row:
        return None
    start, end = fields.day("date_start"), fields.day("date_end")
    if start and end and start > end:
        raise fields.wrong("date_end", f"a day not before date_start {start}")
    return start, end
