"""`detente index`: the relation by period."""

from enum import StrEnum
from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format


class By(StrEnum):
    """What tells groups of acts apart."""

    ISSUE = "issue"
    PUBLISHER_COUNTRY = "publisher-country"


def run(
    a: given.SideA,
    b: given.SideB,
    every: given.Every = given.EveryOption.MONTH,
    by: Annotated[By | None, typer.Option("--by", help="Apart for each issue, or for each side's press.")] = None,
    requests: Annotated[bool, typer.Option("--requests", help="Count REQUEST as conflict.")] = False,
    multiverse: given.Multiverse = False,
    at: Annotated[
        str | None, typer.Option("--at", help="Day of the change in a multiverse; by default the last twelve periods.")
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
    """Measure the relation by period and direction, each figure with its 90 % interval.

    Volume, conflict and cooperation volume (events a period), tone (score an event), shares, net sum, and rates per
    1,000 events of the feed that involve neither side. From a chosen record plain counts and means without intervals:
    they measure the choosing.
    """
    answer = (
        given.open_or_example(store, reviewed)
        .dyad(a, b)
        .index(
            every.value,
            by=by.value if by else None,
            requests=requests,
            multiverse=multiverse,
            at=at,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    write_measure(answer, format, rows="rows")
