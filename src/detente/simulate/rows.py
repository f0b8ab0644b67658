"""Simulated acts as rows of the `reports` table."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detente.model.events import Dyad
from detente.model.tables import REPORTS

FEED: Final = "simulated"
# PLOVER type, quad class, score: one act a quad class is enough to tell the measures apart.
_ACTS: Final = (
    ("CONSULT", 1, 2.0),
    ("AID", 2, 6.0),
    ("ACCUSE", 3, -2.0),
    ("ASSAULT", 4, -9.0),
)
_FIXED: Final[Mapping[str, object]] = {
    "date_precision": "day",
    "date_basis": "feed",
    "symmetric": False,
    "status": "actual",
    "retrospective": False,
    "intensity_scale": "goldstein",
    "feed": FEED,
    "record_kind": "feed",
}


def report_rows(
    dyads: Sequence[Dyad],
    dyad: npt.NDArray[np.integer[Any]],
    act: npt.NDArray[np.integer[Any]],
    days: npt.NDArray[np.generic],
) -> pa.Table:
    """Acts between states as rows of `reports`, feed `simulated`, scored on `goldstein`, dated to a day.

    Args:
        dyads: Directed dyads, source and target.
        dyad: The place of each act's dyad, (n_acts,).
        act: 0 verbal cooperation, 1 material cooperation, 2 verbal conflict, 3 material conflict, (n_acts,).
        days: UTC dates, (n_acts,) of datetime64[D].
    """
    n = len(dyad)
    source = pa.array([pair.a for pair in dyads], pa.string())
    target = pa.array([pair.b for pair in dyads], pa.string())
    types, quads, scores = zip(*_ACTS, strict=True)
    drawn = {
        "report_id": pa.array([f"{FEED}:{number}" for number in range(n)], pa.string()),
        "date_start": pa.array(days),
        "date_end": pa.array(days),
        "source_country": source.take(pa.array(dyad)),
        "target_country": target.take(pa.array(dyad)),
        "event_type": pa.array(types).take(pa.array(act)),
        "quad": pa.array(quads, pa.int8()).take(pa.array(act)),
        "intensity": pa.array(scores).take(pa.array(act)),
        "source_row": pa.array(np.arange(n)),
    }
    return pa.table([_column(item, n, drawn) for item in REPORTS], schema=REPORTS)


def _column(item: pa.Field, n: int, drawn: Mapping[str, pa.Array]) -> pa.Array:
    if item.name in drawn:
        return drawn[item.name].cast(item.type)
    if pa.types.is_list(item.type):
        return pa.array([[]] * n, item.type)
    return pa.repeat(pa.scalar(_FIXED.get(item.name), item.type), n)
