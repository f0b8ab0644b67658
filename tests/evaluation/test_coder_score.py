"""A coder scored end to end: what counts as found, what as false, and by which intervals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.documents import read_text
from detente.errors import InputError
from detente.evaluation import GoldAct, GoldDocument, format_coder, score_coder
from detente.model import Evidence, Report

TEXT = "Japan expelled eight Russian diplomats."
DAY = date(2022, 4, 20)


def gold(name: str, *acts: GoldAct, text: str = TEXT, language: str = "en", kind: str = "sentence") -> GoldDocument:
    document = read_text(text, id=name, language=language, parse_layout=False)
    return GoldDocument(document, language, kind, acts)  # type: ignore[arg-type]


def act(source: str = "JPN", target: str = "RUS", kind: str = "SANCTION", **fields) -> GoldAct:
    return GoldAct(source, target, tuple(kind.split("|")), **fields)


def told(name: str, source: str = "JPN", target: str = "RUS", kind: str | None = "SANCTION", **fields) -> Report:
    start, end = fields.pop("span", (0, len(TEXT)))
    evidence = Evidence(name, start, end, TEXT[start:end])
    return Report(
        f"{name}/{source}",
        source_country=source,
        target_country=target,
        event_type=kind,
        evidence=(evidence,),
        **fields,
    )


def score(golds, reports=(), **options):
    coded = {one.document.id: [r for r in reports if r.evidence[0].document_id == one.document.id] for one in golds}
    return score_coder(golds, coded, n_resamples=200, **options)


def rates(found, suffix: str = "") -> tuple[float | None, ...]:
    return tuple(found.all[f"{name}{suffix}"].value for name in ("precision", "recall", "f1"))


def test_found_missed_and_false_are_counted():
    golds = [gold("a", act()), gold("b", act()), gold("c", act())]
    found = score(golds, [told("a"), told("b", kind="AID")])
    assert rates(found) == (1 / 2, 1 / 3, 2 / 5)
    assert (found.all["precision"].n, found.all["recall"].n) == (2, 3)


def test_an_act_is_found_once():
    assert rates(score([gold("a", act())], [told("a"), told("a")])) == (1 / 2, 1.0, 2 / 3)


def test_the_other_way_round_is_another_act_unless_it_is_mutual():
    turned = told("a", "RUS", "JPN")
    assert rates(score([gold("a", act())], [turned]))[2] == 0
    assert rates(score([gold("a", act(symmetric=True))], [turned]))[2] == 1
    mutual = told("a", "RUS", "JPN", symmetric=True)
    assert rates(score([gold("a", act())], [mutual]))[2] == 1


def test_concede_and_retreat_are_apart_unless_the_gold_takes_both():
    retreat = told("a", kind="RETREAT")
    assert rates(score([gold("a", act(kind="CONCEDE"))], [retreat]))[2] == 0
    assert rates(score([gold("a", act(kind="CONCEDE|RETREAT"))], [retreat]))[2] == 1


def test_a_group_is_a_side():
    golds = [gold("a", act("group/hamas", "ISR", "ASSAULT"))]
    report = Report(
        "r", source_actor="group/hamas", target_country="ISR", event_type="ASSAULT", evidence=(Evidence("a", 0, 5, ""),)
    )
    assert rates(score(golds, [report]))[2] == 1


def test_status_and_date_each_have_their_own_rates():
    golds = [gold("a", act(statuses=("future",), days=(DAY, DAY)))]
    found = score(golds, [told("a", status="actual", date_start=DAY, date_end=DAY)])
    assert [rates(found, suffix)[2] for suffix in ("", "_status", "_date")] == [1, 0, 1]


@pytest.mark.parametrize(
    ("days", "start", "end", "right"),
    [
        (None, DAY, DAY, 1),
        ((DAY, DAY), DAY, DAY, 1),
        ((DAY, DAY), None, DAY, 0),
        ((DAY, DAY), date(2022, 4, 1), date(2022, 4, 30), 0),
        ((None, None), None, DAY, 1),
        ((None, None), DAY, DAY, 0),
        ((None, DAY), None, DAY, 1),
        ((None, DAY), None, None, 0),
    ],
)
def test_a_date_is_right_where_both_ends_are(days, start, end, right):
    found = score([gold("a", act(days=days))], [told("a", date_start=start, date_end=end)])
    assert rates(found, "_date")[2] == right


def test_what_agrees_best_is_matched():
    golds = [gold("a", act(statuses=("actual",)), act(statuses=("future",)))]
    found = score(golds, [told("a", status="future"), told("a", status="actual")])
    assert found.all["status_macro_f1"].value == 1


def test_status_is_scored_on_what_was_found():
    golds = [
        gold(name, act(statuses=(status,)))
        for name, status in zip("abcd", ["actual"] * 2 + ["future"] * 2, strict=True)
    ]
    found = score(golds, [told("a"), told("b"), told("c"), told("d", status="future")])
    assert found.all["status_recall_actual"].value == 1
    assert found.all["status_recall_future"].value == 1 / 2
    assert found.all["status_recall_negated"].value is None
    assert found.all["status_macro_f1"].value == pytest.approx((4 / 5 + 2 / 3) / 2)


def test_told_long_after_is_scored_apart():
    golds = [gold(name, act(retrospective=past)) for name, past in (("a", True), ("b", True), ("c", False))]
    found = score(golds, [told("a", retrospective=True), told("b"), told("c", retrospective=True)])
    assert found.all["retrospective_f1"].value == 1 / 2


def test_false_alarms_are_shares_of_sentences_without_an_act():
    golds = [gold("a"), gold("b"), gold("c", act()), gold("d", kind="article")]
    found = score(golds, [told("a"), told("a", kind="AID"), told("d")])
    assert (found.all["false_alarms"].value, found.all["false_alarms"].n) == (1 / 2, 2)


def test_a_report_without_a_type_is_no_event():
    assert score([gold("a")], [told("a", kind=None)]).all["false_alarms"].value == 0


def test_an_optional_act_is_neither_missed_nor_false():
    found = score([gold("a", act(optional=True)), gold("b", act(optional=True))], [told("a")])
    assert rates(found) == (None, None, None)


def test_words_elsewhere_in_an_article_do_not_state_the_act():
    golds = [gold("a", act(quote="Russian diplomats"), kind="article")]
    assert score(golds, [told("a", span=(0, 5))]).all["article_precision"].value == 0
    assert score(golds, [told("a", span=(10, 36))]).all["article_precision"].value == 1


def test_a_quote_that_stands_twice_may_be_either():
    golds = [gold("a", act(quote="an"), text="Japan expelled an envoy", kind="article")]
    assert rates(score(golds, [told("a", span=(0, 5))]))[2] == 1


def test_figures_are_given_by_language_and_type():
    golds = [gold("a", act()), gold("b", act(kind="AID"), language="tr")]
    found = score(golds, [told("a"), told("b", kind="ACCUSE")])
    assert (found.by_language["en"]["f1"].value, found.by_language["tr"]["f1"].value) == (1, 0)
    assert set(found.by_type) == {"AID", "ACCUSE", "SANCTION"}
    assert (found.by_type["AID"]["recall"].value, found.by_type["AID"]["precision"].value) == (0, None)


def test_calibration_error_is_the_gap_of_confidence_and_share_right():
    golds = [gold(name, act()) for name in "abcd"]
    reports = [told("a", confidence=0.95), told("b", confidence=0.93, kind="AID"), told("c", confidence=0.32)]
    found = score(golds, [*reports, told("d")])
    expected = (abs(0.95 + 0.93 - 1) + abs(0.32 - 1)) / 3
    assert found.all["calibration_error"].value == pytest.approx(expected)
    assert found.all["calibration_error"].n == 3


def test_a_coder_without_confidence_has_no_calibration_error():
    assert score([gold("a", act())], [told("a")]).all["calibration_error"].value is None


def test_a_confidence_that_is_none_is_refused():
    with pytest.raises(InputError, match=r"confidence 1\.5 of report a/JPN is no probability"):
        score([gold("a", act())], [told("a", confidence=1.5)])


def test_a_document_that_was_not_coded_is_said():
    with pytest.raises(InputError, match=r"1 of 1 gold documents were not coded \(a\)"):
        score_coder([gold("a", act())], {})


def test_one_document_has_no_interval():
    found = score([gold("a", act())], [told("a")])
    assert (found.all["f1"].low, found.all["f1"].high) == (None, None)


def test_intervals_hold_the_figure_and_go_with_the_seed():
    golds = [gold(f"d{number}", act()) for number in range(40)]
    reports = [told(f"d{number}", kind="SANCTION" if number % 3 else "AID") for number in range(40)]
    first, again, other = (score(golds, reports, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.all["f1"] != other.all["f1"]
    assert first.all["f1"].low < first.all["f1"].value < first.all["f1"].high


def test_intervals_are_those_of_a_share():
    """Of 400 documents with 100 found, the 90 % interval is that of the binomial: 0.25 ± 0.036."""
    golds = [gold(f"d{number}", act()) for number in range(400)]
    found = score_coder(golds, {g.document.id: [told(g.document.id)] if n < 100 else [] for n, g in enumerate(golds)})
    assert found.all["recall"].low == pytest.approx(0.25 - 0.0356, abs=0.006)
    assert found.all["recall"].high == pytest.approx(0.25 + 0.0356, abs=0.006)


KINDS = st.sampled_from(["AID", "SANCTION"])
STATUSES = st.sampled_from(["actual", "future"])


@given(st.lists(st.tuples(KINDS, STATUSES), max_size=4), st.lists(st.tuples(KINDS, STATUSES), max_size=4), st.randoms())
def test_the_order_of_reports_changes_nothing(acts, reports, random):
    golds = [gold("a", *(act(kind=kind, statuses=(status,)) for kind, status in acts))]
    coded = [told("a", kind=kind, status=status) for kind, status in reports]
    shuffled = random.sample(coded, len(coded))
    first, second = score(golds, coded), score(golds, shuffled)
    assert first.tables() == second.tables()
    f1, with_status = first.all["f1"].value, first.all["f1_status"].value
    assert f1 is None or 0 <= with_status <= f1 <= 1


def test_the_table_has_a_column_a_language_and_a_line_a_type():
    golds = [gold("a", act()), gold("b", act(kind="AID"), language="tr")]
    text = format_coder(score(golds, [told("a")]))
    assert text.splitlines()[0].split() == ["all", "n", "en", "n", "tr", "n"]
    assert "calibration_error" in text
    assert "\nSANCTION" in text
