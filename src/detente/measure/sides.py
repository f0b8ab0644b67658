"""Who took sides: days on which another acted against one side or for the other."""

from dataclasses import replace
from typing import Final

from detente.measure.others import Board, Cell
from detente.model.third_parties import SideTaken, Sign, Triad

FEWEST_DAYS: Final = 5  # with an act for or against a side, below which no side is told
FEWEST_ACTS: Final = 10  # of conflict and cooperation, below which a relation has no sign
LEVEL: Final = 0.05
_Z: Final = 1.645  # of a 90 % interval
_MOST: Final = 20


def take_sides(board: Board, *, test: bool) -> tuple[SideTaken, ...]:
    """What each other did toward the two sides by SANCTION, ACCUSE and SUPPORT.

    Days are counted, not reports, so that one much told act weighs once. A side is told where, after the date, the
    days against one and those against the other differ by more than even odds allow (exact binomial, two-sided, after
    Benjamini and Hochberg 1995 over all others, at 5 %).

    Args:
        board: The counts.
        test: Whether anything may be tested (a feed); a chosen record is only counted.

    Returns:
        Others with such an act after the date, the most days first, twenty at most.
    """
    others = dict.fromkeys(code for cell in board.cells for code in (cell.source,) if code not in (board.a, board.b))
    counted = [_count(board, who) for who in others]
    told = [row for row in counted if row.against_a + row.against_b]
    if test:
        told = _tested(told, board)
    return tuple(sorted(told, key=lambda row: (-(row.against_a + row.against_b), row.who))[:_MOST])


def read_triads(board: Board) -> tuple[Triad, ...]:
    """The signs of the relations of the two sides and each other that has one with both.

    A relation is `+` where the 90 % interval (Wilson 1927) of its conflict share lies below one half, `-` where it lies
    above, `0` where it holds one half or fewer than ten acts of conflict and cooperation lie in the window.

    Args:
        board: The counts.

    Returns:
        Triads in which at least one relation with the other has a sign, by the number of acts before.
    """
    ab = (_sign(board, board.a, board.b, after=False), _sign(board, board.a, board.b, after=True))
    found = []
    both = set(board.others(board.b))
    for other in board.others(board.a):
        if other not in both:
            continue
        a_other = (_sign(board, board.a, other, after=False), _sign(board, board.a, other, after=True))
        b_other = (_sign(board, board.b, other, after=False), _sign(board, board.b, other, after=True))
        if {*a_other, *b_other} == {"0"}:
            continue
        balanced = [_balance(ab[at], a_other[at], b_other[at]) for at in (0, 1)]
        found.append(Triad(other, ab, a_other, b_other, balanced[0], balanced[1]))
    return tuple(found[:_MOST])


def adjust_bh(p_values: list[float]) -> list[float]:
    """p-values adjusted to control the false discovery rate (Benjamini and Hochberg 1995).

    Examples:
        >>> adjust_bh([0.01, 0.04, 0.02])
        [0.03, 0.04, 0.03]
    """
    n = len(p_values)
    order = sorted(range(n), key=lambda at: p_values[at], reverse=True)
    adjusted, smallest = [0.0] * n, 1.0
    for place, at in enumerate(order):
        smallest = min(smallest, p_values[at] * n / (n - place))
        adjusted[at] = smallest
    return adjusted


def _count(board: Board, who: str) -> SideTaken:
    def days(target: str, *kinds: str, after: bool = True) -> int:
        return sum(
            cell.days
            for cell in board.cells
            if (cell.source, cell.target, cell.after) == (who, target, after) and cell.event_type in kinds
        )

    def against(one: str, other: str, *, after: bool) -> int:
        return days(one, "SANCTION", "ACCUSE", after=after) + days(other, "SUPPORT", after=after)

    a, b = board.a, board.b
    return SideTaken(
        who=who,
        sanction_a=days(a, "SANCTION"),
        sanction_b=days(b, "SANCTION"),
        accuse_a=days(a, "ACCUSE"),
        accuse_b=days(b, "ACCUSE"),
        support_a=days(a, "SUPPORT"),
        support_b=days(b, "SUPPORT"),
        against_a=against(a, b, after=True),
        against_b=against(b, a, after=True),
        against_a_before=against(a, b, after=False),
        against_b_before=against(b, a, after=False),
        p_value=None,
        p_adjusted=None,
        sided_with=None,
    )


def _tested(rows: list[SideTaken], board: Board) -> list[SideTaken]:
    from scipy import stats

    p_values = [float(stats.binomtest(row.against_a, row.against_a + row.against_b).pvalue) for row in rows]
    adjusted = adjust_bh(p_values)
    return [
        replace(row, p_value=p_value, p_adjusted=p_adjusted, sided_with=_side(row, p_adjusted, board))
        for row, p_value, p_adjusted in zip(rows, p_values, adjusted, strict=True)
    ]


def _side(row: SideTaken, p_adjusted: float, board: Board) -> str | None:
    if row.against_a + row.against_b < FEWEST_DAYS or p_adjusted > LEVEL:
        return None
    return board.b if row.against_a > row.against_b else board.a


def _sign(board: Board, one: str, other: str, *, after: bool) -> Sign:
    cells: tuple[Cell, ...] = board.of_pair(one, other, after=after)
    conflict, n = sum(cell.conflict for cell in cells), sum(cell.conflict + cell.cooperation for cell in cells)
    if n < FEWEST_ACTS:
        return "0"
    share = conflict / n
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * (share * (1 - share) / n + _Z**2 / (4 * n**2)) ** 0.5 / (1 + _Z**2 / n)
    return "-" if centre - half > 0.5 else "+" if centre + half < 0.5 else "0"


def _balance(*signs: Sign) -> bool | None:
    return None if "0" in signs else signs.count("-") % 2 == 0
