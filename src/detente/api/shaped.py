"""Queries on a pair, compiled once for all pairs: Ibis writes the SQL of a question's shape, a pair puts in its names.

To compile an expression costs more than to run it. What differs between two pairs is a few texts (codes, the feed), so
the expression is compiled with marks in their place, and the marks are replaced by quoted texts for each question.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from detente.model import Dyad, Selection
from detente.store.tables import quote

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from detente.store import Snapshot

_LITERAL: Final = re.compile(r"'((?:[^']|'')*)'")
_MARK: Final = re.compile("«[a-z]+[0-9]*»")
_KEPT: Final = 200  # dates are part of a shape, so that there is no end to them


@dataclass(frozen=True, slots=True)
class Shape:
    """A selection with marks in the place of its texts, and the texts."""

    selection: Selection
    texts: Mapping[str, str]


class Shapes:
    """The SQL of questions asked before, by their shape. It may be shared between threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Any, ...], str] = OrderedDict()

    def rows(
        self,
        snapshot: "Snapshot",
        name: str,
        selection: Selection,
        build: "Callable[[Selection], ir.Table]",
        ending: str = "",
    ) -> list[dict[str, Any]]:
        """The rows of an expression over a snapshot.

        Args:
            snapshot: Where the rows lie; `build` makes expressions of it.
            name: Of the question: two that `build` differently have two names.
            selection: What is asked.
            build: The expression for a selection whose texts are marks.
            ending: SQL put behind the query, such as a limit.
        """
        shape = mark_selection(selection)
        key = (name, shape.selection)
        sql = self._known.get(key)
        if sql is None:
            import ibis

            sql = str(ibis.to_sql(build(shape.selection), dialect="duckdb", pretty=False))
            self._known[key] = sql
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return snapshot.sql(fill_marks(sql, shape.texts) + ending)


def mark_selection(selection: Selection) -> Shape:
    """A selection with its codes and its feed marked.

    Args:
        selection: Its dates, flags and the number of its codes stay.
    """
    texts: dict[str, str] = {}

    def marked(name: str, text: str) -> str:
        texts[f"«{name}»"] = text
        return f"«{name}»"

    a, b = (
        tuple(marked(f"{side}{place}", code) for place, code in enumerate(codes))
        for side, codes in (("a", selection.a_codes), ("b", selection.b_codes))
    )
    dyad = Dyad(marked("asked", selection.dyad.a), marked("other", selection.dyad.b))
    feed = marked("feed", selection.feed) if selection.feed is not None else None
    return Shape(replace(selection, dyad=dyad, a_codes=a, b_codes=b, feed=feed), texts)


def fill_marks(sql: str, texts: Mapping[str, str]) -> str:
    """SQL with the marks inside its literals replaced, each literal quoted anew.

    Examples:
        >>> fill_marks("x = '«a0»' OR y = 'it''s «b0»'", {"«a0»": "O'Hara", "«b0»": "B"})
        "x = 'O''Hara' OR y = 'it''s B'"
    """

    def filled(found: re.Match[str]) -> str:
        if "«" not in found[1]:
            return found[0]
        text = found[1].replace("''", "'")
        return quote(_MARK.sub(lambda mark: texts.get(mark[0], mark[0]), text))

    return _LITERAL.sub(filled, sql)
