"""`detente code`: who did what to whom, when, by whose words."""

from typing import Annotated

import typer

from detente.cli.options import FormatOption, InputFormatOption, Paths
from detente.cli.output import Format, note, write_answer


def run(
    paths: Paths,
    format: FormatOption = Format.TABLE,  # noqa: A002
    input_format: InputFormatOption = None,
    domestic: Annotated[bool, typer.Option("--domestic", help="Give acts within one country too.")] = False,
    uncoded: Annotated[
        bool,
        typer.Option("--uncoded", help="List on standard error the sentences that gave no act, and why."),
    ] = False,
) -> None:
    """Code reports: one act a line, each with the words it rests on and the reference that covers them.

    Shows what would be kept; `detente add` keeps it. Acts are between two different countries or organisations.
    With --input-format jsonl each line has id, text and optionally date, language, previous.
    """
    from detente.api.answers import event_row
    from detente.api.objects import report_object
    from detente.api.tables import text_table
    from detente.cli.sources import code_paths
    from detente.model import Event
    from detente.model.tables import reports_table

    coded = code_paths(paths, input_format, domestic=domestic)
    objects = [{"event_id": report.report_id, **report_object(report)} for report in coded.reports]
    events = [Event(report.report_id, report, (report.report_id,), report.evidence) for report in coded.reports]
    arrow = reports_table(coded.reports)
    write_answer(
        format,
        whole={"events": objects},
        objects=objects,
        rows=arrow.to_pylist() if format is Format.CSV else [],
        table=text_table([event_row(event) for event in events]),
        arrow=arrow,
    )
    left = len(coded.uncoded)
    note(f"{len(coded.reports)} acts in {len(coded.documents)} documents; {left} sentences name a side and gave none")
    if uncoded:
        texts = {document.id: document.text for document in coded.documents}
        for item in coded.uncoded:
            words = " ".join(texts[item.document_id][item.start : item.end].split())
            note(f"  {item.reason}: {words}")
