"""The bundled chronology: sourced sentences on Russia–Japan and comparison pairs, never pre-coded."""

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["EXAMPLE_RECORD", "example_path", "example_record"]

_SENTENCE_END = re.compile(r"[.!?](?=\s+\S)|[.!?]\s*\Z")

EXAMPLE_RECORD: str  # computed from the file when first asked for, see __getattr__


def example_path() -> Path:
    """The chronology: one JSON object a line with id, text, date, title, publisher, url, language, note."""
    return Path(str(files(__name__).joinpath("chronology.jsonl")))


@cache
def example_record() -> str:
    """One sentence that says what the bundled record is, counted from the file itself.

    Returns:
        The sentence a brief prints as its record.
    """
    with example_path().open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    sentences = sum(len(_SENTENCE_END.findall(row["text"])) for row in rows)
    pairs = {row["id"].split("/")[1] for row in rows}
    years = sorted(row["date"][:4] for row in rows)
    publishers = {row["publisher"] for row in rows}
    return (
        f"A chronology of {sentences} dated sentences on Russia–Japan and {len(pairs) - 1} comparison pairs, "
        f"{years[0]}–{years[-1]}, in detente's own words after {len(rows)} dated items "
        f"of {len(publishers)} named publishers: a chosen record, whose counts measure the choosing."
    )


def __getattr__(name: str) -> str:
    # Read on demand, so that importing detente opens no file.
    if name == "EXAMPLE_RECORD":
        return example_record()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
