"""`detente ledger`: what stands in force on a day."""

from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format


def run(
    a: given.SideA,
    b: given.SideB,
    as_of: Annotated[str, typer.Option("--as-of", help="The day, YYYY-MM-DD.")],
    known_by: Annotated[str | None, typer.Option("--known-by", help="Only what was known by this day.")] = None,
    actors: given.ActorsOption = given.Actors.STATE,
    strict: given.Strict = False,
    store: given.StoreOption = None,
    format: given.FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List the measures, agreements and deployments that stand on a day, by the reports in the store."""
    answer = (
        given.open_or_example(store).dyad(a, b).ledger(as_of, known_by=known_by, actors=actors.value, strict=strict)
    )
    write_measure(answer, format, rows="entries")
