"""The headline under every reasonable set of choices: how far the answer hangs on them."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Final, Literal

import numpy as np

from detente.measure.cubed import Record, event_rows
from detente.measure.donors import FEWEST_COUNTED, FEWEST_DONORS
from detente.measure.impact_board import Board, build_board
from detente.measure.impact_estimators import estimate_pair
from detente.measure.impact_outcomes import COUNTS
from detente.measure.impact_windows import FEWEST_AFTER
from detente.measure.select import JOINT, select_record
from detente.measure.series import build_series
from detente.model.impact import Universe
from detente.model.results import Selection

_AFTER: Final = (4, 8, 12, 24)
_ACTORS: Final[tuple[Literal["state", "all"], ...]] = ("state", "all")
_SCALES: Final = ("coverage", "count", "log")


def spread_choices(
    record: Record, selection: Selection, board: Board, headline: str, shock: date, anticipation_days: int
) -> tuple[Universe, ...]:
    """The synthetic control's effect (joint) over windows, donors, de-duplication, actors, publishers and scale.

    De-duplication and actors are combined; the press of a side is left out (of all pairs and of the coverage) with the
    other choices as asked, where the record knows the country of its publishers.

    Args:
        record: The event view, or a cube.
        selection: What was asked.
        board: The sums as asked.
        headline: Name of the series.
        shock: UTC date of the shock.
        anticipation_days: Days before the shock that do not count as before.

    Returns:
        One effect a set of choices for which there are enough donors and periods.
    """
    found: list[Universe] = []

    def rebuilt(rows: Record, chosen: Selection) -> Board:
        series = build_series(rows, chosen, board.series.every)
        return build_board(
            rows, chosen, series, shock, board.struck, listed=board.listed, anticipation_days=anticipation_days
        )

    for one_a_day, actors in product((False, True), _ACTORS):
        chosen = replace(selection, one_a_day=one_a_day, actors=actors)
        here = board if chosen == selection else rebuilt(record, chosen)
        found += _of_board(here, chosen, headline, board)
    for side, codes in zip(selection.dyad, (selection.a_codes, selection.b_codes), strict=True):
        if (rows := _without_press(record, selection, codes)) is not None:
            apart = _of_board(rebuilt(rows, selection), selection, headline, board)
            found += [replace(item, publishers=f"without {side}") for item in apart]
    return tuple(found)


def _of_board(board: Board, selection: Selection, headline: str, asked: Board) -> list[Universe]:
    found = []
    rules = {"rule": {}, "narrow": {"narrow": True}, "busy": {"fewest": 3 * FEWEST_COUNTED}}
    scales = _SCALES if headline in COUNTS else _SCALES[:1]
    longest = len(board.periods) - board.window.start
    lengths = {min(after, longest) for after in (*_AFTER, asked.window.after)}
    for (rule, how), after in product(rules.items(), sorted(lengths)):
        placed = board.with_window(replace(board.window, after=after))
        donors = placed.choose(headline, **how)  # type: ignore[arg-type]
        count = int(donors.kept.sum())
        if count < FEWEST_DONORS or after < FEWEST_AFTER:
            continue
        for scale in scales:
            panel = placed.outcome(headline, JOINT, donors.kept, scale=scale)
            effect = estimate_pair(panel)
            level = float(panel.values[0, panel.after].mean()) - effect
            relative = effect / level if headline in COUNTS and level > 0 else None
            if scale == "log":
                relative = float(np.expm1(effect))
            found.append(Universe(after, rule, selection.one_a_day, selection.actors, scale, count, effect, relative))
    return found


def _without_press(record: Record, selection: Selection, codes: tuple[str, ...]) -> Record | None:
    """The rows of a record without those of a side's own press; None where it holds none that it knows."""
    rows = select_record(event_rows(record), selection)
    own = rows.publisher_country.isin(list(codes)).fill_null(False)  # noqa: FBT003
    return rows.filter(~own) if rows.filter(own).limit(1).count().to_pyarrow().as_py() else None
