"""What happened, is planned, might be, is said, or did not happen."""

import pytest

from detente.coding.status import find_modality
from detente.coding.tokens import split_tokens


def modality(text, verb):
    tokens = split_tokens(text)
    head = [token.lower for token in tokens].index(verb)
    return find_modality(tokens, head, 0)


@pytest.mark.parametrize(
    ("text", "verb", "status"),
    [
        ("Chad attacked Niger", "attacked", "actual"),
        ("Chad has attacked Niger", "attacked", "actual"),
        ("Chad will attack Niger", "attack", "future"),
        ("Chad plans to attack Niger", "attack", "future"),
        ("Chad is expected to attack Niger", "attack", "future"),
        ("Chad may attack Niger", "attack", "hypothetical"),
        ("Chad could soon attack Niger", "attack", "hypothetical"),
        ("if Chad attacks Niger", "attacks", "hypothetical"),
        ("Chad threatened to attack Niger", "attack", "hypothetical"),
        ("Chad failed to capture Niger", "capture", "hypothetical"),
        ("Chad did not attack Niger", "attack", "negated"),
        ("Chad never attacked Niger", "attacked", "negated"),
        ("Chad hasn't attacked Niger", "attacked", "negated"),
        ("Chad denied attacking Niger", "attacking", "negated"),
        ("Chad reportedly attacked Niger", "attacked", "alleged"),
        ("Chad would help and freeze assets", "freeze", "future"),
    ],
)
def test_the_words_before_a_verb_give_its_status(text, verb, status):
    assert modality(text, verb).status == status


def test_a_pluperfect_and_a_refusal_are_marked():
    assert modality("Chad had attacked Niger", "attacked").past_perfect
    assert not modality("Chad attacked Niger", "attacked").past_perfect
    assert modality("Chad will not help Niger", "help").refused
    assert not modality("Chad did not help Niger", "help").refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea may attack South Korea.", "PRK KOR ASSAULT hypothetical"),
        ("Brazil will impose tariffs on Argentina.", "BRA ARG SANCTION future"),
        ("Peru could expel Venezuelan diplomats.", "PER VEN SANCTION hypothetical"),
        ("Egypt would expel Qatari diplomats if the talks failed.", "EGY QAT SANCTION hypothetical"),
        ("Turkey is expected to impose sanctions on Armenia.", "TUR ARM SANCTION future"),
        ("India did not impose sanctions on Russia.", "IND RUS SANCTION negated"),
        ("Iran was not attacked by Israel.", "ISR IRN ASSAULT negated"),
        ("Algeria did not expel any French diplomats.", "DZA FRA SANCTION negated"),
        ("Chinese troops allegedly crossed the Indian border on Monday.", "CHN IND MOBILIZE alleged"),
    ],
)
def test_what_is_planned_possible_or_denied_is_no_fresh_act(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Indian prime minister will visit China next week.", "IND CHN AGREE future"),
        ("South Korea will provide aid to Indonesia.", "KOR IDN AGREE future"),
        ("Kenya and Uganda will sign a trade agreement on 1 July 2022.", "KEN <> UGA AGREE future"),
        ("Japan will hold joint exercises with India in July.", "IND <> JPN AGREE future"),
        ("Qatar promised to give $500 million to Egypt.", "QAT EGY AGREE actual"),
    ],
)
def test_a_planned_kindness_is_an_agreement_and_an_offer_made_is_an_act(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "China threatened to impose sanctions on Taiwan.",
        "China threatened to attack Taiwan.",
        "China warned that it would attack Taiwan.",
        "China promised to retaliate against Taiwan.",
    ],
)
def test_a_threat_is_an_act_and_its_content_is_not_coded_again(acts, text):
    assert acts(text) == {"CHN TWN THREATEN actual"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pakistan refused to release the Indian pilot.", {"PAK IND REJECT actual"}),
        ("Bulgaria will not provide aid to Ukraine.", {"BGR UKR REJECT actual"}),
        ("Germany urged Turkey to withdraw its troops from Syria.", {"DEU TUR REQUEST actual"}),
        ("Kenya agreed to open talks with Somalia.", {"KEN <> SOM AGREE actual"}),
    ],
)
def test_an_act_of_speech_is_coded_and_not_what_it_speaks_of(acts, text, expected):
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France said that Russia had shelled Ukraine.", {"RUS UKR ASSAULT alleged", "FRA RUS ACCUSE actual"}),
        (
            "Taiwan said Chinese aircraft entered its airspace on Monday.",
            {"CHN TWN MOBILIZE alleged", "TWN CHN ACCUSE actual"},
        ),
        (
            "The Iraqi government says Turkish jets bombed a village in northern Iraq.",
            {"TUR IRQ ASSAULT alleged", "IRQ TUR ACCUSE actual"},
        ),
        ("Canada claims that India killed a Canadian citizen.", {"IND CAN ASSAULT alleged", "CAN IND ACCUSE actual"}),
    ],
)
def test_a_reported_act_gives_the_saying_and_the_act_said(acts, text, expected):
    assert acts(text) == expected


