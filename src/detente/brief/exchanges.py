"""Who answered whom, by the sources' own words."""

from detente.brief.acts import Acts, acts_query, order, record_size, weight
from detente.brief.statements import by_events, by_query
from detente.brief.wording import cleaned, closed
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
        return (by_query("exchanges", acts.say("exchanges.none"), acts_query(acts.inputs), record_size(acts.inputs)),)
    ranked = sorted(known, key=lambda pair: (-weight(pair[0]), order(pair[0])))
    shown = sorted(ranked[:_MOST], key=lambda pair: order(pair[0]))
    lines = [_line(acts, answer, item) for answer, item in shown]
    rest = [answer for answer, _ in ranked[_MOST:]]
    if rest:
        lines.append(by_events("exchanges", acts.say("exchanges.more", n=len(rest)), rest))
    return tuple(lines)


def _line(acts: Acts, answer: Event, item: Exchange) -> Statement:
    cue = acts.quoted(cleaned(item.cue))
    words = closed(acts.words(answer, _QUOTE))
    to = acts.by_id.get(item.to or "")
    if to is None:
        text = acts.say("exchanges.alone", when=acts.when(answer), parties=acts.parties(answer), words=words, cue=cue)
        return by_events("exchanges", text, [answer])
    text = acts.say(
        "exchanges.pair",
        first_when=acts.when(to),
        parties=acts.parties(to),
        first=closed(acts.words(to, _QUOTE)),
        who=acts.inputs.name(answer.report.source_country),
        later=acts.language.days_later(item.days),
        when=acts.when(answer),
        answer=words,
        cue=cue,
    )
    return by_events("exchanges", text, [to, answer])
