"""Equipment in running text: Su-35S, Bastion-P, fighter jets, with their usual name and category."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from detente.ontology.gazetteer import read_table

_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_NUMBER: Final = re.compile(r"\d{1,3}(?:[,.  ]\d{3})+|\d+")
_BEFORE: Final = re.compile(r"\S+")
_LINKS: Final = frozenset("-‐‑–/.'’")
_MAX_ADJECTIVES: Final = 3
_MAX_VARIANT: Final = 4  # letters and digits that may follow a model's name: F-16 V, Su-30 MKI
_YEARS: Final = range(1900, 2100)
_COMMON: Final = frozenset({"generic", "generic_word"})
_UNSURE: Final = frozenset({"word", "generic_word"})  # plain words as well: they count only in company


@dataclass(frozen=True, slots=True)
class EquipmentMention:
    """Equipment found: `text[start:end]` names it.

    Attributes:
        start: First character.
        end: One past the last character, a generic noun after a model included ("Su-35 fighter jets").
        item: Its usual name (`Su-35S`, `fighter jet`).
        category: fighter, bomber, air defence, tank, warship, troops, ...
        kind: `model` for a named system, `generic` for a common noun.
        count: The number right before it, if any ("320 Russian fighter jets").
        origin: ISO3 of the country that designed the model; None for generic nouns and joint designs.
    """

    start: int
    end: int
    item: str
    category: str
    kind: str
    count: float | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]  # letters as written for a model, folded for a common noun
    item: str
    category: str
    origin: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int  # token numbers
    last: int
    end: int
    name: _Name
    tailed: bool = False


@dataclass(frozen=True, slots=True)
class Equipment:
    """The table of equipment, ready for look-up; build it once with `load_equipment()`."""

    _names: Mapping[str, tuple[_Name, ...]]  # by first word, longest name first
    _numbers: Mapping[str, float]
    _words: Mapping[str, frozenset[str]]  # modifier, tail, date, prefix -> words

    def find_equipment(self, text: str) -> tuple[EquipmentMention, ...]:
        """Find the equipment a sentence names: no overlaps, the longest match wins.

        Hyphens, spaces and plurals do not matter (S-300, S 300, Su-35s). A model whose name is a plain word as well
        (Bal, Leopard; `fighter` too) counts only where another piece of equipment or a noun for it stands beside it.

        Args:
            text: One sentence, or more.

        Returns:
            Mentions in order of place.

        Examples:
            >>> found = load_equipment().find_equipment("It sent four Su-35 fighter jets and T-72B3 tanks.")
            >>> [(m.item, m.category, m.count) for m in found]
            [('Su-35', 'fighter', 4.0), ('T-72B3', 'tank', None)]
        """
        tokens = [_Token(m.start(), m.end(), m[0], m[0].lower()) for m in _TOKEN.finditer(text)]
        hits = tuple(self._hits(text, tokens))
        sure = any(hit.name.kind not in _UNSURE for hit in hits)
        return tuple(
            self._mention(text, tokens, hit) for hit in hits if sure or hit.tailed or hit.name.kind not in _UNSURE
        )

    def _hits(self, text: str, tokens: list[_Token]) -> Iterator[_Hit]:
        index = 0
        while index < len(tokens):
            hit = self._longest(text, tokens, index)
            if hit is None:
                index += 1
                continue
            if hit.name.kind not in _COMMON:
                hit = self._with_noun(text, tokens, hit)
            yield hit
            index = hit.last + 1

    def _longest(self, text: str, tokens: list[_Token], first: int) -> _Hit | None:
        for name in self._names.get(tokens[first].folded, ()):
            last = _follow(tokens, first, name.words)
            if last is None:
                continue
            hit = self._common(text, tokens, first, last, name)
            if name.kind not in _COMMON:
                hit = _model(text, tokens, first, last, name)
            if hit is not None:
                return hit
        return None

    def _common(self, text: str, tokens: list[_Token], first: int, last: int, name: _Name) -> _Hit | None:
        """A common noun that stands for itself: not the tank of "anti-tank", nor a suicide bomber."""
        start, end = tokens[first].start, tokens[last].end
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            return None
        joined = first > 1 and tokens[first - 1].text in _LINKS
        before = first - 2 if joined else first - 1
        prefixed = before >= 0 and tokens[before].folded in self._words["prefix"]
        return None if prefixed else _Hit(first, last, end, name)

    def _with_noun(self, text: str, tokens: list[_Token], hit: _Hit) -> _Hit:
        """The model with the common noun that follows it: "Su-35 | fighter jets", "Iskander | systems"."""
        index = hit.last + 1
        if index < len(tokens) and tokens[index].text == "-":
            index += 1
        if index >= len(tokens):
            return hit
        noun = self._longest(text, tokens, index)
        if noun is not None and noun.name.kind in _COMMON:
            return replace(hit, last=noun.last, end=noun.end, tailed=True)
        if tokens[index].folded in self._words["tail"]:
            return replace(hit, last=index, end=tokens[index].end, tailed=True)
        return hit

    def _mention(self, text: str, tokens: list[_Token], hit: _Hit) -> EquipmentMention:
        start, name = tokens[hit.first].start, hit.name
        kind = "generic" if name.kind in _COMMON else "model"
        return EquipmentMention(start, hit.end, name.item, name.category, kind, self._count(text[:start]), name.origin)

    def _count(self, before: str) -> float | None:
        """The number before an item, over adjectives and capitalised words: "320 Russian", "four Chinese naval"."""
        words = [match[0] for match in _BEFORE.finditer(before[-80:])]
        for steps, word in enumerate(reversed(words)):
            value = self._number(word)
            if value is not None:
                earlier = words[-steps - 2] if len(words) > steps + 1 else ""
                return None if earlier in self._words["date"] else value
            adjective = word[:1].isupper() or word.lower() in self._words["modifier"]
            if steps >= _MAX_ADJECTIVES or not adjective or word[-1] in ",;:.":
                return None
        return None

    def _number(self, word: str) -> float | None:
        if word.lower() in self._numbers:
            return self._numbers[word.lower()]
        if not _NUMBER.fullmatch(word):
            return None
        value = float(re.sub(r"\D", "", word))
        return None if word.isdigit() and value in _YEARS else value


def load_equipment() -> Equipment:
    """Read the table of the package (a few milliseconds; keep it, it never changes)."""
    names: dict[str, list[_Name]] = {}
    words: dict[str, set[str]] = {"modifier": set(), "tail": set(), "date": set(), "prefix": set()}
    numbers: dict[str, float] = {}
    for row in read_table("equipment.csv"):
        if row["kind"] == "number":
            numbers[row["name"]] = float(row["item"])
        elif row["kind"] in words:
            words[row["kind"]].add(row["name"])
        else:
            for name in _forms(row):
                names.setdefault(name.words[0].lower(), []).append(name)
    ordered = {first: tuple(sorted(found, key=_length, reverse=True)) for first, found in names.items()}
    return Equipment(ordered, numbers, {kind: frozenset(found) for kind, found in words.items()})


def _forms(row: Mapping[str, str]) -> Iterator[_Name]:
    """The name, and the plural of a common noun."""
    origin = row["country"] or None
    words = tuple(token for token in _TOKEN.findall(row["name"]) if token not in _LINKS)
    if row["kind"] not in _COMMON:
        yield _Name(words, row["item"], row["category"], origin, row["kind"])
        return
    folded = tuple(word.lower() for word in words)
    for last in dict.fromkeys((folded[-1], _plural(folded[-1]))):
        yield _Name((*folded[:-1], last), row["item"], row["category"], origin, row["kind"])


def _plural(word: str) -> str:
    if word.endswith(("aircraft", "personnel", "forces", "troops", "ammo")):
        return word
    if word.endswith("man"):
        return word[:-2] + "en"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _length(name: _Name) -> int:
    return len(name.words)


def _follow(tokens: list[_Token], first: int, words: Iterable[str]) -> int | None:
    """The number of the last token if the words stand there, joined by hyphens, spaces or nothing."""
    index = first - 1
    for count, word in enumerate(words):
        index += 1
        if count and index + 1 < len(tokens) and _links(tokens, index):
            index += 1
        if index >= len(tokens) or tokens[index].folded != word.lower():
            return None
    return index


def _links(tokens: list[_Token], index: int) -> bool:
    before, mark, after = tokens[index - 1 : index + 2]
    return mark.text in _LINKS and before.end == mark.start and mark.end == after.start


def _model(text: str, tokens: list[_Token], first: int, last: int, name: _Name) -> _Hit | None:
    """A model as written, with letters of a variant (F-16V) or a plural s; None inside another code."""
    written = tuple(token.text for token in tokens[first : last + 1] if token.text not in _LINKS)
    if written != name.words or _inside_code(text, tokens[first].start):
        return None
    end, limit = tokens[last].end, tokens[last].end + _MAX_VARIANT
    coded = any(word.isdigit() for word in name.words)
    while last + 1 < len(tokens) and tokens[last + 1].start == end and tokens[last + 1].text.isalnum():
        rest = tokens[last + 1].text
        variant = coded and (rest.isdigit() or rest.removesuffix("s").isupper())
        if rest != "s" and not variant:
            return None
        last, end = last + 1, tokens[last + 1].end
    return _Hit(first, last, end, name) if end <= limit else None


def _inside_code(text: str, start: int) -> bool:
    before = text[:start][-2:]
    return before[-1:].isalnum() or (
        len(before) == 2 and before[1] in _LINKS and (before[0].isupper() or before[0].isdigit())
    )
