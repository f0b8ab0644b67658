"""Russian word forms as far as their endings tell: adjectives, verbs, the instrumental and the locative of nouns."""

import re
from typing import Final

_ADJECTIVE: Final = re.compile(
    r"[\w-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ую|юю|ых|их|ыми|ими|ом|ем|шей|щей|ней)"
    r"(?<!ение)(?<!ание)(?<!тие)(?<!вие)(?<!ием)"
)
_ADJECTIVE_BASE: Final = re.compile(r"[\w-]+(?:ый|ий|ой|ая|яя|ое|ее|ые)")
_NUMERAL: Final = re.compile(
    r"\d.*|дв\w{1,4}|тр[её]\w{1,2}|четыр\w{1,4}|пят\w{1,3}|шест\w{1,3}|сем\w{1,3}|восьм\w{1,3}|восемь|девят\w{1,3}|"
    r"десят\w{1,4}|нескольк\w{1,3}|мног\w{1,3}|сотн\w{1,3}|тысяч\w{0,3}|одн\w{1,3}|один|обои\w{1,2}|оба|обе|"
    r"[свр]во\w{1,3}|э(?:тот|той?|тих?|ти|том|тим|тими)|все[хм]?|всеми|сво\w{1,3}|их|его|её|ее"
)
_VERB: Final = re.compile(r"\w+(?:[аяиеыу]л[аио]?|[гкзсб]л[аио]|[аяиеу]ть|ся|сь|[аеиюяу]т|ив|ав|яв|ший|шая|шие|вшего)")
_INSTRUMENTAL: Final = re.compile(r"\w*(?:ом|ем|ём|ами|ями|ьми|ою|ею|ью)")
_FEMININE: Final = re.compile(r"\w*(?:ой|ей|ёй)")
_LOCATIVE: Final = re.compile(r"\w*(?:ах|ях|е|и|ии)")
_DATIVE: Final = re.compile(r"\w*(?:ам|ям|у|ю)")
_PERSONS: Final = re.compile(r"\w+(?:тел|ник|ист|чик|щик|[внйь]ц)(?:и|ы|ей|ов|ев|ам|ям|ами|ями|ах|ях)")


def is_adjective(word: str) -> bool:
    """Whether a word in lower case can be an adjective or a participle by its ending."""
    return _ADJECTIVE.fullmatch(word) is not None


def is_adjective_base(word: str) -> bool:
    """Whether a base form in lower case is that of an adjective."""
    return _ADJECTIVE_BASE.fullmatch(word) is not None


def guess_case(word: str) -> str | None:
    """The case of a noun that no table knows: instrumental, dative or locative where its ending tells, else None."""
    if _INSTRUMENTAL.fullmatch(word):
        return "ins"
    if word.endswith(("ам", "ям")):
        return "dat"
    return "loc" if word.endswith(("ах", "ях")) else None


def is_counting(word: str) -> bool:
    """Whether a word in lower case counts or points (`двух`, `нескольких`, `этих`)."""
    return _NUMERAL.fullmatch(word) is not None


def is_verb(word: str) -> bool:
    """Whether a word in lower case looks like a verb (`передал`, `грозит`, `встретился`)."""
    return _VERB.fullmatch(word) is not None


def is_persons(word: str) -> bool:
    """Whether an unknown noun looks like people in the plural (`спасатели`, `связистов`)."""
    return _PERSONS.fullmatch(word) is not None


def case_of(form: str, base: str) -> str | None:
    """The cases that the ending of a noun tells, joined by `/`; None where it tells none.

    Args:
        form: The noun as written, in lower case, one word.
        base: Its nominative in the singular.
    """
    form, base = form.replace("ё", "е"), base.replace("ё", "е")
    if form == base:
        return "nom"
    feminine = base[-1:] in "ая"
    if is_adjective_base(base):  # `военный`, `рабочий`
        return "ins" if form.endswith(("ым", "им", "ыми", "ими")) else None
    if _INSTRUMENTAL.fullmatch(form) or (feminine and len(form) > len(base) and _FEMININE.fullmatch(form)):
        return "ins"
    if _DATIVE.fullmatch(form):
        return "acc" if feminine and form[-1] in "ую" else "dat"
    if _LOCATIVE.fullmatch(form):
        return "loc" if form.endswith(("ах", "ях")) else "gen/dat/loc/nom"
    return "nom/gen/acc"


def is_plural(form: str, base: str) -> bool:
    """Whether a form of a noun, in lower case, is in the plural by its ending."""
    if form == base and not base.endswith(("ы", "и")):
        return False
    many = form.endswith(("ы", "ов", "ев", "ам", "ям", "ами", "ями", "ах", "ях"))
    return many or (form.endswith("и") and base[-1:] not in "яаь") or (form.endswith("ей") and base[-1:] not in "ая")
