"""Refusing a file that is not what its name says, with the evidence."""

from typing import Final

import duckdb

from detente.errors import FeedError
from detente.ontology.codes import detect_system

_ENOUGH: Final = 20  # events from which codes of neither scheme speak against a file, not against its rows


def refuse_weis(column: str, connection: duckdb.DuckDBPyConnection, file: str) -> None:
    """Refuse a file whose codes are WEIS, or neither scheme, with the counts that say so."""
    query = f'SELECT "{column}", count(*) FROM cells WHERE "{column}" IS NOT NULL GROUP BY 1'
    verdict = detect_system({str(code): int(n) for code, n in connection.sql(query).fetchall()})
    if verdict.system == "WEIS" or (verdict.events >= _ENOUGH and not verdict.fits):
        raise FeedError(f"feed file {file} is not CAMEO as its feed says: {verdict.evidence}; check what the file is")
