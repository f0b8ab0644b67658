"""Scores are what counting by hand gives; matching is one-to-one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.evaluation import GoldEvent, score_events
from detente.evaluation.matching import match_events
from detente.model import Evidence, Report, parse_partial_date


def test_counts_by_hand(gold_event, report):
    gold = [
        gold_event("RUS", "JPN", "ACCUSE"),
        gold_event("RUS", "JPN", "MOBILIZE"),
        gold_event("JPN", "RUS", "SANCTION", document="d2"),
    ]
    reports = [
        report("RUS", "JPN", "ACCUSE"),
        report("RUS", "JPN", "ACCUSE"),  # the same act once more: one of the two is false
        report("JPN", "RUS", "SANCTION", document="d2"),
        report("RUS", "JPN", "SANCTION", document="d2"),
    ]
    score = score_events(gold, reports)
    assert (score.n_gold, score.n_reports, score.n_matched, score.n_documents) == (3, 4, 2, 2)
    assert score.precision.value == pytest.approx(2 / 4)
    assert score.recall.value == pytest.approx(2 / 3)
    assert score.f1.value == pytest.approx(4 / 7)
    rows = {row.event_type: (row.gold, row.found, row.reported, row.right) for row in score.per_type}
    assert rows == {"ACCUSE": (1, 1, 2, 1), "MOBILIZE": (1, 0, 0, 0), "SANCTION": (1, 1, 2, 1)}


def test_order_matters_unless_the_gold_is_symmetric(gold_event, report):
    reports = [report("JPN", "RUS", "CONSULT")]
    assert score_events([gold_event("RUS", "JPN", "CONSULT")], reports).n_matched == 0
    assert score_events([gold_event("RUS", "JPN", "CONSULT", symmetric=True)], reports).n_matched == 1


def test_any_acceptable_type_is_right_and_is_the_row_it_counts_in(gold_event, report):
    gold = [gold_event("RUS", "JPN", "CONCEDE", "RETREAT")]
    score = score_events(gold, [report("RUS", "JPN", "RETREAT")])
    assert [(row.event_type, row.found, row.right) for row in score.per_type] == [("RETREAT", 1, 1)]


def test_quad_is_looser_than_type(gold_event, report):
    gold = [gold_event("RUS", "JPN", "MOBILIZE")]
    reports = [report("RUS", "JPN", "COERCE")]
    assert score_events(gold, reports, match=("pair", "type")).n_matched == 0
    score = score_events(gold, reports, match=("pair", "quad"))
    assert score.n_matched == 1
    assert [(row.event_type, row.gold, row.reported) for row in score.per_type] == [
        ("COERCE", 0, 1),
        ("MOBILIZE", 1, 0),
    ]


def test_optional_gold_is_neither_missed_nor_false(gold_event, report):
    gold = [gold_event("RUS", "JPN", "ACCUSE"), gold_event("RUS", "JPN", "THREATEN", optional=True)]
    without = score_events(gold, [report("RUS", "JPN", "ACCUSE")])
    with_it = score_events(gold, [report("RUS", "JPN", "ACCUSE"), report("RUS", "JPN", "THREATEN")])
    assert without.values() == with_it.values() == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert (without.n_optional, with_it.n_optional) == (0, 1)


def test_a_required_event_takes_the_report_before_an_optional_one(gold_event, report):
    gold = [gold_event("RUS", "JPN", "ACCUSE", optional=True), gold_event("RUS", "JPN", "ACCUSE")]
    assert score_events(gold, [report("RUS", "JPN", "ACCUSE")]).recall.value == 1.0


def test_documents_are_kept_apart(gold_event, report):
    score = score_events([gold_event("RUS", "JPN", "AID")], [report("RUS", "JPN", "AID", document="d9")])
    assert (score.n_matched, score.n_gold, score.n_reports) == (0, 1, 1)


def test_gold_of_one_text_fits_reports_of_any_document(gold_event, report):
    gold = [gold_event("RUS", "JPN", "AID", document=None)]
    assert score_events(gold, [report("RUS", "JPN", "AID", document="article")]).n_matched == 1


def test_scope_pairs_sets_other_pairs_aside(gold_event, report):
    gold = [gold_event("RUS", "JPN", "AID")]
    reports = [report("RUS", "JPN", "AID"), report("RUS", "UKR", "ASSAULT"), report("JPN", "RUS", "ACCUSE")]
    wide, narrow = score_events(gold, reports), score_events(gold, reports, scope="pairs")
    assert (wide.n_reports, wide.n_outside) == (3, 0)
    assert (narrow.n_reports, narrow.n_outside) == (2, 1)


@pytest.mark.parametrize(
    ("date", "fits"),
    [("2022-03", True), ("2022-03-07", True), ("2022", False), ("2022-04", False), (None, False)],
)
def test_date_must_lie_inside_the_gold_date(gold_event, report, date, fits):
    gold = [gold_event("RUS", "JPN", "AID", date=parse_partial_date("2022-03"))]
    reports = [report("RUS", "JPN", "AID", date=date)]
    assert score_events(gold, reports, match=("pair", "date")).n_matched == fits


def test_status_and_sentence_and_sector_can_be_asked_for(gold_event, report):
    gold = [
        gold_event(
            "RUS",
            "JPN",
            "AID",
            statuses=("future",),
            sentences=("Russia will “send” aid",),
            source_sector="GOV",
        )
    ]
    same = report("RUS", "JPN", "AID", status="future", quote='russia will "send"')
    for criterion, other in [
        ("status", report("RUS", "JPN", "AID", quote='Russia will "send" aid')),
        ("sentence", report("RUS", "JPN", "AID", status="future", quote="Japan thanked Russia")),
        ("sector", report("RUS", "JPN", "AID", status="future", source_sector="MIL")),
        ("symmetric", report("RUS", "JPN", "AID", status="future", symmetric=True)),
    ]:
        assert score_events(gold, [same], match=("pair", criterion)).n_matched == 1
        assert score_events(gold, [other], match=("pair", criterion)).n_matched == 0


def test_unknown_criterion_is_refused(gold_event):
    with pytest.raises(InputError, match="match has mood: choose from pair, type"):
        score_events([gold_event("RUS", "JPN", "AID")], [], match=("pair", "mood"))
    with pytest.raises(InputError, match="match has nothing"):
        score_events([gold_event("RUS", "JPN", "AID")], [], match=())


def test_one_document_or_none_gives_no_interval(gold_event, report):
    score = score_events([gold_event("RUS", "JPN", "AID")], [report("RUS", "JPN", "AID")])
    assert (score.f1.value, score.f1.low, score.f1.high) == (1.0, None, None)
    empty = score_events([], [])
    assert (empty.f1.value, empty.n_documents, empty.per_type) == (None, 0, ())


def test_nothing_reported_has_no_precision(gold_event):
    gold = [gold_event("RUS", "JPN", "AID", document=name) for name in ("a", "b")]
    score = score_events(gold, [])
    assert score.precision.value is None
    assert score.values() == {"recall": 0.0, "f1": 0.0}


def build(outcomes):
    """Documents with one gold event each: found, missed, or found with a false report beside it."""
    gold, reports = [], []
    for place, outcome in enumerate(outcomes):
        name = f"d{place}"
        gold.append(GoldEvent("RUS", "JPN", ("AID",), document_id=name))
        types = {"found": ["AID"], "missed": [], "both": ["AID", "ACCUSE"]}[outcome]
        evidence = (Evidence(name, 0, 1, "x"),)
        reports += [Report(f"{name}{kind}", "RUS", "JPN", kind, evidence=evidence) for kind in types]
    return gold, reports


@given(st.lists(st.sampled_from(["found", "missed", "both"]), min_size=2, max_size=40), st.integers(0, 99))
def test_intervals_hold_their_value_and_repeat_with_the_seed(outcomes, seed):
    gold, reports = build(outcomes)
    score = score_events(gold, reports, seed=seed, n_resamples=300)
    assert score == score_events(gold, reports, seed=seed, n_resamples=300)
    for estimate in (score.recall, score.f1):
        assert 0 <= estimate.low <= estimate.high <= 1
    assert score.n_matched == sum(outcome != "missed" for outcome in outcomes)
    assert score.n_reports - score.n_matched == outcomes.count("both")


def test_interval_has_the_width_of_the_binomial():
    gold, reports = build(["found"] * 50 + ["missed"] * 50)
    recall = score_events(gold, reports, seed=1, n_resamples=4000).recall
    half_width = 1.645 * (0.5 * 0.5 / 100) ** 0.5
    assert recall.low == pytest.approx(0.5 - half_width, abs=0.015)
    assert recall.high == pytest.approx(0.5 + half_width, abs=0.015)


edges = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)))


@given(edges, st.sets(st.integers(0, 4)))
def test_matching_is_one_to_one_and_as_large_as_can_be(fits, optional):
    gold = [GoldEvent(f"g{n}", "X", ("AID",), optional=n in optional) for n in range(5)]
    reports = [Report(f"r{n}") for n in range(5)]
    pairs = match_events(gold, reports, lambda g, r: (int(g.source_country[1]), int(r.report_id[1])) in fits)
    assert set(pairs) <= fits
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert len(pairs) == largest(fits, range(5))
    required = [row for row in range(5) if row not in optional]
    assert sum(row in required for row, _ in pairs) == largest(fits, required)


def largest(fits, rows, used=frozenset()):
    """Size of the largest matching, by trying everything."""
    if not rows:
        return 0
    first, rest = rows[0], rows[1:]
    free = [column for row, column in fits if row == first and column not in used]
    return max([largest(fits, rest, used), *(1 + largest(fits, rest, used | {column}) for column in free)])
