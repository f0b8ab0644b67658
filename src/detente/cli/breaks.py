"""`detente breaks`: when the relation changed."""

from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format


def run(
    a: given.SideA,
    b: given.SideB,
    every: given.Every = given.EveryOption.MONTH,
    false_rate: Annotated[
        float | None,
        typer.Option("--false-rate", help="Changes in 120 periods that reshuffles may give as strong; default 0.6."),
    ] = None,
    multiverse: given.Multiverse = False,
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
    """Find the dates at which the relation changed, with interval and probability.

    Lasting shifts of level and passing pulses, by Rbeast, with ruptures as a second opinion; told are those that
    reshuffles of the same series seldom match. From a feed only.
    """
    answer = (
        given.open_or_example(store, reviewed)
        .dyad(a, b)
        .breaks(
            every.value,
            false_rate=false_rate,
            multiverse=multiverse,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    write_measure(answer, format, rows="rows" if multiverse else "breaks")
