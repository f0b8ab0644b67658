"""Names in running text: which state, organisation, leader, place or group a word stands for, as of a date."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from importlib.resources import files
from io import StringIO
from typing import Final

from detente.model import parse_partial_date

_TOKEN: Final = re.compile(r"[^\W_]+|[^\w\s]|_")
_QUOTES: Final = str.maketrans({**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("‐‑–—−", "-")})
_DOTLESS: Final = str.maketrans("İı", "ii")  # so that lower-casing works in Turkish and English alike
_GRACE: Final = timedelta(days=365)  # a surname alone still means the office holder of last year
_LEAD: Final = timedelta(days=31)  # and that of next month, where the text is dated to the month only
_OWNERS: Final = frozenset({"country", "nationality", "people", "capital", "palace", "institution", "igo"})
_HIDDEN: Final = "other"  # names that hold a country's name and are no actor: matched, never returned


@dataclass(frozen=True, slots=True)
class Place:
    """A place: where it lies, who runs it, who claims it (ISO 3166 alpha-3), and what the quarrel is about.

    `located_in` is None for the high seas; where states quarrel it repeats who administers.
    """

    name: str
    kind: str
    located_in: str | None
    administered_by: str | None
    claimed_by: tuple[str, ...]
    issue: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found: `text == whole[start:end]`.

    Attributes:
        start: First character.
        end: One past the last character.
        text: The words themselves.
        kind: country, nationality, people, capital, palace, institution, igo, leader, group or place.
        country: ISO3, a gone state's code, or `IGO:` id; None for places and groups.
        sector: PLOVER sector; None where the name says none (a country is the state itself).
        actor: Stable id (`russia/foreign-ministry`, `group/hamas`) or None.
        place: The place, for places; a capital as a place is `Gazetteer.place(name)`.
        note: Flags joined by `;`: `former` (out of office, or a state that is gone), `incoming` (within a month),
            `led` (US-led), `ambiguous` (a common word or another place too), `default` (the usual reading),
            `word` (a surname that is a plain word), `combining` (Sino-).
        office: The office a leader holds or held.
    """

    start: int
    end: int
    text: str
    kind: str
    country: str | None
    sector: str | None
    actor: str | None
    place: Place | None = None
    note: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class SectorNoun:
    """A common noun that tells who acts: `troops` is MIL.

    Attributes:
        noun: The noun in its base form.
        kind: office, organisation, people, place ("Japanese waters"), act ("Russian invasion") or inanimate.
        sector: PLOVER sector, None for places, acts and things.
        state_agent: Whether a nationality before it makes it the state ("Russian ambassador").
        inanimate: Whether a nationality before it is no actor at all ("Russian gas").
        language: ISO 639-1 code.
        note: What a reader should know.
    """

    noun: str
    kind: str
    sector: str | None
    state_agent: bool
    inanimate: bool
    language: str
    note: str | None


