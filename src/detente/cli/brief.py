"""`detente brief`: the main job."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.options import (
    Actors,
    ActorsOption,
    Every,
    EveryOption,
    Feed,
    OneADay,
    SideA,
    SideB,
    Since,
    StoreOption,
    Strict,
    Until,
    open_or_example,
)
from detente.cli.output import note, progress, write_text


def run(
    a: SideA,
    b: SideB,
    shock: Annotated[str, typer.Option("--shock", help="The day asked about, YYYY-MM-DD.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where to write: the ending .html, .md or .json decides.")
    ] = Path("brief.html"),
    shocker: Annotated[str | None, typer.Option("--shocker", help="The state that launched the shock.")] = None,
    every: Every = EveryOption.MONTH,
    since: Since = None,
    until: Until = None,
    feed: Feed = None,
    actors: ActorsOption = Actors.STATE,
    one_a_day: OneADay = False,
    strict: Strict = False,
    store: StoreOption = None,
) -> None:
    """Write a brief on what changed between two sides at a date, every sentence with its evidence.

    Reads your store; where it is empty, the bundled Russia–Japan chronology. Prints the findings and writes the
    whole brief to a file that opens offline.
    """
    from detente.api.dyads import check_brief_path

    check_brief_path(out)
    kept = open_or_example(store)
    progress("measuring and composing")
    made = kept.dyad(a, b).brief(
        shock,
        shocker=shocker,
        every=every.value,
        since=since,
        until=until,
        feed=feed,
        actors=actors.value,
        one_a_day=one_a_day,
        strict=strict,
    )
    saved = made.save(out)
    write_text(str(made))
    note(f"written: {saved}")
