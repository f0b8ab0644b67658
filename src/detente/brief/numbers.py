"""Figures beside the events, before and after the date: described, not tested."""

from detente.brief.acts import Acts
from detente.brief.statements import by_query
from detente.brief.wording import counted, number
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
    whose = f"{a} → {b}" if item.directed else f"{a} and {b}" if b else a
    shown = "%Y" if item.every == "year" else "%Y-%m"
    name = item.name[:1].upper() + item.name[1:]
    before, after = (counted(n, item.every) for n in (item.n_before, item.n_after))
    return (
        f"{name}, {whose}: a mean of {number(item.before)} {item.unit} a {item.every} in {before} before, "
        f"{number(item.after)} in {after} after "
        f"({item.first:{shown}} to {item.last:{shown}}, the {item.every} of the date left out; {item.source}). "
        "A description: no test, other things changed too."
    )