@dataclass(frozen=True, slots=True)
class _Name:
    text: str  # with plain quotes and hyphens
    words: tuple[str, ...]  # the same in tokens
    kind: str
    country: str | None
    sector: str | None
    actor: str | None
    start: date | None
    end: date | None
    language: str
    case_sensitive: bool
    note: str | None
    place: Place | None = None
    office: str | None = None
    title: tuple[str, ...] = ()  # the words of the office, folded
    person: str | None = None  # the whole name of a leader
    whole: bool = True  # False for a surname alone


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    names: list[_Name] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class _Span:
    first: int  # token numbers
    last: int
    names: tuple[_Name, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The dated tables of names, ready for look-up; build it once with `load_gazetteer()`."""

    places: Mapping[str, Place]
    _root: _Node
    _nouns: Mapping[tuple[str, ...], SectorNoun]
    _words: Mapping[str, frozenset[str]]  # prefix, suffix, before_name, not_name -> folded words

    def find_mentions(self, text: str, on: date | None, *, language: str | None = "en") -> tuple[Mention, ...]:
        """Find every name in a sentence: no overlaps, the longest match wins, whole words only.

        Args:
            text: One sentence, or more.
            on: The day the text speaks of; with None no name is too old or too new, leaders take their last office.
            language: ISO 639-1 code of the names looked for; None for all.

        Returns:
            Mentions in order of place. A surname that officials of several countries bear on that day is given only
            where one of these countries is named beside it. A whole name of a leader out of office and a state
            that is gone carry the note `former`; a surname does so for a year and is unknown after.

        Examples:
            >>> found = load_gazetteer().find_mentions("Tokyo rejects Russia's claim.", date(2022, 3, 1))
            >>> [(m.text, m.country) for m in found]
            [('Tokyo', 'JPN'), ('Russia', 'RUS')]
        """
        tokens = _tokens(text)
        spans = [span for span in self._spans(tokens, on, language) if self._stands_alone(tokens, span)]
        spans = self._drop_other_people(tokens, spans)
        named = {
            name.country for span in spans for name in span.names if name.kind in _OWNERS and len(_sides(span)) == 1
        }
        return tuple(self._mentions(text, tokens, spans, named, on))

    def noun(self, text: str, *, language: str | None = "en") -> SectorNoun | None:
        """Look a noun phrase up, of any kind; plurals are understood, the phrase must fit as a whole.

        Args:
            text: A noun phrase such as `border guards`, `territorial waters` or `invasion`.
            language: ISO 639-1 code; None for any.

        Returns:
            The noun, None where none is known.
        """
        words = [token.folded for token in _tokens(text)]
        for form in _singulars(words):
            noun = self._nouns.get(form)
            if noun is not None and language in (None, noun.language):
                return noun
        return None

    def sector_noun(self, text: str, *, language: str | None = "en") -> SectorNoun | None:
        """The noun of a phrase that names who acts (it has a sector); None for things, places and acts.

        Examples:
            >>> load_gazetteer().sector_noun("Border Guards").sector
            'MIL'
        """
        noun = self.noun(text, language=language)
        return noun if noun is not None and noun.sector else None

    def is_inanimate(self, text: str, *, language: str | None = "en") -> bool:
        """Whether a noun after a nationality makes it no actor: `gas` in "Russian gas"."""
        noun = self.noun(text, language=language)
        return noun is not None and noun.inanimate

    def place(self, name: str) -> Place | None:
        """The place of a name, in any of its spellings; None where unknown."""
        return self.places.get(_fold(name))

    def _spans(self, tokens: list[_Token], on: date | None, language: str | None) -> Iterator[_Span]:
        index = 0
        while index < len(tokens):
            span = self._longest(tokens, index, on, language) if tokens[index].folded in self._root.children else None
            if span is None:
                index += 1
                continue
            yield span
            index = span.last + 1

    def _longest(self, tokens: list[_Token], first: int, on: date | None, language: str | None) -> _Span | None:
        node, best = self._root, None
        for index in range(first, len(tokens)):
            following = node.children.get(tokens[index].folded)
            if following is None:
                break
            node = following
            names = tuple(
                name
                for name in node.names
                if _speaks(name, language) and _spelt(name, tokens, first, index) and _known(name, on)
            )
            if names:
                best = _Span(first, index, tuple(name for name in names if _live(name, on)) or names)
        return best

    def _stands_alone(self, tokens: list[_Token], span: _Span) -> bool:
        """False inside `pro-Russian` or `Japan-based`, and for a combining form (`Sino`) with nothing joined to it."""
        before, after = _joined(tokens, span.first, -1), _joined(tokens, span.last, 1)
        if before is not None and before.folded in self._words["prefix"]:
            return False
        if after is None:
            return not _flagged(span.names[0], "combining")
        return after.folded not in self._words["suffix"]

    def _drop_other_people(self, tokens: list[_Token], spans: list[_Span]) -> list[_Span]:
        """Leave out surnames that belong to a longer, unknown name (`Kenji Abe`) or are a plain word (`in May`)."""
        taken = {index for span in spans for index in range(span.first, span.last + 1)}
        return [span for span in spans if span.names[0].whole or self._is_surname(tokens, span, taken)]

    def _is_surname(self, tokens: list[_Token], span: _Span, taken: set[int]) -> bool:
        before = tokens[span.first - 1] if span.first else None
        after = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
        if _flagged(span.names[0], "word") and (
            (before is not None and before.folded in self._words["not_name"])
            or (after is not None and after.text[0].isdigit())
        ):
            return False
        if before is not None and span.first - 1 not in taken and self._is_first_name(before):
            opens = span.first == 1 or not tokens[span.first - 2].text[0].isalnum()
            if not (opens and before.text.endswith("ing")):  # "Considering Galuzin's words", at the start only
                return False
        return after is None or span.last + 1 in taken or not self._is_first_name(after)

    def _is_first_name(self, token: _Token) -> bool:
        word = token.text
        return (
            word[0].isupper()
            and len(word) > 1
            and token.folded not in self._words["before_name"]
            and not any(form in self._nouns for form in _singulars([token.folded]))
        )

    def _mentions(
        self, text: str, tokens: list[_Token], spans: list[_Span], named: set[str | None], on: date | None
    ) -> Iterator[Mention]:
        for span in spans:
            name = _choose(tokens, span, named, on)
            if name is None or name.kind == _HIDDEN:
                continue
            start, end = tokens[span.first].start, tokens[span.last].end
            after = _joined(tokens, span.last, 1)
            flags = [name.note] if name.note else []
            if after is not None and after.folded == "led":
                flags.append("led")
            yield Mention(
                start,
                end,
                text[start:end],
                name.kind,
                None if name.kind in ("place", "group") else name.country,
                name.sector,
                name.actor,
                name.place,
                ";".join(flags) or None,
                name.office,
            )


def load_gazetteer() -> Gazetteer:
    """Read the tables of the package into a gazetteer (well under half a second; keep it, it never changes)."""
    places = {**dict(_capitals()), **dict(_places())}
    root = _Node()
    for name in (*_actor_names(), *_leaders(), *_groups(), *_place_names(places)):
        _insert(root, name)
    nouns: dict[tuple[str, ...], SectorNoun] = {}
    words: dict[str, set[str]] = {"prefix": set(), "suffix": set(), "before_name": set(), "not_name": set()}
    for row in read_table("sector_nouns.csv"):
        if row["kind"] in words:
            words[row["kind"]].add(_fold(row["noun"]))
        else:
            noun = _sector_noun(row)
            nouns.setdefault(tuple(_fold(word) for word in _words(noun.noun)), noun)
    return Gazetteer(
        places,
        root,
        nouns,
        {kind: frozenset(found) for kind, found in words.items()},
    )


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this package, as text."""
    text = (files("detente.ontology") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text, newline=""))


