"""Briefs in Python: one brief in three forms, the same bytes from the same store."""

import json
import os
import subprocess
import sys

import pytest

import detente as dt
from detente.errors import DataError

FORMS = ("html", "md", "json")
MAKE = (
    "import sys, detente as dt\n"
    "brief = dt.open(sys.argv[1]).dyad('RUS', 'JPN').brief('2022-04-20')\n"
    "sys.stdout.buffer.write(brief.render(sys.argv[2]).encode())\n"
)


@pytest.mark.parametrize("form", FORMS)
def test_saved_is_what_is_rendered(dyad, homes, form):
    brief = dyad.brief("2022-04-20")
    saved = brief.save(homes / f"brief.{form}")
    assert saved.read_text(encoding="utf-8") == brief.render(form)
    assert "expelled eight Russian diplomats" in brief.render(form)


@pytest.mark.parametrize("form", FORMS)
def test_made_twice_it_is_the_same_byte_for_byte(filled, form):
    first, second = (dt.open(filled.tables.path).dyad("Россия", "Japonya").brief("2022-04-20") for _ in range(2))
    assert first.render(form).encode() == second.render(form).encode()


def test_another_process_makes_the_same_bytes(filled, dyad):
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-W", "ignore", "-c", MAKE, str(filled.tables.path), "html"]
    made = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert made.stdout == dyad.brief("2022-04-20").render("html").encode()


def test_every_statement_leads_to_events_or_a_query(dyad):
    brief = json.loads(dyad.brief("2022-04-20").render("json"))
    known = {event.event_id for event in dyad.events()}
    named = {name for statement in brief["statements"] for name in statement["evidence"]}
    assert named
    assert named <= known
    assert all(statement["evidence"] or statement["query"] for statement in brief["statements"])


def test_a_page_needs_no_network(dyad):
    page = dyad.brief("2022-04-20").render("html")
    assert "<script src" not in page
    assert '<link rel="stylesheet" href="http' not in page
    assert "@import" not in page


def test_markup_in_a_report_stays_text(homes):
    (homes / "bad.txt").write_text(
        "Japan expelled eight Russian diplomats <script>alert(1)</script> on 8 April 2022. "
        "Russia ordered eight Japanese diplomats <img src=x onerror=alert(2)> to leave on 27 April 2022.\n",
        encoding="utf-8",
    )
    store = dt.open(homes / "mine")
    store.add(dt.code(homes / "bad.txt"))
    page = store.dyad("RUS", "JPN").brief("2022-04-08").render("html")
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_findings_print(dyad):
    lines = str(dyad.brief("2022-04-20")).splitlines()
    assert 1 <= len(lines) <= 12


@pytest.mark.data
@pytest.mark.slow
def test_a_brief_on_a_feed_is_the_same_byte_for_byte(keds):
    gulf = keds.dyad("Iraq", "Kuwait")
    first, second = (gulf.brief("1990-08-02") for _ in range(2))
    assert [first.render(form) for form in FORMS] == [second.render(form) for form in FORMS]
    assert "Change at the date" in str(first)


@pytest.mark.data
def test_a_feed_without_the_pair_has_no_brief(keds):
    with pytest.raises(DataError, match="holds no event"):
        keds.dyad("Fiji", "Kuwait").brief("1990-08-02")
