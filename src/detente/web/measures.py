"""The measures that have a page: what each asks, what it says, and how its rows are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from detente.errors import InputError
from detente.web import parameters as given
from detente.web.parameters import Parameter

if TYPE_CHECKING:
    from detente.api import Dyad, Store


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the key of a row's object, its heading, and how its value is written."""

    key: str
    title: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Measure:
    """A page of a measure.

    Attributes:
        name: In the address, and of the verb that gives the same answer.
        title: Of the page.
        lead: What it tells, in a sentence.
        rows: Key of the list in the answer.
        parameters: What may be asked.
        columns: Of the table.
        own_process: Whether it may take long, so that it runs where it can be ended.
        empty: What an empty list means.
    """

    name: str
    title: str
    lead: str
    rows: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    own_process: bool = True
    empty: str = "Nothing to list: the notes say why."


_ESTIMATES: Final = (
    Column("volume", "Acts", "estimate"),
    Column("conflict_volume", "Conflict", "estimate"),
    Column("cooperation_volume", "Cooperation", "estimate"),
    Column("tone", "Tone", "estimate"),
    Column("conflict_share", "Conflict share", "estimate"),
    Column("military_share", "Military share", "estimate"),
    Column("coercive_share", "Coercive share", "estimate"),
    Column("net", "Net", "estimate"),
)
_CHANGE: Final = (
    Column("effect", "Change", "interval"),
    Column("before", "Before", "number"),
    Column("after", "After", "number"),
    Column("unit", "Unit"),
    Column("p_value", "p", "p"),
    Column("p_adjusted", "p adjusted", "p"),
)
_LEDGER_CHOICES: Final = tuple(item for item in given.CHOICES if item.name in {"actors", "strict", "reviewed"})

