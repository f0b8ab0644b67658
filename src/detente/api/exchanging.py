"""The question of exchanges: a pair's acts, and what the sources of a chosen record say of them."""

from typing import TYPE_CHECKING, Any

from detente.model.exchanges import ExchangesResult

if TYPE_CHECKING:
    from detente.api.dyads import Dyad


def find_exchanges_of(dyad: "Dyad", days: int, choices: dict[str, Any]) -> ExchangesResult:
    """Which acts of a pair may answer which.

    Args:
        dyad: The pair.
        days: Longest lag of a pair of acts that is only consistent in time.
        choices: See `detente.api.dyads.Choices`.

    Returns:
        The pairs of acts; from a chosen record those that a source calls an answer among them.
    """
    from detente.api.dyads import pair_records
    from detente.measure.exchanges import find_exchanges
    from detente.measure.paired_acts import measure_exchanges
    from detente.measure.turns import read_acts
    from detente.model import Exchange

    with dyad.store.snapshot() as snapshot:
        selection = dyad.select(snapshot, **choices)
        said: tuple[Exchange, ...] = ()
        if selection.record_kind == "chosen":
            events = pair_records(snapshot, selection, acts_only=False)
            said = find_exchanges(read_acts(events, dyad.pair, actors=selection.actors, strict=selection.strict))
        return measure_exchanges(snapshot.events(), selection, said, days=days)
