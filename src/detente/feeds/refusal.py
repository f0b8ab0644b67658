"""Refusing a file that is not what its name says, with the evidence."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import FeedError
from detente.ontology.codes import detect_system

_ENOUGH: Final = 20  # events from which codes of neither scheme speak against a file, not against its rows


def refuse_weis(column: str, cells: pa.Table, file: str) -> None:
    """Refuse a file whose codes are WEIS, or neither scheme, with the counts that say so."""
    counted = pc.value_counts(cells[column]).to_pylist()
    verdict = detect_system({item["values"]: item["counts"] for item in counted if item["values"] is not None})
    if verdict.system == "WEIS" or (verdict.events >= _ENOUGH and not verdict.fits):
        raise FeedError(f"feed file {file} is not CAMEO as its feed says: {verdict.evidence}; check what the file is")
