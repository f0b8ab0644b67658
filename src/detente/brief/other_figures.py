"""The figures of the other relations: on a map, and beside the pair as small multiples."""

from typing import Final

from detente.brief.acts import Acts
from detente.brief.map_chart import map_points, map_spec
from detente.brief.multiples_chart import middle_shares, multiple_of, multiples_spec
from detente.model import Dyad, Figure

_TOLD: Final = 10  # states with acts enough, below which the title says that most have too few


def map_figure(acts: Acts) -> list[Figure]:
    """Where the others lie and how conflict's share in their acts moved; none where none has a place."""
    inputs = acts.inputs
    points = map_points((inputs.dyad.a, inputs.dyad.b), inputs.others, dict(inputs.names))
    if not points:
        return []
    told = [point for point in points if point.moved != "few"]
    said = {
        "more": sum(point.moved == "more" for point in told),
        "less": sum(point.moved == "less" for point in told),
        "told": len(told),
        "n": len(points),
    }
    first = points[0]
    alt = acts.say(
        "figure.map_alt", **said, shock=inputs.shock, most=first.name, before=first.before, after=first.after
    )
    sides = {code: inputs.name(code) for code in inputs.dyad}
    few = len(told) < min(_TOLD, len(points) / 2)
    title = acts.say("figure.map_title_few" if few or not told else "figure.map_title", **said)
    return [Figure("others-map", title, alt, map_spec(points, sides, acts.language))]


def multiples_figure(acts: Acts) -> list[Figure]:
    """The pair beside other relations of the two sides; none where there is no other to set beside it."""
    inputs = acts.inputs
    if inputs.index is None:
        return []
    own = multiple_of(inputs.index, _relation(acts, inputs.dyad), inputs.shock, own=True)
    found = [multiple_of(index, _relation(acts, index.dyad), inputs.shock, own=False) for index in inputs.comparable]
    others = [item for item in found if item is not None and item.shares is not None]
    middle = middle_shares(others)
    if own is None or own.shares is None or middle is None:
        return []
    periods = acts.language.count(len(own.before), f"{inputs.index.every}s")
    said = {"pair": own.name, "before": own.shares[0], "after": own.shares[1], "n": len(others), "periods": periods}
    title = acts.say("figure.multiples_title", **said, middle_before=middle[0], middle_after=middle[1])
    alt = acts.say(
        "figure.multiples_alt",
        **said,
        middle_before=middle[0],
        middle_after=middle[1],
        others=acts.language.join(item.name for item in others),
        shock=inputs.shock,
    )
    spec = multiples_spec((own, *others), inputs.shock, inputs.index.every, acts.language)
    return [Figure("multiples", title, alt, spec)]


def _relation(acts: Acts, dyad: Dyad) -> str:
    return f"{acts.inputs.name(dyad.a)} – {acts.inputs.name(dyad.b)}"
