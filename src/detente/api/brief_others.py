"""The other relations of the two sides, as a brief on a feed shows them: counted, estimated, set beside the pair."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from detente.brief import PairCount
from detente.model import Dyad, Every, IndexResult, Selection
from detente.model.third_parties import ThirdPartiesResult

if TYPE_CHECKING:
    from detente.api.shocks import ShockDay
    from detente.measure.cubed import Record

_WINDOW: Final = 365  # days on either side of the date, where the feed has them
_A_SIDE: Final = 3  # relations of each side that are estimated: each costs as much as an index
_SHOWN_A_SIDE: Final = 2  # of those, set beside the pair in a figure
_OUTCOME: Final = "conflict_volume"


def window_days(record: "Record", selection: Selection, shock: date, every: Every) -> int:
    """Days that the feed has on both sides of the date, a year at most; 0 where the date is its first or last."""
    from detente.measure.coverage import count_coverage

    first, last = count_coverage(record, selection, every)[3]
    return max(0, min(_WINDOW, (shock - first).days, (last - shock).days))


def count_others(record: "Record", selection: Selection, shock: date, days: int) -> tuple[PairCount, ...]:
    """Acts of either side with each other state, in equal windows, most acts before the date first."""
    from detente.measure.cubed import event_rows
    from detente.measure.others import count_board, total

    length = timedelta(days=days)
    board = count_board(event_rows(record), selection, shock, shock - length, shock + length)
    found = []
    for side in (board.a, board.b):
        for other in board.others(side):
            before, after = (board.of_pair(side, other, after=late) for late in (False, True))
            conflict = [sum(cell.conflict for cell in cells) for cells in (before, after)]
            query = f"detente events {side} {other}"
            found.append(PairCount(Dyad(side, other), total(before), total(after), conflict[0], conflict[1], query))
    # by what came before: the order knows nothing of what the shock did
    return tuple(sorted(found, key=lambda item: (-item.before, -item.after, str(item.dyad))))


def estimate_others(
    record: "Record", selection: Selection, asked: "ShockDay", every: Every, days: int
) -> ThirdPartiesResult:
    """The change of the busiest other relations at the date, and who took a side."""
    from detente.measure.cubed import event_rows
    from detente.measure.relations import measure_third_parties

    return measure_third_parties(
        event_rows(record),
        selection,
        asked.day,
        every=every,
        shocker=asked.shocker,
        outcomes=(_OUTCOME,),
        most=_A_SIDE,
        days=days,
    )


def index_others(
    record: "Record", selection: Selection, others: tuple[PairCount, ...], every: Every
) -> tuple[IndexResult, ...]:
    """The index of the relations of each side that had most acts before the date: those that are estimated, too."""
    from detente.measure.index import measure_index
    from detente.measure.relations import FEWEST_BEFORE
    from detente.ontology import load_countries, predecessors

    known = [item for item in others if item.before >= FEWEST_BEFORE and item.dyad.b in load_countries()]
    pairs = [
        item.dyad for side in selection.dyad for item in [one for one in known if one.dyad.a == side][:_SHOWN_A_SIDE]
    ]
    return tuple(
        measure_index(
            record,
            replace(
                selection,
                dyad=pair,
                a_codes=selection.a_codes if pair.a == selection.dyad.a else selection.b_codes,
                b_codes=(pair.b, *predecessors(pair.b)),
            ),
            every,
        )
        for pair in pairs
    )