def _actor_names() -> Iterator[_Name]:
    for row in read_table("actor_names.csv"):
        place = (
            Place(row["name"], "capital", row["country"], row["country"], (), None)
            if row["kind"] == "capital"
            else None
        )
        yield _name(row, row["name"], row["kind"], place=place)


def _leaders() -> Iterator[_Name]:
    for row in read_table("leaders.csv"):
        name = _name({**row, "case_sensitive": "true"}, row["name"], "leader", office=row["office"])
        name = replace(name, person=row["name"])
        yield name
        if row["surname"]:
            surname = _plain(row["surname"])
            yield replace(name, text=surname, words=_words(surname), whole=False)


def _groups() -> Iterator[_Name]:
    for row in read_table("groups.csv"):
        yield _name({**row, "valid_from": "", "valid_to": ""}, row["name"], "group")


def _capitals() -> Iterator[tuple[str, Place]]:
    for row in read_table("actor_names.csv"):
        if row["kind"] == "capital" and not row["valid_to"] and not row["country"].startswith("IGO:"):
            yield _fold(row["name"]), Place(row["name"], "capital", row["country"], row["country"], (), None)


def _places() -> Iterator[tuple[str, Place]]:
    for row in read_table("places.csv"):
        claimed = tuple(code for code in row["claimed_by"].split(";") if code)
        place = Place(
            row["place"],
            row["kind"],
            row["located_in"] or None,
            row["administered_by"] or None,
            claimed,
            row["issue"] or None,
        )
        yield _fold(row["name"]), place


def _place_names(places: Mapping[str, Place]) -> Iterator[_Name]:
    for row in read_table("places.csv"):
        plain = {**row, "country": "", "sector": "", "actor": "", "valid_from": "", "valid_to": ""}
        yield _name(plain, row["name"], "place", place=places[_fold(row["name"])])


def _name(
    row: Mapping[str, str], text: str, kind: str, *, place: Place | None = None, office: str | None = None
) -> _Name:
    start = parse_partial_date(row["valid_from"]).start if row["valid_from"] else None
    end = parse_partial_date(row["valid_to"]).end if row["valid_to"] else None
    return _Name(
        _plain(text),
        _words(_plain(text)),
        kind,
        row["country"] or None,
        row["sector"] or None,
        row["actor"] or None,
        start,
        end,
        row["language"],
        row["case_sensitive"] == "true",
        row["note"] or None,
        place,
        office or None,
        tuple(_fold(word) for word in _words(office or "")),
    )


def _sector_noun(row: Mapping[str, str]) -> SectorNoun:
    return SectorNoun(
        row["noun"],
        row["kind"],
        row["sector"] or None,
        row["state_agent"] == "true",
        row["inanimate"] == "true",
        row["language"],
        row["note"] or None,
    )


