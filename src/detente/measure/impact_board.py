"""From the sums of a pair and of all pairs to the panel of one outcome: same scale, same periods, same coverage."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.measure.coverage import count_coverage
from detente.measure.cubed import Record
from detente.measure.donor_panel import DonorPanel, build_panel
from detente.measure.donors import FEWEST_COUNTED, Donors, Struck, choose_donors
from detente.measure.impact_outcomes import COUNTS, RATIOS
from detente.measure.impact_windows import Window, kept_periods, place_window
from detente.measure.select import JOINT, direction_names
from detente.measure.series import Numbers, PairSeries
from detente.measure.synthetic import Panel
from detente.model.events import Dyad
from detente.model.results import Selection

MOST_BEFORE: Final = 120
MOST_AFTER: Final = 12
_MOVES: Final = 0.25  # of the steps before: a series that moves in fewer has no scatter to compare with
_STILL: Final = 1e-6
_FEWEST_COVER: Final = 30  # rows a period: below, coverage is too noisy a thing to divide by


@dataclass(frozen=True, slots=True)
class Board:
    """The pair and all pairs over the same whole periods.

    Attributes:
        series: The pair's own sums.
        panel: All pairs of states.
        window: Where before and after lie.
        exposure: Coverage of each whole period, in units of its mean before the shock, (n_periods,).
        covered: Whether there is enough of it to divide by; exposure is 1 where not.
        struck: Who may have been struck.
        listed: The user's own donors.
        ways: Direction of the pair to that of the donors.
    """

    series: PairSeries
    panel: DonorPanel
    window: Window
    exposure: Numbers
    covered: bool
    struck: Struck
    listed: tuple[Dyad, ...] | None
    ways: dict[str, str]

    @property
    def periods(self) -> list[date]:
        """First days of the whole periods."""
        return kept_periods(self.series)

    def part(self) -> slice:
        """The periods from the first before to the last after."""
        return slice(self.window.stop - self.window.before, self.window.start + self.window.after)

    def with_window(self, window: Window) -> "Board":
        """The same sums with other periods before and after; coverage keeps its unit."""
        return replace(self, window=window)

    def choose(
        self, outcome: str, direction: str = JOINT, *, narrow: bool = False, fewest: int = FEWEST_COUNTED
    ) -> Donors:
        """The donors of an outcome by the rule, or by a variant of it."""
        before, _ = self.window.sides()
        counted = _counted(self.panel.sums[JOINT], outcome)[:, before].sum(axis=1)
        values = self._values(self.panel.sums[self.ways[direction]], outcome, "count")[:, before]
        moving = (np.abs(np.diff(values, axis=1)) > _STILL).mean(axis=1) >= _MOVES
        return choose_donors(self.panel, counted, moving, self.struck, listed=self.listed, narrow=narrow, fewest=fewest)

    def outcome(self, name: str, direction: str, kept: npt.NDArray[np.bool_], *, scale: str = "coverage") -> Panel:
        """The panel of one outcome and direction.

        Args:
            name: Name of the series.
            direction: `A>B`, `B>A` or `joint`.
            kept: The donors, (n_dyads,).
            scale: `coverage` divides counts by exposure, `count` leaves them, `log` takes log(1 + count / exposure).

        Returns:
            The pair first, then the donors.
        """
        whole = self.series.whole
        own = {key: values[whole][None] for key, values in self.series.sums[direction].items()}
        others = self.panel.sums[self.ways[direction]]
        values = np.concatenate([self._values(own, name, scale), self._values(others, name, scale, kept)])
        places = np.arange(values.shape[1])
        before, after = self.window.sides()
        masks = [(places >= side.start) & (places < side.stop) for side in (before, after)]
        part = self.part()
        return Panel(values[:, part], masks[0][part], masks[1][part])

    def _values(
        self, sums: dict[str, Numbers], name: str, scale: str, kept: npt.NDArray[np.bool_] | None = None
    ) -> Numbers:
        rows = slice(None) if kept is None else kept
        if name in COUNTS:
            counts = sums[COUNTS[name]][rows]
            rates = counts if scale == "count" else counts / self.exposure
            return np.asarray(np.sign(rates) * np.log1p(np.abs(rates)) if scale == "log" else rates)
        tops, bottoms = (sum((sums[part][rows] for part in parts), np.zeros(1)) for parts in RATIOS[name])
        before, _ = self.window.sides()
        held = bottoms[:, before].sum(axis=1, keepdims=True)
        usual = tops[:, before].sum(axis=1, keepdims=True) / np.maximum(held, 1)
        # One act at the pair's own mean before: a period with no act says nothing new.
        return np.asarray((tops + usual) / (bottoms + 1))


def _counted(sums: dict[str, Numbers], name: str) -> Numbers:
    if name in COUNTS and name != "net":
        return sums[COUNTS[name]]
    parts = ("scored",) if name == "net" else RATIOS[name][1]
    return np.asarray(sum(sums[part] for part in parts))


def build_board(
    record: Record,
    selection: Selection,
    series: PairSeries,
    shock: date,
    struck: Struck,
    *,
    listed: tuple[Dyad, ...] | None = None,
    anticipation_days: int = 30,
) -> Board:
    """Read the donors' sums and place the window.

    Args:
        record: The event view, or a cube.
        selection: What was asked; with `until`, all periods up to it count as after, else twelve.
        series: The pair's own sums.
        shock: UTC date of the shock.
        struck: Who may have been struck.
        listed: The user's own donors.
        anticipation_days: Days before the shock that do not count as before.

    Returns:
        The board.
    """
    window = place_long_window(series, selection, shock, anticipation_days)
    apart = tuple(sorted({*selection.a_codes, *selection.b_codes, *struck.held}))
    # The feed's rows that involve none of them, by period.
    _, _, others, _ = count_coverage(record, replace(selection, a_codes=apart, b_codes=()), series.every)
    coverage = others[series.whole]
    before, after = window.sides()
    used = coverage[before.start : after.stop]
    enough = len(used) > 0 and float(used.min()) > 0 and float(coverage[before].mean()) >= _FEWEST_COVER
    exposure = np.maximum(coverage, 1) / coverage[before].mean() if enough else np.ones(len(coverage))
    a, b = selection.dyad
    forward, backward = direction_names(selection)
    ways = {forward: "first", backward: "second", JOINT: JOINT}
    if a > b:
        ways |= {forward: "second", backward: "first"}
    panel = build_panel(record, selection, series)
    return Board(series, panel, window, exposure, enough, struck, listed, ways)


def place_long_window(series: PairSeries, selection: Selection, shock: date, anticipation_days: int) -> Window:
    """The window of a comparison: up to 120 periods before; 12 after, or all up to the last day asked."""
    every = place_window(series, shock, window=MOST_BEFORE, anticipation_days=anticipation_days)
    whole = place_window(series, shock, window=len(series.periods) + 1, anticipation_days=anticipation_days)
    most = whole.after if selection.until is not None else MOST_AFTER
    return replace(every, after=min(whole.after, most))
