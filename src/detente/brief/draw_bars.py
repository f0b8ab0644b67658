"""The diverging bars as SVG: cooperation upwards, conflict downwards, by year."""

from datetime import date
from typing import Final

from detente.brief.axes import HEAD, INK, LINE, SIZE, Box, Symbol, draw_key, draw_shock, draw_value_axis
from detente.brief.drawn import DrawnBars, bars_drawn, language_of
from detente.brief.elements import element, rules, words, words_width
from detente.brief.language import Language
from detente.brief.marks import Spec
from detente.brief.scales import Scale, day_scale, value_ticks, year_labels

_HEIGHT: Final = 270.0
_GAP: Final = 0.12  # of a year, between two bars
_SIDES: Final = (  # (side, sign, arrow, groups outwards from the zero line with their colours)
    ("cooperation", 1, "↑", (("verbal", "var(--sky)"), ("material", "var(--blue)"))),
    ("conflict", -1, "↓", (("verbal", "var(--peach)"), ("material", "var(--vermilion)"))),
)


def draw_bars(spec: Spec, width: float) -> tuple[str, float]:
    """Bars of acts by year, the highest of each side with its number.

    Args:
        spec: Of `bars_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    chart, own = bars_drawn(spec), language_of(spec)
    years = _years(chart)
    key, below = _key(width, own)
    totals = {side: {year: _total(chart, year, side) for year in years} for side, *_ in _SIDES}
    ticks = value_ticks(-max(totals["conflict"].values()), max(totals["cooperation"].values()))
    top = below + LINE + HEAD + 10
    box = Box(max(words_width(own.number(abs(tick)), SIZE) for tick in ticks) + 8, width - 6, top, top + _HEIGHT)
    up = Scale(ticks[0], ticks[-1], box.bottom, box.top)
    slot = (box.right - box.left) / len(years)
    parts = [key, draw_value_axis(box, up, ticks, own)]
    parts += [_year(chart, year, box.left + n * slot, slot, up) for n, year in enumerate(years)]
    parts.append(rules([(box.left, up.at(0), box.right, up.at(0))], INK))
    for year in year_labels(years, slot, words_width("2000", SIZE) + 6):
        parts.append(words(box.left + (years.index(year) + 0.5) * slot, box.bottom + 25, str(year), anchor="middle"))
    if chart.shock:
        days = day_scale(date(years[0], 1, 1), date(years[-1], 12, 31), box.left, box.right)
        parts.append(draw_shock(box, days.at_day(chart.shock), chart.shock, own))
    parts += [_peak(totals[side], sign, box.left, slot, up, own) for side, sign, *_ in _SIDES]
    return "".join(parts), box.bottom + 31


def _years(chart: DrawnBars) -> list[int]:
    named = [bar.year for bar in chart.bars] + ([chart.shock.year] if chart.shock else [])
    return list(range(min(named), max(named) + 1))


def _key(width: float, language: Language) -> tuple[str, float]:
    """A line for each side, in the order in which they stand."""
    parts, baseline = [words(0, SIZE, language.say("figure.acts_per_year"))], SIZE
    heads = {side: f"{arrow} {language.say(f'figure.{side}')}:" for side, _, arrow, _ in _SIDES}
    indent = max(words_width(head, SIZE) for head in heads.values()) + 8
    for side, _, _, groups in _SIDES:
        baseline += LINE
        entries: list[tuple[Symbol | None, str]] = [
            (_square(colour), language.say(f"figure.{name}")) for name, colour in groups
        ]
        parts.append(words(0, baseline, heads[side]))
        svg, baseline = draw_key(entries, indent, width, baseline)
        parts.append(svg)
    return "".join(parts), baseline


def _square(colour: str) -> Symbol:
    return lambda x, y: _rectangle(x, y - 5.5, 11, 11, colour)


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    return element("rect", x=x, y=y, width=width, height=height, fill=colour, stroke=INK, stroke_width=0.5)


def _total(chart: DrawnBars, year: int, side: str) -> int:
    return sum(bar.acts for bar in chart.bars if bar.year == year and bar.group.endswith(side))


def _year(chart: DrawnBars, year: int, left: float, slot: float, up: Scale) -> str:
    """The bars of one year: verbal acts next to the zero line, material ones outside."""
    counts = {bar.group: bar.acts for bar in chart.bars if bar.year == year}
    parts = []
    for side, sign, _, groups in _SIDES:
        edge = 0
        for name, colour in groups:
            n = sign * counts.get(f"{name} {side}", 0)
            if n:
                high, low = up.at(max(edge, edge + n)), up.at(min(edge, edge + n))
                parts.append(_rectangle(left + slot * _GAP / 2, high, slot * (1 - _GAP), low - high, colour))
            edge += n
    return "".join(parts)


def _peak(totals: dict[int, int], sign: int, left: float, slot: float, up: Scale, language: Language) -> str:
    """The number of the highest bar of a side, the first where two are as high."""
    year = max(totals, key=lambda item: (totals[item], -item))
    if not totals[year]:
        return ""
    n = list(totals).index(year)
    end = up.at(sign * totals[year])
    y = end - 4 if sign > 0 else end + SIZE
    return words(left + (n + 0.5) * slot, y, language.number(totals[year]), anchor="middle", strong=True)
