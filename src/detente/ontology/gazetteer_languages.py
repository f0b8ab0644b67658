"""The tables of another language than English: each name in all its written forms, with their cases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Final

from detente.ontology.gazetteer_records import Lexicon, Name, Node, Place, SectorNoun
from detente.ontology.gazetteer_tables import (
    add_noun,
    capital_place,
    insert,
    make_name,
    read_table,
    surname_of,
)
from detente.ontology.gazetteer_text import fold, plain, words_of

LANGUAGES: Final = ("tr", "ru")  # those with tables of their own
_LATIN: Final = frozenset({"country", "capital", "palace", "institution", "igo", "other", "leader", "group", "place"})


def foreign_lexicon(language: str, english: Lexicon, places: Mapping[str, Place]) -> Lexicon:
    """The names and nouns of a language, the English names behind them.

    Args:
        language: ISO 639-1 code; a language without tables of its own gets the English names alone.
        english: The lexicon of English.
        places: The places by folded English name.

    Returns:
        The lexicon.
    """
    root = Node()
    nouns: dict[tuple[str, ...], SectorNoun] = {}
    words: dict[str, set[str]] = {}
    if language in LANGUAGES:
        for name in _names(language, places):
            insert(root, name)
        for row in read_table(f"nouns_{language}.csv"):
            add_noun(nouns, words, row, tuple(text for text, _ in forms_of(row["noun"], row["forms"])))
    return Lexicon(language, root, nouns, {kind: frozenset(found) for kind, found in words.items()}, english.root)


def merged_lexicon(lexicons: tuple[Lexicon, ...]) -> Lexicon:
    """All languages at once, the first before the others where two have one form."""
    root = Node()
    nouns: dict[tuple[str, ...], SectorNoun] = {}
    words: dict[str, set[str]] = {}
    for lexicon in lexicons:
        for name in _in_tree(lexicon.root):
            insert(root, name)
        nouns = {**lexicon.nouns, **nouns}
        for kind, found in lexicon.words.items():
            words.setdefault(kind, set()).update(found)
    return Lexicon(None, root, nouns, {kind: frozenset(found) for kind, found in words.items()})


def forms_of(name: str, forms: str) -> dict[tuple[str, str | None], None]:
    """The written forms of a name with their cases, in order.

    Args:
        name: The base form.
        forms: The cell `forms`: `Россия:nom|России:gen/dat/loc`; a form without a case has none known. The base
            form is nominative where other forms stand beside it and it is not among them, indeclinable where alone.

    Returns:
        Form and case (None where unknown), the base form first.
    """
    found: dict[tuple[str, str | None], None] = {}
    listed = [cell.partition(":") for cell in forms.split("|") if cell]
    if name not in {text for text, _, _ in listed}:
        found[name, "nom" if any(case for _, _, case in listed) else None] = None
    for text, _, case in listed:
        found[text, case or None] = None
    return found


def is_latin(name: Name) -> bool:
    """Whether an English name is looked for in other languages too."""
    return name.kind in _LATIN


def _names(language: str, places: Mapping[str, Place]) -> Iterator[Name]:
    for row in read_table(f"names_{language}.csv"):
        place = capital_place(row) if row["kind"] == "capital" else None
        yield from _inflected(make_name(row, row["name"], row["kind"], place=place), row["forms"])
    for row in read_table(f"groups_{language}.csv"):
        yield from _inflected(make_name({**row, "valid_from": "", "valid_to": ""}, row["name"], "group"), row["forms"])
    for row in read_table(f"places_{language}.csv"):
        bare = {**row, "country": "", "sector": "", "actor": "", "valid_from": "", "valid_to": ""}
        place = places[fold(row["place"])]
        yield from _inflected(make_name(bare, row["name"], "place", place=place), row["forms"])
    yield from _leaders(language)


def _leaders(language: str) -> Iterator[Name]:
    """The leaders of the English table in a language's spelling: offices and dates stand in the English table alone."""
    terms = defaultdict(list)
    for row in read_table("leaders.csv"):
        terms[row["country"], row["name"]].append(row)
    offices = {row["office"]: row["name"] for row in read_table(f"offices_{language}.csv")}
    for spelling in read_table(f"leaders_{language}.csv"):
        for row in terms[spelling["country"], spelling["leader"]]:
            name = make_name(
                {**row, "language": language, "case_sensitive": "true", "note": spelling["note"] or row["note"]},
                spelling["name"],
                "leader",
                office=row["office"],
            )
            title = tuple(fold(word) for word in words_of(offices.get(row["office"], "")))
            name = replace(name, person=spelling["leader"], title=title)
            yield from _inflected(name, spelling["forms"])
            if spelling["surname"]:
                yield from _inflected(surname_of(name, spelling["surname"]), spelling["surname_forms"])


def _inflected(name: Name, forms: str) -> Iterator[Name]:
    facts = {field.name: getattr(name, field.name) for field in fields(name)[2:-1]}
    for text, case in forms_of(name.text, plain(forms)):
        yield Name(text, words_of(text), **facts, case=case)  # replace() takes three times as long


def _in_tree(node: Node) -> Iterator[Name]:
    yield from node.names
    for child in node.children.values():
        yield from _in_tree(child)
