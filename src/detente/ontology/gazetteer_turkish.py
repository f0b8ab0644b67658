"""What stands after the apostrophe of a Turkish name: its case, and whether it makes a nationality of a country."""

import re
from dataclasses import replace
from typing import Final

from detente.ontology.gazetteer_records import Mention, Token

# Folded letters: the two i are one. A plural or a possessive may stand before the ending of the case, "-ki" and a
# copula after it.
_ENDINGS: Final = tuple(
    (case, re.compile(rf"(?:l[ae]r)?(?:s?[iuü]n?)??{ending}(?:ki(?:ler)?)?(?:y?[dt][iuü]r?|y?mi[sş])?"))
    for case, ending in (
        ("gen", "n?[iuü]n"),
        ("abl", "n?[dt][ae]n"),
        ("loc", "n?[dt][ae]"),
        ("ins", "y?l[ae]"),
        ("dat", "[yn]?[ae]"),
        ("acc", "[yn]?[iuü]"),
    )
)
_BARE: Final = re.compile(r"(?:l[ae]r)?(?:[yd]?[dt][iuü]r?(?:l[ae]r)?|ys[ae]|yken|s[aeiuü])?")
_OF: Final = re.compile(r"l[iuü](?P<plural>l[ae]r)?(?P<rest>.*)")


def suffix_case(suffix: str) -> str | None:
    """The case of the ending after an apostrophe; None for an ending of another kind.

    Examples:
        >>> suffix_case("nın"), suffix_case("ya"), suffix_case("dan"), suffix_case("ca")
        ('gen', 'dat', 'abl', None)
    """
    folded = suffix.replace("İ", "i").replace("ı", "i").replace("I", "i").lower()
    for case, ending in _ENDINGS:
        if ending.fullmatch(folded):
            return case
    return "nom" if _BARE.fullmatch(folded) else None


def with_suffix(mention: Mention, tokens: list[Token], last: int) -> Mention:
    """The mention with the case of the ending after its apostrophe.

    Args:
        mention: A mention with the case of its form alone.
        tokens: The tokens of the text.
        last: Number of its last token.

    Returns:
        The mention; that of a country before "'li" is a nationality, before "'liler" people.
    """
    suffix = suffix_after(tokens, last)
    if suffix is None:
        return mention
    derived = _OF.fullmatch(suffix.folded)
    if derived is None or mention.kind in {"leader", "people"}:
        return replace(mention, case=suffix_case(suffix.folded))
    case = suffix_case(derived["rest"]) if derived["rest"] else "nom"
    if case is None or mention.kind != "country":
        return replace(mention, case=case)
    return replace(mention, kind="people" if derived["plural"] else "nationality", case=case)


def suffix_after(tokens: list[Token], last: int) -> Token | None:
    """The ending joined to a token by an apostrophe, if any."""
    if last + 2 >= len(tokens) or tokens[last + 1].folded != "'":
        return None
    joined = tokens[last].end == tokens[last + 1].start and tokens[last + 1].end == tokens[last + 2].start
    return tokens[last + 2] if joined and tokens[last + 2].text.isalpha() else None
