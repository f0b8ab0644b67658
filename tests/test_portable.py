"""Nothing of one system only, unless guarded: the package runs on Linux, macOS and Windows alike."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "detente"
MODULES = {"fcntl", "grp", "msvcrt", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty", "winreg"}
CALLS = {
    "os": {"chown", "fork", "forkpty", "getpgid", "getuid", "geteuid", "killpg", "mkfifo", "nice", "rename", "setsid"}
    | {"sched_getaffinity", "statvfs", "uname", "wait"},
    "signal": {"SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGUSR1", "SIGUSR2", "alarm", "setitimer"},
}
GUARDS = {"platform", "hasattr", "name"}  # sys.platform, hasattr(os, …), os.name
TEXT_MODES = {"r", "w", "a", "x", "r+", "w+"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def unguarded(tree: ast.AST, *, safe: bool = False) -> Iterator[tuple[int, str]]:
    """Line and name of what only some systems have, outside a test of the system."""
    for node in ast.iter_child_nodes(tree):
        inside = safe or _guards(node)
        if not inside:
            yield from ((node.lineno, name) for name in _names(node) if name)  # type: ignore[attr-defined]
        yield from unguarded(node, safe=inside)


def _guards(node: ast.AST) -> bool:
    if isinstance(node, ast.Try):
        types = (handler.type for handler in node.handlers if handler.type)
        caught = {name.id for kind in types for name in ast.walk(kind) if isinstance(name, ast.Name)}
        return bool(caught & {"ImportError", "ModuleNotFoundError", "AttributeError"})
    if isinstance(node, ast.If | ast.IfExp):
        words = {part.attr for part in ast.walk(node.test) if isinstance(part, ast.Attribute)}
        words |= {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}
        return bool(words & GUARDS)
    return False


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [item.name for item in node.names if item.name.partition(".")[0] in MODULES]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if (node.module or "").partition(".")[0] in MODULES else []
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [f"{node.value.id}.{node.attr}"] if node.attr in CALLS.get(node.value.id, set()) else []
    return []


def test_nothing_of_one_system_stands_unguarded():
    assert [f"{path}:{line} {name}" for path, tree in trees() for line, name in unguarded(tree)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import fcntl", ["fcntl"]),
        ("def f():\n    import resource", ["resource"]),
        ("import os\nos.fork()", ["os.fork"]),
        ("try:\n    import resource\nexcept ImportError:\n    pass", []),
        ("import sys\nif sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl", []),
        ("import signal\nif hasattr(signal, 'setitimer'):\n    signal.setitimer(0, 1)", []),
    ],
)
def test_the_search_sees_what_it_looks_for(source, found):
    assert [name for _, name in unguarded(ast.parse(source))] == found


def test_every_text_file_is_opened_with_its_encoding():
    """Windows would read UTF-8 as its own code page."""
    missing = [
        f"{path}:{call.lineno}"
        for path, tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _opens_text(call) and not _has_encoding(call)
    ]
    assert missing == []


def _opens_text(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return isinstance(call.func, ast.Name) and call.func.id == "open" and _mode(call, 1) in TEXT_MODES
    on_path = isinstance(call.func.value, ast.Name | ast.BinOp | ast.Call)
    if call.func.attr in ("read_text", "write_text"):
        return on_path
    return call.func.attr == "open" and isinstance(call.func.value, ast.Name) and _mode(call, 0) in TEXT_MODES


def _mode(call: ast.Call, place: int) -> str:
    given = [*call.args[place : place + 1], *(word.value for word in call.keywords if word.arg == "mode")]
    return given[0].value if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str) else ""


def _has_encoding(call: ast.Call) -> bool:
    named = any(word.arg == "encoding" for word in call.keywords)
    read = isinstance(call.func, ast.Attribute) and call.func.attr == "read_text" and bool(call.args)
    return named or read
