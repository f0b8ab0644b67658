"""Equipment in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ontology.equipment import load_equipment

EQUIPMENT = load_equipment()


def told(text):
    return [(found.item, found.category) for found in EQUIPMENT.find_equipment(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Su-35 fighter jets", [("Su-35", "fighter")]),
        ("two Su-35s and a Su-35S", [("Su-35", "fighter"), ("Su-35S", "fighter")]),
        ("S-300, S 300, S300, S‑300", [("S-300", "air defence")] * 4),
        ("an S-300V4 battery", [("S-300V4", "air defence")]),
        ("Bastion-P coastal defense systems", [("Bastion-P", "coastal defence")]),
        ("T-72B3 tanks", [("T-72B3", "tank")]),
        ("Orlan-10 unmanned aerial vehicles", [("Orlan-10", "drone")]),
        ("F-16Vs", [("F-16", "fighter")]),
        ("F-150 trucks, a UTC-2 stamp, an MS-300X", []),
        (
            "warships, frigates and a submarine",
            [("warship", "warship"), ("frigate", "warship"), ("submarine", "submarine")],
        ),
        ("an anti-tank weapon", [("anti-tank missile", "anti-tank missile")]),
        ("anti-tank measures, tankers", []),
        ("a suicide bomber", []),
        ("Taliban fighters", []),
        ("fighters and bombers", [("fighter jet", "fighter"), ("bomber", "bomber")]),
        ("The leopard and the Leopard", []),
        ("Leopard tanks", [("Leopard", "tank")]),
        ("Bal and Bastion missile complexes", [("Bal", "coastal defence"), ("Bastion", "coastal defence")]),
        ("bal masqué", []),
        ("Aegis Ashore", [("Aegis Ashore", "air defence")]),
    ],
)
def test_items(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("320 Russian fighter jets", 320),
        ("four Su-35", 4),
        ("Three Russian Pacific Fleet warships", 3),
        ("3,500 soldiers", 3500),
        ("several tanks", None),
        ("In 2022 Russian warships left", None),
        ("On March 3 Russian warships left", None),
        ("12 ministers saw tanks", None),
        ("tanks", None),
    ],
)
def test_counts(text, count):
    (found,) = EQUIPMENT.find_equipment(text)
    assert found.count == count


def test_origin_and_kind():
    model, noun = EQUIPMENT.find_equipment("S-400s beside tanks")
    assert (model.kind, model.origin, noun.kind, noun.origin) == ("model", "RUS", "generic", None)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["Su", "-", "35", "S", "s", " ", "tank", "3 ", "Bal", "jet"])).map("".join)
)
def test_offsets(text):
    last = 0
    for found in EQUIPMENT.find_equipment(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
