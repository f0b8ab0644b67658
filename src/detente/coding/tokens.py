"""Words of a sentence with their places."""

import re
from dataclasses import dataclass
from typing import Final

# letters of any script with inner apostrophes, dots (U.S.) and hyphens; numbers with separators; else one sign
_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:\d+[^\W_]*)?(?:[-‑][^\W_]+)*(?:['’](?:s|t|re|ve|ll|d)\b)?|['’]|\S",
    re.UNICODE,
)
_POSSESSIVE: Final = re.compile(r"['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: `start` and `end` count in the sentence's text."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def bare(self) -> str:
        """The word in lower case without a possessive ending."""
        return _POSSESSIVE.sub("", self.lower)

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[:1].isalpha()


def split_tokens(text: str) -> tuple[Token, ...]:
    """Words and signs of a text in order.

    Examples:
        >>> [token.text for token in split_tokens("Japan’s S-300 cost $3,500.")]
        ['Japan’s', 'S-300', 'cost', '$', '3,500', '.']
    """
    return tuple(
        Token(found.start(), found.end(), found.group(), found.group().lower()) for found in _TOKEN.finditer(text)
    )


def token_at(tokens: tuple[Token, ...], offset: int) -> int:
    """Index of the token that holds or follows an offset; `len(tokens)` past the end."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low
