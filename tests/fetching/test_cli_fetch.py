"""`detente fetch` as it is called: its answer, its notes, its refusals, and the page that shows them."""

import doctest
import io
import json
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from detente.cli import main
from detente.cli.fetch import read_bytes
from detente.errors import InputError

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "fetch.md"
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Exit code, answer and notes of a command line."""
    monkeypatch.chdir(tmp_path)

    def call(line, *, together=False):
        monkeypatch.setattr(sys, "argv", shlex.split(line))
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with redirect_stdout(out), redirect_stderr(out if together else err):
            try:
                main()
            except SystemExit as stop:
                code = stop.code or 0
        return code, out.getvalue(), err.getvalue()

    return call


def test_answer_and_notes_are_apart(run, quarters, shelf):
    del shelf.files[quarters.paths[1]]
    code, out, err = run(f"detente fetch gdelt/2 --since 2019-01-21 --mirror {shelf.address} --pause 0 --format json")
    found = json.loads(out)
    assert code == 0
    assert (found["fetched"], found["stored"], found["until"], len(found["failed"])) == (5, 15, None, 1)
    assert "1 file could not be had or read" in err


def test_a_dry_run_makes_no_store(run, quarters, shelf, tmp_path):
    code, out, _ = run(f"detente fetch gdelt/2 --since 2019 --mirror {shelf.address} --dry-run --format csv")
    assert code == 0
    assert out.splitlines()[1].startswith("gdelt/2,6,")
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("detente fetch keds --since 2019", "'keds' cannot be fetched"),
        ("detente fetch x --since 2019", "'x' is not known"),
        ("detente fetch gdelt --since soon", "soon"),
        ("detente fetch gdelt --since 2019 --mirror file:///x", "not http or https"),
        ("detente fetch gdelt --since 2019 --max-bytes much", "expected a number of bytes"),
        ("detente fetch gdelt --since 2019 --only Atlantis", "Atlantis"),
    ],
)
def test_refusals_are_one_line(run, line, said):
    code, out, err = run(line)
    assert (code, out) == (1, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_sizes_as_people_write_them():
    assert [read_bytes(text) for text in ("7", "7k", "1.5G", "20 GB")] == [7, 7000, 1_500_000_000, 20_000_000_000]
    for wrong in ("", "-1", "1e9", "9" * 40, "5X"):
        with pytest.raises(InputError):
            read_bytes(wrong)


def test_the_page_shows_what_the_command_writes(run, quarters, shelf):
    (block,) = re.findall(r"^```console served\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    assert len(parts) == 3
    for part in parts:
        line, _, shown = part.partition("\n")
        _, written, _ = run(line.replace("http://127.0.0.1:8000", shelf.address), together=True)
        alike = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        assert doctest.OutputChecker().check_output(shown.rstrip() + "\n", written.rstrip() + "\n", alike), written
