"""The English tables of names and nouns, and what the tables of all languages share."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from io import StringIO
from typing import Final

from detente.model import parse_partial_date
from detente.ontology.gazetteer_records import Lexicon, Name, Node, Place, SectorNoun
from detente.ontology.gazetteer_text import fold, plain, words_of

_WORDS: Final = frozenset({"prefix", "suffix", "before_name", "not_name", "word", "joins"})  # rows that are no nouns


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this package, as text."""
    text = (files("detente.ontology") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(StringIO(text, newline=""))


def english_lexicon(places: Mapping[str, Place]) -> Lexicon:
    """The names and nouns of the English tables."""
    root = Node()
    for name in (*_actor_names(), *_leaders(), *_groups(), *_place_names(places)):
        insert(root, name)
    nouns: dict[tuple[str, ...], SectorNoun] = {}
    words: dict[str, set[str]] = {kind: set() for kind in _WORDS}
    for row in read_table("sector_nouns.csv"):
        add_noun(nouns, words, row, (row["noun"],))
    return Lexicon("en", root, nouns, {kind: frozenset(found) for kind, found in words.items()})


def add_noun(
    nouns: dict[tuple[str, ...], SectorNoun], words: dict[str, set[str]], row: Mapping[str, str], forms: tuple[str, ...]
) -> None:
    """Put a row of a table of nouns, in all its forms, among the nouns or the words."""
    if row["kind"] in _WORDS:
        words.setdefault(row["kind"], set()).update(map(fold, forms))
        return
    noun = SectorNoun(
        row["noun"],
        row["kind"],
        row["sector"] or None,
        row["state_agent"] == "true",
        row["inanimate"] == "true",
        row["language"],
        row["note"] or None,
    )
    for form in forms:
        nouns.setdefault(tuple(fold(word) for word in words_of(form)), noun)


def read_places() -> dict[str, Place]:
    """The places of the English tables and the capitals, by folded name."""
    return {**dict(_capitals()), **dict(_places())}


def make_name(
    row: Mapping[str, str], text: str, kind: str, *, place: Place | None = None, office: str | None = None
) -> Name:
    """The name of a row of a table."""
    start = parse_partial_date(row["valid_from"]).start if row["valid_from"] else None
    end = parse_partial_date(row["valid_to"]).end if row["valid_to"] else None
    return Name(
        plain(text),
        words_of(plain(text)),
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
        tuple(fold(word) for word in words_of(office or "")),
    )


def insert(root: Node, name: Name) -> None:
    """Put a name into the tree of names."""
    node = root
    for word in name.words:
        node = node.children.setdefault(fold(word), Node())
    node.names.append(name)


def surname_of(name: Name, surname: str) -> Name:
    """The surname alone of a leader."""
    text = plain(surname)
    return replace(name, text=text, words=words_of(text), whole=False)


def capital_place(row: Mapping[str, str]) -> Place:
    """A capital as a place."""
    return Place(row["name"], "capital", row["country"], row["country"], (), None)


def _actor_names() -> Iterator[Name]:
    for row in read_table("actor_names.csv"):
        place = capital_place(row) if row["kind"] == "capital" else None
        yield make_name(row, row["name"], row["kind"], place=place)


def _leaders() -> Iterator[Name]:
    for row in read_table("leaders.csv"):
        name = make_name({**row, "case_sensitive": "true"}, row["name"], "leader", office=row["office"])
        name = replace(name, person=row["name"])
        yield name
        if row["surname"]:
            yield surname_of(name, row["surname"])


def _groups() -> Iterator[Name]:
    for row in read_table("groups.csv"):
        yield make_name({**row, "valid_from": "", "valid_to": ""}, row["name"], "group")


def _capitals() -> Iterator[tuple[str, Place]]:
    for row in read_table("actor_names.csv"):
        if row["kind"] == "capital" and not row["valid_to"] and not row["country"].startswith("IGO:"):
            yield fold(row["name"]), capital_place(row)


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
        yield fold(row["name"]), place


def _place_names(places: Mapping[str, Place]) -> Iterator[Name]:
    for row in read_table("places.csv"):
        bare = {**row, "country": "", "sector": "", "actor": "", "valid_from": "", "valid_to": ""}
        yield make_name(bare, row["name"], "place", place=places[fold(row["name"])])
