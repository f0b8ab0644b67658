"""GDELT 2.0 mentions: which article mentions an event, and where in it; evidence of events, no events.

Source: GDELT event codebook 2.0 (2015), mentions table. GDELT gives no words, only where they stand in its own English
text of the article: `start` and `end` are both the place of the action, and -1 as in the file where it gives none.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from detente.feeds.mapped import Check, Mapped
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import read_tabular

_NAME: Final = re.compile(r"\.mentions\.csv", re.IGNORECASE)
_SEEN: Final = "try_strptime({column}, '%Y%m%d%H%M%S')"


def is_mentions_file(path: Path) -> bool:
    """Whether a file is called as GDELT calls its mentions files.

    Examples:
        >>> is_mentions_file(Path("20170101073000.translation.mentions.CSV.zip"))
        True
        >>> is_mentions_file(Path("20170101073000.export.CSV"))
        False
    """
    return _NAME.search(path.name) is not None


def read_gdelt_mentions(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read mentions files (16 columns): `evidence` is filled, `reports` is empty; see `read_tabular`.

    Args:
        files: The files.
        name: Feed name of the events that are mentioned.
    """
    return read_tabular(files, name, feed_sheet("gdelt-mentions"), _MENTIONS)


_MENTIONS: Final = Mapped(
    table="evidence",
    checks=(
        Check(
            "GLOBALEVENTID",
            '"GLOBALEVENTID" IS NULL OR try_cast("GLOBALEVENTID" AS BIGINT) IS NULL',
            "no id of digits",
        ),
        Check("MentionIdentifier", '"MentionIdentifier" IS NULL', "no article"),
        Check(
            "MentionType",
            "\"MentionType\" IS NULL OR \"MentionType\" NOT IN ('1', '2', '3', '4', '5', '6')",
            "not a type of source, expected 1 to 6",
        ),
        Check(
            "MentionTimeDate",
            f'"MentionTimeDate" IS NOT NULL AND {_SEEN.format(column=chr(34) + "MentionTimeDate" + chr(34))} IS NULL',
            "no time of the form YYYYMMDDHHMMSS",
        ),
        Check(
            "ActionCharOffset",
            '"ActionCharOffset" IS NOT NULL AND coalesce(try_cast("ActionCharOffset" AS BIGINT), -2) < -1',
            "no place in a text",
        ),
        Check(
            "Confidence",
            '"Confidence" IS NOT NULL AND coalesce(try_cast("Confidence" AS DOUBLE) NOT BETWEEN 0 AND 100, true)',
            "no percentage",
        ),
    ),
    prepare=lambda _: None,
    actors=lambda _: None,
    joins="",
    expressions={
        "report_id": "{feed} || ':' || e.\"GLOBALEVENTID\"",
        "document_id": 'e."MentionIdentifier"',
        "start": 'coalesce(CAST(e."ActionCharOffset" AS BIGINT), -1)',
        "end": 'coalesce(CAST(e."ActionCharOffset" AS BIGINT), -1)',
        "quote": "''",
        "publisher": 'e."MentionSourceName"',
        "title": 'CASE WHEN e."MentionType" <> \'1\' THEN e."MentionIdentifier" END',
        "url": 'CASE WHEN e."MentionType" = \'1\' THEN e."MentionIdentifier" END',
        "accessed": "strftime(" + _SEEN.format(column='e."MentionTimeDate"') + ", '%Y-%m-%dT%H:%M:%SZ')",
        "confidence": 'CAST(e."Confidence" AS DOUBLE) / 100',
    },
    unmapped="SELECT '' AS actor, 0 AS n WHERE false",
)
