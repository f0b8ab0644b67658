"""What the builders of the name tables share: the base tables, and the English rows a name takes its facts from."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

BASE = Path(__file__).parent / "names"
DATA = Path(__file__).parents[1] / "src/detente/ontology/data"
MINISTRY_STATES = frozenset((BASE / "ministry_states.txt").read_text(encoding="utf-8").split())  # ministries named
FACTS = ("kind", "country", "sector", "actor", "valid_from", "valid_to", "note")
NAMES = ("name", *FACTS[:-1], "language", "case_sensitive", "note", "forms")


def base(name: str) -> list[dict[str, str]]:
    """The rows of a base table."""
    return list(csv.DictReader((BASE / f"{name}.psv").read_text(encoding="utf-8").splitlines(), delimiter=";"))


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the package."""
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def write(name: str, columns: Iterable[str], rows: Iterable[dict[str, str]], key: Iterable[str]) -> int:
    """Write a table of the package: each key once, the first row kept."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        found.setdefault(tuple(row[column] for column in key), row)
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found.values())
    return len(found)


@dataclass
class English:
    """The English rows by kind and name, and what each state has."""

    rows: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    slugs: dict[str, str] = field(default_factory=dict)
    countries: dict[str, dict[str, str]] = field(default_factory=dict)
    own: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def facts(self, kind: str, name: str) -> list[dict[str, str]]:
        """The facts of the English rows of a name, one a period and owner."""
        return [{column: row[column] for column in FACTS} for row in self.rows[kind, name]]

    def of_state(self, kind: str, code: str) -> list[dict[str, str]]:
        """The facts of a state's name, nationality or people, periods under other states included (Russia, 1985)."""
        names = [row["name"] for row in self.own[kind, code]]
        usual = "Soviet" if code == "SUN" and kind == "nationality" else self.countries[code]["name_en"]
        first = usual if usual in names else next(iter(names), None)
        if first is None:
            dates = {column: self.countries[code][column] for column in ("valid_from", "valid_to")}
            gone = dates if dates["valid_to"] else {"valid_from": "", "valid_to": ""}
            return [{"kind": kind, "country": code, "sector": "", "actor": "", **gone, "note": ""}]
        return self.facts(kind, first)


def english() -> English:
    """Read the English tables."""
    found = English()
    prefixes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in table("actor_names.csv"):
        found.rows[row["kind"], row["name"]].append(row)
        found.own[row["kind"], row["country"]].append(row)
        if row["actor"]:
            prefixes[row["country"]][row["actor"].split("/")[0]] += 1
    found.countries = {row["iso3"]: row for row in table("countries.csv")}
    for code, row in found.countries.items():
        known = prefixes[code].most_common(1)
        slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in row["name_en"].lower())
        found.slugs[code] = known[0][0] if known else "-".join(filter(None, slug.split("-")))
    return found


def marked(cell: str) -> Iterator[tuple[str, str]]:
    """The names of a cell with the note of their mark: `*` a plain word as well, `?` the usual reading."""
    for name in cell.split("|"):
        note = {"*": "word", "?": "default"}.get(name[:1], "")
        if name:
            yield (name[1:] if note else name), note


def noted(facts: dict[str, str], note: str) -> dict[str, str]:
    """The facts of a row with another flag in its note."""
    flags = [flag for flag in facts["note"].split(";") if flag and flag != "combining"]
    return {**facts, "note": ";".join(dict.fromkeys((*flags, *filter(None, [note]))))}
