"""The bundled chronology can be scored on its two fixed parts."""

import pytest

from detente.errors import InputError
from detente.evaluation import evaluate_example, example_gold
from detente.model import Evidence, Report


def perfect(gold):
    return [
        Report(
            report_id=str(place),
            source_country=row.source_country,
            target_country=row.target_country,
            event_type=row.event_types[-1],
            evidence=(Evidence(row.document_id, 0, len(row.sentences[0]), row.sentences[0]),),
        )
        for place, row in enumerate(gold)
    ]


def test_the_parts_share_no_document_and_make_up_the_whole():
    development, held_out = example_gold("development"), example_gold("held_out")
    assert not {row.document_id for row in development} & {row.document_id for row in held_out}
    assert len(development) + len(held_out) == len(example_gold())
    assert all(row.document_id.startswith("example/rus-jpn/") for row in development)
    assert all(row.pair != {"RUS", "JPN"} for row in held_out)


@pytest.mark.parametrize("split", ["development", "held_out", "all"])
def test_the_gold_itself_scores_one(split):
    score = evaluate_example(perfect(example_gold()), split=split, match=("pair", "type", "sentence"))
    assert (score.precision.value, score.recall.value, score.f1.low) == (1.0, 1.0, 1.0)
    assert score.n_gold == len(example_gold(split))


def test_swapped_sides_lose_all_but_the_mutual_acts():
    gold = example_gold("held_out")
    swapped = [
        Report(
            report_id=report.report_id,
            source_country=report.target_country,
            target_country=report.source_country,
            event_type=report.event_type,
            evidence=report.evidence,
        )
        for report in perfect(gold)
    ]
    score = evaluate_example(swapped, match=("pair", "type", "sentence"))
    assert score.n_matched == sum(row.symmetric for row in gold)


def test_the_default_is_the_held_out_part():
    assert evaluate_example([]).n_gold == len(example_gold("held_out"))


def test_an_unknown_part_is_refused():
    with pytest.raises(InputError, match="split 'test' is none of development, held_out, all"):
        example_gold("test")
