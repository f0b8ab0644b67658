"""`detente index`: the relation by period."""

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
    """Measure the relation by period and direction, each figure with its 90 % interval.

    Volume, conflict and cooperation volume (events a period), tone (score an event), shares, net sum. From a
    chosen record plain counts and means without intervals: they measure the choosing.
    """
    answer = (
        open_or_example(store)
        .dyad(a, b)
        .index(
            every.value,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    write_measure(answer, format, rows="rows")
