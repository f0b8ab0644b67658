"""How names of people are declined in Russian, and Japanese names by the table of Polivanov (1917)."""

from collections.abc import Iterator

_SLAVIC = frozenset("RUS SUN UKR BLR KAZ UZB KGZ TJK TKM AZE BGR MDA MKD".split())
_FAMILY_FIRST = frozenset("CHN KOR PRK TWN".split())
_STEMS = {"Павел": "Павл", "Пётр": "Петр", "Лев": "Льв"}
_HUSHING = "жшчщц"
_CASES = ("gen", "dat", "acc", "ins", "loc")
_SYLLABLES = {
    "sha": "ся", "shu": "сю", "sho": "сё", "shi": "си", "cha": "тя", "chu": "тю", "cho": "тё", "chi": "ти", "tsu": "цу",
    "ja": "дзя", "ju": "дзю", "jo": "дзё", "ji": "дзи", "kya": "кя", "kyu": "кю", "kyo": "кё", "ryu": "рю", "ryo": "рё",
    "gya": "гя", "gyu": "гю", "gyo": "гё", "hyu": "хю", "hyo": "хё", "nyu": "ню", "myo": "мё",
    "za": "дза", "zu": "дзу", "ze": "дзэ", "zo": "дзо", "ya": "я", "yu": "ю", "yo": "ё", "wa": "ва", "fu": "фу",
}  # fmt: skip
_LETTERS = dict(zip("abdeghikmnoprstu", "абдэгхикмнопрсту", strict=True))


def declined(full: str, country: str) -> tuple[str, list[tuple[str, str]]]:
    """The name of a person and its forms.

    Args:
        full: The name; `f:` before a woman's, `!` before each word that never changes.
        country: Code of the country, for the order of the names and Russian endings.

    Returns:
        The nominative and the other forms with their cases.
    """
    woman, words = full.startswith("f:"), full.removeprefix("f:").split()
    plain = " ".join(word.lstrip("!") for word in words)
    rows = [_word(words, place, country, woman=woman) for place in range(len(words))]
    forms = [(" ".join(cells), case) for case, cells in zip(_CASES, zip(*rows, strict=True), strict=True)]
    return plain, forms if any(text != plain for text, _ in forms) else []


def surname_of(full: str, country: str, english: str, surname: str) -> str:
    """The surname in a declinable form: first in China and Korea, last elsewhere; none where English has none."""
    gender = "f:" if full.startswith("f:") else ""
    words = full.removeprefix("f:").split()
    if not surname or len(words) < 2:
        return ""
    if country in _FAMILY_FIRST or english.startswith(f"{surname} "):
        return gender + words[0]
    return gender + " ".join(words[-len(surname.split()) :])


def from_romaji(name: str) -> str:
    """A Japanese name in Cyrillic, by the table of Polivanov: `Yoshimasa Hayashi` gives `Ёсимаса Хаяси`."""
    return " ".join(_cyrillic(word.lower()).capitalize() for word in name.split())


def _cyrillic(word: str) -> str:
    found, index = "", 0
    while index < len(word):
        syllable = next((word[index : index + size] for size in (3, 2) if word[index : index + size] in _SYLLABLES), "")
        doubled = word[index] == word[index + 1 : index + 2] and word[index] not in "aeioun"
        if syllable:
            found += _SYLLABLES[syllable]
        elif word[index] == "n" and word[index + 1 : index + 2] in tuple("pbm"):
            found += "м"
        elif (
            word[index] == "i"
            and found != "у"
            and found[-1:] in tuple("аэу")
            and word[index + 1 : index + 2] not in tuple("aeou")
        ):
            found += "й"
        elif doubled:
            found += _LETTERS[word[index]]
        else:
            found += _LETTERS.get(word[index], "т" if word[index] == "c" else word[index])
        index += len(syllable) or 1
    return found


def _word(words: list[str], place: int, country: str, *, woman: bool) -> tuple[str, ...]:
    word = words[place]
    last = place == len(words) - 1
    if word.startswith("!") or (country in _FAMILY_FIRST and not last):
        return (word.lstrip("!"),) * 5
    head, dash, tail = word.rpartition("-")
    first = place == 0 and len(words) > 1
    stem = tail if last else _STEMS.get(tail, tail)
    return tuple(f"{head}{dash}{form}" for form in _forms(stem, woman=woman, slavic=country in _SLAVIC, first=first))


def _forms(word: str, *, woman: bool = False, slavic: bool = False, first: bool = False) -> tuple[str, ...]:
    if not first and word.endswith(("ский", "цкий", "ный", "лый", "ской")):
        stem, hard = word[:-2], word[-2] in "оы"
        return (
            f"{stem}ого",
            f"{stem}ому",
            f"{stem}ого",
            f"{stem}{'ым' if hard and word[-3] not in 'кгх' else 'им'}",
            f"{stem}ом",
        )
    if woman and word.endswith(("ская", "цкая")):
        return (*(f"{word[:-2]}ой",) * 2, f"{word[:-2]}ую", *(f"{word[:-2]}ой",) * 2)
    if woman and slavic and not first and word.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return (*(f"{word[:-1]}ой",) * 2, f"{word[:-1]}у", *(f"{word[:-1]}ой",) * 2)
    if word.endswith(("а", "я")):
        return _in_a(word)
    if woman or word[-1].lower() in "оеиуюэыё'" or word.endswith(("ых", "их")):
        return (word,) * 5
    return _masculine(word, slavic=slavic and not first)


def _in_a(word: str) -> tuple[str, ...]:
    stem, soft = word[:-1], word[-1] == "я"
    if soft and stem[-1] == "и":
        return (f"{stem}и", f"{stem}и", f"{stem}ю", f"{stem}ей", f"{stem}и")
    if stem[-1] in "аиеоуэ" and not soft:
        return (word,) * 5
    genitive = "и" if soft or stem[-1] in "гкх" + _HUSHING[:-1] else "ы"
    accusative, instrumental = ("ю", "ей") if soft else ("у", "ей" if stem[-1] in _HUSHING else "ой")
    return (f"{stem}{genitive}", f"{stem}е", f"{stem}{accusative}", f"{stem}{instrumental}", f"{stem}е")


def _masculine(word: str, *, slavic: bool = False) -> tuple[str, ...]:
    if word[-1] in "йь":
        stem = word[:-1]
        locative = "и" if stem[-1] == "и" else "е"
        return (f"{stem}я", f"{stem}ю", f"{stem}я", f"{stem}ем", f"{stem}{locative}")
    russian = slavic and word.endswith(("ов", "ев", "ёв", "ин", "ын"))
    instrumental = "ым" if russian else "ем" if word[-1] in _HUSHING else "ом"
    return (f"{word}а", f"{word}у", f"{word}а", f"{word}{instrumental}", f"{word}е")


def name_forms(word: str) -> list[tuple[str, str]]:
    """The forms of a thing's name that no dictionary has (`Ростех`); `~` stands after a declined abbreviation."""
    word, mark, _ = word.partition("~")
    found = _masculine(word) if mark else _forms(word)
    genitive, dative, accusative, instrumental, locative = found
    accusative = word if accusative == genitive else accusative
    forms = (word, genitive, dative, accusative, instrumental, locative)
    return list(zip(forms, ("nom", *_CASES), strict=True)) if genitive != word else []


def with_plain_e(forms: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The forms, and those with `ё` once more with `е`, as most print writes them."""
    for text, case in forms:
        yield text, case
        if "ё" in text or "Ё" in text:
            yield text.replace("ё", "е").replace("Ё", "Е"), case
