"""What stands on a day."""

from dataclasses import replace
from datetime import date

from detente.measure.ledger import measures_in_force
from detente.model import Dyad, Event, Evidence, LedgerEntry, Quantity, Report, parse_partial_date

DYAD = Dyad("RUS", "JPN")
LATER = date(2023, 12, 31)


def event(key: str, day: str | None, source: str, event_type: str, quote: str, **more: object) -> Event:
    span = parse_partial_date(day, "text") if day else None
    evidence = (Evidence("doc-" + key, 0, len(quote), quote),) if quote else ()
    fields: dict[str, object] = {
        "source_text": "Russia" if source == "RUS" else "Japan",
        "target_text": "Tokyo" if source == "RUS" else "Moscow",
        "date_start": span and span.start,
        "date_end": span and span.end,
        "date_precision": span.precision if span else "unknown",
        **more,
    }
    target = "JPN" if source == "RUS" else "RUS"
    report = Report("r-" + key, source, target, event_type, evidence=evidence, **fields)  # type: ignore[arg-type]
    return Event(key, report, ("r-" + key,), evidence)


def entries(*events: Event, as_of: date = LATER, **options: object) -> tuple[LedgerEntry, ...]:
    return measures_in_force(events, DYAD, as_of, **options).entries  # type: ignore[arg-type]


OIL = event("oil", "2022-05-08", "JPN", "SANCTION", "Japan banned imports of crude oil from Russia.")
BANKS = event("banks", "2022-03-03", "JPN", "SANCTION", "Japan froze the assets of four commercial banks.")
PACT = event("pact", "2012-01-28", "RUS", "SUPPORT", "Russia and Japan signed a pact on crab fishing.", symmetric=True)
ACCESS = event(
    "halt", "2022-06-07", "RUS", "SANCTION", "Russia suspended the pact on crab fishing, citing unpaid money."
)


def test_a_sanction_stands_in_its_own_words():
    (entry,) = entries(OIL)
    assert (entry.kind, entry.by, entry.against, entry.status) == ("sanction", "JPN", "RUS", "in force")
    assert entry.what == "banned imports of crude oil from Russia"
    assert (entry.since, entry.until, entry.known_since) == (date(2022, 5, 8), None, date(2022, 5, 8))
    assert entry.evidence == ("oil",)


def test_nothing_stands_before_it_was_done():
    assert entries(OIL, as_of=date(2022, 5, 7)) == ()
    assert len(entries(OIL, as_of=date(2022, 5, 8))) == 1


def test_a_month_dated_act_stands_from_the_end_of_its_month():
    april = event("mfn", "2022-04", "JPN", "SANCTION", "Japan revoked the trade status of Russia.")
    assert entries(april, as_of=date(2022, 4, 29)) == ()
    assert len(entries(april, as_of=date(2022, 4, 30))) == 1
    result = measures_in_force((april,), DYAD, LATER)
    assert any("no closer than 2022-04-01 to 2022-04-30" in note for note in result.notes)


def test_lifting_ends_the_measure_on_the_same_object_only():
    lift = event("lift", "2023-02-01", "JPN", "RETREAT", "Japan lifted the ban on imports of crude oil.")
    found = {entry.evidence[0]: entry for entry in entries(OIL, BANKS, lift)}
    assert (found["oil"].status, found["oil"].until) == ("ended", date(2023, 2, 1))
    assert found["oil"].evidence == ("oil", "lift")
    assert found["banks"].status == "in force"
    assert {entry.status for entry in entries(OIL, BANKS, lift, as_of=date(2023, 1, 31))} == {"in force"}


def test_one_side_cannot_lift_what_the_other_imposed():
    lift = event("lift", "2023-02-01", "RUS", "RETREAT", "Russia lifted the ban on imports of crude oil.")
    assert entries(OIL, lift)[0].status == "in force"


def test_a_lifting_that_fits_no_entry_ends_nothing_and_is_told():
    lift = event("lift", "2023-02-01", "JPN", "RETREAT", "Japan lifted most of its sanctions.")
    result = measures_in_force((OIL, BANKS, lift), DYAD, LATER)
    assert {entry.status for entry in result.entries} == {"in force"}
    assert any("not known (2023-02-01): lifted most of its sanctions" in note for note in result.notes)


