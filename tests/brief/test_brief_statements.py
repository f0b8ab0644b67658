"""What a brief says, and that all of it can be followed back."""

from dataclasses import replace
from datetime import date

import pytest

from detente.brief import BriefInputs, compose_brief
from detente.brief.hedging import verdict
from detente.brief.language import load_language
from detente.brief.statements import by_query
from detente.brief.tables import contrast
from detente.errors import DataError
from detente.model import SECTIONS, Brief, Estimate, Exchange, LedgerResult

CHOSEN_WORDS = "chosen by someone who knew the story"


def texts(brief: Brief, section: str) -> list[str]:
    return [item.text for item in brief.statements if item.section == section]


def unsupported(brief: Brief) -> list[str]:
    known = {event.event_id for event in brief.events}
    return [
        item.text
        for item in brief.statements
        if not (item.evidence or item.query) or not set(item.evidence) <= known or item.section not in SECTIONS
    ]


@pytest.mark.parametrize("kind", ["chosen_brief", "feed_brief"])
def test_every_statement_has_evidence_or_a_query(kind: str, request: pytest.FixtureRequest) -> None:
    brief: Brief = request.getfixturevalue(kind)
    assert unsupported(brief) == []
    assert len(brief.statements) > 15


def test_the_walk_sees_a_statement_without_evidence(chosen_brief: Brief) -> None:
    bare = replace(chosen_brief.statements[0], evidence=(), query="")
    lost = replace(chosen_brief.statements[0], evidence=("nowhere",))
    assert len(unsupported(replace(chosen_brief, statements=(bare, lost)))) == 2


def test_a_statement_without_evidence_is_refused() -> None:
    with pytest.raises(DataError, match="no evidence and no query"):
        by_query("findings", "Everything got worse.", "", 0)


@pytest.mark.parametrize("kind", ["chosen_brief", "feed_brief"])
def test_findings_are_few_and_short(kind: str, request: pytest.FixtureRequest) -> None:
    found = texts(request.getfixturevalue(kind), "findings")
    assert 5 <= len(found) <= 10
    assert max(map(len, found)) <= 220


def test_findings_stay_short_with_long_names_and_quotes(chosen_inputs: BriefInputs) -> None:
    long = "The Independent Federation of Very Long Country Names and Surroundings"
    events = tuple(
        replace(event, evidence=tuple(replace(item, quote="word " * 200) for item in event.evidence))
        for event in chosen_inputs.events
    )
    inputs = replace(chosen_inputs, names={"RUS": long, "JPN": long[::-1]}, events=events)
    brief = compose_brief(inputs)
    assert max(map(len, texts(brief, "findings"))) <= 220
    assert "word word" in " ".join(texts(brief, "findings"))


def test_a_chosen_record_says_so_and_gives_no_estimate(chosen_brief: Brief) -> None:
    said = " ".join(item.text for item in chosen_brief.statements)
    assert CHOSEN_WORDS in said
    assert "no test and no estimate" in said
    assert "measure the choosing" in said
    assert "detente import icews PATH" in said
    for word in (" rose", " fell", "interval", "effect of the shock", "caused"):
        assert word not in said


def test_a_chosen_record_is_told_in_acts(chosen_brief: Brief) -> None:
    found = " ".join(texts(chosen_brief, "findings"))
    assert "88% (8 acts" in found
    assert "50% before (2" in found
    assert "27 February 2022: “Japan would freeze the assets of President Putin.”" in found
    assert "3,500 soldiers" in found
    assert "still signed the salmon quota of 2022" in found
    assert "19 days later" in found


def test_the_numbers_are_those_of_the_results(chosen_inputs: BriefInputs) -> None:
    before, after = chosen_inputs.description.periods  # type: ignore[union-attr]
    changed = replace(after, conflict_share=0.25)
    description = replace(chosen_inputs.description, periods=(before, changed))  # type: ignore[type-var]
    found = texts(compose_brief(replace(chosen_inputs, description=description)), "findings")
    assert "is far less conflictual" in found[0]
    assert "25% (8 acts" in found[0]


def test_turns_count_only_from_the_shock_on(chosen_brief: Brief) -> None:
    signed = next(item for item in chosen_brief.statements if item.text.startswith("Still signed"))
    assert signed.evidence == ("e8",)  # e2 was signed before


def test_months_and_years_are_never_made_days(chosen_brief: Brief) -> None:
    timeline = texts(chosen_brief, "timeline")
    assert any(line.startswith("March 2022: Russia → Japan, military move.") for line in timeline)
    assert any(line.startswith("2022: Russia → Japan, military move.") for line in timeline)


def test_what_is_planned_is_shown_with_its_status_and_not_counted(chosen_brief: Brief) -> None:
    assert any("promise or agreement (planned)" in line for line in texts(chosen_brief, "timeline"))
    assert any("1 future" in line for line in texts(chosen_brief, "unknown"))


def test_an_act_whose_year_holds_the_shock_is_not_placed(chosen_brief: Brief) -> None:
    unplaced = next(item for item in chosen_brief.statements if "cannot be placed" in item.text)
    assert unplaced.evidence == ("e10",)


