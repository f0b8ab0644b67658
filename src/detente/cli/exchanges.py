"""`detente exchanges`: the pairs of acts behind action and reaction."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import options as given
from detente.cli.measures import write_measure
from detente.cli.output import Format, note, write_text

if TYPE_CHECKING:
    from detente.api.answers import Answer

_COLUMNS = ("from", "to", "stimulus_date", "stimulus_type", "answer_date", "answer_type", "lag_days", "basis", "cue")
_COUNTED = ("from", "to", "stimulus", "answer", "lag", "n", "n_said", "n_third", "chance")


def run(
    a: given.SideA,
    b: given.SideB,
    days: Annotated[int, typer.Option("--days", help="Longest lag of acts that are only consistent in time.")] = 14,
    most: Annotated[int, typer.Option("--most", help="Most pairs in a table, the latest; others give all.")] = 20,
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
    """List which acts of one side were followed by which of the other: by kind and lag, and one by one.

    Each pair is marked `said` where its source calls the second act an answer, `time` where it only follows, and has
    the third party that had to do with both sides just before.
    """
    answer = (
        given.open_or_example(store, reviewed)
        .dyad(a, b)
        .exchanges(
            days=days,
            since=since,
            until=until,
            feed=feed,
            actors=actors.value,
            one_a_day=one_a_day,
            strict=strict,
        )
    )
    if format is Format.TABLE:
        _write_tables(answer, most)
    else:
        write_measure(answer, format, rows="exchanges")


def _write_tables(answer: "Answer", most: int) -> None:
    from detente.api.objects import plain
    from detente.api.tables import text_table

    result = answer.result
    counted = [_lag_row(row) for row in plain(result.lags)]  # type: ignore[union-attr]
    pairs = [_pair_row(row) for row in answer.to_dicts()]
    # What a source says comes before what only follows; of each the latest.
    shown = sorted(pairs, key=lambda row: (row["basis"] == "said", str(row["answer_date"])), reverse=True)[:most]
    parts = {"Pairs by kind and lag (days)": counted, f"Pairs ({len(shown)} of {len(pairs)})": shown}
    write_text("\n\n".join(f"{title}\n{text_table(rows)}" for title, rows in parts.items() if rows))
    for line in result.notes:
        note(f"- {line}")


def _lag_row(row: dict[str, Any]) -> dict[str, Any]:
    first, last = row["lag_first"], row["lag_last"]
    if first is None:
        lag = "?"
    elif last is None:
        lag = f"{first}-"
    else:
        lag = f"{first}" if first == last else f"{first}-{last}"
    return {name: lag if name == "lag" else row[name] for name in _COUNTED}


def _pair_row(row: dict[str, Any]) -> dict[str, Any]:
    third = f"{row['third']} {row['third_type']} {row['third_date']}" if row["third"] else ""
    return {**{name: row[name] for name in _COLUMNS}, "third": third}
