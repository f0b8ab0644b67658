"""How phrases are declined in Russian: an adjective or more before a noun, the rest as it is; words by pymorphy3."""

import re
from functools import cache

import pymorphy3
from pymorphy3.analyzer import Parse
from russian_people import name_forms

_CASES = {
    "nomn": "nom",
    "gent": "gen",
    "gen2": "gen",
    "datv": "dat",
    "accs": "acc",
    "ablt": "ins",
    "loct": "loc",
    "loc2": "loc",
}
_ADJECTIVES = frozenset({"ADJF", "PRTF"})


@cache
def analyser() -> pymorphy3.MorphAnalyzer:
    """The dictionary, loaded once."""
    return pymorphy3.MorphAnalyzer()


def phrase_forms(phrase: str, *, animate: bool = False, both: bool = False) -> list[tuple[str, str]]:
    """The forms of a phrase with their cases, the nominative among them; none where nothing changes.

    Args:
        phrase: `^` at its start where it is plural, `!` before a word that never changes.
        animate: Whether it names a person, whose accusative is the genitive.
        both: Whether the plural is wanted too.
    """
    plural = phrase.startswith("^")
    words = phrase.removeprefix("^").split()
    head = _head(words, plural=plural, animate=animate)
    if head is None and not plural:
        plural, head = True, _head(words, plural=True, animate=animate)
    if head is None:
        return _unknown(words)
    number = "plur" if plural else "sing"
    forms = _number_forms(words, head, number, animate=animate)
    if both and not plural:
        forms += _number_forms(words, head, "plur", animate=animate)
    return forms


def adjective_forms(word: str) -> list[tuple[str, str]]:
    """All full forms of an adjective."""
    parse = _best(word, _ADJECTIVES, ("nomn",)) or _best(word, frozenset({"ADJF"}), ())
    if parse is None:
        return []
    told = [(form.word, form.tag) for form in parse.lexeme if form.tag.POS in _ADJECTIVES and "Supr" not in form.tag]
    return [
        (_as_written(word, text), _CASES[tag.case])
        for text, tag in told
        if tag.case in _CASES and text[:3] == word[:3].lower() and ("-" in text) == ("-" in word)
    ]


def joined_forms(phrase: str) -> list[tuple[str, str]]:
    """The forms of two names joined by "и" (`Босния и Герцеговина`), each changing."""
    left, right = (dict(_by_case(part)) for part in phrase.split(" и ", 1))
    return [(f"{left[case]} и {right[case]}", case) for case in left if case in right]


def plain(phrase: str) -> str:
    """The phrase without marks."""
    return " ".join(word.lstrip("!^@").rstrip("~") for word in phrase.split())


