"""Phoenix, POLECAT, ACLED and UCDP GED, from their published headers: rows of ours, no genuine file."""

import csv
import io

import pytest

from detente.errors import FeedError
from detente.feeds import feed_sheet, read_feed


def columns(feed):
    return feed_sheet(feed).layouts[0].columns


def write(folder, feed, *rows, header=None, name="feed.txt"):
    sheet = feed_sheet(feed)
    out = io.StringIO()
    quoting = csv.QUOTE_MINIMAL if sheet.quoted else csv.QUOTE_NONE
    writer = csv.writer(out, delimiter=sheet.delimiter, lineterminator="\n", quoting=quoting, quotechar='"')
    if header:
        writer.writerow(header)
    writer.writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def cells(feed, **values):
    known = {"".join(c for c in column.lower() if c.isalnum()): column for column in columns(feed)}
    named = {known[key.replace("_", "")]: value for key, value in values.items()}
    return [named.get(column, "") for column in columns(feed)]


PHOENIX = {
    "eventid": "99_1",
    "date": "20150903",
    "sourceactorfull": "TURMIL",
    "targetactorfull": "SYRREB",
    "eventcode": "190",
    "goldsteinscore": "-10",
    "issues": "ID_ATTACK,1;REFUGEES,2",
    "lat": "36.2",
    "lon": "37.1",
    "locationname": "Aleppo",
}
POLECAT = {
    "event_id": "p1",
    "event_date": "2022-02-24",
    "event_type": "ASSAULT",
    "event_mode": "aerial",
    "intensity": "-9.5",
    "quad_code": "MATERIAL CONFLICT",
    "contexts": "military;territory",
    "actor_name": "Russia",
    "actor_country": "RUS",
    "primary_actor_sector": "MIL",
    "recipient_name": "Ukraine",
    "recipient_country": "UKR",
    "primary_recipient_sector": "None",
}
ACLED = {
    "event_id_cnty": "UKR1",
    "event_date": "24 February 2022",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Russia (2000-)",
    "inter1": "State forces",
    "actor2": "Military Forces of Ukraine (2019-)",
    "inter2": "1",
    "iso": "804",
    "country": "Ukraine",
    "location": "Kyiv",
    "notes": "A note, with a comma\nand a line end",
}
GED = {
    "id": "7",
    "type_of_violence": "1",
    "side_a": "Government of Ethiopia",
    "side_a_new_id": "97",
    "side_b": "Government of Eritrea",
    "date_prec": "2",
    "date_start": "1999-02-06 00:00:00.000",
    "date_end": "1999-02-08",
    "gwnoa": "530",
    "gwnob": "531",
    "country_id": "530",
    "number_of_sources": "2",
}


def only(read):
    (row,) = read.reports.to_pylist()
    return row


def test_phoenix_without_a_header(tmp_path):
    row = only(read_feed("phoenix", write(tmp_path, "phoenix", cells("phoenix", **PHOENIX))))
    assert (row["source_country"], row["source_sector"], row["target_country"], row["target_sector"]) == (
        "TUR", "MIL", "SYR", "REB",
    )  # fmt: skip
    assert (row["event_type"], row["quad"], row["intensity"], row["issue"]) == (
        "ASSAULT", 4, -10.0, ["id_attack", "refugees"],
    )  # fmt: skip


@pytest.mark.parametrize("extra", [[], ["Headline", "Event Text"], ["", ""]])
def test_polecat_with_names_too_many_in_the_header(tmp_path, extra):
    header = [*columns("polecat"), *extra]
    path = write(tmp_path, "polecat", cells("polecat", **POLECAT), header=header)
    read = read_feed("polecat", path)
    row = only(read)
    assert (row["report_id"], row["event_type"], row["mode"], row["quad"]) == ("polecat:p1", "ASSAULT", "aerial", 4)
    assert (row["source_country"], row["source_sector"], row["target_country"], row["target_sector"]) == (
        "RUS", "MIL", "UKR", None,
    )  # fmt: skip
    assert (row["intensity_scale"], row["context"]) == ("plover", ["military", "territory"])
    assert bool(read.notes) == (len(extra) == 2 and extra[0] == "Headline")


