"""`detente export`: the events of a pair as a file for other tools."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.output import counted, note


def run(
    a: given.SideA,
    b: given.SideB,
    to: Annotated[
        Path, typer.Option("--to", help="The file, by its ending: .dta (Stata), .xlsx (Excel), .csv or .parquet.")
    ],
    since: given.Since = None,
    until: given.Until = None,
    feed: given.Feed = None,
    actors: given.ActorsOption = given.Actors.STATE,
    one_a_day: given.OneADay = False,
    strict: given.Strict = False,
    reviewed: given.Reviewed = given.ReviewedOption.CORRECTED,
    store: given.StoreOption = None,
) -> None:
    """Write the events between two sides to a file, with a codebook.

    Rows of a feed whose licence forbids passing them on are refused.
    """
    dyad = given.open_or_example(store, reviewed).dyad(a, b)
    events = dyad.events(since=since, until=until, feed=feed, actors=actors.value, one_a_day=one_a_day, strict=strict)
    files = events.export(to)
    if told := dyad.review_note():
        note(told)
    note(f"{counted(len(events), 'event')}: {', '.join(str(file) for file in files)}")
