"""Build the Russian tables of names and nouns of the package: `python training/build_names_ru.py` (needs pymorphy3)."""

import re
from collections.abc import Iterable, Iterator

from names_table import BASE, FACTS, MINISTRY_STATES, NAMES, English, base, english, marked, noted, table, write
from russian_people import declined, from_romaji, surname_of, with_plain_e
from russian_phrases import adjective_forms, joined_forms, phrase_forms, plain

_GROUPS = ("name", "actor", "country", "sector", "language", "case_sensitive", "note", "forms")
_PLACES = ("name", "place", "language", "case_sensitive", "note", "forms")
_LEADERS = ("name", "surname", "leader", "country", "note", "forms", "surname_forms")
_NOUNS = ("noun", "kind", "sector", "state_agent", "inanimate", "language", "note", "forms")
_NO_SURNAMES = {"", "это", "но"}  # far more often a pronoun and a conjunction than a person
Forms = list[tuple[str, str]]


def main() -> None:
    """Write every Russian table."""
    source = english()
    write("names_ru.csv", NAMES, _names(source), ("name", "kind", "country", "valid_from"))
    write("groups_ru.csv", _GROUPS, _groups(), ("name",))
    write("places_ru.csv", _PLACES, _places(), ("name",))
    write("nouns_ru.csv", _NOUNS, _nouns(), ("noun", "kind"))
    write("leaders_ru.csv", _LEADERS, _leaders(), ("name", "leader", "country"))
    offices = ({"office": row["english"], "name": row["russian"]} for row in base("offices"))
    write("offices_ru.csv", ("office", "name"), offices, ("office",))


def _names(source: English) -> Iterator[dict[str, str]]:
    for state in base("states"):
        yield from _state(source, state)
    for row in base("capitals"):
        for facts in source.facts("capital", row["english"]):
            yield from _rows(facts, row["russian"])
    for row in base("names"):
        for facts in source.facts(row["kind"], row["english"]):
            yield from _rows(facts, row["russian"])
    for row in base("extra"):
        yield from _rows({column: row[column] for column in FACTS}, row["russian"])
    for row in base("other"):
        yield from _rows(dict.fromkeys(FACTS, "") | {"kind": "other"}, row["russian"])
    yield from _ministries(source)


def _state(source: English, state: dict[str, str]) -> Iterator[dict[str, str]]:
    code = state["country"]
    for facts in source.of_state("country", code):
        yield from _rows(facts, state["russian"])
    for facts in source.of_state("nationality", code):
        yield from _rows(facts, state["russian_adjective"])
        yield from _combining(facts, state)
        for pair in filter(None, state["russian_people"].split("|")):
            for person in pair.split("/"):
                yield from _rows({**facts, "kind": "people"}, person)


def _combining(facts: dict[str, str], state: dict[str, str]) -> Iterator[dict[str, str]]:
    """What stands before a hyphen: `российско-`, `японо-`."""
    adjectives = [f"{name[:-2]}о" for name in state["russian_adjective"].split("|") if name.endswith("ский")]
    own = [row["russian"] for row in base("combining_ru") if row["country"] == state["country"]]
    for name in filter(None, (*adjectives, *"|".join(own).split("|"))):
        found = {"name": name, **noted(facts, "combining"), "language": "ru", "case_sensitive": "false", "forms": ""}
        yield {**found, "note": ";".join(dict.fromkeys((*filter(None, facts["note"].split(";")), "combining")))}


def _ministries(source: English) -> Iterator[dict[str, str]]:
    for state in base("states"):
        code = state["country"]
        if code not in MINISTRY_STATES:
            continue
        names = [name for name, _ in marked(state["russian"]) if not plain(name).split()[-1].islower()]
        owners = [*map(_genitive, names[:2]), *(["РФ", "Российской Федерации"] if code == "RUS" else [])]
        for row in base("ministries"):
            facts = dict.fromkeys(FACTS, "") | {
                "kind": "institution",
                "country": code,
                "sector": row["sector"],
                "actor": f"{source.slugs[code]}/{row['actor']}",
                "valid_from": "1991-12-26" if code == "RUS" else "",
            }
            for owner in owners:
                names = (
                    f"{name} " + " ".join(f"!{word}" for word in owner.split()) for name, _ in marked(row["russian"])
                )
                yield from _rows(facts, "|".join(names))


def _genitive(name: str) -> str:
    forms = _forms_of(name, "country")
    return next((text for text, case in forms if case == "gen"), plain(name))


def _rows(facts: dict[str, str], names: str) -> Iterator[dict[str, str]]:
    """The rows of the names of a cell; a name given with and without `!` changes or not, as writers choose."""
    found: dict[str, tuple[str, Forms]] = {}
    for name, note in marked(names):
        text = plain(name)
        forms = _forms_of(name, facts["kind"])
        if text in found:
            forms = [(text, ""), *((form, case) for form, case in (*found[text][1], *forms) if form != text)]
        found[text] = (note, forms)
    for text, (note, forms) in found.items():
        case_sensitive = "false" if text.islower() else "true"
        yield {
            "name": text,
            **noted(facts, note),
            "language": "ru",
            "case_sensitive": case_sensitive,
            "forms": _cell(text, forms),
        }


