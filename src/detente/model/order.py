"""How rows are sorted where they are kept."""

from typing import Final

REPORT_ORDER: Final = ("source_country", "target_country", "date_start")
"""Reports of one commit, those with nothing last: a query of one pair skips most row groups."""
