"""`detente ledger`: what stands in force on a day."""

from typing import Annotated

import typer

from detente.cli.measures import write_measure
from detente.cli.options import (
    Actors,
    ActorsOption,
    FormatOption,
    SideA,
    SideB,
    StoreOption,
    Strict,
    open_or_example,
)
from detente.cli.output import Format


def run(
    a: SideA,
    b: SideB,
    as_of: Annotated[str, typer.Option("--as-of", help="The day, YYYY-MM-DD.")],
    known_by: Annotated[str | None, typer.Option("--known-by", help="Only what was known by this day.")] = None,
    actors: ActorsOption = Actors.STATE,
    strict: Strict = False,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List the measures, agreements and deployments that stand on a day, by the reports in the store."""
    answer = open_or_example(store).dyad(a, b).ledger(as_of, known_by=known_by, actors=actors.value, strict=strict)
    write_measure(answer, format, rows="entries")