def test_the_act_said_names_its_sayer_and_the_saying_does_not(code):
    reports = {report.event_type: report for report in code("France said that Russia had shelled Ukraine.").reports}
    assert reports["ASSAULT"].reported_by == "FRA"
    assert reports["ACCUSE"].reported_by is None


def test_a_source_named_at_the_end_alleges_without_an_act_of_its_own(acts):
    assert acts("Russia attacked Kharkiv on Monday, Ukraine said.") == {"RUS UKR ASSAULT alleged"}


@pytest.mark.parametrize(
    "text", ["Iran said it had attacked Israel.", "Iran said its forces attacked Israel on Monday."]
)
def test_who_says_it_of_himself_states_an_act(acts, text):
    assert acts(text) == {"IRN ISR ASSAULT actual"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pakistan denied bombing India.", "PAK IND ASSAULT negated"),
        ("Azerbaijan denied the attack on Armenian positions.", "AZE ARM ASSAULT negated"),
    ],
)
def test_a_denial_gives_the_act_negated(acts, text, expected):
    assert acts(text) == {expected}


def test_an_accusation_and_its_denial_stand_side_by_side(acts):
    assert acts("Ethiopia said Egypt attacked its dam, but Egypt denied the attack.") == {
        "EGY ETH ASSAULT alleged",
        "ETH EGY ACCUSE actual",
        "EGY ETH ASSAULT negated",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Russia denied that it had attacked Ukraine.",
        "Russia denied that its troops had attacked Ukraine.",
        "It is not true that Russia attacked Ukraine.",
    ],
)
def test_a_denial_in_a_clause_is_no_act(acts, text):
    assert acts(text) == {"RUS UKR ASSAULT negated"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran denied attacking Saudi Arabia.", "IRN SAU ASSAULT negated"),
        ("Turkey denied seizing Greek boats.", "TUR GRC COERCE negated"),
        ("Poland denies expelling the Belarusian ambassador.", "POL BLR SANCTION negated"),
    ],
)
def test_a_denied_gerund_is_negated(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vietnam accused China of attacking a Vietnamese boat.", {"VNM CHN ACCUSE actual", "CHN VNM ASSAULT alleged"}),
        ("Serbia accused Kosovo of arresting Serbian officials.", {"SRB XKX ACCUSE actual", "XKX SRB COERCE alleged"}),
    ],
)
def test_an_accusation_gives_the_act_it_names(acts, text, expected):
    assert acts(text) == expected


def test_an_office_named_at_the_end_alleges_too(acts):
    text = "Azerbaijani forces shelled Armenian positions on Monday, the Armenian defence ministry said."
    assert acts(text) == {"AZE ARM ASSAULT alleged"}


@pytest.mark.parametrize("day", ["on Tuesday", "on 14 June", "in Geneva on Tuesday"])
def test_a_day_before_that_does_not_change_who_did_it(acts, day):
    assert acts(f"France said {day} that Russia attacked Ukraine.") == {
        "RUS UKR ASSAULT alleged",
        "FRA RUS ACCUSE actual",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan and the United States condemned Russia.", {"JPN RUS ACCUSE actual", "USA RUS ACCUSE actual"}),
        (
            "Canada, Australia and the United States imposed sanctions on Iran.",
            {"CAN IRN SANCTION actual", "AUS IRN SANCTION actual", "USA IRN SANCTION actual"},
        ),
    ],
)
def test_the_united_states_is_no_verb_of_saying(acts, text, expected):
    assert acts(text) == expected


@pytest.mark.parametrize("verb", ["vowed", "promised", "pledged"])
def test_a_vow_to_attack_is_a_threat(acts, verb):
    assert acts(f"Israel {verb} to attack Iran.") == {"ISR IRN THREATEN actual"}


def test_no_plans_are_no_plan(acts):
    assert "NOR RUS SANCTION future" not in acts("Norway has no plans to expel Russian diplomats.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Serbia will not impose sanctions on Russia.", "SRB RUS SANCTION negated"),
        ("Egypt will not attack Sudan.", "EGY SDN ASSAULT negated"),
    ],
)
def test_a_blow_that_will_not_fall_is_no_conflict(acts, text, expected):
    assert acts(text) == {expected}
