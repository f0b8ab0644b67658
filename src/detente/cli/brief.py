"""`detente brief`: the main job."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli import options as given
from detente.cli.output import note, progress, write_text


def run(
    a: given.SideA,
    b: given.SideB,
    shock: Annotated[str, typer.Option("--shock", help="The day, YYYY-MM-DD, or a name of `detente shocks`.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where to write: the ending .html, .pdf, .md or .json decides.")
    ] = Path("brief.html"),
    references: Annotated[
        Path | None,
        typer.Option("--references", help="Also write the sources: .bib (BibTeX) or .json (CSL-JSON)."),
    ] = None,
    language: Annotated[str, typer.Option("--language", help="Of the brief: en, tr or ru.")] = "en",
    shocker: Annotated[str | None, typer.Option("--shocker", help="The state that launched the shock.")] = None,
    every: given.Every = given.EveryOption.MONTH,
    since: given.Since = None,
    until: given.Until = None,
    feed: given.Feed = None,
    actors: given.ActorsOption = given.Actors.STATE,
    one_a_day: given.OneADay = False,
    strict: given.Strict = False,
    reviewed: given.Reviewed = given.ReviewedOption.CORRECTED,
    store: given.StoreOption = None,
) -> None:
    """Write a brief on what changed between two sides at a date, every sentence with its evidence.

    Reads your store; where it is empty, the bundled Russia–Japan chronology. Prints the findings and writes the
    whole brief to a file that opens offline.
    """
    from detente.api.brief_answers import check_brief_path, check_references_path

    check_brief_path(out)
    if references is not None:
        check_references_path(references)
    kept = given.open_or_example(store, reviewed)
    progress("measuring and composing")
    made = kept.dyad(a, b).brief(
        shock,
        shocker=shocker,
        every=every.value,
        language=language,
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
    if references is not None:
        note(f"written: {made.save_references(references)}")
