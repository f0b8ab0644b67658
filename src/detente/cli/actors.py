"""`detente actors`: who a name or code is, in every scheme a feed may write it in."""

from datetime import date, datetime
from typing import Annotated

import typer

from detente.cli.options import FormatOption
from detente.cli.output import Format, note, write_answer


def run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, ISO code, COW or GW number, or a feed's code.")],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Day; by default all of them are shown.")
    ] = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Show how the name or code of an actor resolves: by scheme, to whom, between which days.

    One name may be several: FRA as an ISO code, 220 as a number, YUG on a day.
    """
    from detente.api.actors import actor_meanings
    from detente.api.tables import text_table

    day: date | None = on.date() if on else None
    rows = actor_meanings(name, on=day)
    if not rows:
        note(f"{name!r} is nobody we know" + (f" on {day}" if day else "") + ": its rows would belong to no pair")
    write_answer(
        format,
        whole={"name": name, "on": str(day) if day else None, "actors": rows},
        objects=rows,
        rows=rows,
        table=text_table(rows),
        columns=["scheme", "country", "country_name", "sector", "actor", "since", "until"],
    )
