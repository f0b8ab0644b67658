"""Rows as text that lines up, for terminals and `print`."""

from collections.abc import Sequence
from typing import Any

MAX_WIDTH = 90


def text_table(rows: Sequence[dict[str, Any]], *, max_width: int = MAX_WIDTH) -> str:
    """Rows as a table of plain text; long cells are cut with an ellipsis.

    Examples:
        >>> print(text_table([{"who": "RUS>JPN", "n": 3}]))
        who      n
        RUS>JPN  3
    """
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_text(row.get(name), max_width) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[place]) for line in cells)) for place, name in enumerate(names)]
    lines = [names, *cells]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _text(value: Any, max_width: int) -> str:
    if value is None:
        return ""
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return text if len(text) <= max_width else text[: max_width - 1].rstrip() + "…"