def test_exchanges_give_the_sources_word_and_days(chosen_brief: Brief) -> None:
    (line,) = texts(chosen_brief, "exchanges")
    assert line.startswith("8 April 2022, Japan → Russia: “Japan expelled eight Russian diplomats over Ukraine.”")
    assert "Russia, 19 days later, 27 April 2022" in line
    assert "The source ties the two: “in answer”." in line


def test_no_exchange_is_a_statement_too(chosen_inputs: BriefInputs) -> None:
    description = replace(chosen_inputs.description, exchanges=())  # type: ignore[type-var]
    (line,) = texts(compose_brief(replace(chosen_inputs, description=description)), "exchanges")
    assert "none is inferred from order in time" in line


def test_an_answer_to_an_act_outside_the_record(chosen_inputs: BriefInputs) -> None:
    lone = replace(chosen_inputs.description, exchanges=(Exchange("e9", None, "in answer", None),))  # type: ignore[type-var]
    (line,) = texts(compose_brief(replace(chosen_inputs, description=lone)), "exchanges")
    assert "that this record does not hold" in line


def test_an_empty_ledger_says_that_nothing_stands(chosen_inputs: BriefInputs) -> None:
    empty = LedgerResult(chosen_inputs.dyad, date(2022, 12, 31), None, (), 11)
    assert texts(compose_brief(replace(chosen_inputs, ledger=empty)), "ledger")[0].startswith("0 measures in force")


def test_a_feed_gives_change_interval_p_and_n(feed_brief: Brief) -> None:
    first = texts(feed_brief, "findings")[0]
    assert first.startswith("Change at the date, 24 February 2022: acts of conflict between Russia and Japan rose")
    assert "from 2.5 to 8" in first
    assert "+5.5 acts per month (90% interval +2 to +9.25; p 0.04" in first


def test_an_interval_that_holds_zero_is_no_clear_change(feed_brief: Brief) -> None:
    line = next(text for text in texts(feed_brief, "impact") if "Russia → Japan" in text)
    assert "no clear change" in line


def test_estimates_that_disagree_are_said_to(feed_brief: Brief) -> None:
    assert any("they disagree on the sign" in text for text in texts(feed_brief, "findings"))


def test_effect_is_said_only_of_an_outside_shock_against_a_counterfactual(feed_inputs: BriefInputs) -> None:
    def first(shocker: str | None, estimator: str) -> str:
        impact = feed_inputs.impact
        assert impact is not None
        rows = (replace(impact.results[0], estimator=estimator),)
        impact = replace(impact, shocker=shocker, results=rows)
        return texts(compose_brief(replace(feed_inputs, shocker=shocker, impact=impact)), "findings")[0]

    assert first("USA", "synthetic control").startswith("Effect of the shock")
    assert first("USA", "before-after").startswith("Change at the date")
    assert first("RUS", "synthetic control").startswith("Change at the date")
    assert first(None, "synthetic control").startswith("Change at the date")


def test_too_little_data_is_said(feed_inputs: BriefInputs) -> None:
    impact = replace(feed_inputs.impact, results=(), range=None, notes=("11 events before the shock: no estimate",))  # type: ignore[type-var]
    found = texts(compose_brief(replace(feed_inputs, impact=impact)), "findings")
    assert found[0] == "No estimate: 11 events before the shock: no estimate"


def test_a_feed_counts_its_index_not_the_events_shown(feed_brief: Brief) -> None:
    last = next(text for text in texts(feed_brief, "findings") if "Counts are of reports" in text)
    assert "165 events of the pair" in last  # 12 months of 3 + 2 (two of them missing), 11 of 8 + 2


@pytest.mark.parametrize(
    ("effect", "low", "high", "p_value", "words"),
    [
        (2.0, 1.0, 3.0, 0.05, "rose"),
        (-2.0, -3.0, -1.0, 0.01, "fell"),
        (2.0, 1.0, 3.0, 0.051, "probably rose"),
        (-2.0, -3.0, -1.0, 0.1, "probably fell"),
        (-2.0, -3.0, -1.0, 0.3, "may have fallen"),
        (2.0, 1.0, 3.0, None, "may have risen"),
        (2.0, -0.1, 3.0, 0.001, "no clear change"),
        (2.0, 0.0, 3.0, None, "no clear change"),
    ],
)
def test_the_words_of_a_change(effect: float, low: float, high: float, p_value: float | None, words: str) -> None:
    assert verdict(load_language("en"), effect, low, high, p_value) == words


def test_the_words_of_a_contrast() -> None:
    words = load_language("en").messages
    assert words[f"contrast.{contrast(0.5, 0.76)}"] == "is far more conflictual"
    assert words[f"contrast.{contrast(0.5, 0.38)}"] == "is less conflictual"
    assert words[f"contrast.{contrast(0.5, 0.55)}"] == "is about as conflictual"


def test_a_period_without_a_value_is_no_peak(feed_inputs: BriefInputs) -> None:
    index = feed_inputs.index
    assert index is not None
    empty = replace(index.rows[0], conflict_volume=Estimate(None, None, None))
    brief = compose_brief(replace(feed_inputs, index=replace(index, rows=(empty, *index.rows[1:]))))
    assert "highest at 8 acts" in brief.figures[0].title
