"""The figures of results: the impact against its counterfactual, responses, the other relations of the two sides."""

from datetime import date
from typing import Final

from detente.brief.acts import Acts
from detente.brief.hedging import strength_of
from detente.brief.impact_answer import level_words
from detente.brief.inputs import PairCount
from detente.brief.marks import Rows
from detente.brief.network_chart import network_spec, ties
from detente.brief.path_chart import path_spec
from detente.brief.responses import is_headline
from detente.brief.responses_chart import responses_spec
from detente.brief.tables import outcome
from detente.model import Figure
from detente.model.impact_path import ImpactPath
from detente.model.reciprocity import Response

_TIES: Final = 8  # relations of a network that can still be read


def path_figure(acts: Acts) -> list[Figure]:
    """The headline by period against what was expected; none where there is no counterfactual."""
    path = acts.inputs.path
    after = _after_shock(path, acts.inputs.shock) if path else []
    if path is None or not after:
        return []
    words = outcome(path.outcome, acts.language)
    actual, expected = (sum(values) / len(after) for values in zip(*after, strict=True))
    title = acts.say(
        "figure.path_title",
        series=words.words,
        every=acts.say(f"figure.every_{path.every}"),
        actual=level_words(acts, actual, words),
        expected=level_words(acts, expected, words),
    )
    alt = acts.say(
        "figure.path_alt",
        series=words.words,
        estimator=acts.language.term(path.estimator),
        n=len(path.placebos),
        shock=acts.inputs.shock,
    )
    return [Figure("impact-path", title, alt, path_spec(path, acts.inputs.shock, acts.language))]


def _after_shock(path: ImpactPath, shock: date) -> list[tuple[float, float]]:
    """What was and what was expected in the periods that begin after the shock."""
    return [
        (point.actual, point.counterfactual)
        for point in path.points
        if point.period > shock and point.actual is not None and point.counterfactual is not None
    ]


def response_figure(acts: Acts) -> list[Figure]:
    """The responses of the daily process with all it allows for; none where nothing was estimated."""
    found = acts.inputs.reciprocity.responses if acts.inputs.reciprocity else ()
    shown = [row for row in found if row.method == "excitation" and row.baseline and row.third_parties]
    if not any(map(is_headline, shown)):
        return []
    rows: Rows = [_response_row(acts, row) for row in shown]
    clear = sum(bool(row["clear"]) for row in rows)
    most = max(shown, key=lambda row: abs(row.response))
    title = acts.say("figure.responses_title", clear=clear, n=len(rows))
    alt = acts.say("figure.responses_alt", n=len(rows), clear=clear, label=_label(acts, most), value=most.response)
    return [Figure("responses", title, alt, responses_spec(rows, acts.language))]


def network_figure(acts: Acts) -> list[Figure]:
    """The other pairs of the two sides; none where the record holds none."""
    inputs = acts.inputs
    found = _drawn_ties(acts)
    if not found:
        return []
    rows: Rows = [
        {"side": inputs.name(side), "other": inputs.name(other), "before": item.before, "after": item.after}
        for side, other, item in found
    ]
    side, other, most = max(found, key=lambda item: (item[2].after, item[1]))
    said = {"a": inputs.name(side), "b": inputs.name(other), "before": most.before, "after": most.after}
    title = acts.say("figure.others_title", **said)
    alt = acts.say("figure.others_alt", n=len(rows), shock=inputs.shock, **said)
    sides = (inputs.name(inputs.dyad.a), inputs.name(inputs.dyad.b))
    return [Figure("others", title, alt, network_spec(rows, sides, acts.language))]


def _drawn_ties(acts: Acts) -> list[tuple[str, str, PairCount]]:
    """All relations where they can still be read, else the first of each side."""
    inputs = acts.inputs
    found = list(ties((inputs.dyad.a, inputs.dyad.b), inputs.others))
    if len(found) <= _TIES:
        return found
    return [tie for side in inputs.dyad for tie in [one for one in found if one[0] == side][: _TIES // 2]]


def _response_row(acts: Acts, row: Response) -> dict[str, object]:
    return {
        "label": _label(acts, row),
        "side": int(row.to == acts.inputs.dyad.b),
        "value": row.response,
        "low": row.low,
        "high": row.high,
        "clear": strength_of(row.low, row.high, row.p_value) == "clear",
    }


def _label(acts: Acts, row: Response) -> str:
    term = acts.language.term
    sides = f"{acts.inputs.name(row.from_)} → {acts.inputs.name(row.to)}"
    return f"{sides}: {term(row.stimulus)} → {term(row.answer)} ({term(row.period)})"
