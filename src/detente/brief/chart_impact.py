"""The impact in one figure: against its counterfactual, or, where it was asked for, under every set of choices."""

from typing import Any, Final

from detente.brief.altair_charts import as_chart
from detente.brief.language import load_language
from detente.brief.marks import BLUE, INK, VERMILION, Rows, Spec
from detente.brief.path_chart import path_spec
from detente.brief.tables import outcome
from detente.errors import DataError
from detente.model.impact import Universe
from detente.model.results import ImpactResult

_WIDTH: Final = 640
_SAME: Final = "the sign of the headline"
_OTHER: Final = "the other sign"
_RULES: Final = {"rule": "by the rule", "narrow": "sides and shocker left out alone", "busy": "at least 30 acts before"}


def chart_impact(result: ImpactResult) -> Any:
    """The multiverse of an impact where it has one, else its path.

    Args:
        result: With a comparison against donors.

    Returns:
        An Altair chart; it saves itself as HTML, SVG, PNG, PDF or JSON.

    Raises:
        DataError: If there is no counterfactual to draw.
        InputError: If Altair is not installed.
    """
    return as_chart(impact_spec(result))


def impact_spec(result: ImpactResult) -> Spec:
    """The Vega-Lite specification of `chart_impact`.

    Raises:
        DataError: If there is no counterfactual to draw.
    """
    if result.comparison is not None and result.comparison.multiverse:
        return multiverse_spec(result)
    if result.path is None:
        raise DataError(
            f"impact of {result.dyad} at {result.shock} has no counterfactual to draw: ask with `--shocker` or donors, "
            "or for a grain with enough periods (the notes say which)"
        )
    language = load_language("en")
    spec = path_spec(result.path, result.shock, language)
    words = outcome(result.headline, language).words
    title = f"{result.dyad}: {words}, {result.path.unit}, against {result.path.estimator}"
    return {**spec, "title": {"text": title, "anchor": "start", "fontSize": 13}}


def multiverse_spec(result: ImpactResult) -> Spec:
    """Every set of choices as a point, the least effect first, and below each the choices it was made by.

    Args:
        result: With a multiverse.

    Returns:
        The specification; relative to what was expected where the outcome is a count, so that scales compare.
    """
    found = result.comparison.multiverse if result.comparison else ()
    is_relative = all(item.relative is not None for item in found)
    ranked = sorted(found, key=lambda item: (_size(item, is_relative=is_relative), _choices(item, result.every)))
    sign = _sign(result)
    points: Rows = [
        {
            "place": place,
            "effect": _size(item, is_relative=is_relative),
            "sign": _agreement(item, sign),
            "donors": item.n_donors,
            **dict(_choices(item, result.every)),
        }
        for place, item in enumerate(ranked, 1)
    ]
    marks: Rows = [
        {"place": place, "choice": f"{kind}: {said}", "sign": _agreement(item, sign)}
        for place, item in enumerate(ranked, 1)
        for kind, said in _choices(item, result.every)
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": multiverse_title(result), "anchor": "start", "fontSize": 13},
        "vconcat": [_effects(points, is_relative=is_relative, unit=_unit(result)), _dashboard(marks)],
        "resolve": {"scale": {"x": "shared"}},
        "config": {"view": {"stroke": None}},
    }


def multiverse_title(result: ImpactResult) -> str:
    """What the figure says: how many sets of choices there are and how many agree in sign."""
    comparison = result.comparison
    found = comparison.multiverse if comparison else ()
    share = (comparison.agree if comparison else None) or 0.0
    words = outcome(result.headline, load_language("en")).words
    return (
        f"{result.dyad}, {result.shock}: {words} under {len(found)} sets of choices; {share:.0%} agree in sign with "
        "the headline"
    )


def _effects(points: Rows, *, is_relative: bool, unit: str) -> Spec:
    x = {"field": "place", "type": "quantitative", "axis": None, "scale": _ends(points)}
    title = "change over what was expected" if is_relative else unit
    y: Spec = {"field": "effect", "type": "quantitative", "title": title}
    if is_relative:
        y["axis"] = {"format": "+%"}
    rule: Spec = {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
        "encoding": {"y": {"field": "zero", "type": "quantitative"}},
    }
    tooltip = [{"field": name, "type": "nominal"} for name in points[0]] if points else []
    dots: Spec = {
        "mark": {"type": "point", "filled": True, "size": 32, "opacity": 1},
        "encoding": {"x": x, "y": y, **_by_agreement(), "tooltip": tooltip},
    }
    return {"width": _WIDTH, "height": 220, "data": {"values": points}, "layer": [dots, rule]}


def _dashboard(marks: Rows) -> Spec:
    order = sorted({str(row["choice"]) for row in marks}, key=_in_order)
    return {
        "width": _WIDTH,
        "height": {"step": 15},
        "data": {"values": marks},
        "mark": {"type": "tick", "orient": "vertical", "thickness": 2.5, "height": 11},
        "encoding": {
            "x": {
                "field": "place",
                "type": "quantitative",
                "scale": _ends(marks),
                "axis": {"title": "sets of choices, the least change first", "grid": False, "tickMinStep": 1},
            },
            "y": {"field": "choice", "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 320}},
            **_by_agreement(legend=False),
        },
    }


def _ends(rows: Rows) -> Spec:
    """The places from the first to the last, with half a place beside each."""
    return {"domain": [0.5, len({str(row["place"]) for row in rows}) + 0.5], "nice": False}


def _by_agreement(*, legend: bool = True) -> Spec:
    colours = {"domain": [_SAME, _OTHER], "range": [BLUE, VERMILION]}
    shown = {"title": None, "orient": "top"} if legend else None
    colour: Spec = {"color": {"field": "sign", "type": "nominal", "scale": colours, "legend": shown}}
    shapes = {"domain": [_SAME, _OTHER], "range": ["circle", "cross"]}
    shape: Spec = {"shape": {"field": "sign", "type": "nominal", "scale": shapes, "legend": shown}}
    return {**colour, **shape} if legend else colour


def _agreement(item: Universe, sign: float) -> str:
    return _SAME if (item.effect > 0) == (sign > 0) else _OTHER


def _choices(item: Universe, every: str) -> tuple[tuple[str, str], ...]:
    return (
        ("after", f"{item.after} {every}s"),
        ("who is a donor", _RULES[item.rule]),
        ("rows of a day", "equal ones once" if item.one_a_day else "all"),
        ("actors", item.actors),
        ("scale", item.scale),
        ("press", item.publishers),
    )


def _in_order(choice: str) -> tuple[str, int, str]:
    kind, _, said = choice.partition(": ")
    number = said.split()[0]
    return kind, int(number) if number.isdigit() else 0, said


def _size(item: Universe, *, is_relative: bool) -> float:
    return item.relative if is_relative and item.relative is not None else item.effect


def _sign(result: ImpactResult) -> float:
    rows = [row for row in result.results if (row.outcome, row.direction) == (result.headline, "joint")]
    return rows[0].effect if rows else 0.0


def _unit(result: ImpactResult) -> str:
    return result.path.unit if result.path else ""
