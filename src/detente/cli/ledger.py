"""`detente ledger`: what stands in force on a day."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format, note


def run(
    a: given.SideA,
    b: given.SideB,
    as_of: Annotated[str, typer.Option("--as-of", help="The day, YYYY-MM-DD.")],
    known_by: Annotated[str | None, typer.Option("--known-by", help="Only what was known by this day.")] = None,
    structural: Annotated[
        Path | None,
        typer.Option("--structural", help="Folder of structural tables: ATOP, MID, rivalries, as Parquet."),
    ] = None,
    actors: given.ActorsOption = given.Actors.STATE,
    strict: given.Strict = False,
    reviewed: given.Reviewed = given.ReviewedOption.CORRECTED,
    store: given.StoreOption = None,
    format: given.FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """List what stands between two sides on a day: treaties and their lack, sanctions, deployments, talks, disputes.

    By the reports in the store, by tables of standing treaties and disputes, through organisations at their members,
    and by structural tables of yours. Expulsions, which are done at once, are told beside it.
    """
    answer = (
        given.open_or_example(store, reviewed)
        .dyad(a, b)
        .ledger(as_of, known_by=known_by, structural=structural, actors=actors.value, strict=strict)
    )
    write_measure(answer, format, rows="entries")
    if format is not Format.JSON:
        for entry in answer.result.beside:  # type: ignore[union-attr]
            note(
                f"- done on {entry.since}, beside the ledger: {entry.kind}, {entry.by} > {entry.against}: {entry.what}"
            )
