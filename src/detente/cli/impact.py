"""`detente impact`: what changed at a date."""

from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format


def run(
    a: given.SideA,
    b: given.SideB,
    shock: Annotated[str, typer.Option("--shock", help="The day, YYYY-MM-DD, or a name of `detente shocks`.")],
    shocker: Annotated[str | None, typer.Option("--shocker", help="The state that launched the shock.")] = None,
    every: given.Every = given.EveryOption.MONTH,
    since: given.Since = None,
    until: given.Until = None,
    feed: given.Feed = None,
    actors: given.ActorsOption = given.Actors.STATE,
    one_a_day: given.OneADay = False,
    strict: given.Strict = False,
    store: given.StoreOption = None,
    format: given.FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Compare the relation before and after a date, with placebo dates.

    Each change has its interval and a p-value by rank among the same comparison at earlier dates. There is no
    counterfactual in this version: it is the change at the date, not the effect of the shock. From a feed only.
    """
    answer = (
        given.open_or_example(store)
        .dyad(a, b)
        .impact(
            shock,
            every=every.value,
            shocker=shocker,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    write_measure(answer, format, rows="results")
