"""The impact against donors in words: all estimators at once, the range and no verdict where they disagree."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from detente.brief.acts import Acts
from detente.brief.answer import limit_of
from detente.brief.hedging import Strength, strength_of
from detente.brief.tables import OutcomeWords, outcome
from detente.model import ImpactResult, ImpactRow

_SURENESS: Final[tuple[Strength, ...]] = ("none", "possible", "probable", "clear")
_ALONE: Final = "before-after"  # estimators that compare the pair with itself
Dispute = Literal["sign", "told"]


@dataclass(frozen=True, slots=True)
class Compared:
    """One outcome and direction by all estimators, the synthetic control first.

    Attributes:
        rows: One an estimator.
        is_headline: Whether it was named before looking; any other is judged by its corrected p.
    """

    rows: tuple[ImpactRow, ...]
    is_headline: bool

    @property
    def first(self) -> ImpactRow:
        """The row of the synthetic control."""
        return self.rows[0]

    def p_value(self, row: ImpactRow) -> float | None:
        """The p that counts: the headline's own, another's corrected for being one of many."""
        return row.p_value if self.is_headline else row.p_adjusted

    @property
    def strength(self) -> Strength:
        """That of the least sure estimator."""
        return min(self._strengths(), key=_SURENESS.index)

    @property
    def dispute(self) -> Dispute | None:
        """What the estimators disagree on: the sign, or whether the change can be told from nothing."""
        if len({row.effect > 0 for row in self.rows}) > 1:
            return "sign"
        held = {strength == "none" for strength in self._strengths()}
        return "told" if len(held) > 1 else None

    def _strengths(self) -> list[Strength]:
        return [strength_of(row.low, row.high, self.p_value(row)) for row in self.rows]


def is_compared(impact: ImpactResult | None) -> bool:
    """Whether an impact was weighed against donors."""
    return impact is not None and any(not row.estimator.startswith(_ALONE) for row in impact.results)


def compared(impact: ImpactResult) -> tuple[Compared, ...]:
    """The outcomes and directions of an impact, each with all its estimators; the headline, joint, first."""
    groups: dict[tuple[str, str], list[ImpactRow]] = {}
    for row in impact.results:
        groups.setdefault((row.outcome, row.direction), []).append(row)
    made = [Compared(tuple(rows), key == (impact.headline, "joint")) for key, rows in groups.items()]
    return tuple(sorted(made, key=lambda item: (not item.is_headline, item.first.outcome != impact.headline)))


def answer_words(acts: Acts, impact: ImpactResult, item: Compared, where: str, *, heading: str = "") -> str:
    """One outcome in a sentence of a finding: a verdict no surer than its least sure estimator, or the range.

    Args:
        acts: Of the brief.
        impact: The answer the outcome is of.
        item: The outcome.
        where: Between whom, in words.
        heading: What it is called; put before the sentence with the date, or without where that is too long.

    Returns:
        The sentence.
    """
    words = outcome(item.first.outcome, acts.language)
    low, high = _bounds(row.effect for row in item.rows)
    p_low, p_high = _bounds(p for row in item.rows if (p := item.p_value(row)) is not None)
    before, after = impact.comparison.n_periods if impact.comparison else (0, 0)
    text = acts.say(
        _key("answer", item),
        series=words.words,
        where=where,
        says=_verdict(acts, item),
        low=amount_words(acts, low, words),
        high=amount_words(acts, high, words),
        unit=_per(acts, impact, words),
        n=len(item.rows),
        level=acts.language.percent(item.first.level),
        interval_low=amount_words(acts, item.first.low, words),
        interval_high=amount_words(acts, item.first.high, words),
        p=item.p_value(item.first),
        p_low=p_low,
        p_high=p_high,
        how=acts.say(f"change.dispute_{item.dispute}") if item.dispute else "",
        before=acts.language.count(before, f"{impact.every}s"),
        after=after,
        donors=impact.comparison.n_donors if impact.comparison else 0,
    )
    if not heading:
        return acts.language.capital(text)
    dated = acts.say("findings.lead", heading=heading, shock=acts.inputs.shock, rest=text)
    return dated if len(dated) <= limit_of(acts) else acts.say("change.headed", heading=heading, rest=text)


def group_words(acts: Acts, item: Compared, where: str) -> str:
    """One outcome with every estimator beside the others, each with its interval and p.

    Args:
        acts: Of the brief.
        item: The outcome.
        where: Between whom, in words.

    Returns:
        The sentence of the section.
    """
    words = outcome(item.first.outcome, acts.language)
    first = item.first
    return acts.say(
        _key("group", item),
        series=words.words,
        where=where,
        says=_verdict(acts, item),
        how=acts.say(f"change.dispute_{item.dispute}") if item.dispute else "",
        estimates=", ".join(_estimate(acts, item, row, words) for row in item.rows),
        unit="" if words.kind == "share" else acts.say("change.unit", unit=first.unit),
        expected=level_words(acts, first.expected, words),
        actual=level_words(acts, first.after, words),
        before=first.n_before,
        after=first.n_after,
    )


def _estimate(acts: Acts, item: Compared, row: ImpactRow, words: OutcomeWords) -> str:
    return acts.say(
        "change.estimate" if item.is_headline else "change.estimate_corrected",
        estimator=acts.language.term(row.estimator),
        effect=amount_words(acts, row.effect, words),
        low=amount_words(acts, row.low, words),
        high=amount_words(acts, row.high, words),
        p=item.p_value(row),
    )


def _key(kind: str, item: Compared) -> str:
    if item.dispute:
        return f"change.{kind}_disagree"
    return f"change.{kind}_{'unclear' if item.strength == 'none' else 'clear'}"


def _verdict(acts: Acts, item: Compared) -> str:
    way = "rise" if item.first.effect > 0 else "fall"
    return acts.language.messages[f"hedge.{item.strength}_{way}"]


def _per(acts: Acts, impact: ImpactResult, words: OutcomeWords) -> str:
    """`a week` after a count; a score and a share say their own unit."""
    return acts.say("change.per", every=acts.say(f"figure.every_{impact.every}")) if words.kind == "count" else ""


def _bounds(values: Iterable[float]) -> tuple[float | None, float | None]:
    known = list(values)
    return (min(known), max(known)) if known else (None, None)


def level_words(acts: Acts, value: float | None, words: OutcomeWords) -> str:
    """A level of an outcome: a share in percent, else a number."""
    number = 0.0 if value is None else value
    return acts.language.percent(number) if words.kind == "share" else acts.language.number(number)


def amount_words(acts: Acts, value: float | None, words: OutcomeWords) -> str:
    """A change of an outcome with its sign: of a share in percentage points."""
    number = 0.0 if value is None else value
    return acts.language.points(number) if words.kind == "share" else acts.language.signed(number)
