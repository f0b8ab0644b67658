"""Text as patterns read it: lower case, one kind of space, dash and apostrophe, every character in its place."""

from functools import cache
from typing import Final

_SPACES: Final = "\t\n\r\v\f\xa0\u2002\u2003\u2007\u2009\u200a\u202f"
_APOSTROPHES: Final = "’‘ʼ`´′"
_DASHES: Final = "‐‑‒–—−"
_LETTERS: Final = {
    "tr": str.maketrans("Iİıâîû", "iiiaiu"),  # a dotless i in capitals and a dotted one are one word to a reader
    "ru": str.maketrans("Ёё", "ее"),
}


@cache
def _table(language: str) -> dict[int, int]:
    signs = str.maketrans(
        _SPACES + _APOSTROPHES + _DASHES, " " * len(_SPACES) + "'" * len(_APOSTROPHES) + "-" * len(_DASHES)
    )
    return {**signs, ord("İ"): ord("i"), **_LETTERS.get(language, {})}


def fold(text: str, language: str) -> str:
    """A text in the form in which patterns are written, of the same length.

    Args:
        text: Any text.
        language: ISO 639-1; Turkish loses the dot of i, Russian that of ё.

    Examples:
        >>> fold("IŞIK’ta", "tr"), fold("в Июле – ещё", "ru")
        ("işik'ta", 'в июле - еще')
    """
    return text.translate(_table(language)).lower()