def _forms_of(name: str, kind: str) -> Forms:
    if kind == "nationality" or (" " not in name and name.endswith("ский") and name.islower()):
        return adjective_forms(name)
    if kind == "country" and " и " in name and "!" not in name:
        return joined_forms(name)
    if name.startswith("@") or "@" in name:
        return [(" ".join(cells), case) for cells, case in _surname_cells(name)]
    return phrase_forms(name, animate=kind == "people", both=kind == "people")


def _surname_cells(name: str) -> Iterator[tuple[list[str], str]]:
    text, forms = declined(name.replace("@", ""), "RUS")
    yield text.split(), "nom"
    for form, case in forms:
        yield form.split(), case


def _cell(name: str, forms: Forms) -> str:
    """The cell `forms`: each form with all its cases; with `е` for `ё` too."""
    found: dict[str, dict[str, None]] = {}
    for text, case in with_plain_e(forms or ([(name, "")] if "ё" in name else [])):
        found.setdefault(text, {})[case] = None
    if set(found.get(name, {})) == {"nom"}:
        del found[name]
    return "|".join(f"{text}:{'/'.join(filter(None, told))}".rstrip(":") for text, told in found.items())


def _groups() -> Iterator[dict[str, str]]:
    known = {row["actor"]: row for row in reversed(table("groups.csv"))}
    for row in base("groups"):
        facts = {column: known[row["actor"]][column] for column in ("actor", "country", "sector")}
        for found in _marked_rows(row["russian"], animate=True):
            yield {**found, **facts}


def _places() -> Iterator[dict[str, str]]:
    rows = table("places.csv")
    places = {row["name"]: row["place"] for row in rows} | {row["place"]: row["place"] for row in rows}
    for row in base("places"):
        for found in _marked_rows(row["russian"], animate=False):
            yield {**found, "place": places[row["english"]]}


def _marked_rows(cell: str, *, animate: bool) -> Iterator[dict[str, str]]:
    """Names of groups and places: `+` at the end marks an adjective."""
    adjectives = [name for name in cell.split("|") if name.endswith("+")]
    for name in adjectives:
        word = name.removesuffix("+")
        yield {
            "name": word,
            "language": "ru",
            "case_sensitive": "false",
            "note": "",
            "forms": _cell(word, adjective_forms(word)),
        }
    facts = dict.fromkeys(FACTS, "") | {"kind": "people" if animate and cell.startswith("^") else "place"}
    for row in _rows(facts, "|".join(name for name in cell.split("|") if not name.endswith("+"))):
        yield {column: row[column] for column in ("name", "language", "case_sensitive", "note", "forms")}


def _nouns() -> Iterator[dict[str, str]]:
    for row in base("nouns"):
        facts = {column: row[column] for column in ("kind", "sector", "state_agent", "inanimate")} | {
            "language": "ru",
            "note": "",
        }
        animate = row["kind"] in ("office", "people", "organisation")
        for noun in filter(None, row["russian"].split("|")):
            yield {"noun": plain(noun).rstrip("!"), **facts, "forms": _noun_cell(noun, animate=animate)}
    for row in base("words"):
        for word in row["russian"].split():
            blank = {
                "sector": "",
                "state_agent": "false",
                "inanimate": "false",
                "language": "ru",
                "note": "",
                "forms": "",
            }
            yield {"noun": word, "kind": row["kind"], **blank}


def _noun_cell(noun: str, *, animate: bool) -> str:
    if noun.endswith("!"):
        return ""
    text = plain(noun)
    forms = phrase_forms(noun, animate=animate, both=True)
    cells = dict.fromkeys(form for form, _ in with_plain_e([(text, ""), *forms]))
    return "|".join(form for form in cells if form != text)


def _leaders() -> Iterator[dict[str, str]]:
    surnames = {(row["country"], row["name"]): row["surname"] for row in table("leaders.csv")}
    for country, leader, full in (*_listed(), *_japanese(surnames)):
        name, forms = declined(full, country)
        family = surname_of(full, country, leader, surnames[country, leader])
        surname, surname_forms = declined(family, country) if family.lower() not in _NO_SURNAMES else ("", [])
        yield {
            "name": name,
            "surname": surname,
            "leader": leader,
            "country": country,
            "note": "",
            "forms": _cell(name, [(name, "nom"), *forms] if forms else []),
            "surname_forms": _cell(surname, [(surname, "nom"), *surname_forms] if surname_forms else [])
            if surname
            else "",
        }


def _listed() -> Iterator[tuple[str, str, str]]:
    country = ""
    for line in (BASE / "leaders_ru.txt").read_text(encoding="utf-8").splitlines():
        if "=" not in line:
            country = line
        else:
            leader, _, spellings = line.partition("=")
            for full in spellings.split("|"):
                yield country, leader, full


def _japanese(surnames: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    women = {"Makiko", "Yoriko", "Yuriko", "Tomomi", "Satsuki", "Yoko", "Sanae"}
    known = surnames if isinstance(surnames, dict) else {}
    for (country, leader), surname in known.items():
        if country == "JPN" and surname:
            gender = "f:" if leader.split()[0] in women else ""
            usual = from_romaji(leader)
            for spelling in dict.fromkeys((usual, re.sub("(?<=[а-яё])э", "е", usual))):  # Абэ, Абе
                yield country, leader, gender + spelling


if __name__ == "__main__":
    main()
