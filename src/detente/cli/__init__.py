"""The command line: one file a verb, over `detente.api`; the only place that prints or exits."""

from detente.cli.app import main

__all__ = ["main"]