def _by_case(part: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for text, case in phrase_forms(part) or [
        (plain(part), case) for case in ("nom", "gen", "dat", "acc", "ins", "loc")
    ]:
        found.setdefault(case, text)
    return list(found.items())


def _head(words: list[str], *, plural: bool, animate: bool) -> int | None:
    """The number of the first noun in the nominative, adjectives alone before it."""
    for index, word in enumerate(words):
        if word.startswith("!"):
            return None
        if _noun(word, plural=plural, animate=animate) is not None and not (
            _is_adjective(word) and index + 1 < len(words)
        ):
            return index
        if not _is_adjective(word):
            return None
    return len(words) - 1 if words and _is_adjective(words[-1]) else None


def _unknown(words: list[str]) -> list[tuple[str, str]]:
    """The forms of a name with a first word that is declined by its ending alone, where none is in the dictionary."""
    first, *rest = words
    declinable = "~" in first or (not rest and first[-1].isalpha() and first[-1].islower())
    if first.startswith("!") or not declinable:
        return []
    return [(" ".join((text, *(word.lstrip("!") for word in rest))), case) for text, case in name_forms(first)]


def _number_forms(words: list[str], head: int, number: str, *, animate: bool) -> list[tuple[str, str]]:
    noun = _noun(words[head], plural=number == "plur", animate=animate) or _noun(
        words[head], plural=False, animate=animate
    )
    parse = noun or _best(_bare(words[head]), _ADJECTIVES, ("nomn",))
    if parse is None:
        return []
    gender = parse.tag.gender or "masc"
    living = parse.tag.animacy == "anim" if noun else animate
    forms = []
    for mark, case in _CASES.items():
        if mark in ("gen2", "loc2") and (head > 0 or mark == "gen2"):
            continue
        cells = [_agreeing(word, mark, number, gender, animate=living) for word in words[:head]]
        cells.append(
            _inflected(words[head], parse, mark, number)
            if noun
            else _agreeing(words[head], mark, number, gender, animate=living)
        )
        if all(cells):
            forms.append((" ".join((*map(str, cells), *(word.lstrip("!") for word in words[head + 1 :]))), case))
    return forms


def _inflected(word: str, parse: Parse, mark: str, number: str) -> str | None:
    only = parse.tag.number if "Pltm" in parse.tag or "Sgtm" in parse.tag else number
    wanted = {mark, only} if only else {mark}
    form = parse.inflect(wanted)
    if form is None or (mark == "loc2" and "loc2" not in form.tag):
        return None
    return _as_written(word, form.word)


def _agreeing(word: str, mark: str, number: str, gender: str, *, animate: bool) -> str | None:
    parse = _best(_bare(word), _ADJECTIVES, ("nomn",))
    if parse is None:
        return None
    for form in parse.lexeme:
        tag = form.tag
        if tag.POS not in _ADJECTIVES or tag.case != mark or tag.number != number or "Supr" in tag:
            continue
        if tag.voice != parse.tag.voice or tag.tense != parse.tag.tense:
            continue
        if number == "sing" and tag.gender != gender:
            continue
        if mark == "accs" and tag.animacy not in (None, "anim" if animate else "inan"):
            continue
        return _as_written(word, form.word)
    return None


def _is_adjective(word: str) -> bool:
    return _best(_bare(word), _ADJECTIVES, ("nomn",)) is not None


@cache
def _noun(word: str, *, plural: bool, animate: bool) -> Parse | None:
    bare = _bare(word)
    found = [
        parse
        for parse in analyser().parse(bare)
        if parse.tag.POS == "NOUN"
        and parse.tag.case == "nomn"
        and (parse.tag.number == "plur") == plural
        and "Fixd" not in parse.tag
    ]
    if not found:
        return None
    wanted = "anim" if animate else "inan"
    place = bare[0].isupper() and not animate
    return max(
        found,
        key=lambda parse: (
            place and "Geox" in parse.tag,
            parse.tag.animacy == wanted,
            "Name" not in parse.tag,
            "Surn" not in parse.tag,
            parse.score,
        ),
    )


@cache
def _best(word: str, parts: frozenset[str], grammemes: tuple[str, ...]) -> Parse | None:
    found = [
        parse
        for parse in analyser().parse(word)
        if parse.tag.POS in parts and all(mark in parse.tag for mark in grammemes)
    ]
    return max(found, key=lambda parse: (not parse.normal_form.endswith("ьший"), parse.score)) if found else None


def _bare(word: str) -> str:
    return word.strip("«»!")


def _as_written(model: str, form: str) -> str:
    """A form in the capitals and the quotation marks of its model."""
    bare = _bare(model)
    pieces, models = re.split("([-'])", form), re.split("([-'])", bare)
    if bare.isupper() and len(bare) > 1:
        text = form.upper()
    elif len(pieces) == len(models):
        text = "".join(
            piece.capitalize() if like[:1].isupper() else piece for piece, like in zip(pieces, models, strict=True)
        )
    else:
        text = form.capitalize() if bare[:1].isupper() else form
    return f"{'«' if '«' in model else ''}{text}{'»' if '»' in model else ''}"
