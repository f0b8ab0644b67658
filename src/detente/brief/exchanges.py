"""Who answered whom, by the sources' own words."""

from detente.brief.acts import Acts, acts_query, order, record_size, weight
from detente.brief.statements import by_events, by_query
from detente.brief.wording import cleaned, closed, counted, days_words, when_words
from detente.model import Event, Exchange, Statement

_QUOTE = 180  # characters for each of the two acts
_MOST = 25  # exchanges with a line of their own


def exchange_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement per exchange, the heaviest answers if there are many; none found is a statement too."""
    description = acts.inputs.description
    if description is None:
        return ()
    known = [(acts.by_id[item.answer], item) for item in description.exchanges if item.answer in acts.by_id]
    if not known:
        text = "No source of this record ties an act to one of the other side; none is inferred from order in time."
        return (by_query("exchanges", text, acts_query(acts.inputs), record_size(acts.inputs)),)
    ranked = sorted(known, key=lambda pair: (-weight(pair[0]), order(pair[0])))
    shown = sorted(ranked[:_MOST], key=lambda pair: order(pair[0]))
    lines = [_line(acts, answer, item) for answer, item in shown]
    rest = [answer for answer, _ in ranked[_MOST:]]
    if rest:
        lines.append(by_events("exchanges", f"{counted(len(rest), 'lighter answer')} more.", rest))
    return tuple(lines)


def _line(acts: Acts, answer: Event, item: Exchange) -> Statement:
    cue = cleaned(item.cue)
    to = acts.by_id.get(item.to or "")
    if to is None:
        text = (
            f"{when_words(answer.report)}, {acts.parties(answer)}: {closed(acts.words(answer, _QUOTE))} Its source ties"
            f" it to an act (“{cue}”) that this record does not hold."
        )
        return by_events("exchanges", text, [answer])
    text = (
        f"{when_words(to.report)}, {acts.parties(to)}: {closed(acts.words(to, _QUOTE))}"
        f" {acts.inputs.name(answer.report.source_country)}{days_words(item.days)}, {when_words(answer.report)}:"
        f" {closed(acts.words(answer, _QUOTE))} The source ties the two: “{cue}”."
    )
    return by_events("exchanges", text, [to, answer])
