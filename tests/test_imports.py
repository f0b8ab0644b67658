"""The table of docs/architecture.md holds: who may import whom, and that only the command line prints or exits."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "src" / "detente"
ROOT = "__init__"
ROW = re.compile(r"\| `(\w+)(?:/|\.py)` \|[^|]*\|([^|]*)\|")
LOUD = {"print", "input", "breakpoint"}
LEAVING = {"exit", "quit", "_exit", "abort"}
STREAMS = {"stdout", "stderr", "stdin"}
WRITERS = {("typer", "echo"), ("click", "echo"), ("rich", "print")}


def allowed_imports() -> dict[str, set[str]]:
    """Room -> rooms it may import, as the page says."""
    page = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    return {room: set(re.findall(r"`(\w+)`", cell)) for room, cell in ROW.findall(page)}


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def sources() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield room_of(path), path, ast.parse(path.read_text(encoding="utf-8"))


def imported_rooms(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and room of every import of ours, those inside functions and by name included."""
    for node in ast.walk(tree):
        for name in _imported_names(node):
            parts = name.split(".")
            if parts[0] == "detente":
                yield node.lineno, parts[1] if len(parts) > 1 else ROOT  # type: ignore[attr-defined]


def _imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [item.name for item in node.names]
    if isinstance(node, ast.ImportFrom):
        if node.level:
            return ["detente.relative_import"]
        if node.module == "detente":
            rooms = {path.stem for path in PACKAGE.iterdir()}
            return [f"detente.{item.name}" if item.name in rooms else "detente" for item in node.names]
        return [node.module or ""]
    if isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"} and node.args:
        first = node.args[0]
        return [str(first.value)] if isinstance(first, ast.Constant) else []
    return []


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def loud_lines(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Lines that print, read the keyboard, touch a standard stream or leave the process."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            owner, called = getattr(getattr(node.func, "value", None), "id", None), _called(node)
            alone = isinstance(node.func, ast.Name) and called in LOUD | LEAVING
            if alone or (owner in {"sys", "os"} and called in LEAVING) or (owner, called) in WRITERS:
                yield node.lineno, called
        elif isinstance(node, ast.Attribute) and node.attr in STREAMS and getattr(node.value, "id", "") == "sys":
            yield node.lineno, f"sys.{node.attr}"
        elif isinstance(node, ast.Name) and node.id == "SystemExit":
            yield node.lineno, "SystemExit"


def test_every_room_has_a_row_and_every_row_a_room() -> None:
    rooms = {room for room, _, _ in sources()} - {ROOT}
    assert set(allowed_imports()) == rooms


def test_a_row_names_only_rooms() -> None:
    table = allowed_imports()
    assert {name for names in table.values() for name in names} <= set(table)


def test_rooms_import_only_what_the_table_allows() -> None:
    table = allowed_imports()
    table[ROOT] = {"api"}  # what users import is loaded from there when first asked for
    broken = [
        f"{path.relative_to(PACKAGE)}:{line} imports {found}"
        for room, path, tree in sources()
        for line, found in imported_rooms(tree)
        if found not in table[room] | {room}
        and not (found == ROOT and {"api"} & table[room] | {room} & {"api"})  # the version number
    ]
    assert broken == []


def test_the_table_has_no_circle() -> None:
    table = {room: set(names) for room, names in allowed_imports().items()}
    while table:
        free = {room for room, names in table.items() if not names & set(table)}
        assert free, f"these import one another: {sorted(table)}"
        table = {room: names for room, names in table.items() if room not in free}


def test_only_the_command_line_prints_or_exits() -> None:
    broken = [
        f"{path.relative_to(PACKAGE)}:{line} uses {what}"
        for room, path, tree in sources()
        if room != "cli"
        for line, what in loud_lines(tree)
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("source", "room"),
    [
        ("import detente.store.view", "store"),
        ("from detente.store import Store", "store"),
        ("from detente import api", "api"),
        ("from detente import __version__", ROOT),
        ("def f():\n    from detente.brief import render", "brief"),
        ("import_module('detente.cli')", "cli"),
        ("from . import store", "relative_import"),
    ],
)
def test_an_import_is_seen(source: str, room: str) -> None:
    assert [found for _, found in imported_rooms(ast.parse(source))] == [room]


@pytest.mark.parametrize(
    "source",
    ["print(1)", "import sys\nsys.exit(1)", "sys.stderr.write('')", "raise SystemExit", "typer.echo('')", "exit()"],
)
def test_a_loud_line_is_seen(source: str) -> None:
    assert list(loud_lines(ast.parse(source)))
