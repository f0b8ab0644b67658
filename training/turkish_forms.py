"""Turkish endings of names and nouns: vowel harmony, softened consonants, cases, plurals, possessives."""

from collections.abc import Iterator

_VOWELS = "aeıioöuüâîû"
_HIGH = {"a": "ı", "ı": "ı", "â": "i", "o": "u", "u": "u", "e": "i", "i": "i", "î": "i", "ö": "ü", "ü": "ü", "û": "ü"}
_BACK = frozenset("aıou")
_HARD = frozenset("fstkçşhp")
_SOFT = {"k": "ğ", "p": "b", "ç": "c"}
_BARE_I = {"Delhi", "Dabi", "Şabi", "Hakkari", "Ali", "Haiti", "Malavi"}  # -i that is no possessive


_FRONT = tuple("general amiral işgal petrol harf senegal nepal seul ithal ihmal istiklal saat".split())  # a soft l or t


def cases(word: str, *, possessed: bool = False) -> Iterator[tuple[str, str]]:
    """The case forms of a word written without an apostrophe.

    Args:
        word: The nominative.
        possessed: Whether it ends in the possessive of the third person (`Bakanlığı`), which adds an n.

    Yields:
        Form and case.
    """
    high, low = _harmony(word)
    vowel = word[-1].lower() in _VOWELS
    stem = word if vowel or possessed else _softened(word)
    link = "n" if possessed else ""
    d = "d" if possessed or vowel or word[-1] not in _HARD else "t"
    yield f"{stem}{'n' if vowel else ''}{high}n", "gen"
    yield f"{stem}{link or ('y' if vowel else '')}{low}", "dat"
    yield f"{stem}{link or ('y' if vowel else '')}{high}", "acc"
    yield f"{word}{link}{d}{low}", "loc"
    yield f"{word}{link}{d}{low}ki", "loc"
    yield f"{word}{link}{d}{low}n", "abl"
    yield f"{word}{'y' if vowel else ''}l{low}", "ins"


def plural(word: str) -> str:
    """The plural in the nominative."""
    return f"{word}l{_harmony(word)[1]}r"


def possessive(word: str) -> str:
    """The possessive of the third person (`birlik`: `birliği`; `banka`: `bankası`)."""
    high, _ = _harmony(word)
    return f"{word}s{high}" if word[-1].lower() in _VOWELS else f"{_softened(word)}{high}"


def of_place(name: str) -> str:
    """Who comes from there (`Angola`: `Angolalı`, `Peru`: `Perulu`)."""
    return f"{name}l{_harmony(name)[0]}"


def is_possessed(name: str) -> bool:
    """Whether a name of several words ends in a possessive (`Avrupa Birliği`, `Dışişleri`)."""
    last = name.rsplit(maxsplit=1)[-1]
    several = " " in name or "-" in name or last == "Dışişleri"
    return several and last[-1] in "ıiuü" and last not in _BARE_I and not last.isupper()


def forms_cell(forms: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    """The cell `forms` of a table: each form once, with all its cases."""
    found: dict[str, dict[str, None]] = {}
    for text, case in forms:
        found.setdefault(text, {})[case] = None
    return "|".join(f"{text}:{'/'.join(told)}" for text, told in found.items())


def _harmony(word: str) -> tuple[str, str]:
    vowels = [letter for letter in word.lower().replace("i̇", "i") if letter in _VOWELS] or ["e"]
    last = vowels[-1]
    if word.lower().endswith(_FRONT):
        last = {"a": "e", "o": "ö", "u": "ü"}[last]
    return _HIGH[last], "a" if last in _BACK else "e"


def _softened(word: str) -> str:
    several = sum(letter in _VOWELS for letter in word.lower()) > 1
    if word[0].islower() and several and word[-1] in _SOFT and word[-2] in _VOWELS:
        return word[:-1] + _SOFT[word[-1]]
    return word
