"""The command `detente` and its verbs."""

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper

import typer

from detente.cli import (
    actors,
    add,
    breaks,
    brief,
    code,
    compact,
    compare,
    evaluate,
    events,
    exchanges,
    export,
    feeds,
    fetch,
    forget,
    impact,
    index,
    ledger,
    migrate,
    quarantine,
    read,
    reciprocity,
    review,
    series,
    serve,
    shocks,
    third_parties,
)
from detente.cli import import_ as import_verb
from detente.cli.output import note
from detente.errors import DetenteError

HELP = """What did a shock do to the relation between two states, and how do we know?

Reads reports and event feeds, codes who did what to whom, keeps every event tied to the words and the source it
came from, measures the relation, and writes a brief in which each sentence can be followed back to its evidence.

Start with:  detente brief RUS JPN --shock 2022-02-24

Verbs that give data take --format and write only their answer to standard output; notes and progress go to
standard error. Exit codes: 0 done, 1 a stated failure, 2 wrong use.
"""

app = typer.Typer(
    name="detente",
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "brief": (brief.run, "Write a brief on what changed at a date."),
    "read": (read.run, "Show how a report is understood."),
    "code": (code.run, "Show who did what to whom in reports."),
    "add": (add.run, "Read reports, code them, keep them."),
    "forget": (forget.run, "Remove a document's text and quotes."),
    "import": (import_verb.run, "Import files of an event feed."),
    "fetch": (fetch.run, "Bring a public feed from its publisher."),
    "feeds": (feeds.run, "List the feeds and their terms."),
    "actors": (actors.run, "Tell who an actor's name or code is."),
    "events": (events.run, "List the events between two sides."),
    "index": (index.run, "Measure the relation by period."),
    "breaks": (breaks.run, "Find the dates at which it changed."),
    "compare": (compare.run, "Set several relations side by side."),
    "reciprocity": (reciprocity.run, "Tell who answers whom."),
    "exchanges": (exchanges.run, "List which act followed which."),
    "impact": (impact.run, "What changed at a date, against other pairs."),
    "third-parties": (third_parties.run, "Find who else moved at a date."),
    "ledger": (ledger.run, "List what stands in force on a day."),
    "review": (review.run, "Accept, correct or reject events."),
    "serve": (serve.run, "Show the store as pages in a browser."),
    "shocks": (shocks.run, "List the shocks that have a name."),
    "series": (series.run, "Keep figures beside the events."),
    "export": (export.run, "Write events to Stata, Excel, CSV, Parquet."),
    "compact": (compact.run, "Merge and sort the files of a store."),
    "migrate": (migrate.run, "Bring an older store up to date."),
    "quarantine": (quarantine.run, "List rows that imports set aside."),
    "evaluate": (evaluate.run, "Score the coder on gold codes."),
}
for _name, (_run, _short) in VERBS.items():
    app.command(name=_name, short_help=_short)(_run)


def _version(wanted: bool) -> None:
    if wanted:
        from detente import __version__

        typer.echo(f"detente {__version__}")
        raise typer.Exit


@app.callback(help=HELP)
def _options(
    version: bool = typer.Option(False, "--version", help="Print the version.", is_eager=True, callback=_version),
) -> None:
    pass


def main() -> None:
    """Run the command; a stated failure is one line and exit code 1."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy loads: small matrices lose by threads
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console that cannot show a letter shows its number
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except DetenteError as error:
        note(f"detente: {error}")
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of a pipe left: no failure
        sys.exit(0)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        note(f"detente: the answer cannot be written: {error.strerror or error}; check the disk and try again")
        sys.exit(1)
    except KeyboardInterrupt:
        print("detente: stopped; what was stored stays stored", file=sys.stderr)
        sys.exit(130)
