"""The addresses of the server: each page with what may be asked and what its twin holds."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from detente.web import brief_pages, compare_pages, pages, pair_pages
from detente.web.asked import Asked
from detente.web.measures import MEASURES
from detente.web.parameters import BRIEF, CHOICES, COMPARE, OFFSET, OTHERS, PAGE, SHOCK_IF_ANY, SIDE, SIDES, Parameter
from detente.web.site import Kept, Page, Site

Handler = Callable[[Site, Asked], Awaitable[Page | Kept]]


@dataclass(frozen=True, slots=True)
class Address:
    """A page.

    Attributes:
        path: As Starlette reads it; the twin's is this with `.json`.
        handler: Makes the page.
        about: What it shows, in a sentence.
        holds: Keys that the twin's object always has.
        parameters: What may be asked.
        twinned: Whether it has a twin.
    """

    path: str
    handler: Handler
    about: str
    holds: tuple[str, ...]
    parameters: tuple[Parameter, ...] = ()
    twinned: bool = True

    @property
    def twin(self) -> str:
        """The path of the `.json` twin."""
        return "/home.json" if self.path == "/" else f"{self.path}.json"


_PAIR: Final = "/dyad/{a}/{b}"
ADDRESSES: Final[tuple[Address, ...]] = (
    Address("/", pages.home, "What the store holds.", ("example", "feeds", "chosen_events", "documents", "pairs")),
    Address("/search", pages.search, "Which sides two names mean.", ("sides",), SIDES),
    Address("/sources", pages.sources, "Feeds and documents.", ("feeds", "documents", "page", "lines"), (PAGE,)),
    Address("/shocks", pages.shocks, "The shocks that have a name.", ("shocks",)),
    Address("/about", pages.about, "How to read the pages.", ("name", "version", "read_only", "example")),
    Address(
        _PAIR,
        pair_pages.pair,
        "What the record holds on a pair.",
        ("dyad", "names", "feed", "record_kind", "n", "records", "years", "acts", "query"),
        (*CHOICES, SHOCK_IF_ANY),
    ),
    Address(
        f"{_PAIR}/events",
        pair_pages.events,
        "The acts between two sides, latest first.",
        ("dyad", "total", "page", "query", "events"),
        (*CHOICES, PAGE),
    ),
    *(
        Address(f"{_PAIR}/{item.name}", pair_pages.measure, item.lead, ("dyad", item.rows, "notes"), item.parameters)
        for item in MEASURES.values()
    ),
    Address(f"{_PAIR}/brief", brief_pages.brief, "The brief on a pair.", ("question", "statements", "figures"), BRIEF),
    Address(f"{_PAIR}/brief.html", brief_pages.whole, "The brief as one HTML file.", (), BRIEF, twinned=False),
    Address(f"{_PAIR}/brief.md", brief_pages.markdown, "The brief as Markdown.", (), BRIEF, twinned=False),
    Address(
        "/compare",
        compare_pages.compare,
        "Relations of one side on one scale.",
        ("focus", "pairs", "points", "notes"),
        (SIDE, OTHERS, *COMPARE),
    ),
    Address(
        "/event/{id:path}/why",
        pages.why,
        "How the coder sees the words of an event.",
        ("coder", "told_by_coder", "sentences"),
    ),
    Address(
        "/event/{id:path}",
        pages.event,
        "One event with its words, codes and sources.",
        ("event_id", "evidence", "report_ids", "context", "beside"),
    ),
    Address(
        "/document/{id:path}",
        pages.document,
        "A document and what was coded from it.",
        ("id", "title", "sentences", "citations", "marks"),
        (OFFSET,),
    ),
)
