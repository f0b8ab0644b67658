"""Build the Turkish tables of names and nouns of the package: `python training/build_names_tr.py`."""

from collections.abc import Iterable, Iterator

from names_table import FACTS, MINISTRY_STATES, NAMES, English, base, english, marked, noted, table, write
from turkish_forms import cases, forms_cell, is_possessed, of_place, plural, possessive

_LEADERS = ("name", "surname", "leader", "country", "note", "forms", "surname_forms")
_NOUNS = ("noun", "kind", "sector", "state_agent", "inanimate", "language", "note", "forms")


def main() -> None:
    """Write every Turkish table."""
    source = english()
    write("names_tr.csv", NAMES, _names(source), ("name", "kind", "country", "valid_from"))
    write(
        "groups_tr.csv",
        ("name", "actor", "country", "sector", "language", "case_sensitive", "note", "forms"),
        _groups(),
        ("name",),
    )
    write("places_tr.csv", ("name", "place", "language", "case_sensitive", "note", "forms"), _places(), ("name",))
    write("nouns_tr.csv", _NOUNS, _nouns(), ("noun", "kind"))
    write("leaders_tr.csv", _LEADERS, _leaders(), ("name", "leader", "country"))
    write(
        "offices_tr.csv",
        ("office", "name"),
        ({"office": r["english"], "name": r["turkish"]} for r in base("offices")),
        ("office",),
    )


def _names(source: English) -> Iterator[dict[str, str]]:
    for state in base("states"):
        yield from _state(source, state)
    for row in base("capitals"):
        for facts in source.facts("capital", row["english"]):
            yield from _rows(facts, row["turkish"] or row["english"])
    for row in base("names"):
        for facts in source.facts(row["kind"], row["english"]):
            yield from _rows(facts, row["turkish"])
    for row in base("extra"):
        yield from _rows({column: row[column] for column in FACTS}, row["turkish"])
    for row in base("other"):
        yield from _rows(dict.fromkeys(FACTS, "") | {"kind": "other"}, row["turkish"])
    yield from _capitals_as_in_english(source)
    yield from _ministries(source)


def _state(source: English, state: dict[str, str]) -> Iterator[dict[str, str]]:
    code = state["country"]
    names = state["turkish"]
    for facts in source.of_state("country", code):
        yield from _rows(facts, names)
    if not source.own["nationality", code] and not state["turkish_adjective"]:
        return
    usual = next(marked(names))[0]
    adjectives = state["turkish_adjective"] or of_place(_land(usual))
    for facts in source.of_state("nationality", code):
        yield from _rows(facts, adjectives)
        plurals = "|".join(plural(name) for name, _ in marked(adjectives))
        yield from _rows({**facts, "kind": "people"}, plurals)


def _land(name: str) -> str:
    """What the adjective of a compound is made of: `Cook Adaları` gives `Cook Adalı`."""
    return name.removesuffix("ları").removesuffix("sı") if is_possessed(name) else name


def _capitals_as_in_english(source: English) -> Iterator[dict[str, str]]:
    """Capitals that are written alike, so that their case endings are known too."""
    told = {row["english"] for row in base("capitals")}
    for (kind, name), rows in list(source.rows.items()):
        if kind == "capital" and name not in told and not name.startswith("the "):
            for facts in (source.facts(kind, name)) if rows else ():
                yield from _rows(facts, name)


def _ministries(source: English) -> Iterator[dict[str, str]]:
    for state in base("states"):
        code = state["country"]
        if code not in MINISTRY_STATES:
            continue
        owners = [next(marked(state["turkish"]))[0]]
        adjective = next(marked(state["turkish_adjective"]), ("", ""))[0]
        owners += [] if adjective.endswith(("lı", "li", "lu", "lü")) else [adjective]  # "Rus ordusu", "İran ordusu"
        for row in base("ministries"):
            facts = dict.fromkeys(FACTS, "") | {
                "kind": "institution",
                "country": code,
                "sector": row["sector"],
                "actor": f"{source.slugs[code]}/{row['actor']}",
                "valid_from": "1991-12-26" if code == "RUS" else "",
            }
            names = (f"{owner} {name}" for owner in owners for name, _ in marked(row["turkish"]))
            yield from _rows(facts, "|".join(names))


def _rows(facts: dict[str, str], names: str) -> Iterator[dict[str, str]]:
    for name, note in marked(names):
        yield {
            "name": name,
            **noted(facts, note),
            "language": "tr",
            "case_sensitive": "true",
            "forms": _forms(name, facts["kind"]),
        }


def _forms(name: str, kind: str = "") -> str:
    """The cases of a name written without an apostrophe; none for an abbreviation, whose ending always has one."""
    last = name.rsplit(maxsplit=1)[-1]
    if any(letter.isdigit() for letter in last) or last.isupper() or "'" in last or last[-1] in "».":
        return ""
    return forms_cell(list(cases(name, possessed=is_possessed(name) and kind not in ("nationality", "people"))))


def _groups() -> Iterator[dict[str, str]]:
    known = {row["actor"]: row for row in reversed(table("groups.csv"))}
    for row in base("groups"):
        facts = {column: known[row["actor"]][column] for column in ("actor", "country", "sector")}
        for name, note in marked(row["turkish"]):
            yield {
                "name": name,
                **facts,
                "language": "tr",
                "case_sensitive": "true",
                "note": note,
                "forms": _forms(name),
            }


def _places() -> Iterator[dict[str, str]]:
    places = {row["name"]: row["place"] for row in table("places.csv")} | {
        row["place"]: row["place"] for row in table("places.csv")
    }
    for row in base("places"):
        for name, note in marked(row["turkish"] or row["english"]):
            yield {
                "name": name,
                "place": places[row["english"]],
                "language": "tr",
                "case_sensitive": "true",
                "note": note,
                "forms": _forms(name),
            }


def _nouns() -> Iterator[dict[str, str]]:
    for row in base("nouns"):
        facts = {column: row[column] for column in ("kind", "sector", "state_agent", "inanimate")} | {
            "language": "tr",
            "note": "",
        }
        for noun in filter(None, row["turkish"].split("|")):
            name, forms = _noun_forms(noun)
            yield {"noun": name, **facts, "forms": forms}
    for kind, words in (line.split(";", 1) for line in _word_lines()):
        for word in words.split():
            yield {
                "noun": word,
                "kind": kind,
                "sector": "",
                "state_agent": "false",
                "inanimate": "false",
                "language": "tr",
                "note": "",
                "forms": "",
            }


def _word_lines() -> Iterable[str]:
    return (f"{row['kind']};{row['turkish']}" for row in base("words") if row["turkish"])


def _noun_forms(noun: str) -> tuple[str, str]:
    """The usual form and all forms of a noun; a `+` at the end marks the head of a compound (`savaş uçak+`)."""
    if noun.endswith("!"):
        return noun[:-1], ""
    head = noun.removesuffix("+")
    owned, many = possessive(head), possessive(plural(head))
    stems = [(owned, True), (many, True)]
    if head == noun:
        stems += [(head, False), (plural(head), False)]
    usual = owned if head != noun else head
    forms = [(usual, "nom")]
    for stem, possessed in stems:
        forms += [(stem, "nom"), *cases(stem, possessed=possessed)]
    cell = "|".join(text for text in dict.fromkeys(text for text, _ in forms) if text != usual)
    return usual, cell


def _leaders() -> Iterator[dict[str, str]]:
    for row in base("leaders_tr"):
        yield {**row, "note": "", "forms": "", "surname_forms": ""}


if __name__ == "__main__":
    main()
