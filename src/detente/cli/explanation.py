"""An explanation of a sentence, from the argument or standard input, to standard output."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from detente.cli.output import Format, note, plain_text, write_text
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.api.explaining import ExplainedSentence, Explanation

_ACTOR: Final = ("text", "country", "sector", "actor", "kind")
_ACT: Final = ("text", "event_type", "status", "pattern", "score", "outcome")
_LONGEST: Final = 100_000  # characters; an explanation is for a sentence or a few


def write_explanation(paths: Sequence[Path], form: Format, coder: str | None, *, domestic: bool) -> None:
    """Explain one sentence.

    Raises:
        InputError: If the format is no table or JSON, or the text is too long.
    """
    from detente.api.coders import find_coder
    from detente.api.explaining import explain

    if form not in {Format.TABLE, Format.JSON}:
        raise InputError(f"--explain has no format {form.value}: expected table or json")
    if len(paths) != 1:
        raise typer.BadParameter("--explain takes one sentence (in quotes), or - for standard input")
    found = explain(_text(paths[0]), find_coder(coder), domestic=domestic)
    if form is Format.JSON:
        write_text(json.dumps(_object(found), ensure_ascii=False, indent=2, default=str))
        return
    write_text(plain_text("\n\n".join(_page(sentence) for sentence in found.sentences)))
    if not found.told_by_coder:
        note(f"{found.coder} does not explain itself: these are the names it knows and the acts it gave")


def _text(given: Path) -> str:
    text = sys.stdin.read(_LONGEST + 1) if str(given) == "-" else str(given)
    if len(text) > _LONGEST:
        raise InputError(f"--explain takes a sentence or a few, not more than {_LONGEST:,} characters")
    return text


def _object(found: "Explanation") -> dict[str, Any]:
    from detente.api.objects import plain, report_object

    return {
        "coder": found.coder,
        "told_by_coder": found.told_by_coder,
        "sentences": [
            {
                "text": sentence.text,
                "language": sentence.language,
                "actors": plain([dict(item) for item in sentence.actors]),
                "acts": plain([dict(item) for item in sentence.acts]),
                "events": [report_object(report) for report in sentence.reports],
                "reasons": list(sentence.reasons),
            }
            for sentence in found.sentences
        ],
    }


def _page(sentence: "ExplainedSentence") -> str:
    from detente.api.answers import event_row
    from detente.api.tables import text_table
    from detente.model import Event

    events = [event_row(Event(report.report_id, report, (), report.evidence)) for report in sentence.reports]
    parts = [" ".join(sentence.text.split()), f"language: {sentence.language or 'unknown'}"]
    tables = (
        ("actors", [{name: item.get(name) for name in _ACTOR} for item in sentence.actors]),
        ("acts considered", [{name: item.get(name) for name in _ACT} for item in sentence.acts]),
        ("coded", events),
    )
    for name, rows in tables:
        parts += ["", f"{name}:", *(f"  {line}" for line in (text_table(rows) or "none").split("\n"))]
    if sentence.reasons:
        parts += ["", *(f"nothing coded: {reason}" for reason in sentence.reasons)]
    return "\n".join(parts)
