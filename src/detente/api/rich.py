"""How answers show themselves in a notebook: the finding, its figure, the rows and the notes, all text escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Final

from detente.errors import DataError, InputError
from detente.model import Dyad

if TYPE_CHECKING:
    from detente.api.answers import Answer, Events
    from detente.api.brief_answers import BriefAnswer


class Shown:
    """What shows itself richly in a notebook and as plain text elsewhere."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        raise NotImplementedError

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Both forms; a notebook shows the rich one, a terminal the other."""
        return {"text/plain": str(self), "text/html": self._repr_html_()}


ROWS: Final = 12
"""Rows of a table that are shown; the rest is counted."""
_CELL: Final = 120  # characters
_WIDE: Final = "max-width:56em"


def answer_html(answer: "Answer") -> str:
    """A result of a measure."""
    from detente.api.answers import short_rows
    from detente.brief.glance import glance_at
    from detente.brief.picture import picture_address, stand_alone

    glance = glance_at(answer.result, _names())
    picture = ""
    if glance.figure is not None:
        picture = _image(picture_address(stand_alone(glance.figure)), glance.figure.alt)
    else:
        picture = _plotted(answer, glance.sentence)
    rows = short_rows(answer.result)
    shown = _table(rows, len(rows), [name for name in answer.columns() if not name.endswith(("_low", "_high"))])
    return _page(glance.sentence, picture + shown, answer.result.notes, answer.cite())


def events_html(events: "Events") -> str:
    """A list of events."""
    from detente.api.answers import event_row
    from detente.measure.select import describe_selection

    days = [event.report.date_start for event in events if event.report.date_start is not None]
    n = len(events)
    span = f", {min(days)} to {max(days)}" if days else ""
    rows = [event_row(event) for event in events.events[:ROWS]]
    selection = describe_selection(events.selection)
    return _page(f"{n:,} {'event' if n == 1 else 'events'}{span}.", _table(rows, n, []), (), selection)


def brief_html(answer: "BriefAnswer") -> str:
    """A brief: its question, the answer, and the figure that carries it."""
    from detente.brief.answer import ANSWER
    from detente.brief.picture import picture_address, stand_alone

    brief = answer.brief
    findings = [item.text for item in brief.statements if item.section == "findings"]
    items = "".join(f"<li>{escape(text)}</li>" for text in findings[:ANSWER])
    figure = next(iter(brief.figures), None)
    picture = _image(picture_address(stand_alone(figure)), figure.alt) if figure else ""
    body = f'<ol style="{_WIDE}">{items}</ol>{picture}'
    kept = f"{len(brief.statements)} statements, {len(brief.sources)} sources; .save('brief.html') writes all of it"
    return _page(brief.question, body, (brief.record,), kept)


def _names() -> dict[str, str]:
    """Code -> English name."""
    from detente.ontology import country_name, load_countries

    return {code: country_name(code) for code in load_countries()}


def _plotted(answer: "Answer", alt: str) -> str:
    """The chart of a result that the brief does not draw, where the library that draws it is installed."""
    from detente.api.plotting import CHARTS
    from detente.brief.picture import picture_address

    if type(answer.result) not in CHARTS:
        return ""
    try:
        import vl_convert

        spec = answer.plot().to_dict()
    except (ImportError, InputError, DataError):
        return ""  # nothing to draw, or nothing to draw it with: the rows stand alone
    return _image(picture_address(vl_convert.vegalite_to_svg(spec)), alt)


def _image(address: str, alt: str) -> str:
    return f'<img src="{escape(address)}" alt="{escape(alt)}" style="max-width:100%;height:auto;background:#fdfdfb">'


def _page(finding: str, body: str, notes: Iterable[str], made: str) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    told = f'<details style="{_WIDE}"><summary>Notes</summary><ul>{items}</ul></details>' if items else ""
    head = f'<p style="{_WIDE}"><strong>{escape(finding)}</strong></p>'
    return f'<div class="detente">{head}{body}{told}<p><small>{escape(made)}</small></p></div>'


def _table(rows: Sequence[dict[str, Any]], n: int, columns: list[str]) -> str:
    """The first rows as a table; the columns alone where there is no row."""
    names = list(dict.fromkeys(name for row in rows for name in row)) or columns
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(row.get(name)))}</td>" for name in names) + "</tr>" for row in rows[:ROWS]
    )
    more = f"<p><small>{n - ROWS:,} more rows; .to_pandas() has all</small></p>" if n > ROWS else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<div style="overflow-x:auto">{table}</div>{more}'


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Dyad):
        return str(value)
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _CELL else text[: _CELL - 1].rstrip() + "…"
