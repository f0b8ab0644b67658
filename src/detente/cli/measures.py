"""Writing the answer of a measure."""

from typing import TYPE_CHECKING, Any

from detente.cli.output import Format, note, write_answer

if TYPE_CHECKING:
    from detente.api.answers import Answer


def write_measure(answer: "Answer", format: Format, *, rows: str) -> None:  # noqa: A002
    """Write a measure's answer; its notes go to standard error with a table.

    Args:
        answer: The answer.
        format: How it is written.
        rows: Name of the list of rows in the object, one a line of `jsonl`.
    """
    from detente.api.answers import short_rows
    from detente.api.tables import text_table

    whole: dict[str, Any] = answer.to_object()
    write_answer(
        format,
        whole=whole,
        objects=whole[rows],
        rows=answer.to_dicts(),
        table=text_table(short_rows(answer.result)),
        arrow=answer.to_arrow() if format is Format.PARQUET else None,
        columns=answer.columns(),
    )
    if format is not Format.JSON:
        for line in answer.result.notes:
            note(f"- {line}")
