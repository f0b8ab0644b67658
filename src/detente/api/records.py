"""The record a measure of one pair reads: the cube where the store has one of the feed, else the events."""

from typing import TYPE_CHECKING

from detente.measure.cubed import Cubed, Record

if TYPE_CHECKING:
    from detente.store import Snapshot


def read_record(snapshot: "Snapshot") -> Record:
    """The counts of a snapshot's feeds with its events behind them; the events alone where there are none."""
    cube = snapshot.cube
    return Cubed(cube.rows, cube.coverage, snapshot.events) if cube is not None else snapshot.events()
