"""Turkish noun forms: whether a form is possessed, its case, whether a word can stand before a noun."""

import re
from typing import Final

from detente.coding.folding import fold
from detente.ontology.gazetteer_turkish import suffix_case

_POSSESSED: Final = re.compile(
    r"(?:l[ae]r)?(?P<link>s?)(?P<own>i|u|ü)(?:n?[iuü]n|n[ae]|n[iuü]|nd[ae](?:n|ki(?:l[ae]r)?)?|yl[ae]|nc[ae])?"
)
_MANY: Final = re.compile(r"l[ae]r")
_VOWELS: Final = frozenset("aeiouüö")
_AGENTIVE: Final = re.compile(r"n?c[ae]")
_CASED: Final = re.compile(
    r"\w{2,}(?:[dt][ae]n|n[iuü]n|n[dt][ae]|l[ae]r[ae]|[iuü]n[ae]|[iuü]n[iuü]|[aeiuü]y[ae]|yl[ae])"
)
_VERBAL: Final = re.compile(
    r"\w+(?:[dt][iuü]|[iuü]yor|m[iuü]ş|[ae]r[ae]k|[iuü]p|m[ae]k|c[ae]k|[dt][iuü]ğ[iuü]\w*|m[ae]s[iuü]\w*)"
)
_PERSONS: Final = re.compile(r"\w+(?:c|ç|l|ist|man|er|ör)[iuü]?l[ae]r(?:[iuü]n?|d[ae]n?|[ae]|l[ae]|c[ae])?")


def ending_of(form: str, base: str) -> str:
    """What a form adds to its base, folded: `birliğinin` and `birlik` give `inin`, plural and all.

    Args:
        form: The last word of a noun as written.
        base: The last word of its base form.
    """
    form, base = fold(form, "tr"), fold(base, "tr")
    if form.startswith(base):
        return form[len(base) :]
    many = _MANY.search(form, max(len(base) - 4, 1))  # `uçakları` beside `uçağı`
    return form[many.start() :] if many is not None else form[len(base) :]


def is_possessed(form: str, base: str) -> bool:
    """Whether a form is one that a possessor or a compound asks for (`ordusu`, `hükümetine`, not `orduya`).

    Args:
        form: The noun as written, of one word or more.
        base: Its base form; that of a compound (`savaş uçağı`) is possessed itself.
    """
    last = fold(base, "tr")[-1:]
    if last in "iuü" and (" " in base or fold(base, "tr").endswith(("başkani", "liği", "vekili"))):
        return True
    found = _POSSESSED.fullmatch(ending_of(_last_word(form), _last_word(base)))
    return found is not None and (bool(found["link"]) or last not in _VOWELS or found[0].startswith("l"))


def case_of(form: str, base: str) -> str | None:
    """The case of a form, `agt` for the ending -ca of who acts; nominative where it may be the accusative."""
    ending = ending_of(_last_word(form), _last_word(base))
    if not ending:
        return "nom"
    if re.fullmatch(r"(?:l[ae]r)?(?:s?[iuü])?" + _AGENTIVE.pattern, ending):
        return "agt"
    if re.fullmatch(r"(?:l[ae]r)?s?[iuü]?", ending):
        return "nom"
    return suffix_case(ending)


def without_agentive(word: str) -> str | None:
    """The word without the ending -ca (`makamlarınca`: `makamları`); None where it has none."""
    folded = fold(word, "tr")
    found = re.search(r"(?:(?<=[iuü])n)?c[ae]$", folded)
    return word[: found.start()] if found is not None and found.start() > 3 else None


def is_plural(form: str) -> bool:
    """Whether a form holds the ending of the plural."""
    return _MANY.search(fold(_last_word(form), "tr"), 2) is not None


def plural_case(word: str) -> str | None:
    """The case of an unknown word in the plural, from what stands behind its -lar."""
    folded = fold(word, "tr")
    found = [match.end() for match in _MANY.finditer(folded)]
    ending = folded[found[-1] :] if found else ""
    return (suffix_case(ending) or "agt") if ending else "nom"


def can_modify(word: str) -> bool:
    """Whether a word can stand before a noun: no case ending, no verb."""
    folded = fold(word, "tr")
    return _CASED.fullmatch(folded) is None and _VERBAL.fullmatch(folded) is None


def is_persons(word: str) -> bool:
    """Whether an unknown word looks like people in the plural (`kazıcılar`)."""
    return _PERSONS.fullmatch(fold(word, "tr")) is not None


def _last_word(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1]
