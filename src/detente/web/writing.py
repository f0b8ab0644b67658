"""How values are written on a page: numbers, days, names, addresses; and the templates that use them."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import DictLoader, Environment, StrictUndefined

from detente.brief.layout import web_address
from detente.brief.tables import outcome, type_words
from detente.brief.wording import cleaned, number, percent, shortened, signed

_ENDINGS: Final = (".json", "/", "/why", "/review")
_NAMED: Final = 5  # evidence links in a cell


def event_address(event_id: str) -> str:
    """The page of an event."""
    return _address("event", event_id)


def document_address(document_id: str) -> str:
    """The page of a document."""
    return _address("document", document_id)


def id_in(text: str) -> str:
    """The id that stands in a path: what `event_address` put behind one is taken off.

    Examples:
        >>> id_in("notes/1.json/"), id_in("notes/1.md")
        ('notes/1.json', 'notes/1.md')
    """
    return text[:-1] if text.endswith(tuple(f"{ending}/" for ending in _ENDINGS)) else text


def _address(kind: str, name: str) -> str:
    """An id in a path: browsers would resolve `..` in it, and its end must not read as another page's."""
    moves = any(part in {"", ".", ".."} for part in name.split("/"))
    return f"/{kind}/{quote(name, safe=':' if moves else '/:')}" + ("/" if name.endswith(_ENDINGS) else "")


def dyad_address(a: str, b: str, measure: str = "", **asked: Any) -> str:
    """The page of a pair, or of one of its measures."""
    path = f"/dyad/{quote(a, safe=':')}/{quote(b, safe=':')}" + (f"/{measure}" if measure else "")
    return with_query(path, asked)


def with_query(path: str, asked: Mapping[str, Any]) -> str:
    """An address with what is asked; flags as 1."""
    pairs = [
        (name, "1" if value is True else str(value)) for name, value in asked.items() if value not in (None, False)
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def cell_words(value: Any, kind: str) -> str:
    """A value of an answer as a cell of a table shows it."""
    if value is None or value == "":
        return "–"
    write = _WRITERS.get(kind)
    return write(value) if write else shortened(str(value), 240)


def interval_words(value: float | None, low: float | None, high: float | None) -> str:
    """`3.2 (1.1 to 5.4)`."""
    if value is None:
        return "–"
    return number(value) if low is None or high is None else f"{number(value)} ({number(low)} to {number(high)})"


def type_name(event_type: str | None) -> str:
    """The type of an act in words."""
    words = type_words().get(event_type or "")
    return words.singular if words else (event_type or "other act")


@cache
def environment() -> Environment:
    """The templates of the pages; every text is escaped unless it is our own drawing."""
    folder = files("detente.web").joinpath("templates")
    sources = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".j2")}
    made = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters.update(
        clean=lambda text: cleaned(str(text)),
        short=_short,
        web=web_address,
        number=number,
        cell=cell_words,
        event_type=type_name,
        extract=lambda key, named: named.get(key, key),
    )
    made.globals.update(
        event_address=event_address,
        document_address=document_address,
        dyad_address=dyad_address,
        with_query=with_query,
        interval=interval_words,
        named=_NAMED,
    )
    return made


def _short(text: Any, limit: int = 240) -> str:
    return shortened(str(text), limit)


def _outcome(value: Any) -> str:
    words: str = outcome(str(value)).words
    return words


def _estimate(value: Mapping[str, float | None]) -> str:
    return interval_words(value["value"], value["low"], value["high"])


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _counts(value: Mapping[str, int]) -> str:
    ordered = sorted(value.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{type_name(kind)} {n}" for kind, n in ordered)


_WRITERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "number": number,
    "signed": signed,
    "share": percent,
    "p": _p,
    "estimate": _estimate,
    "outcome": _outcome,
    "counts": _counts,
    "agrees": lambda value: "agrees" if value else "does not",
    "dyad": " – ".join,
}
