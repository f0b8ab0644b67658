"""A coder's scores as plain text tables."""

from detente.evaluation.coder_score import CoderScore
from detente.evaluation.report import format_table
from detente.evaluation.resampling import Measured


def format_coder(score: CoderScore) -> str:
    """Two tables: a line a figure with a column a language, and a line an event type.

    Args:
        score: The scores.

    Returns:
        The tables, each figure with its 90 % interval and its n, without a final newline.
    """
    groups = {"all": score.all, **(score.by_language if len(score.by_language) > 1 else {})}
    head = ["", *(part for name in groups for part in (name, "n"))]
    rows = [
        [name, *(part for group in groups.values() for part in (_interval(group[name]), str(group[name].n)))]
        for name in score.all
    ]
    figures = ("precision", "recall", "f1")
    types = [
        [name, *(_interval(row[figure]) for figure in figures), str(row["recall"].n), str(row["precision"].n)]
        for name, row in score.by_type.items()
    ]
    return f"{format_table(head, rows)}\n\n{format_table(['type', *figures, 'gold', 'reports'], types)}"


def _interval(found: Measured) -> str:
    if found.value is None:
        return "none"
    if found.low is None or found.high is None:
        return f"{found.value:.3f}"
    return f"{found.value:.3f} ({found.low:.3f}-{found.high:.3f})"
