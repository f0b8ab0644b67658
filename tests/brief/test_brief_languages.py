"""Briefs in Turkish and Russian: whole catalogues, right forms, no English left but quotations and titles."""

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from detente.brief import BriefInputs, compose_brief, render
from detente.brief.language import LANGUAGES, Language, load_language
from detente.brief.notes import note_patterns, translated
from detente.errors import InputError

NAMES = {
    "en": {"RUS": "Russia", "JPN": "Japan", "CHN": "China"},
    "tr": {"RUS": "Rusya", "JPN": "Japonya", "CHN": "Çin"},
    "ru": {"RUS": "Россия", "JPN": "Япония", "CHN": "Китай"},
}
ENGLISH = frozenset(
    "the of and in from to by with is are was were has have not no acts act after before between this that which what "
    "record feed evidence source sources findings date day month week year none more other events event its their for "
    "planned denied alleged hypothetical sanction sanctions meeting conflict cooperation shock break query download "
    "data up down probably rose fell period periods russia japan china january february march april june july august "
    "september october november december".split()
)
OTHERS = ("tr", "ru")


def in_language(inputs: BriefInputs, code: str) -> BriefInputs:
    return replace(inputs, language=code, names=NAMES[code], shock_name=None)


def slots(pattern: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(pattern) if name})


def english_left(page: str) -> list[str]:
    """English words of a page outside code, quotations, titles, addresses and what is marked as English."""
    text = re.sub(r"<(style|script|code|title|desc)\b.*?</\1>", " ", page, flags=re.DOTALL)
    text = re.sub(r'<(span|p) lang="en".*?</\1>', " ", text, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", " ", text))
    text = re.sub(r"“[^”]*”|«[^»]*»|https?://\S+|`[^`]*`|\bdetente\b[^.]*", " ", text)
    return [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() in ENGLISH]


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_there_with_the_same_slots(code: str) -> None:
    english, other = load_language("en"), load_language(code)
    assert set(other.messages) == set(english.messages)
    assert set(other.forms) == set(english.forms)
    for key, pattern in english.messages.items():
        assert slots(other.messages[key]) == slots(pattern), key
        assert other.messages[key], key


@pytest.mark.parametrize(("code", "forms"), [("en", 2), ("tr", 1), ("ru", 3)])
def test_every_noun_has_the_forms_of_its_language(code: str, forms: int) -> None:
    assert {len(words) for words in load_language(code).forms.values()} == {forms}


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "1 санкция"),
        (2, "2 санкции"),
        (5, "5 санкций"),
        (11, "11 санкций"),
        (21, "21 санкция"),
        (112, "112 санкций"),
    ],
)
def test_russian_counts(n: int, words: str) -> None:
    assert load_language("ru").count(n, "SANCTION") == words


@pytest.mark.parametrize(
    ("code", "number", "percent", "day"),
    [
        ("en", "−1,594", "54%", "24 February 2022"),
        ("tr", "−1.594", "%54", "24 Şubat 2022"),
        ("ru", "−1\u202f594", "54\u00a0%", "24 февраля 2022 года"),
    ],
)
def test_numbers_and_dates(code: str, number: str, percent: str, day: str) -> None:
    language = load_language(code)
    assert language.number(-12.56) == {"en": "−12.6", "tr": "−12,6", "ru": "−12,6"}[code]
    assert language.number(-1594) == number
    assert language.percent(0.54) == percent
    assert language.day(date(2022, 2, 24)) == day


def test_a_turkish_i_keeps_its_dot() -> None:
    assert load_language("tr").capital("iş birliği") == "İş birliği"
    assert load_language("en").capital("index") == "Index"


@pytest.mark.parametrize("code", OTHERS)
def test_event_types_have_names_of_their_own(code: str) -> None:
    language = load_language(code)
    kinds = [key for key in language.forms if key.isupper()]
    assert len(kinds) == 16
    assert len({language.name(kind) for kind in kinds}) == 16


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("kind", ["chosen_inputs", "feed_inputs"])
@pytest.mark.parametrize("form", ["html", "md"])
def test_no_english_is_left(code: str, kind: str, form: str, request: pytest.FixtureRequest) -> None:
    inputs: BriefInputs = request.getfixturevalue(kind)
    page = render(compose_brief(replace(in_language(inputs, code), record="")), form)
    publishers = page.replace("Wire A", "").replace("Wire B", "").replace("Wire C", "").replace("Wire D", "")
    assert english_left(publishers.replace("eastern Russia", "").replace("summary in our own words", "")) == []


def test_the_walk_for_english_sees_it(chosen_page: str) -> None:
    assert len(english_left(chosen_page)) > 50


@pytest.mark.parametrize("code", OTHERS)
def test_quotes_stay_in_their_language_and_say_so(code: str, chosen_inputs: BriefInputs) -> None:
    documents = {name: replace(item, language="en") for name, item in chosen_inputs.documents.items()}
    page = render(compose_brief(replace(in_language(chosen_inputs, code), documents=documents)), "html")
    assert f'<html lang="{code}">' in page
    assert '<p lang="en" class="said">' in page
    assert "Russia put air-defence missiles on duty on Iturup." in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_says_the_same_statements(code: str, chosen_inputs: BriefInputs) -> None:
    english, other = (compose_brief(in_language(chosen_inputs, name)) for name in ("en", code))
    assert [(item.section, item.evidence) for item in other.statements if item.section != "findings"] == [
        (item.section, item.evidence) for item in english.statements if item.section != "findings"
    ]
    assert len(other.figures) == len(english.figures)


@pytest.mark.parametrize("code", OTHERS)
def test_notes_keep_their_slots(code: str) -> None:
    for pattern in note_patterns():
        assert set(slots(pattern.others[code])) <= set(pattern.english.groupindex), pattern.english.pattern


def _notes() -> Iterator[tuple[str, str]]:
    yield "Record: feed icews, 2018-06-01 to 2019-03-26; 1594 dated acts of the pair.", "1 Haziran 2018 – 26 Mart 2019"
    yield "337 acts have no event type: volume only.", "337"
    yield "39% of the pair's acts are not state to state and are left out (`--actors all` counts them).", "%39"
    yield "Only part of the month that begins on 2019-03-01 is covered: its counts are low.", "1 Mart 2019"


@pytest.mark.parametrize(("note", "holds"), list(_notes()))
def test_a_measure_s_note_is_said_in_turkish(note: str, holds: str) -> None:
    said = translated(load_language("tr"), note)
    assert said is not None
    assert holds in said


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_typed_stays_english(code: str) -> None:
    note = (
        "36 events in 7 weeks before the shock, 670 in 12 after; 8 before and 3 after are needed; "
        "`--every day` gives enough."
    )
    said = translated(load_language(code), note)
    assert said is not None
    assert "`--every day`" in said
    assert "weeks" not in said


def test_a_note_nobody_translated_stays_a_quotation(chosen_inputs: BriefInputs) -> None:
    inputs = replace(in_language(chosen_inputs, "tr"), unknown=("something quite new",))
    found = [item.text for item in compose_brief(inputs).statements if item.section == "unknown"]
    assert found[0] == "“something quite new”."


def test_an_unknown_language_is_refused(chosen_inputs: BriefInputs) -> None:
    with pytest.raises(InputError, match="expected en, tr, ru"):
        compose_brief(replace(chosen_inputs, language="fr"))


def test_terms_are_whole() -> None:
    for code in OTHERS:
        language: Language = load_language(code)
        assert all(language.terms.values())
