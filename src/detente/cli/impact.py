"""`detente impact`: what changed at a date."""

from typing import Annotated

import typer

from detente.cli.measures import write_measure
from detente.cli.options import (
    Actors,
    ActorsOption,
    Every,
    EveryOption,
    Feed,
    FormatOption,
    OneADay,
    SideA,
    SideB,
    Since,
    StoreOption,
    Strict,
    Until,
    open_or_example,
)
from detente.cli.output import Format


def run(
    a: SideA,
    b: SideB,
    shock: Annotated[str, typer.Option("--shock", help="The day, YYYY-MM-DD.")],
    shocker: Annotated[str | None, typer.Option("--shocker", help="The state that launched the shock.")] = None,
    every: Every = EveryOption.MONTH,
    since: Since = None,
    until: Until = None,
    feed: Feed = None,
    actors: ActorsOption = Actors.STATE,
    one_a_day: OneADay = False,
    strict: Strict = False,
    store: StoreOption = None,
    format: FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Compare the relation before and after a date, with placebo dates.

    Each change has its interval and a p-value by rank among the same comparison at earlier dates. There is no
    counterfactual in this version: it is the change at the date, not the effect of the shock. From a feed only.
    """
    answer = (
        open_or_example(store)
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
