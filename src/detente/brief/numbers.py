"""Figures beside the events, before and after the date: described, not tested."""

from detente.brief.acts import Acts
from detente.brief.statements import by_query
from detente.model import Statement
from detente.model.numbers import SeriesChange


def number_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement a series."""
    return tuple(
        by_query("impact", _words(acts, item), f"detente series show {item.name}", item.n_before + item.n_after)
        for item in acts.inputs.numbers
    )


def _words(acts: Acts, item: SeriesChange) -> str:
    a, b = acts.inputs.name(item.country_a), acts.inputs.name(item.country_b) if item.country_b else ""
    both = acts.say("act.both", a=a, b=b) if b else a
    shown = "%Y" if item.every == "year" else "%Y-%m"
    before, after = (acts.language.count(n, f"{item.every}s") for n in (item.n_before, item.n_after))
    return acts.say(
        "impact.series",
        name=item.name,
        whose=f"{a} → {b}" if item.directed else both,
        before=item.before,
        after=item.after,
        unit=acts.language.term(item.unit),
        every=acts.say(f"figure.every_{item.every}"),
        n_before=before,
        n_after=after,
        first=f"{item.first:{shown}}",
        last=f"{item.last:{shown}}",
        source=item.source,
    )
