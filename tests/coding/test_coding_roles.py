"""Who did it to whom: the roles follow the words, not the names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

COUNTRIES = {
    "Norway": "NOR",
    "Chile": "CHL",
    "Kenya": "KEN",
    "Nepal": "NPL",
    "Peru": "PER",
    "Vietnam": "VNM",
    "Egypt": "EGY",
    "Turkey": "TUR",
    "Greece": "GRC",
    "Poland": "POL",
    "Canada": "CAN",
    "Zambia": "ZMB",
    "Japan": "JPN",
    "Russia": "RUS",
    "India": "IND",
    "China": "CHN",
    "Ghana": "GHA",
    "Iraq": "IRQ",
    "Cuba": "CUB",
    "Sweden": "SWE",
    "New Zealand": "NZL",
    "South Africa": "ZAF",
    "Saudi Arabia": "SAU",
    "Ivory Coast": "CIV",
}
PAIRS = st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=2, max_size=2, unique=True)
DIRECTED = {
    "{a} condemned {b}.": "ACCUSE",
    "{b} was condemned by {a}.": "ACCUSE",
    "{a} imposed sanctions on {b}.": "SANCTION",
    "{a} joined the sanctions against {b}.": "SANCTION",
    "{b} has been blacklisted by {a}.": "SANCTION",
    "{a} lifted its sanctions on {b}.": "RETREAT",
    "{a} recalled its ambassador from {b}.": "SANCTION",
    "{a} attacked {b} on Monday.": "ASSAULT",
    "{b} was attacked by {a}.": "ASSAULT",
    "{a} provided aid to {b}.": "AID",
    "{a} urged {b} to talk.": "REQUEST",
    "{a} apologised to {b}.": "CONCEDE",
    "{a} thanked {b}.": "SUPPORT",
    "{a} threatened to bomb {b}.": "THREATEN",
    "{b} was urged by {a} to leave.": "REQUEST",
}
MUTUAL = {
    "{a} and {b} held talks on Monday.": "CONSULT",
    "{a} held talks with {b} on Monday.": "CONSULT",
    "{a} and {b} signed an agreement.": "SUPPORT",
    "{a} and {b} began joint exercises.": "COOPERATE",
    "{a} and {b} exchanged fire on Monday.": "ASSAULT",
}


@settings(max_examples=150, deadline=None)
@given(PAIRS, st.sampled_from(sorted(DIRECTED)))
def test_roles_follow_the_words_and_not_the_names(acts, pair, template):
    a, b = pair
    expected = f"{COUNTRIES[a]} {COUNTRIES[b]} {DIRECTED[template]} actual"
    assert acts(template.format(a=a, b=b)) == {expected}


@settings(max_examples=80, deadline=None)
@given(PAIRS, st.sampled_from(sorted(MUTUAL)))
def test_a_mutual_act_is_one_whichever_side_is_named_first(acts, pair, template):
    first, second = sorted(COUNTRIES[name] for name in pair)
    expected = {f"{first} <> {second} {MUTUAL[template]} actual"}
    assert acts(template.format(a=pair[0], b=pair[1])) == expected
    assert acts(template.format(a=pair[1], b=pair[0])) == expected


def test_a_clash_is_an_assault_of_both(acts):
    assert acts("Canada and Norway clashed on Monday.") == {"CAN <> NOR ASSAULT actual"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France expelled eight Turkish diplomats.", "FRA TUR SANCTION actual"),
        ("Eight Turkish diplomats were expelled by France.", "FRA TUR SANCTION actual"),
        ("Eight Turkish diplomats were expelled from France.", "FRA TUR SANCTION actual"),
        ("The Swedish ambassador was expelled from Iraq.", "IRQ SWE SANCTION actual"),
        ("The expulsion of six Chinese diplomats by Canada took effect on Monday.", "CAN CHN SANCTION actual"),
        ("Israel's ambassador was summoned by Spain on Monday.", "ESP ISR ACCUSE actual"),
        ("Two Greek tankers were seized by Iran on 27 May 2022.", "IRN GRC COERCE actual"),
        ("The Chinese ban on Australian coal took effect on 1 June 2022.", "CHN AUS SANCTION actual"),
        ("US sanctions against Cuba came into force on 5 May 2022.", "USA CUB SANCTION actual"),
        ("Nigerian Foreign Minister Geoffrey Onyeama condemned Mali.", "NGA MLI ACCUSE actual"),
        ("Israel released 26 Jordanian prisoners.", "ISR JOR RETREAT actual"),
        ("Britain withdrew its troops from Iraq in May.", "GBR IRQ RETREAT actual"),
    ],
)
def test_voices_and_nouns(acts, text, expected):
    assert acts(text) == {expected}


def test_several_targets_give_several_events(acts):
    assert acts("Cuba imposed sanctions on Peru, Chile and New Zealand on 3 May 2022.") == {
        "CUB PER SANCTION actual",
        "CUB CHL SANCTION actual",
        "CUB NZL SANCTION actual",
    }


def test_several_sources_give_several_events(acts):
    assert acts("Poland, Estonia and Latvia expelled Chinese diplomats.") == {
        "POL CHN SANCTION actual",
        "EST CHN SANCTION actual",
        "LVA CHN SANCTION actual",
    }


def test_an_act_of_many_gives_the_first_with_each_other(acts):
    assert acts("Kenya, Uganda and Rwanda held talks on Monday.") == {
        "KEN <> UGA CONSULT actual",
        "KEN <> RWA CONSULT actual",
    }


def test_several_acts_of_a_sentence_are_all_coded(acts):
    assert acts("Greece protested to Turkey and recalled its ambassador on 1 June 2022.") == {
        "GRC TUR ACCUSE actual",
        "GRC TUR SANCTION actual",
    }


def test_one_event_a_pair_type_and_status(code):
    assert len(code("Norway condemned and criticised Chile, and Norway denounced Chile.").reports) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hamas fired rockets at Israel on 10 May 2022.", "group/hamas ISR ASSAULT actual"),
        ("Israel attacked Hamas on 7 June 2022.", "ISR group/hamas ASSAULT actual"),
        ("Israeli forces clashed with Hezbollah on 1 June 2022.", "ISR <> group/hezbollah ASSAULT actual"),
        ("Al-Shabaab attacked Kenyan troops on Monday.", "group/al-shabaab KEN ASSAULT actual"),
        ("Turkey attacked the PKK in Iraq on Monday.", "TUR group/pkk ASSAULT actual"),
        ("Fatah and Hamas clashed in Gaza on Monday.", "group/fatah <> group/hamas ASSAULT actual"),
    ],
)
def test_armed_groups_keep_ids_of_their_own(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The EU imposed sanctions on Belarus on 2 June 2022.", "IGO:EU BLR SANCTION actual"),
        ("Serbia condemned NATO on 2 June 2022.", "SRB IGO:NATO ACCUSE actual"),
        ("The UN urged Ethiopia to end the fighting.", "IGO:UN ETH REQUEST actual"),
    ],
)
def test_organisations_are_sides(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Indian and Chinese troops clashed on 15 June 2020.", "CHN <> IND ASSAULT actual"),
        ("Lebanon's army clashed with Israeli troops.", "ISR <> LBN ASSAULT actual"),
        ("Thai and Cambodian soldiers clashed near the temple on Tuesday.", "KHM <> THA ASSAULT actual"),
        ("Israeli jets struck targets in Syria on 10 June 2022.", "ISR SYR ASSAULT actual"),
    ],
)
def test_armed_clashes(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("Abe met Putin on 1 June 2015.", "2015-06-15", {"JPN <> RUS CONSULT actual"}),
        ("Abe met Putin on 1 June 2023.", "2023-06-15", set()),
        ("Erdogan criticised Macron on Monday.", "2022-06-15", {"TUR FRA ACCUSE actual"}),
        ("Biden met Putin in Geneva on 16 June 2021.", "2021-06-17", {"RUS <> USA CONSULT actual"}),
        ("Obama met Cameron in Washington on 1 June 2015.", "2015-06-15", {"GBR <> USA CONSULT actual"}),
    ],
)
def test_leaders_stand_for_their_states_in_their_time(acts, text, date, expected):
    assert acts(text, date=date) == expected


@pytest.mark.parametrize(
    "text",
    [
        "China cut diplomatic ties with Lithuania on Monday.",
        "China broke off relations with Lithuania on Monday.",
        "China suspended trade talks with Lithuania on Monday.",
        "China closed its border with Lithuania on Monday.",
    ],
)
def test_ties_with_a_state_are_cut_against_it(acts, text):
    assert acts(text) == {"CHN LTU SANCTION actual"}


def test_joined_sanctions_of_others_are_against_whom_they_name(acts):
    assert acts("Switzerland joined the EU sanctions against Belarus.") == {"CHE BLR SANCTION actual"}


@pytest.mark.parametrize(
    "text",
    ["Sanctions were imposed on Iran by Canada on 3 June 2022.", "Sanctions against Iran were imposed by Canada."],
)
def test_sanctions_imposed_by_someone(acts, text):
    assert acts(text) == {"CAN IRN SANCTION actual"}


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Talks between Iran and Saudi Arabia were held in Baghdad on 21 April 2022.", "CONSULT"),
        ("Talks between Iran and Saudi Arabia opened on Monday.", "CONSULT"),
        ("An agreement was signed between Iran and Saudi Arabia on 3 June 2022.", "SUPPORT"),
    ],
)
def test_talks_and_agreements_as_subjects(acts, text, event_type):
    assert acts(text) == {f"IRN <> SAU {event_type} actual"}


def test_demonstrators_protest(acts):
    assert acts("Pakistani demonstrators protested against France on 12 June 2022.") == {"PAK FRA PROTEST actual"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Israel's strike on Syria on Monday destroyed a warehouse.", "ISR SYR ASSAULT actual"),
        ("Turkey's invasion of Cyprus began on 20 July 1974.", "TUR CYP ASSAULT actual"),
    ],
)
def test_acts_as_nouns(acts, text, expected):
    assert acts(text) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "Germany sent tanks to Ukraine on 1 June 2022.",
        "Germany sent 30 air defence systems to Ukraine.",
        "Germany provided 30 Gepard tanks to Ukraine.",
    ],
)
def test_arms_for_a_partner_are_aid(acts, text):
    assert acts(text) == {"DEU UKR AID actual"}


def test_a_missile_into_the_sea_is_no_assault(acts):
    text = "North Korea fired two ballistic missiles into the sea off Japan on Monday."
    assert acts(text) == {"PRK JPN MOBILIZE actual"}


def test_the_pair_spoken_of_does_not_supply_a_source_for_somebody_else_s_act(acts):
    before = "Chile accused Bolivia of smuggling on Monday. "
    assert acts(before + "Old Moonlight had asked the Bolivian authorities to promote an officer.") == {
        "CHL BOL ACCUSE actual"
    }
    assert "CHL BOL ACCUSE actual" in acts(before + "The Bolivian government was also criticised.")
    assert len(acts(before + "Bolivian coal was banned on Tuesday.")) == 2
