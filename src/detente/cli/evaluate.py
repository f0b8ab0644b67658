"""`detente evaluate`: how right the coder is on the bundled gold codes."""

from typing import Annotated

import typer

from detente.cli.output import write_text


def run(
    split: Annotated[
        str, typer.Option("--split", help="held_out (eight comparison pairs), development (RUS-JPN) or all.")
    ] = "held_out",
) -> None:
    """Code the bundled chronology and compare it with its gold codes: precision, recall and F1 with intervals.

    The rules were written while looking at Russia–Japan only; the other eight pairs are held out.
    """
    from detente.api import code
    from detente.errors import InputError
    from detente.evaluation import evaluate_example, format_scores, format_types
    from detente.example import example_path

    if split not in {"held_out", "development", "all"}:
        raise InputError(f"split {split!r}: expected held_out, development or all")
    score = evaluate_example(code(example_path()).reports, split=split)  # type: ignore[arg-type]
    write_text(format_scores({split: score}))
    write_text(format_types(score))
