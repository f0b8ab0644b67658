"""Help texts as a newcomer reads them."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from detente.cli.app import VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(detente, verb):
    ran = detente(verb, "--help")
    assert ran.code == 0
    assert ran.err == ""
    text = ran.out
    assert text.lstrip().startswith(f"Usage: detente {verb}")
    assert max(map(len, text.splitlines())) <= 112


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_says_what_it_is(detente, verb):
    """No option stands without words beside or below it."""
    lines = detente(verb, "--help").out.splitlines()
    options = [place for place, line in enumerate(lines) if line.strip().startswith("-")]
    assert options
    for place in options:
        beside = "  " in lines[place].strip()
        below = place + 1 < len(lines) and not lines[place + 1].strip().startswith("-")
        assert beside or (below and lines[place + 1].strip()), lines[place]


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="the list of verbs cuts most one-line explanations")
def test_the_list_of_verbs_is_not_cut(detente):
    assert "..." not in detente("--help").out


def test_short_and_long_help_are_the_same(detente):
    assert detente("-h").out == detente("--help").out


def test_version_is_the_installed_one(detente):
    ran = detente("--version")
    root = Path(__file__).resolve().parents[2]
    stated = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert ran.out.split()[-1] == version("detente") == stated
