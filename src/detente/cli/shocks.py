"""`detente shocks`: the shocks that have a name."""

from typing import Annotated

import typer

from detente.cli.options import FormatOption
from detente.cli.output import Format, counted, note, write_answer


def run(
    kind: Annotated[str | None, typer.Option("--kind", help="Only one kind: war, sanctions, treaty, ...")] = None,
    shocker: Annotated[
        str | None, typer.Option("--shocker", help="Only those that this state or organisation launched.")
    ] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List the named shocks that --shock takes: day, who launched it, what it was, by which source."""
    from detente.api.shocks import list_shocks, shock_object
    from detente.api.tables import text_table

    rows = [shock_object(shock) for shock in list_shocks(kind=kind, shocker=shocker)]
    columns = ["name", "date", "shocker", "title", "kind", "source"]
    shown = [{name: row[name] for name in columns[:5]} for row in rows]
    write_answer(
        format, whole={"shocks": rows}, objects=rows, rows=rows, table=text_table(shown, max_width=72), columns=columns
    )
    note(counted(len(rows), "shock"))
