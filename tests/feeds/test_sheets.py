"""Data sheets: every column of every layout is read or listed as ignored, and what is read is used."""

import re
from pathlib import Path

import pyarrow as pa
import pytest

from detente.errors import FeedError
from detente.feeds import (
    FEEDS,
    FeedRead,
    acled,
    feed_sheet,
    feed_sheets,
    gdelt,
    gdelt_mentions,
    icews,
    phoenix,
    polecat,
    ucdp_ged,
)
from detente.feeds.assertions import broken_assertions
from detente.model.tables import QUARANTINE, REPORTS

MAPPED = {
    "acled": acled._MAPPED,
    "gdelt": gdelt._EVENTS,
    "gdelt-reduced": gdelt._REDUCED,
    "gdelt-mentions": gdelt_mentions._MENTIONS,
    "icews": icews._MAPPED,
    "phoenix": phoenix._MAPPED,
    "polecat": polecat._MAPPED,
    "ucdp-ged": ucdp_ged._MAPPED,
}


@pytest.mark.parametrize("name", feed_sheets())
def test_a_sheet_says_who_what_and_on_what_terms(name):
    sheet = feed_sheet(name)
    for text in (sheet.title, sheet.publisher, sheet.licence, sheet.coverage, sheet.codebook, sheet.cite, sheet.coder):
        assert text.strip()
    assert isinstance(sheet.redistribution, bool)
    assert set(sheet.assertions.fill) <= set(REPORTS.names)


def test_every_feed_has_a_sheet():
    assert {*FEEDS, "own"} == set(feed_sheets())


@pytest.mark.parametrize("name", feed_sheets())
def test_every_column_is_read_or_ignored_and_never_both(name):
    sheet = feed_sheet(name)
    assert not set(sheet.becomes) & set(sheet.ignored)
    for layout in sheet.layouts:
        assert set(layout.columns) <= set(sheet.columns)
        assert len(set(layout.columns)) == len(layout.columns)
    assert set(sheet.needed) <= set(sheet.becomes)
    widths = [len(layout.columns) for layout in sheet.layouts]
    assert len(set(widths)) == len(widths)


@pytest.mark.parametrize("name", MAPPED)
def test_a_column_that_is_read_stands_in_an_expression_and_an_ignored_one_in_none(name):
    sheet, mapped = feed_sheet(name), MAPPED[name]
    words = " ".join([*mapped.expressions.values(), mapped.joins, mapped.unmapped, *(c.wrong for c in mapped.checks)])
    for part in mapped.parts:
        said = " ".join([*part.expressions.values(), part.source, part.unmapped or ""])
        words += f" {' '.join(column for used in part.uses.values() for column in used)} {said}"
        if not part.names:
            assert all(f'"{column}"' in said for used in part.uses.values() for column in used)
    actors = {f"Actor{n}{part}" for n in (1, 2) for part in ("CountryCode", "KnownGroupCode", "EthnicCode",
              "Religion1Code", "Type1Code", "Type2Code", "Type3Code")}  # fmt: skip
    sides = actors | {"Source Sectors", "Target Sectors", "Source Country", "Target Country"}
    for column in sheet.becomes:
        assert column in sides or re.search(rf"(?<!\w){re.escape(column)}(?!\w)", words), column
    for column in sheet.ignored:
        assert not re.search(rf'"{re.escape(column)}"|e\.{re.escape(column)}\b', words), column


def test_sets_have_the_sheet_of_their_feed_and_strangers_none():
    assert feed_sheet("keds/gulf").name == "keds"
    with pytest.raises(FeedError, match="no data sheet"):
        feed_sheet("copdab")


def test_acled_stays_home_and_gdelt_may_be_passed_on():
    assert not feed_sheet("acled").redistribution
    assert feed_sheet("gdelt").redistribution


def test_an_assertion_that_does_not_hold_is_said():
    nothing = FeedRead(REPORTS.empty_table(), QUARANTINE.empty_table(), (), {}, (), {})
    assert broken_assertions(nothing, feed_sheet("gdelt")) == ()
    rows = [{"report_id": str(i), "context": [], "issue": []} for i in range(1000)]

    from detente.feeds import FeedFile, FeedPart

    part = FeedPart(FeedFile(Path("x"), ""), 0, "", 1000, 0, True)
    empty = FeedRead(pa.Table.from_pylist(rows, schema=REPORTS), QUARANTINE.empty_table(), (part,), {}, (), {})
    said = broken_assertions(empty, feed_sheet("gdelt"))
    assert any("date_start is filled in 0 of 1,000" in line for line in said)
