"""The coder as a whole: ids, order, reasons, languages, domestic acts."""

from dataclasses import fields

import pytest

from detente.coding import CODER, code_document, code_documents
from detente.documents import read_text
from detente.ontology.plover import event_types, quad_of, score_of

TEXT = (
    "Norway expelled two Chilean diplomats on 2 June 2022. Chile recalled its ambassador from Norway. "
    "The weather in Santiago was fine. Peru and Chile held talks on Monday."
)


def test_coding_twice_gives_the_same(code):
    assert code(TEXT).reports == code(TEXT).reports


def test_reports_stand_in_the_order_of_the_text_with_ids_of_their_own(code):
    reports = code(TEXT).reports
    assert len(reports) == 3
    assert [report.evidence[0].start for report in reports] == sorted(report.evidence[0].start for report in reports)
    assert len({report.report_id for report in reports}) == 3


def test_a_report_s_id_changes_with_its_document(code):
    one, other = code("Norway condemned Chile."), code("Norway condemned Chile. It rained.")
    assert one.reports[0].report_id != other.reports[0].report_id


def test_every_report_is_whole(code):
    for report in code(TEXT).reports:
        assert report.coder == CODER
        assert report.event_type in event_types()
        assert report.quad == quad_of(report.event_type)
        assert (report.intensity, report.intensity_scale) == (score_of(report.event_type), "plover")
        assert report.record_kind == "chosen"
        assert report.date_start <= report.date_end


def test_documents_are_coded_one_by_one(coder):
    texts = ["Norway condemned Chile.", "Nothing at all.", "Peru condemned Cuba."]
    documents = [read_text(text, parse_layout=False) for text in texts]
    coded = list(code_documents(documents, coder))
    assert [one.document.id for one in coded] == [one.id for one in documents]
    assert [len(one.reports) for one in coded] == [1, 0, 1]
    assert coded[0] == code_document(documents[0], coder)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Norway and Chile are far apart.", "no words of an act"),
        ("Norway attacked.", "its acts have no two sides"),
        ("Norwegian jets scrambled 40 times against Russian aircraft in 2021.", "a total over a period"),
    ],
)
def test_a_sentence_with_actors_and_no_report_is_listed_with_its_reason(code, text, reason):
    coded = code(text)
    assert coded.reports == ()
    assert [item.reason[: len(reason)] for item in coded.uncoded] == [reason]


def test_a_sentence_without_actors_is_not_listed(code):
    assert code("The weather was fine.").uncoded == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Türk savaş uçakları dün Suriye'nin kuzeyinde bulunan bazı hedefleri bombaladı.", "TUR SYR ASSAULT actual"),
        ("Japonya, Rusya'ya karşı yeni yaptırımlar uyguladı.", "JPN RUS SANCTION actual"),
        ("Россия выслала восемь японских дипломатов.", "RUS JPN SANCTION actual"),
        ("Япония осудила Россию за учения у островов.", "JPN RUS ACCUSE actual"),
        ("Rusya, Japonya'yı kınadı.", "RUS JPN ACCUSE actual"),
    ],
)
def test_turkish_and_russian_are_coded(acts, text, expected):
    assert expected in acts(text)


def test_another_language_is_left_uncoded_with_a_reason(code):
    coded = code(
        "Frankreich und Deutschland haben am Montag die Angriffe der russischen Armee auf Kiew scharf verurteilt."
    )
    assert coded.reports == ()
    assert [item.reason for item in coded.uncoded] == ["language de is not coded"]


def test_both_languages_of_a_mixed_document_are_coded(code):
    text = (
        "Россия выслала восемь японских дипломатов в ответ на действия Токио.\n\n"
        "Norway condemned Chile on Monday because of the new rules that were announced for the fishing fleet."
    )
    assert [report.source_country for report in code(text).reports] == ["RUS", "NOR"]


DOMESTIC = [
    ("China arrested Chinese activists.", "CHN CHN COERCE actual"),
    ("Ethiopian troops attacked Ethiopian villages on 1 June 2022.", "ETH ETH ASSAULT actual"),
    ("Police in Iran arrested Iranian journalists on Monday.", "IRN IRN COERCE actual"),
    ("The Egyptian army bombed Egyptian rebels.", "EGY EGY ASSAULT actual"),
]


@pytest.mark.parametrize(("text", "expected"), DOMESTIC)
def test_domestic_acts_are_left_out(acts, text, expected):
    assert acts(text) == set()


@pytest.mark.parametrize(("text", "expected"), [row for row in DOMESTIC if not row[0].startswith("Police in")])
def test_domestic_acts_are_given_when_asked_for(acts, text, expected):
    assert acts(text, domestic=True) == {expected}


def test_an_organ_named_by_its_place_acts(acts):
    assert acts("Police in Iran arrested Iranian journalists on Monday.", domestic=True) == {"IRN IRN COERCE actual"}
    assert acts("Prosecutors in Ankara charged a Greek officer on Monday.") == {"TUR GRC ACCUSE actual"}
    assert acts("The clashes with police in Iran alarmed Iraq.") == set()


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("Norway condemned Chile over its tariffs.", {"trade"}),
        ("Russia held exercises on Iturup on 10 March 2022.", {"islands", "military"}),
        ("Iran seized a Greek trawler over fishing rights.", {"fisheries"}),
        ("Norway condemned Chile.", set()),
    ],
)
def test_issues_are_what_the_sentence_touches(one, text, issues):
    assert set(one(text).issue) == issues


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("In response, Norway expelled a Chilean envoy.", "In response"),
        ("Norway expelled a Chilean envoy in retaliation for the arrests.", "in retaliation for"),
        ("Norway expelled a Chilean envoy.", None),
        ("Norway urged Chile in return of the islands.", None),
    ],
)
def test_the_words_of_an_answer_are_kept(one, text, cue):
    assert one(text).response_cue == cue


def test_a_record_is_made_of_plain_values(code):
    (report,) = code("Norway condemned Chile.").reports
    for item in fields(report):
        assert not isinstance(getattr(report, item.name), list | dict | set)
