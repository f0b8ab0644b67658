"""`detente reciprocity`: who answers whom."""

from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format


def run(
    a: given.SideA,
    b: given.SideB,
    split: Annotated[
        str | None, typer.Option("--split", help="Also before and after this day: YYYY, YYYY-MM or YYYY-MM-DD.")
    ] = None,
    since: given.Since = None,
    until: given.Until = None,
    feed: given.Feed = None,
    actors: given.ActorsOption = given.Actors.STATE,
    one_a_day: given.OneADay = False,
    strict: given.Strict = False,
    reviewed: given.Reviewed = given.ReviewedOption.CORRECTED,
    store: given.StoreOption = None,
    format: given.FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Tell whether each side answers the other, how strongly and how fast.

    Two ways: a process in days that excites itself and the other side, and a vector autoregression by week or month,
    with and without coverage and third parties. From a feed only.
    """
    answer = (
        given.open_or_example(store, reviewed)
        .dyad(a, b)
        .reciprocity(
            split=split,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    write_measure(answer, format, rows="responses")
