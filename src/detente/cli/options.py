"""Arguments and options that several verbs share."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.output import Format

if TYPE_CHECKING:
    from detente.api import Store


def read_place(value: str) -> Path:
    """A folder; the address of an engine stays the words it is, which a path would shorten (`//`)."""
    return value if "://" in value else Path(value)  # type: ignore[return-value]  # `open` tells them apart


class EveryOption(StrEnum):
    """Length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class ReviewedOption(StrEnum):
    """Which reviews an answer rests on."""

    ALL = "all"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


class Actors(StrEnum):
    """Whose acts count."""

    STATE = "state"
    ALL = "all"


SideA = Annotated[str, typer.Argument(metavar="A", help="A state or organisation: ISO code, IGO:ID, or name.")]
SideB = Annotated[str, typer.Argument(metavar="B", help="The other side.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How the answer is written.")]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        help="Folder of the store; by default DETENTE_STORE, else among the user's data.",
        parser=read_place,
        metavar="PATH",
    ),
]
Every = Annotated[EveryOption, typer.Option("--every", help="Length of a period.")]
Feed = Annotated[
    str | None,
    typer.Option(
        "--feed",
        help="The feed to read, or 'chosen' for reports; by default the feed with most rows on the pair.",
    ),
]
ActorsOption = Annotated[
    Actors, typer.Option("--actors", help="'state' keeps state agents on both sides, 'all' keeps everyone.")
]
OneADay = Annotated[bool, typer.Option("--one-a-day", help="Count equal acts of a day once.")]
Multiverse = Annotated[
    bool, typer.Option("--multiverse", help="Show instead what other reasonable choices give, and how many agree.")
]
Since = Annotated[str | None, typer.Option("--since", help="First day: YYYY, YYYY-MM or YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option("--until", help="Last day: YYYY, YYYY-MM or YYYY-MM-DD.")]
Strict = Annotated[bool, typer.Option("--strict", help="Leave out alleged acts.")]
Reviewed = Annotated[
    ReviewedOption,
    typer.Option(
        "--reviewed",
        help="'corrected' applies reviewers' decisions, 'accepted' keeps only what they accepted, 'all' ignores them.",
    ),
]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files or folders; - is standard input.")]
InputFormatOption = Annotated[
    str | None,
    typer.Option(
        "--input-format",
        help="What the input holds: text, markdown, html, pdf, docx, zip, jsonl, csv, parquet.",
    ),
]


def open_or_example(path: Path | None, reviewed: ReviewedOption = ReviewedOption.CORRECTED) -> "Store":
    """The user's store; the bundled chronology, said on standard error, where it is empty or absent."""
    from detente.api import open as open_store
    from detente.api import open_example, store_path
    from detente.api.stores import ENVIRONMENT, names_engine
    from detente.cli.output import note, progress

    place = path if path is not None else os.environ.get(ENVIRONMENT)
    if names_engine(place):
        return open_store(place).reviewed(reviewed.value)
    folder = path if path is not None else store_path()
    if folder.exists() and not folder.is_dir():
        return open_store(folder)  # says what it is instead
    if folder.exists() and any(folder.iterdir()):
        store = open_store(folder)
        if not store.is_empty():
            return store.reviewed(reviewed.value)
    elif path is not None and not folder.exists():
        from detente.errors import StoreError

        raise StoreError(f"{path}: no such store; add reports first (`detente add PATH --store {path}`)")
    note(
        "Your store is empty, so this reads the bundled Russia–Japan chronology (with eight comparison pairs): "
        "an example, held apart from your store."
    )
    return open_example(progress=progress).reviewed(reviewed.value)
