"""`detente compare`: several relations on one scale."""

from enum import StrEnum
from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format


class Outcome(StrEnum):
    """What is compared."""

    CONFLICT_SHARE = "conflict_share"
    TONE = "tone"
    CONFLICT_RATE = "conflict_rate"
    COOPERATION_RATE = "cooperation_rate"
    MILITARY_SHARE = "military_share"
    COERCIVE_SHARE = "coercive_share"


def run(
    a: given.SideA,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="The other sides, at least two.")],
    at: Annotated[
        str | None, typer.Option("--at", help="The day since which they moved; by default the last twelve periods.")
    ] = None,
    outcome: Annotated[Outcome, typer.Option("--outcome", help="What is compared.")] = Outcome.CONFLICT_SHARE,
    window: Annotated[int | None, typer.Option("--window", help="Most periods on either side of the day.")] = None,
    every: given.Every = given.EveryOption.MONTH,
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
    """Compare the relations of one side with several others on one scale: who moved most since a date.

    Both directions together. Change: mean since the day less mean over as many periods before, with its 90 % interval.
    """
    answer = given.open_or_example(store, reviewed).compare(
        a,
        *others,
        at=at,
        outcome=outcome.value,
        window=window,
        every=every.value,
        since=since,
        until=until,
        feed=feed,
        actors=actors.value,
        one_a_day=one_a_day,
        strict=strict,
    )
    write_measure(answer, format, rows="pairs")
