"""Data sheets of feeds as objects and text."""

import textwrap
from typing import Any

from detente.feeds import feed_sheet, feed_sheets

_WIDTH = 110


def feed_objects(name: str | None = None) -> list[dict[str, Any]]:
    """Data sheets as plain objects, all or one.

    Raises:
        FeedError: If there is no such feed.
    """
    found = [feed_sheet(name)] if name else [feed_sheet(feed) for feed in feed_sheets()]
    return [
        {
            "feed": sheet.name,
            "title": sheet.title,
            "publisher": sheet.publisher,
            "licence": sheet.licence,
            "redistribution": sheet.redistribution,
            "experimental": sheet.experimental,
            "coverage": sheet.coverage,
            "codebook": sheet.codebook,
            "cite": sheet.cite,
            "coder": sheet.coder,
            "layouts": [{"name": layout.name, "columns": list(layout.columns)} for layout in sheet.layouts],
            "columns": dict(sheet.becomes),
            "ignored": list(sheet.ignored),
        }
        for sheet in found
    ]


def sheet_text(name: str) -> str:
    """A data sheet to be read in a terminal."""
    (sheet,) = feed_objects(name)
    terms = "rows may be passed on" if sheet["redistribution"] else "rows may not be passed on"
    lines = [
        f"{sheet['feed']}: {sheet['title']}" + (" (experimental: no genuine file was read yet)" * sheet["experimental"])
    ]
    for label, text in (
        ("publisher", sheet["publisher"]),
        ("licence", f"{sheet['licence']} ({terms})"),
        ("coverage", sheet["coverage"]),
        ("code book", sheet["codebook"]),
        ("cite", sheet["cite"]),
        ("layouts", "; ".join(layout["name"] for layout in sheet["layouts"]) or "by header"),
        ("ignored", ", ".join(name for name in sheet["ignored"] if name)),
    ):
        lines += textwrap.wrap(text, _WIDTH, initial_indent=f"{label:<12}", subsequent_indent=" " * 12)
    width = max((len(column) for column in sheet["columns"]), default=0)
    lines += ["", "column".ljust(width) + "  becomes"] if sheet["columns"] else []
    lines += [f"{column.ljust(width)}  {becomes}" for column, becomes in sheet["columns"].items()]
    return "\n".join(lines)
