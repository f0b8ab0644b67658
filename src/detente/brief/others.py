"""Who else moved: other pairs in the same record, estimated from a feed, counted in a chosen record."""

from detente.brief.acts import Acts
from detente.brief.inputs import PairCount
from detente.brief.relations import relation_statements
from detente.brief.statements import by_query
from detente.model import Statement


def other_statements(acts: Acts) -> tuple[Statement, ...]:
    """The estimates of a feed; else one statement per other pair, the largest change in count first."""
    if acts.inputs.third_parties is not None:
        return relation_statements(acts, acts.inputs.third_parties)
    pairs = sorted(acts.inputs.others, key=lambda pair: (-abs(pair.after - pair.before), str(pair.dyad)))
    return tuple(
        by_query("third_parties", _words(acts, pair), _query(pair), pair.before + pair.after) for pair in pairs
    )


def _words(acts: Acts, pair: PairCount) -> str:
    a, b = (acts.inputs.name(code) for code in pair.dyad)
    told = pair.conflict_before is not None and pair.conflict_after is not None
    return acts.say(
        "others.conflict" if told else "others.line",
        a=a,
        b=b,
        before=pair.before,
        after=pair.after,
        conflict_before=pair.conflict_before,
        conflict_after=pair.conflict_after,
    )


def _query(pair: PairCount) -> str:
    return pair.query or f"detente events {pair.dyad.a} {pair.dyad.b}"
