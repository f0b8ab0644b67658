"""Which of the names that one span spells is meant: by office, by the countries named beside it, by date."""

from dataclasses import replace
from datetime import date

from detente.ontology.gazetteer_records import Name, Span, Token
from detente.ontology.gazetteer_search import flagged, is_live, side_of


def choose(tokens: list[Token], span: Span, named: set[str | None], on: date | None) -> Name | None:
    """The one name a span stands for: of the office or the country named beside it, the last office first."""
    names = _titled(tokens, span) or span.names
    if len({side_of(name) for name in names}) > 1:
        beside = tuple(name for name in names if side_of(name) in named)
        fallback = tuple(name for name in names if flagged(name, "default"))
        names = beside if len({side_of(name) for name in beside}) == 1 else fallback
    if not names:
        return None
    if is_live(names[0], on):
        return names[0] if names[0].kind != "leader" else _latest(names)
    last = max(names, key=_ended)
    if on is None:
        return last
    out = "incoming" if last.start is not None and on < last.start else "former"
    return replace(last, note=";".join(filter(None, (last.note, out))))


def _latest(names: tuple[Name, ...]) -> Name:
    """The office taken last; none is told where the surname may be of several people of one country."""
    latest = max(names, key=_began)
    if latest.case is None:  # the surname of a woman does not change, that of a man says its case
        latest = replace(latest, case=next((name.case for name in names if name.case), None))
    spellings = {(name.office, name.start): set[str | None]() for name in names}
    for name in names:
        spellings[name.office, name.start].add(name.person)
    several = len({name.person for name in names}) > max(map(len, spellings.values()))
    return replace(latest, office=None, actor=None) if several else latest


def _titled(tokens: list[Token], span: Span) -> tuple[Name, ...]:
    """The leaders whose own office stands right before the name: "President | Lee"."""
    before = tuple(token.folded for token in tokens[max(0, span.first - 6) : span.first])
    return tuple(name for name in span.names if name.title and before[-len(name.title) :] == name.title)


def _began(name: Name) -> date:
    return name.start or date.min


def _ended(name: Name) -> date:
    return name.end or date.max
