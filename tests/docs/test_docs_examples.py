"""The examples of the pages are run and give what the page shows; `...` stands for what is left out.

A `console` block holds `$ detente ...` with what it writes, and `$ cat FILE` with the content of a file that
the next commands read. A `console data` block reads a real feed file that is not part of the repository.
Blocks marked `python` are Python sessions; other blocks are not run.
"""

import doctest
import io
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import pytest

from detente.cli import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
FENCE = re.compile(r"^```(\S+)(?: ([\w-]+))?\n(.*?)^```$", re.M | re.S)
ALIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(path: Path, kind: str, label: str = "") -> list[str]:
    found = FENCE.findall(path.read_text(encoding="utf-8"))
    return [body for language, mark, body in found if (language, mark) == (kind, label)]


def pages_with(kind: str, label: str = "") -> list[str]:
    return [str(path.relative_to(DOCS)) for path in sorted(DOCS.rglob("*.md")) if blocks(path, kind, label)]


def commands(block: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ ", block, flags=re.M)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def run_command(line: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command writes, answer and notes in the order they come."""
    monkeypatch.setattr(sys, "argv", shlex.split(line))
    written = io.StringIO()
    with redirect_stdout(written), redirect_stderr(written), suppress(SystemExit):  # the code is not on the page
        main()
    return written.getvalue()


def check_page(path: Path, label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for block in blocks(path, "console", label):
        for line, shown in commands(block):
            if line.startswith("cat "):
                Path(line.removeprefix("cat ")).write_text(shown.rstrip() + "\n", encoding="utf-8")
                continue
            assert line.startswith("detente "), line
            written = run_command(line, monkeypatch)
            assert doctest.OutputChecker().check_output(shown.rstrip() + "\n", written.rstrip() + "\n", ALIKE), (
                f"{path.name}: $ {line}\n--- the page\n{shown}\n--- the program\n{written}"
            )


@pytest.mark.parametrize("name", pages_with("console"))
def test_commands_give_what_the_page_shows(name: str, own_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_page(DOCS / name, "", monkeypatch)


@pytest.fixture(scope="module")
def filled_store(levant: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import detente as dt

    folder = tmp_path_factory.mktemp("levant") / "store"
    dt.open(folder).import_feed("keds", [levant])
    return folder


@pytest.mark.data
@pytest.mark.parametrize("name", pages_with("console", "data"))
def test_commands_on_a_feed_give_what_the_page_shows(
    name: str, own_place: Path, levant: Path, filled_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_place / levant.name).symlink_to(levant)
    if "detente import" not in "".join(blocks(DOCS / name, "console", "data")):
        monkeypatch.setenv("DETENTE_STORE", str(filled_store))
    check_page(DOCS / name, "data", monkeypatch)


@pytest.mark.parametrize("name", pages_with("python"))
def test_python_gives_what_the_page_shows(name: str, own_place: Path) -> None:
    parser, said = doctest.DocTestParser(), io.StringIO()
    runner = doctest.DocTestRunner(optionflags=ALIKE)
    names: dict[str, object] = {}
    for number, block in enumerate(blocks(DOCS / name, "python"), start=1):
        test = parser.get_doctest(block, names, f"{name} block {number}", name, 0)
        assert test.examples, f"{name} block {number} holds no session"
        runner.run(test, out=said.write, clear_globs=False)
        names = test.globs
    assert runner.failures == 0, said.getvalue()


def test_a_wrong_page_is_caught(own_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = own_place / "wrong.md"
    wrong.write_text("```console\n$ detente --version\ndetente 99\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="detente 99"):
        check_page(wrong, "", monkeypatch)


def test_pages_have_examples() -> None:
    verbs = {Path(name).stem for name in pages_with("console") + pages_with("console", "data")}
    reference = {path.stem for path in (DOCS / "reference").glob("*.md")} - {"columns", "json"}
    assert reference <= verbs
