"""Forces as reported."""

from datetime import date

import pytest

from detente.measure.forces import force_category, forces_as_reported
from detente.model import Dyad, Event, ForceRow, Materiel, Quantity, Report, parse_partial_date

DYAD = Dyad("RUS", "JPN")


def event(key: str, day: str | None, event_type: str, **more: object) -> Event:
    span = parse_partial_date(day, "text") if day else None
    fields: dict[str, object] = {
        "date_start": span and span.start,
        "date_end": span and span.end,
        "date_precision": span.precision if span else "unknown",
        **more,
    }
    return Event(key, Report("r-" + key, "RUS", "JPN", event_type, **fields))  # type: ignore[arg-type]


def test_a_row_says_whose_what_how_many_when_and_where():
    drill = event(
        "drill",
        "2022-03-25",
        "MOBILIZE",
        materiel=(Materiel("Su-35", "fighter"),),
        quantities=(Quantity(3000, "troops", None),),
        place_text="the Kurils",
    )
    assert forces_as_reported((drill,), DYAD).rows == (
        ForceRow("RUS", "Su-35", "fighter", None, None, date(2022, 3, 25), "drill", "the Kurils"),
        ForceRow("RUS", "troops", "troops", 3000, "troops", date(2022, 3, 25), "drill", "the Kurils"),
    )


def test_figures_that_count_no_forces_give_no_row():
    flight = event(
        "flight",
        "2013-08-22",
        "MOBILIZE",
        quantities=(
            Quantity(2, "bombers", None),
            Quantity(2, "minutes", None),
            Quantity(266, "scrambles", None),
        ),
    )
    assert [row.item for row in forces_as_reported((flight,), DYAD).rows] == ["bombers"]


def test_a_figure_told_with_its_equipment_stands_once():
    flight = event(
        "flight",
        "2022-05-24",
        "MOBILIZE",
        materiel=(Materiel("Tu-95", "bomber", 2),),
        quantities=(Quantity(2, "bombers", None), Quantity(4, "ships", None)),
    )
    found = [(row.item, row.count) for row in forces_as_reported((flight,), DYAD).rows]
    assert found == [("Tu-95", 2), ("ships", 4)]


def test_only_acts_of_force_posture_and_help_count():
    troops = (Quantity(500, "soldiers", None),)
    kinds = ("MOBILIZE", "ASSAULT", "AID", "ACCUSE", "CONSULT")
    acts = tuple(event(kind, "2020-01-01", kind, quantities=troops) for kind in kinds)
    result = forces_as_reported(acts, DYAD)
    assert {row.event_id for row in result.rows} == {"MOBILIZE", "ASSAULT", "AID"}
    assert any("under the giver" in note for note in result.notes)


def test_planned_and_denied_forces_are_not_listed():
    troops = (Quantity(500, "soldiers", None),)
    planned = event("planned", "2020-01-01", "MOBILIZE", quantities=troops, status="future")
    denied = event("denied", "2020-01-02", "MOBILIZE", quantities=troops, status="negated")
    result = forces_as_reported((planned, denied), DYAD)
    assert result.rows == ()
    assert "1 planned acts name forces: not listed" in result.notes


def test_a_month_or_no_date_gives_no_day_and_nothing_is_added_up():
    aircraft = (Quantity(320, "aircraft", None),)
    stock = event("stock", None, "MOBILIZE", quantities=aircraft)
    month = event("month", "2022-03", "MOBILIZE", quantities=(Quantity(5, "aircraft", None),))
    result = forces_as_reported((stock, month), DYAD)
    assert [(row.day, row.count) for row in result.rows] == [(None, 5), (None, 320)]
    assert any("never added" in note for note in result.notes)
    assert "2 figures are not dated to a day" in result.notes


def test_an_act_of_both_sides_names_both():
    joint = event("joint", "2019-01-01", "MOBILIZE", quantities=(Quantity(3, "ships", None),), symmetric=True)
    assert forces_as_reported((joint,), DYAD).rows[0].country == "RUS+JPN"


@pytest.mark.parametrize(
    ("unit", "item", "category"),
    [
        ("soldiers", None, "soldiers"),
        (None, "attack helicopters", "helicopters"),
        ("военнослужащих", None, "военнослужащих"),
        ("km", "missile range", None),
        ("percent", None, None),
        (None, None, None),
    ],
)
def test_what_a_quantity_counts(unit: str | None, item: str | None, category: str | None):
    assert force_category(Quantity(1, unit, item)) == category
