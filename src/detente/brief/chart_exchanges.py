"""How many pairs of acts there are at each lag, beside how many chance would give, a panel a direction and kind."""

from typing import Any

from detente.brief.altair_charts import as_chart, labels, number_axis, panel, stacked
from detente.brief.marks import INK, SKY, Rows, Spec
from detente.errors import DataError
from detente.model.exchanges import ExchangesResult, LagCount


def chart_exchanges(result: ExchangesResult) -> Any:
    """The numbers of pairs by lag as an Altair chart.

    Args:
        result: With at least one pair.

    Returns:
        An `altair.VConcatChart`.

    Raises:
        DataError: If there is no pair.
        InputError: If Altair is not installed.
    """
    return as_chart(exchanges_spec(result))


def exchanges_spec(result: ExchangesResult) -> Spec:
    """The Vega-Lite specification: a bar a lag, and a tick where chance would put it (feeds only).

    Raises:
        DataError: If there is no pair.
    """
    if not result.lags:
        raise DataError(f"no act of {result.dyad} follows another within {result.days} days: no chart")
    rows = [_row(one) for one in result.lags]
    names = list(dict.fromkeys(str(row["panel"]) for row in rows))
    panels = [panel("panel", name, _layer([row for row in rows if row["panel"] == name])) for name in names]
    return stacked(rows, panels)


def _layer(rows: Rows) -> list[Spec]:
    y = labels(rows)
    bar: Spec = {"mark": {"type": "bar", "color": SKY}, "encoding": {"y": y, "x": number_axis("n", "pairs")}}
    chance: Spec = {
        "mark": {"type": "tick", "thickness": 3, "color": INK},
        "encoding": {"y": y, "x": number_axis("chance", "pairs")},
    }
    return [bar, chance] if any(row["chance"] is not None for row in rows) else [bar]


def _row(one: LagCount) -> dict[str, object]:
    kinds = f"{one.stimulus or 'no act that fits'} → {one.answer or 'neither kind'}"
    return {
        "panel": f"{one.from_} → {one.to}: {kinds}",
        "label": _lag(one.lag_first, one.lag_last),
        "n": one.n,
        "chance": one.chance,
    }


def _lag(first: int | None, last: int | None) -> str:
    if first is None:
        return "lag not known"
    if last is None:
        return f"{first} days or more"
    return f"{first} days" if first == last and first != 1 else "1 day" if first == last else f"{first}–{last} days"
