"""Scores as plain text tables."""

from collections.abc import Mapping, Sequence

from detente.evaluation.article import ArticleScore, FoundRow
from detente.evaluation.gold import GoldEvent
from detente.evaluation.score import Score
from detente.model import Estimate, Report


def format_scores(scores: Mapping[str, Score]) -> str:
    """One line a score: precision, recall and F1 with 90 % intervals, and the counts behind them.

    Args:
        scores: Scores by the name to print.

    Returns:
        The table, without a final newline.
    """
    head = (
        "",
        "matched by",
        "precision",
        "recall",
        "F1",
        "gold",
        "reports",
        "matched",
        "optional",
        "outside",
    )
    rows = [
        (
            name,
            "+".join(score.match),
            _interval(score.precision),
            _interval(score.recall),
            _interval(score.f1),
            str(score.n_gold),
            str(score.n_reports),
            str(score.n_matched),
            str(score.n_optional),
            str(score.n_outside),
        )
        for name, score in scores.items()
    ]
    return format_table(head, rows)


def format_types(score: Score) -> str:
    """One line an event type: how much of the gold was found, how much of what was reported is right."""
    head = ("type", "recall", "precision", "gold", "found", "reported", "right")
    rows = [
        (
            row.event_type,
            _number(row.recall),
            _number(row.precision),
            str(row.gold),
            str(row.found),
            str(row.reported),
            str(row.right),
        )
        for row in score.per_type
    ]
    return format_table(head, rows)


def format_article(score: ArticleScore) -> str:
    """Found, missing and outside rows of an article, one a line, with the fields that differ."""
    head = ("", "act", "types", "date", "words", "differs")
    rows = [
        *(_found("found", row) for row in score.found),
        *(("missing", *_gold(row), "") for row in score.missing),
        *(_found("optional", row) for row in score.optional),
        *(_outside(report) for report in score.outside),
    ]
    return format_table(head, rows)


def _found(kind: str, row: FoundRow) -> tuple[str, ...]:
    return (kind, *_gold(row.gold), ", ".join(row.differs) or "nothing")


def _gold(row: GoldEvent) -> tuple[str, ...]:
    return (
        f"{row.source_country}>{row.target_country}",
        "|".join(row.event_types),
        str(row.date),
        row.sentences[0] if row.sentences else "",
    )


def _outside(report: Report) -> tuple[str, ...]:
    quote = report.evidence[0].quote if report.evidence else ""
    act = f"{report.source_country}>{report.target_country}"
    words = " ".join(quote.split()[:6])
    return ("outside", act, str(report.event_type), str(report.date_start or "undated"), words, "")


def _interval(estimate: Estimate) -> str:
    if estimate.value is None:
        return "none"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.3f}-{estimate.high:.3f})"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.3f}"


def format_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A head and rows as text whose columns line up."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows))
    return "\n".join(line.rstrip() for line in lines)
