"""The lexicon of acts: word patterns that state an act of a PLOVER type.

A pattern is a row of `data/acts.csv`: items apart by spaces, each item one or more alternatives apart by `|`.
`summon/v` stands for every form of the verb, `drill/n` for singular and plural, `~4` for a gap of at most four
words, `!word` for a word that must not follow. The first item is the head: voice and subject are found from it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from detente.coding.tokens import Token

_VOWELS: Final = "aeiou"


@dataclass(frozen=True, slots=True)
class Item:
    """One step of a pattern: the words that fit, or a gap, or a word that must not stand here."""

    words: frozenset[str]
    gap: int = 0
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it says.

    Attributes:
        name: The pattern as written, the name under which a report can be traced to it.
        items: The compiled steps.
        event_type: PLOVER type; None for a pattern that hides others (an idiom, a figure).
        mode: PLOVER mode or None.
        roles: `active`, `symmetric`, `noun`, `said` (the one who says it is the source) or `swap` (the subject
            suffers what the one who says it does).
        government: `content` where acts in the complement are not coded again, `denied` where the object is
            what did not happen, else nothing.
        weight: Longer and more exact patterns win over shorter ones.
        verbs: Words of the head that are verb forms; others are nouns or adjectives already.
    """

    name: str
    items: tuple[Item, ...]
    event_type: str | None
    mode: str | None
    roles: str
    government: str
    weight: int
    verbs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """A pattern found in a sentence: token indices of its head and of its stretch `[first, last]`."""

    rule: Rule
    head: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns by the words that can open them."""

    rules: Mapping[str, tuple[Rule, ...]]
    participles: frozenset[str]
    finite: frozenset[str]
    bases: frozenset[str]  # infinitives that are no past form as well (visit, not put)
    thirds: frozenset[str]  # forms of the third person, which are plural nouns too (visits, supplies)


def verb_forms(lemma: str, irregular: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """All forms of an English verb.

    Examples:
        >>> sorted(verb_forms("ban", {}))
        ['ban', 'banned', 'banning', 'bans']
    """
    if lemma in irregular:
        return frozenset((lemma, *irregular[lemma]))
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + "s"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
        return frozenset((lemma, third, past, lemma + "ing"))
    if _doubles(lemma):
        stem = lemma + lemma[-1]
    return frozenset((lemma, third, stem + "ed", stem + "ing"))


def noun_forms(lemma: str) -> frozenset[str]:
    """Singular and plural of an English noun."""
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return frozenset((lemma, lemma[:-1] + "ies"))
    if lemma.endswith(("s", "x", "ch", "sh")):
        return frozenset((lemma, lemma + "es"))
    return frozenset((lemma, lemma + "s"))


@cache
def load_lexicon() -> Lexicon:
    """Read `data/acts.csv` and `data/irregular_verbs.csv`."""
    folder = files("detente.coding") / "data"
    irregular = {}
    with (folder / "irregular_verbs.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            irregular[row["lemma"]] = tuple(row["forms"].split())
    rules: dict[str, list[Rule]] = {}
    participles: set[str] = set()
    finite: set[str] = set()
    bases: set[str] = set()
    thirds: set[str] = set()
    with (folder / "acts.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            rule = _compile(row, irregular)
            for alternative in row["pattern"].split()[0].split("|"):
                if alternative.endswith("/v"):
                    forms = verb_forms(alternative[:-2], irregular)
                    participles.update(_participles(alternative[:-2], forms, irregular))
                    finite.update(form for form in forms if not form.endswith("ing"))
                    thirds.update(form for form in forms if form.endswith("s") and not form.endswith("ss"))
                    if alternative[:-2] not in irregular.get(alternative[:-2], ()):
                        bases.add(alternative[:-2])
            for word in rule.items[0].words:
                rules.setdefault(word, []).append(rule)
    ordered = {word: tuple(sorted(found, key=lambda rule: -rule.weight)) for word, found in rules.items()}
    return Lexicon(ordered, frozenset(participles), frozenset(finite), frozenset(bases), frozenset(thirds))


def find_acts(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Act, ...]:
    """Patterns that stand in a sentence; where two share their head or overlap, the weightier one.

    Args:
        tokens: The sentence.
        lexicon: The patterns.

    Returns:
        Acts in order of their head. Those of rules without a type are kept: they hide words.
    """
    found: list[Act] = []
    for index, token in enumerate(tokens):
        for rule in lexicon.rules.get(token.bare, ()):
            last = _match(tokens, index, rule.items)
            if last is not None:
                found.append(Act(rule, index, index, last))
                break
    kept: list[Act] = []
    for act in sorted(found, key=lambda act: (-act.rule.weight, act.first)):
        if not any(_shadows(other, act) for other in kept):
            kept.append(act)
    return tuple(sorted(kept, key=lambda act: act.head))


def _shadows(strong: Act, weak: Act) -> bool:
    inside = strong.first <= weak.head <= strong.last
    return inside and (strong.rule.event_type is None or weak.rule.weight <= strong.rule.weight)


def _match(tokens: tuple[Token, ...], index: int, items: tuple[Item, ...]) -> int | None:
    position = index + 1
    last = index
    gap = 0
    for item in items[1:]:
        if item.gap:
            gap = item.gap
            continue
        window = range(position, min(position + gap + 1, len(tokens)))
        hit = next((place for place in window if tokens[place].bare in item.words), None)
        if item.negative:
            if hit is not None:
                return None
        elif hit is None or any(tokens[place].text in ";:" for place in range(position, hit)):
            return None
        else:
            last, position = hit, hit + 1
        gap = 0
    return last


def _compile(row: Mapping[str, str], irregular: Mapping[str, tuple[str, ...]]) -> Rule:
    items: list[Item] = []
    heads = [part[:-2] for part in row["pattern"].split()[0].split("|") if part.endswith("/v")]
    verbs = frozenset(form for lemma in heads for form in verb_forms(lemma, irregular))
    plain = frozenset(part for part in row["pattern"].split()[0].split("|") if part.endswith(("ed", "ing", "s")))
    for part in row["pattern"].split():
        if part.startswith("~"):
            items.append(Item(frozenset(), gap=int(part[1:])))
            continue
        negative = part.startswith("!")
        words: set[str] = set()
        for alternative in part.lstrip("!").split("|"):
            if alternative.endswith("/v"):
                words |= verb_forms(alternative[:-2], irregular)
            elif alternative.endswith("/n"):
                words |= noun_forms(alternative[:-2])
            else:
                words.add(alternative)
        items.append(Item(frozenset(words), negative=negative))
    steps = sum(1 for item in items if not item.gap and not item.negative)
    return Rule(
        name=row["pattern"],
        items=tuple(items),
        event_type=row["event_type"] or None,
        mode=row["mode"] or None,
        roles=row["roles"] or "active",
        government=row["government"],
        weight=2 * steps + int(row["weight"] or 0),
        verbs=verbs | (plain if row["roles"] == "active" else frozenset()),
    )


def _participles(lemma: str, forms: frozenset[str], irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
    if lemma in irregular:
        return {irregular[lemma][-1]}
    return {form for form in forms if form.endswith("ed")}


def _doubles(lemma: str) -> bool:
    """Whether a final consonant doubles: ban, stop, expel, but not deploy, visit or broaden."""
    if len(lemma) < 3 or lemma[-1] in _VOWELS + "wxy" or lemma[-2] not in _VOWELS or lemma[-3] in _VOWELS:
        return False
    return len(lemma) <= 4 or lemma.endswith(("pel", "mit", "fer", "cur", "bar", "cel", "vel"))