def test_lifting_all_sanctions_ends_all_of_that_side():
    lift = event("lift", "2023-02-01", "JPN", "RETREAT", "Japan lifted all sanctions.")
    other = event("list", "2022-03-07", "RUS", "SANCTION", "Russia blacklisted officials.")
    found = {entry.evidence[0]: entry.status for entry in entries(OIL, BANKS, other, lift)}
    assert found == {"oil": "ended", "banks": "ended", "list": "in force"}


def test_a_suspended_agreement_is_one_entry_with_both_acts():
    (before,) = entries(PACT, as_of=date(2022, 1, 1))
    assert (before.kind, before.status, before.what) == ("agreement", "in force", "a pact on crab fishing")
    (after,) = entries(PACT, ACCESS)
    assert (after.kind, after.status, after.by) == ("agreement", "suspended", "RUS")
    assert after.what == "a pact on crab fishing"  # the shorter of its two names
    assert (after.since, after.evidence) == (date(2022, 6, 7), ("pact", "halt"))


def test_an_agreement_broken_off_that_the_record_never_saw_signed():
    end = event("end", "2022-09-05", "RUS", "SANCTION", "Russia revoked the accord on island visits.")
    (entry,) = entries(end)
    assert (entry.status, entry.since, entry.until) == ("ended", None, date(2022, 9, 5))


def test_talks_broken_off_stand_suspended_until_resumed():
    off = event("off", "2022-03-21", "RUS", "SANCTION", "Russia broke off talks on joint island projects.")
    on = event("on", "2023-03-21", "RUS", "AGREE", "Russia resumed talks on joint island projects.")
    (entry,) = entries(off)
    assert (entry.kind, entry.status, entry.what) == ("talks", "suspended", "talks on joint island projects")
    (entry,) = entries(off, on)
    assert (entry.status, entry.until) == ("ended", date(2023, 3, 21))


def test_a_protest_at_a_suspension_opens_nothing():
    assert entries(event("p", "2022-06-08", "JPN", "ACCUSE", "Japan protested at the suspended pact.")) == ()


def test_an_expulsion_is_a_done_act():
    result = measures_in_force(
        (event("x", "2022-04-08", "JPN", "SANCTION", "Japan expelled eight diplomats."),), DYAD, LATER
    )
    assert result.entries == ()
    (entry,) = result.beside
    assert (entry.kind, entry.status) == ("expulsion", "ended")
    assert entry.since == entry.until == date(2022, 4, 8)


def test_a_meeting_called_off_is_no_standing_measure():
    assert entries(event("off", "2013-04-22", "JPN", "SANCTION", "Japan called off a trip to Sochi.")) == ()


def test_an_agreement_that_a_side_left_has_ended():
    left = event("left", "2023-07-17", "RUS", "SANCTION", "Russia left the pact on crab fishing.")
    (entry,) = entries(PACT, left)
    assert (entry.status, entry.since, entry.until) == ("ended", date(2012, 1, 28), date(2023, 7, 17))


def test_a_deployment_stands_and_a_drill_does_not():
    post = event("post", "2020-12-01", "RUS", "MOBILIZE", "Russia deployed Bal missiles to the Kurils.")
    drill = event("drill", "2022-03-25", "RUS", "MOBILIZE", "Russia deployed 3,000 troops for a drill.")
    back = event("back", "2023-05-01", "RUS", "RETREAT", "Russia withdrew Bal missiles from the Kurils.")
    (entry,) = entries(post, drill)
    assert (entry.kind, entry.what) == ("deployment", "Bal missiles to the Kurils")
    assert entries(post, back)[0].status == "ended"


def test_restrictions_stand_and_detentions_do_not():
    decree = event("decree", "2022-06-30", "RUS", "COERCE", "Russia put the gas project under a new operator.")
    boat = event("boat", "2021-05-28", "RUS", "COERCE", "Russia seized a trawler.", mode="seize")
    (entry,) = entries(decree, boat)
    assert (entry.kind, entry.evidence) == ("restriction", ("decree",))


