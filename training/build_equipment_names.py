"""Add Russian and Turkish names of equipment: `python training/build_equipment_names.py` (needs pymorphy3)."""

import csv
import re
from collections.abc import Iterator

from names_table import DATA, base, table
from russian_people import name_forms, with_plain_e
from russian_phrases import phrase_forms
from turkish_forms import plural, possessive

_COLUMNS = ("name", "item", "category", "country", "kind")
_SERIES = {
    "Su": "Су", "MiG": "МиГ", "S": "С", "T": "Т", "Tu": "Ту", "Il": "Ил", "Ka": "Ка", "Mi": "Ми",
    "An": "Ан", "Yak": "Як", "BTR": "БТР", "BMP": "БМП", "BMD": "БМД", "BRDM": "БРДМ", "Kh": "Х", "A": "А",
    "D": "Д", "R": "Р", "RS": "РС", "FAB": "ФАБ",
}  # fmt: skip
_MODEL = re.compile(r"(?P<series>[A-Z][A-Za-z]*)-(?P<number>\d+)(?P<variant>[A-Z]{0,3}\d?)")
_LETTERS = str.maketrans("ABVGDEKLMNOPRSTUFI", "АБВГДЕКЛМНОПРСТУФИ")
_SOVIET = {"RUS", "SUN", "UKR"}


def main() -> None:
    """Write the table again: the rows it had in Latin letters, then the names of other languages."""
    rows = [row for row in table("equipment.csv") if _is_english(row)]
    known = {(row["name"].lower(), row["kind"]) for row in rows}
    for row in (*_series(rows), *_models(rows), *_nouns(rows)):
        key = (row["name"].lower(), row["kind"])
        if key not in known:
            known.add(key)
            rows.append(row)
    with (DATA / "equipment.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _is_english(row: dict[str, str]) -> bool:
    return row["name"] not in _own_names() and not re.search("[А-Яа-яЁё]", row["name"])


def _own_names() -> set[str]:
    turkish = {name for row in base("equipment") for name in row["turkish"].split("|")}
    return (
        turkish
        | {form for row in base("equipment_nouns") for noun in row["turkish"].split("|") for form in _turkish(noun)}
    ) - {"tank", "Bayraktar", "Bayraktar TB2", ""} | _ABBREVIATIONS


_ABBREVIATIONS = {"SİHA", "İHA", "TİHA"}


def _series(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Soviet and Russian models in Cyrillic: `Su-35S` is `Су-35С`."""
    for row in rows:
        found = _MODEL.fullmatch(row["name"])
        if row["kind"] != "model" or row["country"] not in _SOVIET or found is None or found["series"] not in _SERIES:
            continue
        yield {**row, "name": f"{_SERIES[found['series']]}-{found['number']}{found['variant'].translate(_LETTERS)}"}


def _models(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Named systems; a name that is a plain word as well counts alone only in quotation marks."""
    facts = {row["item"]: row for row in reversed(rows) if row["kind"] in ("model", "word")}
    for row in base("equipment"):
        first = row["russian"].split("|")[0]
        inflected = [form for form, _ in name_forms(first)] if first.isalpha() else []
        for name in dict.fromkeys(filter(None, (*row["russian"].split("|"), *inflected, *row["turkish"].split("|")))):
            yield {**facts[row["item"]], "name": name, "kind": row["kind"]}
            if row["kind"] == "word" and re.search("[А-Яа-я]", name):
                yield {**facts[row["item"]], "name": f"«{name}»", "kind": "model"}


def _nouns(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    facts = {row["name"]: row for row in rows if row["kind"].startswith("generic")}
    for row in base("equipment_nouns"):
        english = facts.get(row["english"])
        if english is None:
            continue
        russian = [form for noun in filter(None, row["russian"].split("|")) for form in _russian(noun)]
        turkish = [form for noun in filter(None, row["turkish"].split("|")) for form in _turkish(noun)]
        for form in dict.fromkeys((*russian, *turkish)):
            yield {**english, "name": form, "kind": "generic"}
    for name in sorted(_ABBREVIATIONS):
        yield {**facts["drone"], "name": name, "kind": "model", "country": ""}
    for name in ("БПЛА", "БЛА"):
        yield {**facts["drone"], "name": name, "kind": "model", "country": ""}


def _russian(noun: str) -> list[str]:
    forms = phrase_forms(noun, both=True)
    wanted = [text for text, case in with_plain_e(forms) if case in ("nom", "gen", "acc", "ins")]
    return list(dict.fromkeys((noun, *wanted)))


def _turkish(noun: str) -> list[str]:
    head = noun.removesuffix("+")
    if not head:
        return []
    owned, many = possessive(head), possessive(plural(head))
    return [*([] if noun != head else [head, plural(head)]), owned, many]


if __name__ == "__main__":
    main()
