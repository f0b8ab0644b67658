"""`detente index`: the relation by period."""

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format


def run(
    a: given.SideA,
    b: given.SideB,
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
    """Measure the relation by period and direction, each figure with its 90 % interval.

    Volume, conflict and cooperation volume (events a period), tone (score an event), shares, net sum. From a
    chosen record plain counts and means without intervals: they measure the choosing.
    """
    answer = (
        given.open_or_example(store)
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
