"""One result at a glance: the sentence of its finding and its figure, in the words and lines of a brief."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from detente.brief.acts import Acts
from detente.brief.breaks import break_words
from detente.brief.charts import index_rows, index_spec
from detente.brief.feed_findings import feed_findings
from detente.brief.figures import brief_figures
from detente.brief.hedging import verdict
from detente.brief.inputs import BriefInputs
from detente.brief.language import load_language
from detente.brief.ledger import ledger_statements
from detente.brief.relations import relation_statements
from detente.brief.responses import response_findings, response_statements
from detente.brief.result_figures import path_figure, response_figure
from detente.brief.windows import window_statements
from detente.model import (
    BreaksResult,
    DescriptionResult,
    Dyad,
    Figure,
    ForcesResult,
    ImpactResult,
    IndexResult,
    LedgerResult,
)
from detente.model.exchanges import ExchangesResult
from detente.model.moves import CompareResult, MultiverseResult
from detente.model.reciprocity import ReciprocityResult
from detente.model.third_parties import ThirdPartiesResult


@dataclass(frozen=True, slots=True)
class Glance:
    """What a result says first; the figure is None where the brief draws none of such a result."""

    sentence: str
    figure: Figure | None = None


def glance_at(result: Any, names: Mapping[str, str]) -> Glance:
    """The finding of a result, in English.

    Args:
        result: Of a measure.
        names: Code -> name; a code without one is shown as it is.

    Returns:
        Its sentence, hedged as in a brief, and its figure.
    """
    return _GLANCES[type(result)](result, names)


def _acts(result: Any, names: Mapping[str, str], **held: Any) -> Acts:
    """A brief that holds one result and nothing else."""
    return Acts(
        BriefInputs(
            dyad=result.dyad,
            names=names,
            shock=getattr(result, "shock", date.max),
            record="",
            record_kind=getattr(result, "record_kind", "chosen"),
            events=(),
            version="",
            coder="",
            **held,
        )
    )


def _index(result: IndexResult, names: Mapping[str, str]) -> Glance:
    rows = [row for row in result.rows if row.direction == "joint" and row.group is None]
    if not any(row.n for row in rows):
        return Glance(f"No act between {_pair(result.dyad, names)} in this record.")
    figures = brief_figures(_acts(result, names, index=result)) if result.record_kind == "feed" else ()
    if not figures:
        n = sum(row.n for row in rows)
        return Glance(f"{n:,} acts between {_pair(result.dyad, names)} in {len(rows)} {result.every}s.")
    title = figures[0].title
    # the brief's own figure marks a date, and there is none here
    spec = index_spec(index_rows(result), [], None, result.every)
    return Glance(f"{title}.", Figure("index", title, title, spec))


def _breaks(result: BreaksResult, names: Mapping[str, str]) -> Glance:
    acts = _acts(result, names, breaks=result)
    if not result.breaks:
        chosen = result.record_kind == "chosen"
        return Glance(acts.say("breaks.chosen" if chosen else "breaks.none"))
    item = max(result.breaks, key=lambda item: (item.probability or 0, item.date))
    head = acts.language.count(len(result.breaks), "break")
    return Glance(f"{head}; the most probable: {break_words(acts, item)}")


def _reciprocity(result: ReciprocityResult, names: Mapping[str, str]) -> Glance:
    acts = _acts(result, names, reciprocity=result)
    said = response_findings(acts) or response_statements(acts)
    refused = [note for note in result.notes if "no answer is looked for" in note.casefold()]
    if refused and not result.responses:
        return Glance(refused[0])
    return Glance(said[0].text, next(iter(response_figure(acts)), None))


def _exchanges(result: ExchangesResult, names: Mapping[str, str]) -> Glance:
    told = sum(item.basis == "said" for item in result.exchanges)
    n = len(result.exchanges)
    behind = sum(item.third is not None for item in result.exchanges)
    return Glance(
        f"{n:,} {'pair' if n == 1 else 'pairs'} of acts between {_pair(result.dyad, names)}: {told:,} that a source "
        f"calls an answer, {n - told:,} that only follow in time; a third party may be behind {behind:,}."
    )


def _impact(result: ImpactResult, names: Mapping[str, str]) -> Glance:
    acts = _acts(result, names, impact=result, path=result.path)
    if result.record_kind == "chosen":
        return Glance(acts.say("impact.chosen").partition(". ")[0] + ".")
    return Glance(feed_findings(acts)[0].text, next(iter(path_figure(acts)), None))


def _description(result: DescriptionResult, names: Mapping[str, str]) -> Glance:
    acts = _acts(result, names, description=result)
    figures = brief_figures(acts)
    said = [item.text for item in window_statements(acts)][1:3]  # the first says that nothing is estimated
    return Glance(" ".join(said), figures[0] if figures else None)


def _ledger(result: LedgerResult, names: Mapping[str, str]) -> Glance:
    return Glance(ledger_statements(_acts(result, names, ledger=result))[0].text)


def _forces(result: ForcesResult, names: Mapping[str, str]) -> Glance:
    if not result.rows:
        return Glance(_acts(result, names).say("forces.none"))
    sides = ", ".join(
        f"{names.get(code, code)} {sum(row.country == code for row in result.rows)}"
        for code in dict.fromkeys(row.country for row in result.rows)
    )
    return Glance(f"Forces as reported, figures by state: {sides}. A stock and a flow are not added.")


def _third_parties(result: ThirdPartiesResult, names: Mapping[str, str]) -> Glance:
    acts = _acts(result, names, third_parties=result)
    if result.record_kind == "feed":
        return Glance(relation_statements(acts, result)[0].text)
    n = len(result.described)
    return Glance(f"{n} other relations of {_pair(result.dyad, names)} in this record; counts, no estimate.")


def _compare(result: CompareResult, names: Mapping[str, str]) -> Glance:
    series = result.outcome.replace("_", " ")
    first = next((item for item in result.pairs if item.rank == 1), None)
    if first is None or first.before is None or first.after is None:
        return Glance(f"{len(result.pairs)} relations by {series}; which moved most cannot be told from this record.")
    value, low, high = first.change.value or 0.0, first.change.low or 0.0, first.change.high or 0.0
    says = verdict(load_language("en"), value, low, high, None)
    return Glance(
        f"Of {len(result.pairs)} relations {_pair(first.dyad, names)} moved most since {result.at}: {series} {says}, "
        f"from {first.before:.3g} to {first.after:.3g} ({value:+.3g}; 90% interval {low:+.3g} to {high:+.3g}); pairs "
        "whose intervals overlap cannot be told apart."
    )


def _multiverse(result: MultiverseResult, names: Mapping[str, str]) -> Glance:
    if not result.rows:
        return Glance(f"No number of {_pair(result.dyad, names)} to try other choices on.")
    least = min(result.rows, key=lambda row: (row.agree, row.series, row.direction))
    return Glance(
        f"{len(result.rows)} numbers under {len(result.universes)} sets of choices; the shakiest, "
        f"{least.series.replace('_', ' ')} {least.direction}, has the sign of the reference in {least.agree:.0%}."
    )


def _pair(dyad: Dyad, names: Mapping[str, str]) -> str:
    return f"{names.get(dyad.a, dyad.a)} and {names.get(dyad.b, dyad.b)}"


_GLANCES: Final[dict[type, Callable[[Any, Mapping[str, str]], Glance]]] = {
    IndexResult: _index,
    BreaksResult: _breaks,
    ReciprocityResult: _reciprocity,
    ExchangesResult: _exchanges,
    ImpactResult: _impact,
    DescriptionResult: _description,
    LedgerResult: _ledger,
    ForcesResult: _forces,
    ThirdPartiesResult: _third_parties,
    CompareResult: _compare,
    MultiverseResult: _multiverse,
}