def test_planned_measures_are_announced_until_carried_out():
    plan = event("plan", "2022-03-16", "JPN", "SANCTION", "Japan will ban imports of crude oil.", status="future")
    published = {"doc-plan": date(2022, 3, 16)}
    (entry,) = entries(plan, published=published)
    assert (entry.status, entry.known_since) == ("announced", date(2022, 3, 16))
    (entry,) = entries(plan, OIL, published=published)
    assert (entry.status, entry.since, entry.evidence) == ("in force", date(2022, 5, 8), ("plan", "oil"))


def test_denied_alleged_and_conditional_acts_stand_only_as_the_rules_say():
    alleged = replace(OIL, report=replace(OIL.report, status="alleged"))
    denial = replace(OIL, event_id="no", report=replace(OIL.report, status="negated"))
    if_only = replace(OIL, report=replace(OIL.report, status="hypothetical"))
    assert len(entries(alleged)) == 1
    assert entries(alleged, strict=True) == entries(alleged, denial) == entries(if_only) == ()


def test_two_reports_of_one_measure_are_one_entry():
    again = event("again", "2022-05-08", "JPN", "SANCTION", "Tokyo halts crude oil imports.")
    month = event("month", "2022-05", "JPN", "SANCTION", "Japan put a ban on crude oil shipments.")
    (entry,) = entries(OIL, again, month)
    assert set(entry.evidence) == {"oil", "again", "month"}
    assert entry.since == date(2022, 5, 8)  # the exact day is kept, not the month


def test_two_rounds_of_one_kind_stay_two_entries():
    first = event("17", "2022-03-15", "JPN", "SANCTION", "Japan froze the assets of 17 Duma deputies.")
    second = event("398", "2022-04-12", "JPN", "SANCTION", "Japan froze the assets of 398 Duma deputies.")
    assert len(entries(first, second)) == 2
    assert len(entries(OIL, BANKS)) == 2


def test_known_by_leaves_out_what_was_published_later():
    published = {"doc-oil": date(2022, 7, 1)}
    (entry,) = entries(OIL, published=published)
    assert entry.known_since == date(2022, 7, 1)
    assert entries(OIL, published=published, known_by=date(2022, 6, 1)) == ()
    assert len(entries(OIL, known_by=date(2022, 6, 1))) == 1


def test_an_undated_act_stands_once_its_report_is_known():
    post = event("post", None, "RUS", "MOBILIZE", "Russia stationed 320 aircraft in the region.")
    assert entries(post) == ()
    (entry,) = entries(post, published={"doc-post": date(2022, 12, 1)})
    assert (entry.since, entry.known_since) == (None, date(2022, 12, 1))
    assert measures_in_force((post,), DYAD, LATER).acts == 0


def test_a_name_without_words_says_type_issue_and_item():
    bare = event("bare", "2022-05-08", "JPN", "SANCTION", "", issue=("trade",), quantities=(Quantity(1, None, "oil"),))
    assert entries(bare)[0].what == "SANCTION: trade, oil"


def test_a_long_name_is_cut_at_a_word():
    tail = "machines and tools and parts and ships and engines and radios and lenses and so on and so forth"
    (entry,) = entries(event("long", "2022-05-08", "JPN", "SANCTION", f"Japan banned {tail}."))
    assert entry.what.endswith("…")
    assert len(entry.what) <= 90
    assert f"banned {tail}".startswith(entry.what[:-1])
    assert f"banned {tail}"[len(entry.what) - 1] == " "


def test_an_envoy_sent_back_ends_the_recall():
    recall = event("recall", "2010-11-02", "JPN", "SANCTION", "Japan recalled its ambassador in protest at a visit.")
    back = event("back", "2010-11-07", "JPN", "RETREAT", "Tokyo sent the ambassador back after less than a week.")
    (entry,) = entries(recall, back)
    assert (entry.status, entry.until, entry.evidence) == ("ended", date(2010, 11, 7), ("recall", "back"))
