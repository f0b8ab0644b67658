"""`detente feeds`: which feeds can be imported, and on what terms."""

from typing import Annotated

import typer

from detente.cli.options import FormatOption
from detente.cli.output import Format, write_answer


def run(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A feed, for its whole data sheet.")] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List the feeds that can be imported, or show the data sheet of one.

    Terms, coverage, code book, how to cite, and what each column becomes.
    """
    from detente.api.feed_sheets import feed_objects, sheet_text
    from detente.api.tables import text_table

    objects = feed_objects(name)
    rows = [
        {key: item[key] for key in ("feed", "title", "redistribution", "experimental", "layouts")} for item in objects
    ]
    for row in rows:
        row["layouts"] = "; ".join(layout["name"] for layout in row["layouts"]) or "by header"
    write_answer(
        format,
        whole={"feeds": objects},
        objects=objects,
        rows=rows,
        table=sheet_text(name) if name else text_table(rows),
    )
