"""`detente events`: the events of a pair."""

from detente.cli import options as given
from detente.cli.output import Format, note, write_answer


def run(
    a: given.SideA,
    b: given.SideB,
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
    """List what the record holds between two sides, each event with its quote and source."""
    dyad = given.open_or_example(store, reviewed).dyad(a, b)
    events = dyad.events(since=since, until=until, feed=feed, actors=actors.value, one_a_day=one_a_day, strict=strict)
    if format in {Format.CSV, Format.PARQUET}:
        events.check_rights()
    objects = events.to_objects() if format in {Format.JSON, Format.JSONL} else []
    arrow = events.to_arrow() if format in {Format.CSV, Format.PARQUET} else None
    write_answer(
        format,
        whole={"dyad": list(dyad.pair), "events": objects},
        objects=objects,
        rows=arrow.to_pylist() if arrow is not None else [],
        table=str(events) if format is Format.TABLE else "",
        arrow=arrow,
    )
    note(f"{len(events)} events")
    if told := dyad.review_note():
        note(told)
