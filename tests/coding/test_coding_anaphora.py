"""Words that stand for a state named before, and those that must stand for nobody."""

import pytest


@pytest.mark.parametrize(
    ("text", "words", "act"),
    [
        (
            "Norway condemned Chile. It also expelled eight Chilean diplomats.",
            "It",
            "NOR CHL SANCTION",
        ),
        (
            "Turkey condemned the Greek raid on Monday. The country recalled its ambassador from Athens.",
            "The country",
            "TUR GRC SANCTION",
        ),
        (
            "Turkey condemned Greece on Monday. Its army shelled Greek positions later in the week.",
            "Its army",
            "TUR GRC ASSAULT",
        ),
        (
            "Russia has quarrelled with Japan for decades. In 2022 the country revoked Tokyo's trade status.",
            "the country",
            "RUS JPN SANCTION",
        ),
        (
            "Russia condemned the Japanese decision, and it expelled eight Japanese diplomats.",
            "it",
            "RUS JPN SANCTION",
        ),
        (
            "Vladimir Putin met the Japanese premier. He threatened Japan with new sanctions.",
            "He",
            "RUS JPN THREATEN",
        ),
    ],
)
def test_a_word_for_the_subject_of_the_sentence_before_is_its_state(code, text, words, act):
    told = {
        f"{report.source_country} {report.target_country} {report.event_type}"
        for report in code(text).reports
        if report.source_text == words
    }
    assert act in told


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("tr", "Japonya Rusya'yı kınadı. Ülke, sekiz Rus diplomatı sınır dışı etti.", ("Ülke", "JPN", "RUS")),
        ("ru", "Япония осудила Россию. Страна выслала восемь российских дипломатов.", ("Страна", "JPN", "RUS")),
    ],
)
def test_the_country_in_other_languages(code, language, text, act):
    told = {
        (report.source_text, report.source_country, report.target_country)
        for report in code(text, language=language).reports
    }
    assert act in told


@pytest.mark.parametrize(
    "text",
    [
        "Israel bombed Syria. The country's foreign ministry condemned Iran.",  # whose?
        "Russia and Japan met on Monday. It expelled eight Chilean diplomats.",  # two subjects
        "Norway condemned Chile. It was agreed that Chile would wait.",  # nobody's
        "Norway condemned Chile. It rained in Chile.",
        "Norway condemned Chile.\n\nIt expelled eight Chilean diplomats.",  # another paragraph
        "An earthquake struck Norway. It expelled eight Chilean diplomats.",
        "Norway condemned Chile. He expelled eight Chilean diplomats.",  # no person was named
    ],
)
def test_where_it_is_not_plain_the_word_stands_for_nobody(code, text):
    words = {"it", "it ", "he", "the country", "the country's foreign ministry"}
    told = [report.source_text for report in code(text, parse_layout=True).reports if report.source_text]
    assert not [source for source in told if source.lower() in words]


def test_the_word_is_the_evidence_that_stands_in_the_report(code):
    text = "Norway condemned Chile. It also expelled eight Chilean diplomats."
    [report] = [report for report in code(text).reports if report.source_text == "It"]
    [evidence] = report.evidence[:1]
    assert "It also expelled eight Chilean diplomats" in text[evidence.start : evidence.end]


def test_he_is_no_minister(read):
    assert not [agent for agent in read("He said on Friday that the talks were over.").agents if agent.country]


def test_a_pair_spoken_of_before_is_forgotten_once_a_third_state_is_named(code):
    opening, end = "Norway and Chile held talks on Monday. ", "The ministers agreed to meet again."
    near, far = opening + end, opening + "Peru, Cuba and Kenya were not invited. " + end
    assert [report.event_type for report in code(near).reports] == ["CONSULT", "AGREE"]
    assert [report.event_type for report in code(far).reports] == ["CONSULT"]
