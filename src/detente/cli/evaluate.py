"""`detente evaluate`: how right a coder is on gold codes."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.coder_option import CoderOption
from detente.cli.output import note, write_text

if TYPE_CHECKING:
    from detente.evaluation.floors import BelowFloor


class What(StrEnum):
    """What is scored."""

    CHRONOLOGY = "chronology"
    CODER = "coder"


class ScoreFormat(StrEnum):
    """How scores are written."""

    TABLE = "table"
    JSON = "json"


def run(
    what: Annotated[
        What, typer.Argument(metavar="WHAT", help="chronology (the bundled one) or coder (on GOLD).")
    ] = What.CHRONOLOGY,
    gold: Annotated[Path | None, typer.Argument(metavar="GOLD", help="Gold documents, JSON lines.")] = None,
    split: Annotated[
        str | None,
        typer.Option(
            "--split", help="Of the chronology: held_out (eight comparison pairs), development (RUS-JPN) or all."
        ),
    ] = None,
    coder: CoderOption = None,
    floors: Annotated[
        Path | None, typer.Option("--floors", help="A file of floors: exit code 1 where a figure misses its own.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the intervals.")] = 0,
    format: Annotated[ScoreFormat, typer.Option("--format", "-f", help="table or json.")] = ScoreFormat.TABLE,  # noqa: A002
) -> None:
    """Compare what a coder finds with what people found: precision, recall and F1 with 90 % intervals.

    Without arguments it codes the bundled chronology; `evaluate coder GOLD.jsonl` scores any gold file end to end.
    The rules were written while looking at Russia–Japan only; the other eight pairs are held out.
    """
    if what is What.CHRONOLOGY:
        if gold is not None:
            raise typer.BadParameter("GOLD belongs to `detente evaluate coder GOLD.jsonl`")
        missed = _score_chronology(split or "held_out", coder, floors, seed, format)
    else:
        if gold is None or split is not None:
            raise typer.BadParameter("expected `detente evaluate coder GOLD.jsonl`, without --split")
        missed = _score_coder(gold, coder, floors, seed, format)
    for line in missed:
        note(f"floor missed: {line}")
    if missed:
        raise typer.Exit(1)


def _score_chronology(
    split: str, coder: str | None, floors: Path | None, seed: int, form: ScoreFormat
) -> "tuple[BelowFloor, ...]":
    from detente.api import code
    from detente.api.objects import plain
    from detente.errors import InputError
    from detente.evaluation import check_floors_file, evaluate_example, format_scores, format_types
    from detente.example import example_path

    if split not in {"held_out", "development", "all"}:
        raise InputError(f"split {split!r}: expected held_out, development or all")
    score = evaluate_example(code(example_path(), coder=coder).reports, split=split, seed=seed)  # type: ignore[arg-type]
    if form is ScoreFormat.JSON:
        _write_json({"split": split, **plain(score)})
    else:
        write_text(format_scores({split: score}))
        write_text(format_types(score))
    prefix = f"example.{split}"
    return check_floors_file(floors, prefix, {"": dict(score.values())}) if floors else ()


def _score_coder(
    gold: Path, coder: str | None, floors: Path | None, seed: int, form: ScoreFormat
) -> "tuple[BelowFloor, ...]":
    from detente.api.coders import find_coder
    from detente.api.objects import plain
    from detente.evaluation import check_floors_file, floor_prefix, format_coder, read_gold_documents, score_coder

    documents = read_gold_documents(gold)
    chosen = find_coder(coder)
    coded = {one.document.id: one.reports for one in chosen.code_documents([item.document for item in documents])}
    score = score_coder(documents, coded, seed=seed)
    name = f"{chosen.name}/{chosen.version}"
    if form is ScoreFormat.JSON:
        _write_json({"gold": gold.name, "coder": name, "seed": seed, **plain(score)})
    else:
        write_text(f"{name} on {gold.name}: {score.n_documents} documents")
        write_text(format_coder(score))
    return check_floors_file(floors, floor_prefix(floors, gold.stem), score.tables()) if floors else ()


def _write_json(whole: dict[str, Any]) -> None:
    write_text(json.dumps(whole, ensure_ascii=False, indent=2))
