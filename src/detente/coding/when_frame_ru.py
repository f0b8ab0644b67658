"""How a Russian date dates: the preposition and the noun ("начале", "течение") before it, the weekday after it."""

import re
from typing import Final

_REACH: Final = 48  # characters before a date that can belong to it
_PART: Final = (
    r"(?:самом )?(?:начал[аеуо]м?|конц[аеу]|концом|конец|середин[аеыу]|(?:перв|втор|треть|четверт|последн)\w{1,4} "
    r"(?:половин[аеуы]|недел[яеюи]|квартал\w{0,2}|декад\w|дн[яией]\w{0,2}|числ\w{1,2}|месяц\w{0,3})"
    r"|течение|период|ходе) "
)
_WEEKDAY: Final = (
    r"(?:понедельник[ау]?|вторник[ау]?|сред[ауые]|четверг[ау]?|пятниц[ауые]|суббот[ауые]|воскресень[еяю])(?:, | \(| )"
)
_BEFORE: Final = re.compile(
    r"(?:^|(?<=[^\w-]))"
    r"(?P<than>(?:чем|по сравнению|относительно) )?"
    r"(?P<prep>начиная со? |вплоть до |не позднее |не раньше |по состоянию на |в ночь на |утром |днем |вечером |ночью "
    r"|со? |до |по |ко? |на |во? |летом |весной |осенью |зимой |после |за |от |об? |около |примерно в "
    r"|накануне |перед )?"
    rf"(?P<weekday>{_WEEKDAY})?"
    rf"(?P<part>{_PART})?$"
)
_AFTER: Final = re.compile(
    r"(?:(?:,? (?:во? )?| \()(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)\b\)?)?"
    r"(?P<range> включительно)?"
)
_SENSES: Final = {
    "начиная с": "since",
    "начиная со": "since",
    "с": "since",
    "со": "since",
    "до": "until",
    "вплоть до": "until",
    "не позднее": "by",
    "не раньше": "after",
    "по состоянию на": "by",
    "в ночь на": "on",
    "по": "to",
    "к": "by",
    "ко": "by",
    "на": "for",
    "в": "in",
    "во": "in",
    "примерно в": "in",
    "летом": "in",
    "весной": "in",
    "осенью": "in",
    "зимой": "in",
    "после": "after",
    "за": "for",
    "от": "from",
    "о": "of",
    "об": "of",
    "накануне": "before",
    "перед": "before",
}
_GENITIVE_YEAR: Final = re.compile(r"\d{4} ?г(?:ода|\.)?")
_DATING_PARTS: Final = ("течение", "период", "ходе")


def frame_ru(folded: str, start: int, end: int, *, needed: bool) -> tuple[int, int, str] | None:
    """Start, end and sense of a date with what stands before and after it.

    Args:
        folded: The sentence, folded.
        start: First character of the expression.
        end: One past its last.
        needed: Whether it dates only behind a preposition or a word such as "начало" (a month without a day).

    Returns:
        The whole stretch with its sense as an English preposition; None where nothing shows a needed date.
    """
    window = folded[max(0, start - _REACH) : start]
    found = _BEFORE.search(window)
    after = _AFTER.match(folded, end)
    stop = after.end() if after is not None else end
    if found is None:
        return None if needed else (start, stop, "on")
    prep = (found["prep"] or "").strip()
    if needed and not (prep or found["part"]):
        return None
    bare = not prep and not found["part"] and _GENITIVE_YEAR.fullmatch(folded, start, end) is not None
    return start - (len(window) - found.start()), stop, "of" if bare else _sense(found, prep)


def _sense(found: re.Match[str], prep: str) -> str:
    if found["than"]:
        return "than"
    if found["part"] and found["part"].startswith(_DATING_PARTS):
        return "during"
    return _SENSES.get(prep, "on")
