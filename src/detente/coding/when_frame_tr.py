"""How a Turkish date dates: the case ending, the noun and the postposition that follow it."""

import re
from typing import Final

ENDING: Final = (  # of a folded word: plural, possessive and buffer letters, then the case, and -ki
    r"(?:(?:l[ae]r)?(?:[iuü]|s[iuü])?n?(?:[dt][ae]n|[dt][ae](?:k[iü]\w{0,6})?|n?[iuü]n|[yn]?[ae]|k[iü]\w{0,6}|[yns]?[iuü]))"
)
_AFTER: Final = re.compile(
    rf"(?:'?(?P<own>{ENDING})\b)?"
    r"(?: (?:pazartesi|sali|çarşamba|perşembe|cuma|cumartesi|pazar)\b)?"
    r"(?: (?P<noun>(?:gün|tarih|ay|yil|sene|dönem|sabah|akşam|gece|yaz|kiş)(?:l[ae]r)?[iuü]?)"
    rf"(?:(?P<held>n?{ENDING})\b|\b))?"
    r"(?P<dated> tarihli\b)?"
    r"(?: (?P<part>(?:(?:ilk|ikinci|üçüncü|dördüncü|son) )?"
    r"(?:baş|son|ortas|yaris|haftas|çeyreğ|iç|gün|ay|yaz|kiş|bahar)"
    rf"(?:l[ae]r)?[iuü])(?:(?P<within>n?{ENDING})\b|\b))?"
    r"(?: (?P<post>bu yana|beri|itibaren|itibariyla|itibariyle|önce(?:si\w{0,4})?|sonra(?:si\w{0,4})?|kadar|dek|değin"
    r"|göre|kiyasla|oranla|nazaran|için|boyunca|arasi\w{0,4})\b)?"
)
_POST: Final = (
    ("bu yana", "since"),
    ("beri", "since"),
    ("itibaren", "from"),
    ("itibari", "by"),
    ("önce", "before"),
    ("sonra", "after"),
    ("kadar", "until"),
    ("dek", "until"),
    ("değin", "until"),
    ("göre", "than"),
    ("kiyasla", "than"),
    ("oranla", "than"),
    ("nazaran", "than"),
    ("için", "for"),
    ("boyunca", "during"),
    ("arasi", "in"),
)
_CASES: Final = (  # the sense of a case by its last letters, the first that fits
    (re.compile(r"k[iü]\w{0,6}$"), "of"),
    (re.compile(r"[dt][ae]$"), "in"),
    (re.compile(r"[dt][ae]n$"), "from"),
    (re.compile(r"[iuü]n$"), "of"),
    (re.compile(r"[ae]$"), "to"),
)
_OPEN: Final = frozenset({"of", "from", "to"})


def frame_tr(folded: str, start: int, end: int, *, needed: bool) -> tuple[int, int, str] | None:
    """Start, end and sense of a date with what follows it.

    Args:
        folded: The sentence, folded.
        start: First character of the expression.
        end: One past its last.
        needed: Whether a bare name of a month or a bare number is no date (a month is also a name, a number counts).

    Returns:
        The whole stretch with its sense as an English preposition; None where nothing shows a needed date.
    """
    found = _AFTER.match(folded, end)
    if found is None:
        return start, end, "on"
    sense = _sense(found)
    if needed and not _is_date(found, folded[start:end], sense):
        return None
    return start, found.end(), sense


def _sense(found: re.Match[str]) -> str:
    if found["dated"]:
        return "from"
    if found["post"]:
        return next(sense for opening, sense in _POST if found["post"].startswith(opening))
    for name in ("within", "held", "own"):
        ending = found[name]
        if ending:
            return next((sense for pattern, sense in _CASES if pattern.search(ending)), "on")
    return "on"


def _is_date(found: re.Match[str], core: str, sense: str) -> bool:
    """Whether an ending, a noun or a postposition shows a bare month or number to be a date."""
    if found["noun"] or found["post"] or found["dated"] or found["part"]:
        return True
    own = found["own"]
    if own is None:
        return False
    return sense == "in" or bool(re.search(r"k[iü]\w*$", own)) or core.isdigit()
