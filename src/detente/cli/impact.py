"""`detente impact`: what changed at a date."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format, note


def run(
    a: given.SideA,
    b: given.SideB,
    shock: Annotated[str, typer.Option("--shock", help="The day, YYYY-MM-DD, or a name of `detente shocks`.")],
    shocker: Annotated[str | None, typer.Option("--shocker", help="The state that launched the shock.")] = None,
    donors: Annotated[
        str | None,
        typer.Option("--donors", help="auto (by rule), none (before against after), or pairs: CHN-JPN,KOR-PRK."),
    ] = None,
    outcome: Annotated[str, typer.Option("--outcome", help="The headline, named before looking.")] = "conflict_volume",
    multiverse: Annotated[
        bool, typer.Option("--multiverse", help="Measure the headline under other reasonable choices too.")
    ] = False,
    figure: Annotated[
        Path | None,
        typer.Option("--figure", help="Also draw it: .html, .svg, .png, .pdf or .json; with --multiverse that."),
    ] = None,
    anticipation: Annotated[
        int, typer.Option("--anticipation", help="Days before the shock that count as anticipation, not as before.")
    ] = 30,
    structural: Annotated[
        Path | None,
        typer.Option("--structural", help="Folder of structural tables (ATOP, MID, rivalries): ties leave donors out."),
    ] = None,
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
    """What changed at a date, against what pairs that it did not strike let expect.

    Donors are chosen by a rule that needs to know who launched the shock; without it the pair is compared with itself,
    before against after. From a feed only.
    """
    from detente.api.figure_files import check_figure_path, save_figure

    if figure is not None:
        check_figure_path(figure)
    answer = (
        given.open_or_example(store, reviewed)
        .dyad(a, b)
        .impact(
            shock,
            every=every.value,
            shocker=shocker,
            donors=donors,
            outcome=outcome,
            multiverse=multiverse,
            anticipation=anticipation,
            structural=structural,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    write_measure(answer, format, rows="results")
    if figure is not None:
        note(f"written: {save_figure(answer, figure)}")
