"""`detente breaks`: when the relation changed."""

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
    """Find the dates at which the relation changed, with interval and probability.

    Lasting shifts of level and passing pulses, by Rbeast, with ruptures as a second opinion. From a feed only.
    """
    answer = (
        open_or_example(store)
        .dyad(a, b)
        .breaks(
            every.value,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    write_measure(answer, format, rows="breaks")
