"""Rows as text that lines up, for terminals and `print`."""

from collections.abc import Sequence
from typing import Any

MAX_WIDTH = 90


def text_table(
    rows: Sequence[dict[str, Any]], *, max_width: int = MAX_WIDTH, widths: Sequence[int] | None = None
) -> str:
    """Rows as a table of plain text; long cells are cut with an ellipsis.

    Args:
        rows: The rows, all with the same columns.
        max_width: Characters of the longest cell.
        widths: Width of each column; None for those the rows need.

    Returns:
        The table, without a final newline.

    Examples:
        >>> print(text_table([{"who": "RUS>JPN", "n": 3}]))
        who      n
        RUS>JPN  3
    """
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_text(row.get(name), max_width) for name in names] for row in rows]
    widths = widths if widths is not None else column_widths(rows, max_width=max_width)
    lines = [names, *cells]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def column_widths(
    rows: Sequence[dict[str, Any]], least: Sequence[int] = (), *, max_width: int = MAX_WIDTH
) -> list[int]:
    """Width of each column of some rows, none below its place in `least`."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    found = [max(len(name), *(len(_text(row.get(name), max_width)) for row in rows)) for name in names]
    return [max(width, low) for width, low in zip(found, [*least] or [0] * len(found), strict=True)]


def _text(value: Any, max_width: int) -> str:
    if value is None:
        return ""
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return text if len(text) <= max_width else text[: max_width - 1].rstrip() + "…"