def _insert(root: _Node, name: _Name) -> None:
    node = root
    for word in name.words:
        node = node.children.setdefault(_fold(word), _Node())
    node.names.append(name)


def _tokens(text: str) -> list[_Token]:
    return [_Token(match.start(), match.end(), match[0], _fold(match[0])) for match in _TOKEN.finditer(text)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(match[0] for match in _TOKEN.finditer(text))


def _plain(text: str) -> str:
    return text.translate(_QUOTES)


def _fold(text: str) -> str:
    return text.translate(_QUOTES).translate(_DOTLESS).lower()


def _singulars(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    *front, last = words or ("",)
    yield (*front, last)
    for plural, singular in (("ies", "y"), ("men", "man"), ("es", ""), ("s", "")):
        if last.endswith(plural) and len(last) > len(plural) + 2:
            yield (*front, last[: -len(plural)] + singular)


def _speaks(name: _Name, language: str | None) -> bool:
    return language is None or not name.language or name.language == language


def _spelt(name: _Name, tokens: list[_Token], first: int, last: int) -> bool:
    """Whether the letters' case fits; a headline in capitals fits every name of more than three letters."""
    if not name.case_sensitive:
        return True
    written = tuple(tokens[index].text.translate(_QUOTES) for index in range(first, last + 1))
    capitals = len(name.text) > 3 and written == tuple(word.upper() for word in name.words)
    return written == name.words or capitals


def _known(name: _Name, on: date | None) -> bool:
    if on is None:
        return True
    if name.start is not None and on < name.start:
        return name.kind == "leader" and on >= name.start - _LEAD
    if name.end is None or on <= name.end:
        return True
    if name.kind == "leader":
        return name.whole or on <= name.end + _GRACE
    return name.kind in _OWNERS


def _live(name: _Name, on: date | None) -> bool:
    if on is None:
        return name.end is None
    return (name.start is None or name.start <= on) and (name.end is None or on <= name.end)


def _choose(tokens: list[_Token], span: _Span, named: set[str | None], on: date | None) -> _Name | None:
    """The one name a span stands for: of the office or the country named beside it, the last office first."""
    names = _titled(tokens, span) or span.names
    if len({_side(name) for name in names}) > 1:
        beside = tuple(name for name in names if _side(name) in named)
        fallback = tuple(name for name in names if _flagged(name, "default"))
        names = beside if len({_side(name) for name in beside}) == 1 else fallback
    if not names:
        return None
    if _live(names[0], on):
        return names[0] if names[0].kind != "leader" else _latest(names)
    last = max(names, key=_ended)
    if on is None:
        return last
    out = "incoming" if last.start is not None and on < last.start else "former"
    return replace(last, note=";".join(filter(None, (last.note, out))))


def _latest(names: tuple[_Name, ...]) -> _Name:
    """The office taken last; none is told where the surname may be of several people of one country."""
    latest = max(names, key=_began)
    spellings = {(name.office, name.start): set[str | None]() for name in names}
    for name in names:
        spellings[name.office, name.start].add(name.person)
    several = len({name.person for name in names}) > max(map(len, spellings.values()))
    return replace(latest, office=None, actor=None) if several else latest


def _titled(tokens: list[_Token], span: _Span) -> tuple[_Name, ...]:
    """The leaders whose own office stands right before the name: "President | Lee"."""
    before = tuple(token.folded for token in tokens[max(0, span.first - 6) : span.first])
    return tuple(name for name in span.names if name.title and before[-len(name.title) :] == name.title)


def _began(name: _Name) -> date:
    return name.start or date.min


def _ended(name: _Name) -> date:
    return name.end or date.max


def _side(name: _Name) -> str:
    return name.country or name.actor or name.text


def _sides(span: _Span) -> set[str]:
    return {_side(name) for name in span.names}


def _flagged(name: _Name, flag: str) -> bool:
    return name.note is not None and flag in name.note.split(";")


def _joined(tokens: list[_Token], index: int, step: int) -> _Token | None:
    """The word joined by a hyphen before (-1) or after (1) a token."""
    hyphen, word = index + step, index + 2 * step
    if not 0 <= word < len(tokens) or tokens[hyphen].folded != "-":
        return None
    first, last = sorted((index, word))
    adjoining = tokens[first].end == tokens[hyphen].start and tokens[hyphen].end == tokens[last].start
    return tokens[word] if adjoining else None
