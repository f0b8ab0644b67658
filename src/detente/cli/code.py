"""`detente code`: who did what to whom, when, by whose words."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.coder_option import CoderOption
from detente.cli.options import FormatOption, InputFormatOption, Paths
from detente.cli.output import Format, note

if TYPE_CHECKING:
    from detente.model import Document, Uncoded


def run(
    paths: Paths,
    format: FormatOption = Format.TABLE,  # noqa: A002
    input_format: InputFormatOption = None,
    domestic: Annotated[bool, typer.Option("--domestic", help="Give acts within one country too.")] = False,
    uncoded: Annotated[
        bool,
        typer.Option("--uncoded", help="List on standard error the sentences that gave no act, and why."),
    ] = False,
    coder: CoderOption = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="PATH is a sentence (or -): tell its actors, its acts, and why it gave none."),
    ] = False,
) -> None:
    """Code reports: one act a line, each with the words it rests on and the reference that covers them.

    Shows what would be kept; `detente add` keeps it. Acts are between two different countries or organisations.
    With --input-format jsonl each line has id, text and optionally date, language, previous; events are written as
    lines come in.
    """
    if explain:
        from detente.cli.explanation import write_explanation

        write_explanation(paths, format, coder, domestic=domestic)
    else:
        _code(paths, format, input_format, coder, domestic=domestic, uncoded=uncoded)


def _code(
    paths: list[Path], form: Format, input_format: str | None, coder: str | None, *, domestic: bool, uncoded: bool
) -> None:
    from detente.api.coders import find_coder
    from detente.cli.event_stream import WRITERS, EventWriter
    from detente.cli.incoming import Incoming

    chosen = find_coder(coder)
    incoming = Incoming(paths, input_format)
    writer: EventWriter | None = None
    n_documents = n_reports = n_left = 0
    for batch in incoming.batches():
        coded = list(chosen.code_documents(batch, domestic=domestic))
        reports = [report for one in coded for report in one.reports]
        writer = writer or WRITERS[form]()
        writer.write(reports, wait=incoming.is_waiting())
        sys.stdout.flush()
        n_documents, n_reports = n_documents + len(batch), n_reports + len(reports)
        for one in coded:
            n_left += len(one.uncoded)
            if uncoded:
                _list_uncoded(one.document, one.uncoded)
    (writer or WRITERS[form]()).close()
    note(f"{n_reports} acts in {n_documents} documents; {n_left} sentences name a side and gave none")


def _list_uncoded(document: "Document", uncoded: "tuple[Uncoded, ...]") -> None:
    for item in uncoded:
        note(f"  {item.reason}: {' '.join(document.quote(item.start, item.end).split())}")
