"""Adds report after report through the command line and says each stored one; made to be killed."""

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from detente.cli import main


def add(path, store):
    sys.argv = ["detente", "add", str(path), "--store", store]
    out = StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(StringIO()):
            main()
    except SystemExit as stop:
        if stop.code:
            raise
    return out.getvalue().startswith("1 document stored")


def endless(name, store, folder):
    number = 0
    while True:
        path = Path(folder) / f"{name}-{number}.txt"
        path.write_text(
            f"Report {name}-{number}.\n\nJapan expelled eight Russian diplomats on {1 + number % 28} April 2022.\n",
            encoding="utf-8",
        )
        if add(path, store):
            sys.stdout.write(f"{name}-{number}\n")
            sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    endless(*sys.argv[1:])
