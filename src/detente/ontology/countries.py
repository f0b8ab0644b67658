"""Countries and organisations: their codes, names in three languages, aliases and predecessors.

Codes: ISO 3166-1 alpha-3, ISO 3166-3 for states that are gone, `IGO:` ids of ours for
organisations. COW numbers: Correlates of War state system 2016; GW numbers and first days:
Gleditsch & Ward (1999, 2017 list). Names: Unicode CLDR.
"""

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from detente.errors import UnknownCountryError
from detente.ontology.tables import read_rows

Language = Literal["en", "tr", "ru"]

_PUNCTUATION: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", ".": None, "-": " ", "—": " ", "ё": "е"})
# İ, I, ı and i are one letter to a reader who types on another keyboard.
_DOTLESS: Final = str.maketrans({"İ": "i", "I": "i", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Country:
    """A state, a territory or (code `IGO:...`) an organisation.

    `valid_from` and `valid_to` are its first and last day as a state, None where open or before 1945.
    """

    code: str
    iso2: str | None
    name_en: str
    name_tr: str
    name_ru: str
    cow: int | None
    gw: int | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Succession:
    """A state that came after another; `continuing` where it is the same state for the record's purposes.

    `as_of`: whether the later name, told of an earlier day, means the state of that day ("Moscow and Tokyo signed
    in 1956" is the Soviet Union; Germany before 1990 may be either of two).
    """

    successor: str
    predecessor: str
    date: date
    continuing: bool
    as_of: bool
    note: str


@cache
def load_countries() -> Mapping[str, Country]:
    """Countries and organisations by code."""
    states = {row["iso3"]: _country(row) for row in read_rows("countries.csv")}
    igos = {row["igo"]: _igo(row) for row in read_rows("igos.csv")}
    return MappingProxyType({**states, **igos})


@cache
def load_successions() -> tuple[Succession, ...]:
    """Which state came after which."""
    return tuple(
        Succession(
            successor=row["successor"],
            predecessor=row["predecessor"],
            date=date.fromisoformat(row["date"]),
            continuing=row["continuing"] == "1",
            as_of=row["as_of"] == "1",
            note=row["note"],
        )
        for row in read_rows("successions.csv")
    )


def code_as_of(code: str | None, on: date | None) -> str | None:
    """The code of the state that a name meant on a day: Russia before 26 December 1991 is the Soviet Union.

    Examples:
        >>> code_as_of("RUS", date(1956, 10, 19)), code_as_of("RUS", date(2022, 2, 24))
        ('SUN', 'RUS')
    """
    for item in load_successions() if code and on else ():
        if item.as_of and item.successor == code and on is not None and on < item.date:
            return code_as_of(item.predecessor, on)
    return code


def resolve_country(name: str) -> str:
    """The code of a country or organisation, from a code, a name or an alias in any case.

    Args:
        name: ISO 3166 alpha-2 or alpha-3 code, `IGO:` id, or a name in English, Turkish or Russian.

    Returns:
        ISO 3166 alpha-3 code (ISO 3166-3 for a state that is gone) or `IGO:` id.

    Raises:
        UnknownCountryError: If the name is none we know, or could be several.

    Examples:
        >>> resolve_country("Türkiye"), resolve_country("Япония"), resolve_country("nato")
        ('TUR', 'JPN', 'IGO:NATO')
    """
    codes = _names().get(_fold(name), ())
    if len(codes) == 1:
        return codes[0]
    if codes:
        offers = " or ".join(f"{code} ({country_name(code)})" for code in codes)
        raise UnknownCountryError(f"country {name!r} could be {offers}: give one of these codes")
    raise UnknownCountryError(f"country {name!r} is not known: {_nearest(name)}")


def country_name(code: str, language: Language = "en") -> str:
    """The usual name of a country or organisation.

    Args:
        code: As `resolve_country` gives it.
        language: ISO 639-1 code of the language of the name.

    Returns:
        The name.

    Raises:
        UnknownCountryError: If the code is not known.
    """
    country = load_countries().get(code)
    if country is None:
        raise UnknownCountryError(f"country code {code!r} is not known: {_nearest(code)}")
    return {"en": country.name_en, "tr": country.name_tr, "ru": country.name_ru}[language]


def predecessors(code: str) -> tuple[str, ...]:
    """States that a state continues, nearest first: Serbia continues SCG, which continued YUG.

    Examples:
        >>> predecessors("SRB"), predecessors("RUS"), predecessors("JPN")
        (('SCG', 'YUG'), ('SUN',), ())
    """
    found: list[str] = []
    pending = [code]
    while pending:
        current = pending.pop(0)
        before = [s.predecessor for s in load_successions() if s.continuing and s.successor == current]
        pending += [state for state in before if state not in found]
        found += [state for state in before if state not in found]
    return tuple(found)


def find_names(text: str, most: int = 8) -> tuple[str, ...]:
    """Codes whose code, name or alias begins with some letters, then those that hold them, then the nearest.

    Examples:
        >>> find_names("япон"), find_names("türk", 1)
        (('JPN',), ('TUR',))
    """
    asked = _fold(text)
    if not asked:
        return ()
    keys = _names()
    ranked = [
        *(key for key in keys if key == asked),
        *sorted((key for key in keys if key.startswith(asked)), key=len),
        *sorted((key for key in keys if f" {asked}" in key), key=len),
    ] or difflib.get_close_matches(asked, list(keys), n=most, cutoff=0.6)
    return tuple(dict.fromkeys(code for key in ranked for code in keys[key]))[:most]


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Every folded name with the codes it can mean; a code or a CLDR name beats an alias."""
    names: dict[str, tuple[str, ...]] = {}
    for row in read_rows("countries_aliases.csv"):
        key = _fold(row["alias"])
        names[key] = tuple(dict.fromkeys((*names.get(key, ()), row["code"])))
    for country in load_countries().values():
        for name in (country.name_en, country.name_tr, country.name_ru):
            names.setdefault(_fold(name), (country.code,))
    for country in load_countries().values():
        # A gone state's two letters were given to another (CS), so only living states own theirs.
        if country.iso2 and country.valid_to is None:
            names[_fold(country.iso2)] = (country.code,)
    for code in load_countries():
        names[_fold(code)] = (code,)
    return MappingProxyType(names)


def _fold(name: str) -> str:
    lowered = unicodedata.normalize("NFC", name.strip()).translate(_DOTLESS).casefold()
    plain = unicodedata.normalize("NFKD", lowered.translate(_PUNCTUATION))
    # й decomposes into и and a breve: keep letters of Cyrillic whole, drop accents of Latin only.
    kept = "".join(c for c in plain if not unicodedata.combining(c) or c == "\u0306")
    return " ".join(unicodedata.normalize("NFC", kept).split()).replace("ğ", "g")


def _nearest(name: str) -> str:
    close = difflib.get_close_matches(_fold(name), list(_names()), n=12, cutoff=0.5)
    codes = list(dict.fromkeys(code for key in close for code in _names()[key]))[:3]
    if not codes:
        return "give an ISO 3166 code (JPN), an organisation (IGO:NATO) or a name in English, Turkish or Russian"
    offers = ", ".join(f"{code} ({load_countries()[code].name_en})" for code in codes)
    return f"nearest are {offers}"


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        code=row["iso3"],
        iso2=row["iso2"] or None,
        name_en=row["name_en"],
        name_tr=row["name_tr"],
        name_ru=row["name_ru"],
        cow=int(row["cow"]) if row["cow"] else None,
        gw=int(row["gw"]) if row["gw"] else None,
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _igo(row: Mapping[str, str]) -> Country:
    return Country(row["igo"], None, row["name_en"], row["name_tr"], row["name_ru"], None, None, None, None)
