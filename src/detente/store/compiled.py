"""SQL of Ibis's expressions, compiled once a process for each shape.

Compiling takes longer than most questions of one pair. Two expressions have one shape where they differ only in the
names of tables and in the texts that columns are compared with: the codes of a pair, the name of a feed. Those are left
open in the compiled SQL and filled in.
"""

import re
import weakref
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from ibis.expr.operations import Node
    from ibis.expr.types import Expr

_KEPT: Final = 512  # shapes; a process that asks everything has some two hundred
_OPEN: Final = re.compile(r"""(["'])__open_(\d+)__\1""")

Compile: TypeAlias = Callable[["Expr"], str]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an expression is, but for what is left open.

    Attributes:
        key: Kinds, arguments and places of all its nodes.
        node: The expression while it is being compiled; a dead reference later, so that no connection is kept.
        opened: Its nodes whose name or text is left open, by place.
        compile: Turns an expression into SQL.
    """

    key: Hashable
    node: "weakref.ref[Node]" = field(compare=False)
    opened: "tuple[weakref.ref[Node], ...]" = field(compare=False)
    compile: "weakref.WeakMethod[Compile]" = field(compare=False)


def compile_known(expr: "Expr", compile_new: Compile) -> str | None:
    """The SQL of an expression.

    Args:
        expr: A table of one backend.
        compile_new: A method that compiles an expression anew.

    Returns:
        The SQL that `compile_new` gives for it; None where the expression holds what has to be prepared before it runs
        (rows of this process, functions in Python).
    """
    import ibis.expr.operations as ops

    node = expr.op()
    order = list(_nodes(node))
    if any(isinstance(one, ops.InMemoryTable | ops.ScalarUDF | ops.AggUDF | ops.SQLQueryResult) for one in order):
        return None
    opened = tuple(_open_nodes(order))
    place = {one: number for number, one in enumerate(order)}
    holes = {one: number for number, one in enumerate(opened)}
    key = tuple((type(one), *_told(one, place, holes)) for one in order)
    shape = _Shape(key, weakref.ref(node), tuple(weakref.ref(one) for one in opened), weakref.WeakMethod(compile_new))
    texts = [_text(one) for one in opened]

    def fill(found: re.Match[str]) -> str:
        mark, number = found.groups()
        return mark + texts[int(number)].replace(mark, 2 * mark) + mark

    return _OPEN.sub(fill, _compiled(shape))


@lru_cache(maxsize=_KEPT)
def _compiled(shape: _Shape) -> str:
    """The SQL of a shape with `__open_0__`, `__open_1__`, ... in the places of names and texts."""
    node, compile_new = shape.node(), shape.compile()
    if node is None or compile_new is None:
        raise RuntimeError("an expression went away while it was being compiled")
    marks = {one(): f"__open_{number}__" for number, one in enumerate(shape.opened)}
    changed = {one: one.copy(**{_naming(one): mark}) for one, mark in marks.items() if one is not None}
    return compile_new(node.replace(changed).to_expr())


def _nodes(root: "Node") -> Iterator["Node"]:
    """An expression's nodes, each once, those it rests on before it."""
    done: set[Node] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, is_ready = stack.pop()
        if is_ready:
            yield node
        elif node not in done:
            done.add(node)
            stack.append((node, True))
            stack += [(child, False) for child in reversed(list(_children(node.__args__)))]


def _children(args: Iterable[Any]) -> Iterator["Node"]:
    from ibis.common.graph import Node

    for arg in args:
        if isinstance(arg, Node):
            yield arg
        elif isinstance(arg, tuple):
            yield from _children(arg)
        elif isinstance(arg, Mapping):
            yield from _children(arg.values())


def _open_nodes(order: Iterable["Node"]) -> Iterator["Node"]:
    """Tables, and texts that are only compared with: nothing else in the SQL depends on what they say."""
    import ibis.expr.operations as ops

    comparing = (ops.InValues, ops.Equals, ops.NotEquals)
    texts: dict[Node, bool] = {}
    for node in order:
        if isinstance(node, ops.DatabaseTable):
            yield node
        for child in _children(node.__args__):
            if isinstance(child, ops.Literal) and child.dtype.is_string() and child.value is not None:
                texts[child] = texts.get(child, True) and isinstance(node, comparing)
    yield from (text for text, is_compared in texts.items() if is_compared)


def _naming(node: "Node") -> str:
    """The argument of an open node that is left open."""
    return "name" if "name" in node.__argnames__ else "value"


def _text(node: "Node") -> str:
    return str(getattr(node, _naming(node)))


def _told(node: "Node", place: Mapping["Node", int], holes: Mapping["Node", int]) -> Iterator[Hashable]:
    """A node's arguments: nodes by their place, what is left open by its number, no connection."""
    for name, arg in zip(node.__argnames__, node.__args__, strict=True):
        if name == "source":
            continue
        yield holes[node] if node in holes and name == _naming(node) else _argument(arg, place)


def _argument(arg: Any, place: Mapping["Node", int]) -> Hashable:
    from ibis.common.graph import Node

    if isinstance(arg, Node):
        return Node, place[arg]
    if isinstance(arg, tuple):
        return tuple(_argument(one, place) for one in arg)
    if isinstance(arg, Mapping) and not hasattr(arg, "to_pyarrow"):  # a schema says itself what it is
        return tuple((name, _argument(one, place)) for name, one in arg.items())
    return type(arg), arg
