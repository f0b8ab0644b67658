"""All pairs of states of one feed by period: the table from which donors are taken, in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from detente.measure.act_sums import aggregate_acts
from detente.measure.cubed import Cubed, Record, event_rows, weighted
from detente.measure.periods import assign_periods
from detente.measure.select import JOINT, select_everyone
from detente.measure.series import Numbers, PairSeries
from detente.model.events import Dyad
from detente.model.results import Selection
from detente.ontology.countries import load_countries, load_successions

DIRECTIONS: Final = ("first", "second", JOINT)  # from the code that comes first in the alphabet, from the other
_SUMS: Final = ("n", "typed", "conflict", "cooperation", "military", "coercive", "scored", "net")
FEWEST_ACTS: Final = 20  # over the whole feed: a pair with fewer is never read


@dataclass(frozen=True, slots=True)
class DonorPanel:
    """Sums of every pair of states, over the whole periods of a pair's series.

    Attributes:
        dyads: Pairs of states, each in the order of the alphabet.
        sums: Direction (`first`, `second`, `joint`) to sum to array, (n_dyads, n_periods).
    """

    dyads: tuple[Dyad, ...]
    sums: dict[str, dict[str, Numbers]]

    def only(self, kept: npt.NDArray[np.bool_]) -> "DonorPanel":
        """The panel of some of its pairs."""
        return DonorPanel(
            tuple(dyad for dyad, keep in zip(self.dyads, kept, strict=True) if keep),
            {way: {name: values[kept] for name, values in sums.items()} for way, sums in self.sums.items()},
        )


def build_panel(record: Record, selection: Selection, series: PairSeries) -> DonorPanel:
    """Add up the acts of all pairs of states by period, in one query.

    Args:
        record: The event view, or a cube.
        selection: What was asked; the pair itself is in the panel too.
        series: The pair's own sums, which fix the periods.

    Returns:
        The panel. A state that continued another counts with it; organisations are no states.
    """
    rows = assign_periods(weighted(select_everyone(_all_rows(record), selection)), series.every)
    rows = rows.filter(
        rows.period.notnull(), ~rows.source_country.startswith("IGO:"), ~rows.target_country.startswith("IGO:")
    )
    sides = ["source_country", "target_country"]
    busy = rows.group_by(sides).aggregate(acts=rows.weight.sum())
    pair = [ibis.least(busy.source_country, busy.target_country), ibis.greatest(*(busy[name] for name in sides))]
    busy = busy.mutate(one=pair[0], other=pair[1])
    busy = busy.mutate(all_acts=busy.acts.sum().over(ibis.window(group_by=["one", "other"])))
    rows = rows.semi_join(busy.filter(busy.all_acts >= FEWEST_ACTS), sides)
    table = aggregate_acts(rows, by=("period", *sides, "symmetric")).to_pyarrow()
    columns = {name: np.asarray(table[name].fill_null(0), dtype=float) for name in _SUMS}
    return _spread(
        table["source_country"].to_pylist(),
        table["target_country"].to_pylist(),
        table["period"].to_pylist(),
        np.array(table["symmetric"].to_pylist(), dtype=bool),
        columns,
        series,
    )


def _all_rows(record: Record) -> ir.Table:
    if isinstance(record, Cubed):
        return record.rows.mutate(record_kind=ibis.literal("feed"), weight=record.rows.n)
    return event_rows(record)


def _spread(
    sources: list[str],
    targets: list[str],
    periods: list[date],
    symmetric: npt.NDArray[np.bool_],
    columns: dict[str, Numbers],
    series: PairSeries,
) -> DonorPanel:
    states = load_countries()
    kept_periods = [start for start, whole in zip(series.periods, series.whole, strict=True) if whole]
    now = {code: present_code(code) for code in {*sources, *targets}}
    place = {start: at for at, start in enumerate(kept_periods)}
    pairs: dict[Dyad, int] = {}
    rows, units, times, forward = [], [], [], []
    for at, (source, target, period) in enumerate(zip(sources, targets, periods, strict=True)):
        one, other = now[source], now[target]
        if period not in place or one == other or one not in states or other not in states:
            continue
        rows.append(at)
        units.append(pairs.setdefault(Dyad(*sorted((one, other))), len(pairs)))
        times.append(place[period])
        forward.append(one < other)
    both, ahead = symmetric[rows], np.array(forward, dtype=bool)
    counted = {JOINT: np.ones(len(rows), dtype=bool), "first": both | ahead, "second": both | ~ahead}
    sums = {}
    for way in DIRECTIONS:
        sums[way] = {name: np.zeros((len(pairs), len(kept_periods))) for name in _SUMS}
        for name, values in columns.items():
            np.add.at(sums[way][name], (units, times), np.where(counted[way], values[rows], 0.0))
    return _in_order(DonorPanel(tuple(pairs), sums))


def _in_order(panel: DonorPanel) -> DonorPanel:
    """By code, so that the answer does not hang on the order in which the engine gives its groups."""
    order = sorted(range(len(panel.dyads)), key=lambda at: str(panel.dyads[at]))
    return DonorPanel(
        tuple(panel.dyads[at] for at in order),
        {way: {name: values[order] for name, values in sums.items()} for way, sums in panel.sums.items()},
    )


def present_code(code: str) -> str:
    """The code of the state that a state is continued by: `RUS` of `SUN`."""
    joined = {item.predecessor: item.successor for item in load_successions() if item.continuing}
    while code in joined:
        code = joined[code]
    return code
