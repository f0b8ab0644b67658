"""Places as places, disputed land, and targets that the sentence leaves out."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow criticised Berlin on Monday.", "RUS DEU ACCUSE actual"),
        ("The Kremlin criticised the White House on Monday.", "RUS USA ACCUSE actual"),
        ("Ankara condemned Damascus on 1 June 2022.", "TUR SYR ACCUSE actual"),
        ("Downing Street rejected Beijing's claims.", "GBR CHN REJECT actual"),
    ],
)
def test_a_capital_or_palace_stands_for_its_government(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "An earthquake struck Tokyo on Monday, Russian media reported.",
        "A flood in Delhi killed 30 Nepali workers.",
        "A fire in Paris injured three American tourists.",
        "A train from Moscow arrived in Minsk.",
        "Heavy snow fell in Moscow and Kyiv.",
    ],
)
def test_a_place_as_a_place_is_no_act_of_its_state(acts, text):
    assert acts(text) == set()


@pytest.mark.parametrize(
    ("text", "date", "source", "target"),
    [
        ("Dmitry Medvedev visited Kunashir on 1 November 2010.", "2010-11-05", "RUS", "JPN"),
        ("South Korean President Lee Myung-bak visited Dokdo on 10 August 2012.", "2012-08-12", "KOR", "JPN"),
        ("The Russian prime minister visited Crimea on Monday.", "2022-06-15", "RUS", "UKR"),
        ("Argentine lawmakers visited the Falklands on Monday.", "2022-06-15", "ARG", "GBR"),
    ],
)
def test_a_visit_to_disputed_land_denies_the_other_claim(one, text, date, source, target):
    report = one(text, date=date)
    assert (report.source_country, report.target_country, report.event_type) == (source, target, "REJECT")
    assert report.target_basis == "place"


@pytest.mark.parametrize(
    "text",
    [
        "The Japanese minister visited Kyoto on Monday.",
        "The Chinese president visited Shanghai on Monday.",
        "The Greek prime minister visited Crete on Monday.",
    ],
)
def test_a_visit_at_home_is_no_act_between_two(acts, text):
    assert acts(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Biden arrived in Seoul on 20 May 2022.", "USA KOR CONSULT actual"),
        ("The Indian foreign minister arrived in Colombo on Monday.", "IND LKA CONSULT actual"),
        ("The French president's visit to India began on Monday.", "FRA IND CONSULT actual"),
    ],
)
def test_a_visit_abroad_is_a_consultation(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Russia held exercises on Iturup on 10 March 2022.", "JPN"),
        ("Russia deployed missiles to the Kuril Islands in May 2022.", "JPN"),
        ("Spain deployed a frigate off Perejil.", "MAR"),
        ("Turkish warships sailed near Kastellorizo.", "GRC"),
    ],
)
def test_forces_at_a_disputed_place_are_against_its_other_claimant(one, text, target):
    report = one(text)
    assert (report.event_type, report.target_country, report.target_basis) == ("MOBILIZE", target, "place")


def test_land_claimed_by_many_gives_each_of_them(code):
    targets = {report.target_country for report in code("China built a base in the Spratly Islands.").reports}
    assert {"VNM", "PHL", "MYS", "TWN"} <= targets
    assert "CHN" not in targets


def test_a_target_named_before_is_of_the_context(code):
    text = "Mexico protested to Cuba on Monday. In response, Havana recalled its ambassador."
    first, second = code(text).reports
    assert (first.target_country, first.target_basis) == ("CUB", "text")
    assert (second.source_country, second.target_country, second.target_basis) == ("CUB", "MEX", "context")
    assert second.response_cue == "In response"


def test_a_target_named_only_in_the_title_is_of_the_document(one):
    report = one("Troops were moved at night. China deployed missiles.", title="India and China at the border")
    assert (report.target_country, report.target_basis) == ("IND", "document")


def test_without_any_target_nothing_is_coded(code):
    coded = code("China deployed missiles.")
    assert coded.reports == ()
    assert [item.reason for item in coded.uncoded] == ["its acts have no two sides"]


def test_the_text_before_is_read_and_never_coded(one):
    before = "Peru deployed missiles near Chile on 3 June 2022."
    report = one("Chile protested.", previous=before)
    assert (report.source_country, report.target_country, report.target_basis) == ("CHL", "PER", "context")
    assert report.evidence[0].quote == "Chile protested."


def test_two_sides_of_the_context_meet_again(code):
    reports = code("In May, India and Nepal held talks. On Monday the two sides met again.").reports
    assert [report.symmetric for report in reports] == [True, True]
    assert [(report.source_basis, report.target_basis) for report in reports] == [("text", "text"), ("context",) * 2]


@pytest.mark.parametrize(
    ("text", "language", "source", "target", "event_type"),
    [
        ("Russian missiles struck Kharkiv overnight, killing ten people.", "en", "RUS", "UKR", "ASSAULT"),
        ("Israeli jets bombed Aleppo airport on Sunday.", "en", "ISR", "SYR", "ASSAULT"),
        ("China sent relief planes to Izmir after the quake.", "en", "CHN", "TUR", "AID"),
        ("American troops left Bagram at night.", "en", "USA", "AFG", "RETREAT"),
        ("Россия обстреляла Харьков.", "ru", "RUS", "UKR", "ASSAULT"),
        ("Rus füzeleri dün gece Harkiv kentini vurdu.", "tr", "RUS", "UKR", "ASSAULT"),
    ],
)
def test_what_is_done_in_a_town_is_done_to_its_state(one, text, language, source, target, event_type):
    report = one(text, language=language)
    assert (report.source_country, report.target_country, report.event_type) == (source, target, event_type)
    assert report.target_basis == "place"


@pytest.mark.parametrize(
    "text",
    [
        "A Russian tourist was found dead in Antalya.",
        "Iran's national team beat the hosts in Marseille.",
        "A Chinese firm will build a factory near Izmir.",
        "Russia's economy shrank last year, traders in Frankfurt said.",
    ],
)
def test_a_town_where_something_happens_is_no_target(acts, text):
    assert acts(text) == set()


def test_an_agreement_in_a_town_is_no_act_on_its_state(acts):
    assert not any("CHE" in act for act in acts("Russian and American envoys met in Geneva on Monday."))


def test_a_state_that_was_none_on_the_day_is_no_target(acts):
    assert acts("American planes bombed Kharkiv on 1 May 1943.", date="1943-05-02") == set()


def test_a_visit_to_a_foreign_town_denies_no_claim(acts):
    assert acts("The Turkish president visited Marseille on Monday.") == {"TUR FRA CONSULT actual"}
