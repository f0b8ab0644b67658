"""The option by which verbs take another coder."""

from typing import Annotated

import typer

CoderOption = Annotated[
    str | None,
    typer.Option("--coder", help="Another coder by name: one that an installed package brings."),
]
