"""`detente third-parties`: who else moved at a date."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format, note, write_text

if TYPE_CHECKING:
    from detente.api.answers import Answer


def run(
    a: given.SideA,
    b: given.SideB,
    shock: Annotated[str, typer.Option("--shock", help="The day, YYYY-MM-DD, or a name of `detente shocks`.")],
    shocker: Annotated[str | None, typer.Option("--shocker", help="The state that launched the shock.")] = None,
    every: given.Every = given.EveryOption.MONTH,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", help="A series to compare; may be given several times.")
    ] = None,
    most: Annotated[int, typer.Option("--most", help="Most others looked at for each side.")] = 12,
    days: Annotated[int, typer.Option("--days", help="Days of the windows of sides and triads.")] = 365,
    feed: given.Feed = None,
    actors: given.ActorsOption = given.Actors.STATE,
    one_a_day: given.OneADay = False,
    strict: given.Strict = False,
    reviewed: given.Reviewed = given.ReviewedOption.CORRECTED,
    store: given.StoreOption = None,
    format: given.FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Find which relations of either side with others changed at a date, who took sides, and the triads.

    Sizes and intervals are those of `impact`, before against after, corrected for being many. A chosen record gives
    counts alone.
    """
    answer = (
        given.open_or_example(store, reviewed)
        .dyad(a, b)
        .third_parties(
            shock,
            shocker=shocker,
            every=every.value,
            outcomes=tuple(outcome) if outcome else None,
            most=most,
            days=days,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    if format is Format.TABLE:
        _write_tables(answer)
    else:
        write_measure(answer, format, rows="relations")


def _write_tables(answer: "Answer") -> None:
    from detente.api.objects import plain
    from detente.api.tables import text_table

    result = answer.result
    parts = {
        "Relations that changed": answer.to_dicts(),
        "Sides taken": plain(result.sides),  # type: ignore[union-attr]
        "Triads": plain(result.triads),  # type: ignore[union-attr]
        "Acts with others": plain(result.described),  # type: ignore[union-attr]
    }
    shown = [f"{title}\n{text_table([_cells(row) for row in rows])}" for title, rows in parts.items() if rows]
    write_text("\n\n".join(shown))
    for line in result.notes:
        note(f"- {line}")


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    joined = {"dyad": "-", "ab": ">", "a_other": ">", "b_other": ">"}
    return {key: joined.get(key, ";").join(value) if isinstance(value, list) else value for key, value in row.items()}