def test_polecat_with_empty_columns_too_many(tmp_path):
    row = [*cells("polecat", **POLECAT), "", ""]
    full = [*cells("polecat", **{**POLECAT, "event_id": "p2"}), "", "what is this"]
    read = read_feed("polecat", write(tmp_path, "polecat", row, full, header=[*columns("polecat"), "", ""]))
    assert read.reports["report_id"].to_pylist() == ["polecat:p1"]
    assert read.quarantine["field"].to_pylist() == ["columns"]


def test_polecat_several_states_on_a_side_are_none_and_counted(tmp_path):
    row = cells("polecat", **{**POLECAT, "actor_country": "USA;GBR"})
    read = read_feed("polecat", write(tmp_path, "polecat", row, header=columns("polecat")))
    assert only(read)["source_country"] is None
    assert dict(read.unmapped_actors) == {"USA;GBR": 1}


def test_acled_battle_has_no_direction_and_a_note_may_hold_lines(tmp_path):
    other = cells("acled", **{**ACLED, "event_id_cnty": "UKR2", "sub_event_type": "Attack", "event_date": "2022-02-25"})
    read = read_feed("acled", write(tmp_path, "acled", cells("acled", **ACLED), other, header=columns("acled")))
    first, second = read.reports.to_pylist()
    assert (first["source_country"], first["source_sector"], first["target_country"]) == ("RUS", "MIL", "UKR")
    assert (first["symmetric"], first["event_type"], first["place_country"]) == (True, "ASSAULT", "UKR")
    assert str(second["date_start"]) == "2022-02-25"


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("Police Forces of Japan (2012-)", "JPN", "COP"),
        ("Civilians (Iraq)", "IRQ", "CVL"),
        ("Islamic State", None, "CVL"),
    ],
)
def test_acled_actors(tmp_path, name, country, sector):
    row = cells("acled", **{**ACLED, "actor1": name, "inter1": "7"})
    found = only(read_feed("acled", write(tmp_path, "acled", row, header=columns("acled"))))
    assert (found["source_country"], found["source_sector"]) == (country, sector)


def test_ged_span_and_sides_by_number(tmp_path):
    path = write(tmp_path, "ucdp-ged", cells("ucdp-ged", **GED), header=columns("ucdp-ged"), name="GED.csv")
    row = only(read_feed("ucdp-ged", path))
    assert (row["source_country"], row["target_country"], row["place_country"]) == ("ETH", "ERI", "ETH")
    assert (str(row["date_start"]), str(row["date_end"]), row["date_precision"]) == ("1999-02-06", "1999-02-08", "span")
    assert (row["symmetric"], row["intensity"], row["mentions"]) == (True, None, 2)


@pytest.mark.parametrize(
    ("feed", "values", "field"),
    [
        ("phoenix", {**PHOENIX, "date": "2015"}, "Date"),
        ("phoenix", {**PHOENIX, "eventcode": "99"}, "EventCode"),
        ("polecat", {**POLECAT, "event_type": "LOVE"}, "Event Type"),
        ("polecat", {**POLECAT, "intensity": "high"}, "Intensity"),
        ("acled", {**ACLED, "event_date": "soon"}, "event_date"),
        ("acled", {**ACLED, "sub_event_type": "Picnic"}, "sub_event_type"),
        ("ucdp-ged", {**GED, "type_of_violence": "4"}, "type_of_violence"),
        ("ucdp-ged", {**GED, "date_end": "1999-02-01"}, "date_end"),
    ],
)
def test_a_bad_row_is_set_aside(tmp_path, feed, values, field):
    read = read_feed(feed, write(tmp_path, feed, cells(feed, **values), header=columns(feed)))
    assert (read.rows, read.reports.num_rows) == (1, 0)
    assert read.quarantine["field"].to_pylist() == [field]
    assert read.quarantine["line"].to_pylist() == [2]


@pytest.mark.parametrize("feed", ["phoenix", "polecat", "acled", "ucdp-ged"])
def test_a_column_nobody_knows_is_refused(tmp_path, feed):
    with pytest.raises(FeedError, match="Mood"):
        read_feed(feed, write(tmp_path, feed, [*cells(feed), "bad"], header=[*columns(feed), "Mood"]))
