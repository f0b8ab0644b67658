"""SVG elements as text: foreign words escaped, positions with one decimal."""

from html import escape

from detente.brief.wording import cleaned

# widths in ems, those of the widest of the page's usual fonts, so that nothing overlaps
_WIDTHS = {**dict.fromkeys("fijlrtıİ.,:;'|!()[] -", 0.36), **dict.fromkeys("mwMW@→↑↓—%мшщжюыфМШЩЖЮЫФ", 0.95)}
_CAPITAL, _OTHER, _STRONG = 0.74, 0.64, 1.13


def element(name: str, content: str = "", **attributes: str | float | None) -> str:
    """One element; `stroke_width=1` becomes `stroke-width="1"`, and None is left out.

    Args:
        name: Of the element.
        content: SVG inside it, already escaped.
        **attributes: Texts are escaped, numbers get one decimal at most.

    Returns:
        SVG text.

    Examples:
        >>> element("circle", r=2.04, stroke_width=1, fill=None)
        '<circle r="2" stroke-width="1"/>'
    """
    given = "".join(
        f' {key.replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def fixed(value: float) -> str:
    """A position with one decimal at most, the same on every machine.

    Examples:
        >>> fixed(2.0), fixed(-0.04), fixed(12.26)
        ('2', '0', '12.3')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def rules(places: list[tuple[float, float, float, float]], colour: str = "var(--rule)", *, faint: bool = False) -> str:
    """Straight lines of one pixel of the screen, however large the figure is shown; from x, y to x, y."""
    return element(
        "path",
        d="".join(f"M{fixed(x1)} {fixed(y1)}L{fixed(x2)} {fixed(y2)}" for x1, y1, x2, y2 in places),
        stroke=colour,
        stroke_opacity="0.55" if faint else None,
        vector_effect="non-scaling-stroke",
        shape_rendering="crispEdges",
    )


def words(
    x: float, y: float, text: str, *, anchor: str = "start", colour: str | None = None, strong: bool = False
) -> str:
    """A line of text, its baseline at `y`; without a colour it takes the page's ink.

    Strong text has an edge of the page's paper, so that no line runs through it.
    """
    return element(
        "text",
        escape(cleaned(text), quote=False),
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        fill=colour,
        font_weight="600" if strong else None,
        stroke="var(--paper)" if strong else None,
        stroke_width=3 if strong else None,
        paint_order="stroke" if strong else None,
    )


def words_width(text: str, size: float, *, strong: bool = False) -> float:
    """About how wide a line of text is, rather too wide than too narrow."""
    ems = sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in text)
    return ems * size * (_STRONG if strong else 1.0)


def _attribute(value: str | float) -> str:
    return escape(cleaned(value)) if isinstance(value, str) else fixed(value)
