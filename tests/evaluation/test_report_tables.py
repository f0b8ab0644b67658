"""Tables of scores line up and print what was scored."""

from detente.evaluation import format_scores, format_types, score_events


def test_scores_print_values_intervals_and_counts(gold_event, report):
    gold = [gold_event("RUS", "JPN", "AID", document=f"d{n}") for n in range(4)]
    reports = [report("RUS", "JPN", "AID", document=f"d{n}") for n in range(3)]
    table = format_scores({"held out": score_events(gold, reports), "nothing": score_events([], [])})
    head, first, second = table.splitlines()
    assert first.split()[:3] == ["held", "out", "pair+type"]
    assert first[head.index("precision") :].startswith("1.000 (1.000-1.000)  0.750 (")
    assert second.split() == ["nothing", "pair+type", "none", "none", "none", "0", "0", "0", "0", "0"]
    assert first.index("0.750") == head.index("recall")


def test_one_document_prints_no_interval(gold_event, report):
    table = format_scores({"x": score_events([gold_event("RUS", "JPN", "AID")], [report("RUS", "JPN", "AID")])})
    assert "(" not in table


def test_types_print_a_line_each(gold_event, report):
    score = score_events([gold_event("RUS", "JPN", "AID")], [report("RUS", "JPN", "ACCUSE")])
    lines = [line.split() for line in format_types(score).splitlines()[1:]]
    assert lines == [
        ["ACCUSE", "none", "0.000", "0", "0", "1", "0"],
        ["AID", "0.000", "none", "1", "0", "0", "0"],
    ]