MEASURES: Final[Mapping[str, Measure]] = {
    item.name: item
    for item in (
        Measure(
            "index",
            "Index",
            "The relation by period: acts of conflict and cooperation, tone and shares, each with its 90 % interval.",
            "rows",
            (given.EVERY, *given.CHOICES, given.SHOCK_IF_ANY, given.DIRECTION, given.PAGE),
            (Column("period", "Period"), Column("n", "n", "number"), *_ESTIMATES),
            own_process=False,
        ),
        Measure(
            "breaks",
            "Breaks",
            "The dates at which the relation changed, with interval and probability.",
            "breaks",
            (given.EVERY, *given.CHOICES),
            (
                Column("date", "Date"),
                Column("low", "From"),
                Column("high", "To"),
                Column("series", "Series", "outcome"),
                Column("direction", "Direction"),
                Column("size", "Size", "signed"),
                Column("kind", "Kind"),
                Column("probability", "Probability", "p"),
                Column("agrees", "Second method", "agrees"),
                Column("evidence", "Evidence", "events"),
            ),
        ),
        Measure(
            "reciprocity",
            "Action and reaction",
            "Who answers whom, how strongly and how fast; never “caused”.",
            "responses",
            (given.SPLIT, *given.CHOICES),
            (
                Column("from", "Acts of"),
                Column("to", "answered by"),
                Column("stimulus", "Act"),
                Column("answer", "Answer"),
                Column("response", "Response", "interval"),
                Column("unit", "Unit"),
                Column("half_life_days", "Half-life, days", "number"),
                Column("p_value", "p", "p"),
                Column("method", "Method"),
                Column("period", "Record"),
            ),
        ),
        Measure(
            "impact",
            "Change at a date",
            "What changed at the date, before against after, with placebo dates.",
            "results",
            (given.SHOCK, given.SHOCKER, given.EVERY, *given.CHOICES),
            (
                Column("outcome", "Outcome", "outcome"),
                Column("direction", "Direction"),
                *_CHANGE,
                Column("estimator", "Estimator"),
            ),
        ),
        Measure(
            "third-parties",
            "Who else moved",
            "Relations of either side with others that changed at the date, and who took sides.",
            "relations",
            (given.SHOCK, given.SHOCKER, given.EVERY, *given.CHOICES),
            (
                Column("dyad", "Pair", "dyad"),
                Column("outcome", "Outcome", "outcome"),
                *_CHANGE,
            ),
        ),
        Measure(
            "ledger",
            "Ledger",
            "What stands in force on a day: sanctions, agreements, deployments, by the acts that say so.",
            "entries",
            (given.AS_OF, given.KNOWN_BY, *_LEDGER_CHOICES),
            (
                Column("kind", "Kind"),
                Column("what", "What"),
                Column("by", "By", "side"),
                Column("against", "Against", "side"),
                Column("status", "Status"),
                Column("since", "Since"),
                Column("until", "Until"),
                Column("form", "Form"),
                Column("source", "Source"),
                Column("evidence", "Evidence", "events"),
            ),
            empty="Nothing in force on that day by this record.",
        ),
        Measure(
            "forces",
            "Forces as reported",
            "Equipment and troops as the reports give them: figures with their source, not counts.",
            "rows",
            _LEDGER_CHOICES,
            (
                Column("day", "Day"),
                Column("country", "Country", "side"),
                Column("item", "Item"),
                Column("category", "Category"),
                Column("count", "Number", "number"),
                Column("unit", "Unit"),
                Column("place", "Place"),
                Column("event_id", "Evidence", "event"),
            ),
            own_process=False,
            empty="The reports on this pair name no equipment and no troops.",
        ),
        Measure(
            "description",
            "Before and after in the reports",
            "What the chosen reports hold before and after a date: description, no test and no estimate.",
            "periods",
            (given.SHOCK, *_LEDGER_CHOICES),
            (
                Column("label", "Period"),
                Column("start", "From"),
                Column("end", "To"),
                Column("n", "Acts", "number"),
                Column("tone", "Tone", "number"),
                Column("conflict_share", "Conflict share", "share"),
                Column("military_share", "Military share", "share"),
                Column("coercive_share", "Coercive share", "share"),
                Column("by_type", "By type", "counts"),
            ),
            own_process=False,
        ),
    )
}
_SHOWN_ONLY: Final = frozenset({"page", "direction", "reviewed"})
"""What chooses the rows a page lists, or the state of the store, and not what is computed of it."""


def question_of(measure: Measure, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What of an address is computed, without what only the page uses.

    Raises:
        InputError: If something is missing that the measure needs.
    """
    for item in measure.parameters:
        if item.required and item.name not in asked:
            raise InputError(f"{measure.name} needs {item.name}: {item.about}")
    hidden = _SHOWN_ONLY | ({"shock"} if measure.name == "index" else frozenset())
    return {name: value for name, value in asked.items() if name not in hidden}


def compute(dyad: "Dyad", name: str, question: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a measure as one object, the same as `--format json` gives.

    Args:
        dyad: The pair.
        name: A key of `MEASURES`.
        question: Of `question_of`.
    """
    asked = dict(question)
    methods = {"third-parties": "third_parties", "description": "describe"}
    ask = getattr(dyad, methods.get(name, name))
    first = [asked.pop(key) for key in ("shock", "as_of") if key in asked]
    found: dict[str, Any] = ask(*first, **asked).to_object()
    return found


def compare(store: "Store", sides: Sequence[str], question: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of `detente compare` as one object.

    Args:
        store: What to read.
        sides: The side that all pairs share, then the others.
        question: Its choices.
    """
    found: dict[str, Any] = store.compare(*sides, **question).to_object()
    return found


def compose(dyad: "Dyad", question: Mapping[str, Any]) -> dict[str, Any]:
    """A brief as its object, and written as HTML and Markdown.

    Args:
        dyad: The pair.
        question: Its shock, language and choices.
    """
    import json

    asked = dict(question)
    brief = dyad.brief(asked.pop("shock"), **asked)
    return {
        "brief": json.loads(brief.render("json")),
        "html": brief.render("html"),
        "md": brief.render("md"),
    }
