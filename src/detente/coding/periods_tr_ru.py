"""How a war known by name dates a Turkish or Russian sentence: during it, after it, since it began."""

import re
from typing import Final

_REACH: Final = 40  # characters before or after the name that can belong to it
_TURKISH: Final = (  # what follows the name, in the order in which it is tried
    (re.compile(r"(?:'?\w{0,6} (?:\w+ )?)?(?:bu yana|beri)\b"), "since"),
    (re.compile(r"'?\w{0,8} (?:bit|sona er|son bul)\w*"), "after"),
    (re.compile(r"'?\w{0,8} (?:başla\w*|patlak ver\w*) (?:önce\w*|kadar)\b"), "before"),
    (re.compile(r"'?\w{0,8} (?:başla\w*|patlak ver\w*)"), "after"),
    (re.compile(r"'?\w{0,8} ?(?:önce(?:si\w*)?)\b"), "before"),
    (re.compile(r"'?\w{0,8} ?(?:kadar|dek)\b"), "until"),
    (re.compile(r"'?\w{0,8} ?(?:sonra(?:si\w*)?|ardindan|akabinde)\b"), "after"),
    (re.compile(r"'?\w{0,8} ?(?:sirasinda|boyunca|döneminde|yillarinda|esnasinda|sürerken)\b"), "during"),
    (re.compile(r"'?\w{0,3} (?:ile birlikte|ile)\b|'?(?:y?l[ae])\b"), "with"),
    (re.compile(r"'[n]?[dt][ae]\b"), "during"),
)
_TURKISH_LOCATIVE: Final = re.compile(r"(?:savaş|kriz|intifada|salgin|pandemi)[iu]?n?[dt][ae]$")
_RUSSIAN: Final = (  # what stands before the name
    (re.compile(r"(?:во время|в ходе|в период|в годы|в разгар|на протяжении|в эпоху|в дни) $"), "during"),
    (re.compile(r"(?:с (?:самого )?начала|со времен[и]?|с момента|с начал[аом]+|начиная с) $"), "since"),
    (
        re.compile(
            r"(?:после (?:\w+ )?|по окончании |по итогам |вслед за )(?:начала |окончания |завершения |конца )?$"
        ),
        "after",
    ),
    (re.compile(r"(?:до|перед|накануне) (?:начала |началом )?$"), "before"),
    (re.compile(r"(?:вплоть до|до) конца $"), "until"),
    (re.compile(r"с началом $"), "with"),
)


def period_word(folded: str, match: re.Match[str], language: str) -> str:
    """How a name of a war dates, as an English preposition; an empty word where it does not.

    Args:
        folded: The sentence, folded.
        match: The name in it.
        language: `tr` or `ru`.
    """
    if language == "ru":
        before = folded[max(0, match.start() - _REACH) : match.start()]
        return next((word for pattern, word in _RUSSIAN if pattern.search(before)), "")
    after = folded[match.end() : match.end() + _REACH]
    found = next((word for pattern, word in _TURKISH if pattern.match(after)), None)
    if found is not None:
        return found
    if _TURKISH_LOCATIVE.search(match.group()):
        return "during"
    return ""
