"""The drawn figures: places, ticks, text that stays text, and the page's own colours."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.brief.axes import draw_key
from detente.brief.bars import bars_spec
from detente.brief.charts import index_spec
from detente.brief.elements import element, words, words_width
from detente.brief.scales import day_scale, time_ticks, value_ticks
from detente.brief.strip import strip_spec
from detente.brief.svg import draw_figure
from detente.errors import InputError
from detente.model import Brief, Figure

SVG = "{http://www.w3.org/2000/svg}"
SHOCK = date(2022, 2, 24)
A, B = "Russia → Japan", "Japan → Russia"


def drawn(figure: Figure, *, narrow: bool = False) -> ET.Element:
    return ET.fromstring(draw_figure(figure, narrow=narrow))


def figure_of(name: str, spec: dict[str, object]) -> Figure:
    return Figure(name, "A title", "What it shows.", spec)


def texts(svg: ET.Element) -> list[str]:
    return [item.text or "" for item in svg.iter(f"{SVG}text")]


def strip(days: list[tuple[str, str]], kind: str = "sanction") -> Figure:
    rows: list[dict[str, object]] = [{"day": day, "when": day, "who": who, "kind": kind} for day, who in days]
    return figure_of("acts-by-type", strip_spec(rows, [kind], [A, B, "both"], SHOCK))


def index(values: list[float | None], every: str = "month", breaks: list[date] | None = None) -> Figure:
    rows: list[dict[str, object]] = [
        {
            "period": date(2022, month, 1).isoformat(),
            "series": series,
            "value": value,
            "low": None if value is None else value / 2,
            "high": None if value is None else value * 2,
        }
        for month, value in enumerate(values, start=1)
        for series in ("conflict", "cooperation")
    ]
    return figure_of("index", index_spec(rows, breaks or [], SHOCK, every))


@pytest.mark.parametrize("kind", ["chosen_brief", "feed_brief"])
@pytest.mark.parametrize("narrow", [False, True])
def test_a_figure_names_itself_and_loads_nothing(kind: str, narrow: bool, request: pytest.FixtureRequest) -> None:
    for figure in request.getfixturevalue(kind).figures:
        svg = drawn(figure, narrow=narrow)
        assert svg.get("role") == "img"
        named = {item.get("id"): item.text for item in svg if item.tag in {f"{SVG}title", f"{SVG}desc"}}
        assert named[svg.get("aria-labelledby")] == figure.title
        assert named[svg.get("aria-describedby")] == figure.alt
        tags = {item.tag.removeprefix(SVG) for item in svg.iter()}
        assert tags <= {"svg", "title", "desc", "path", "rect", "circle", "text"}
        assert not {name for item in svg.iter() for name in item.attrib if name.startswith("on") or "href" in name}


@pytest.mark.parametrize("kind", ["chosen_brief", "feed_brief"])
def test_colours_are_the_pages_own(kind: str, request: pytest.FixtureRequest) -> None:
    for figure in request.getfixturevalue(kind).figures:
        colours = {item.get(name) for item in drawn(figure).iter() for name in ("fill", "stroke")} - {None}
        assert all(re.fullmatch(r"none|currentColor|var\(--[a-z]+\)", str(colour)) for colour in colours)


@pytest.mark.parametrize("kind", ["chosen_brief", "feed_brief"])
@pytest.mark.parametrize("narrow", [False, True])
def test_no_text_leaves_the_figure_or_meets_another(kind: str, narrow: bool, request: pytest.FixtureRequest) -> None:
    for figure in request.getfixturevalue(kind).figures:
        svg = drawn(figure, narrow=narrow)
        width, height = (float(part) for part in str(svg.get("viewBox")).split()[2:])
        boxes = [text_box(item) for item in svg.iter(f"{SVG}text")]
        assert all(left >= 0 and right <= width and top >= 0 and foot <= height for left, right, top, foot in boxes)
        met = [(one, other) for n, one in enumerate(boxes) for other in boxes[:n] if overlap(one, other)]
        assert met == []


def text_box(item: ET.Element) -> tuple[float, float, float, float]:
    x, y = float(str(item.get("x"))), float(str(item.get("y")))
    width = words_width(item.text or "", 12, strong=item.get("font-weight") == "600")
    left = {"end": x - width, "middle": x - width / 2}.get(str(item.get("text-anchor")), x)
    return left, left + width, y - 9, y + 3


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def test_bars_are_as_long_as_their_counts(chosen_brief: Brief) -> None:
    svg = drawn(chosen_brief.figures[0])
    heights = {}
    for item in svg.iter(f"{SVG}rect"):
        heights.setdefault(item.get("fill"), []).append(float(str(item.get("height"))))
    key = 11.0  # the square in the key comes first
    assert [sizes[0] for sizes in heights.values()] == [key] * 4
    one = heights["var(--peach)"][1]  # 2022: one verbal and seven material acts of conflict
    assert max(heights["var(--vermilion)"][1:]) == pytest.approx(7 * one, abs=0.5)
    assert "8" in texts(svg)  # the peak of conflict by name


def test_bars_reach_to_a_shock_beyond_the_record() -> None:
    rows: list[dict[str, object]] = [{"year": 2019, "group": "verbal conflict", "acts": 3}]
    assert "2022" in texts(drawn(figure_of("acts-by-year", bars_spec(rows, SHOCK))))


def test_a_mark_an_act_told_apart_by_place_and_shape() -> None:
    svg = drawn(strip([("2022-01-05", A), ("2022-03-05", A), ("2022-03-06", B), ("2022-04-01", "both")]))
    paths = [str(item.get("d")) for item in svg.iter(f"{SVG}path")]
    assert [len(re.findall(shape, "".join(paths))) for shape in ("v-9", r"v9(?!\d)", "a3.2 3.2 0 1 0 6.4")] == [3, 2, 2]
    assert {"sanction", "4", A, B, "both", "24 February 2022"} <= set(texts(svg))


def test_one_act_on_the_day_of_the_shock_can_be_drawn() -> None:
    assert "24 Feb" in texts(drawn(strip([("2022-02-24", A)]), narrow=True))


def test_a_gap_breaks_the_line_and_a_period_alone_is_a_dot() -> None:
    svg = drawn(index([4.0, None, 6.0, 8.0]))
    assert len(list(svg.iter(f"{SVG}circle"))) == 2  # the first month of each series
    lines = [item for item in svg.iter(f"{SVG}path") if item.get("stroke-width") == "2"]
    assert len(lines) == 2
    assert all(str(item.get("d")).count("L") == 1 for item in lines)


def test_a_period_stands_at_its_middle() -> None:
    svg = drawn(index([4.0, 9.0, 6.0]))
    line = next(item for item in svg.iter(f"{SVG}path") if item.get("stroke-width") == "2")
    february = float(re.findall(r"[ML]([\d.]+) ", str(line.get("d")))[1])
    shock = next(item for item in svg.iter(f"{SVG}path") if item.get("stroke-dasharray") == "4 3")
    day = float(re.findall(r"M([\d.]+)", str(shock.get("d")))[0])
    assert 0 < day - february < 75  # the 24th is after the middle and within the month (about 200 units)


def test_breaks_are_marked_and_named() -> None:
    breaks = [date(2022, 3, 1), date(2022, 3, 1), date(2022, 5, 1)]
    svg = drawn(index([1.0, 2.0, 9.0, 9.0, 3.0], breaks=breaks))
    assert sum("h10l-5 8z" in str(item.get("d")) for item in svg.iter(f"{SVG}path")) == 3  # two, and the key's
    assert "break" in texts(svg)
    assert "break" not in texts(drawn(index([1.0, 2.0])))


def test_names_of_lines_that_end_together_are_kept_apart() -> None:
    svg = drawn(index([5.0, 5.0]))
    places = [float(str(item.get("y"))) for item in svg.iter(f"{SVG}text") if item.text in {"conflict", "cooperation"}]
    assert abs(places[0] - places[1]) >= 14


def test_foreign_words_stay_words() -> None:
    hostile = '</title></svg><script>alert(1)</script>" onload="x\u202e&'
    figure = replace(strip([("2022-03-05", A)], kind=hostile), title=hostile, alt=hostile)
    svg = drawn(figure)
    assert not list(svg.iter(f"{SVG}script"))
    assert "\u202e" not in draw_figure(figure)
    assert element("a", b='"<&') == '<a b="&quot;&lt;&amp;"/>'
    assert "&lt;b&gt;" in words(0, 0, "<b>")


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(InputError, match="acts-by-year"):
        draw_figure(figure_of("pie", {}))


def test_a_long_name_in_the_key_is_cut_and_a_full_line_goes_on_below() -> None:
    name = "Democratic Republic of the Congo → United Kingdom of Great Britain and Northern Ireland"
    svg, baseline = draw_key([(None, name), (None, "both")], 0, 300, 12)
    assert "…" in svg
    assert baseline == 30


@settings(deadline=None)
@given(st.floats(-1e6, 0, allow_subnormal=False), st.floats(0, 1e6, allow_subnormal=False))
def test_value_ticks_hold_the_range_in_few_round_steps(low: float, high: float) -> None:
    ticks = value_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 7
    assert len({round(after - before, 6) for before, after in pairwise(ticks)}) == 1
    assert low > 0 or high < 0 or 0 in ticks


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000), st.integers(3, 14))
def test_time_ticks_are_few_in_order_and_within(first: date, days: int, most: int) -> None:
    last = first + timedelta(days=days)
    ticks = [tick.day for tick in time_ticks(first, last, most)]
    assert len(ticks) <= most
    assert ticks == sorted(set(ticks))
    assert all(first <= day <= last for day in ticks)
    assert ticks or days > 0


def test_a_day_scale_ends_with_its_last_day() -> None:
    days = day_scale(date(2022, 1, 1), date(2022, 1, 10), 0, 100)
    assert days.at_day(date(2022, 1, 1)) == 0
    assert days.at_day(date(2022, 1, 11)) == 100
