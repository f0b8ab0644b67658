"""The command `detente` and its verbs."""

import sys
from collections.abc import Callable

import typer

from detente.cli import add, breaks, brief, code, evaluate, events, impact, index, ledger, quarantine, read
from detente.cli import import_ as import_verb
from detente.errors import DetenteError

HELP = """What did a shock do to the relation between two states, and how do we know?

Reads reports and event feeds, codes who did what to whom, keeps every event tied to the words and the source it
came from, measures the relation, and writes a brief in which each sentence can be followed back to its evidence.

Start with:  detente brief RUS JPN --shock 2022-02-24

Every verb that answers takes --format and writes only its answer to standard output; notes and progress go to
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

VERBS: dict[str, Callable[..., None]] = {
    "brief": brief.run,
    "read": read.run,
    "code": code.run,
    "add": add.run,
    "import": import_verb.run,
    "events": events.run,
    "index": index.run,
    "breaks": breaks.run,
    "impact": impact.run,
    "ledger": ledger.run,
    "quarantine": quarantine.run,
    "evaluate": evaluate.run,
}
for _name, _run in VERBS.items():
    app.command(name=_name)(_run)


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
    try:
        app()
    except DetenteError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe left: not a failure
        sys.exit(0)
    except KeyboardInterrupt:
        print("detente: stopped; what was stored stays stored", file=sys.stderr)
        sys.exit(130)
