"""What a page looks up in a snapshot, in SQL: nothing is compiled for it, so that it answers at once."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from detente.store.tables import quote

if TYPE_CHECKING:
    from detente.store.snapshot import Snapshot

Rows = list[dict[str, Any]]


def event_row(snapshot: "Snapshot", event_id: str) -> Rows:
    """The row of the event view with what reviewers rejected; none where the id stands for another event now."""
    snapshot.all_events()  # makes the view that the SQL names
    return snapshot.sql("SELECT * FROM all_events WHERE event_id = ?", event_id)


def rows_near(snapshot: "Snapshot", sides: tuple[str, str], day: date, kind: str | None, most: int) -> Rows:
    """Rows of the event view between two sides, within a day of a day, those of one type first."""
    snapshot.events()
    both = _listed(sides)
    first, last = (quote((day + timedelta(days=days)).isoformat()) for days in (-1, 1))
    return snapshot.sql(
        f"""SELECT * FROM events WHERE source_country IN ({both}) AND target_country IN ({both})
            AND source_country <> target_country AND date_start BETWEEN DATE {first} AND DATE {last}
        ORDER BY coalesce(event_type = ?, false) DESC, date_start, event_id LIMIT {int(most)}""",
        kind,
    )


def members_of(snapshot: "Snapshot", event_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The reports of events, the one that tells each first; a feed's row that nothing was joined to is absent."""
    ids = list(event_ids)
    if not ids:
        return {}
    snapshot.event_reports()  # makes the table that the SQL names
    rows = snapshot.sql(
        """SELECT event_id, list(report_id ORDER BY place_in_event) AS reports FROM grouped
        WHERE event_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY event_id""",
        ids,
    )
    return {row["event_id"]: tuple(row["reports"]) for row in rows}


def rows_of_reports(snapshot: "Snapshot", name: str, report_ids: Iterable[str]) -> Rows:
    """The rows of `evidence`, `quantities` or `materiel` of some reports, in the order in which records list them."""
    ids = list(report_ids)
    query = f"SELECT * EXCLUDE (import_id) FROM {name} WHERE report_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY ALL"
    return snapshot.sql(query, ids) if ids else []


def records_between(snapshot: "Snapshot", a: Iterable[str], b: Iterable[str]) -> Rows:
    """Every record (a feed, or `chosen`) between two sides: `record`, `n`, `first`, `last`, most rows first."""
    snapshot.events()
    one, other = _listed(a), _listed(b)
    return snapshot.sql(
        f"""SELECT CASE WHEN record_kind = 'chosen' THEN 'chosen' ELSE feed END AS record, count(*) AS n,
            min(date_start) AS first, max(date_end) AS last
        FROM events WHERE (source_country IN ({one}) AND target_country IN ({other}))
            OR (source_country IN ({other}) AND target_country IN ({one}))
        GROUP BY record ORDER BY n DESC, record"""
    )


def largest_pairs(snapshot: "Snapshot", most: int) -> Rows:
    """The pairs with most events, in either direction: `a`, `b` in order of the alphabet, and `n`."""
    if snapshot.feeds_are_counted() and not snapshot.has_links():
        counted = "SELECT pair, sum(n)::BIGINT AS n FROM cube GROUP BY pair"
    else:
        snapshot.events()
        counted = """SELECT least(source_country, target_country) || '-' || greatest(source_country, target_country)
            AS pair, count(*) AS n FROM events WHERE source_country <> target_country GROUP BY pair"""
    return snapshot.sql(
        f"""SELECT split_part(pair, '-', 1) AS a, substr(pair, length(split_part(pair, '-', 1)) + 2) AS b, n
        FROM ({counted}) ORDER BY n DESC, a, b LIMIT {int(most)}"""
    )


def largest_partners(snapshot: "Snapshot", side: Iterable[str], most: int) -> Rows:
    """The others with which one side (all its codes) has most events: `other`, `n`."""
    snapshot.events()
    mine = _listed(side)
    return snapshot.sql(
        f"""SELECT other, count(*) AS n FROM (
            SELECT target_country AS other FROM events WHERE source_country IN ({mine})
            UNION ALL SELECT source_country FROM events WHERE target_country IN ({mine}))
        WHERE other IS NOT NULL AND other NOT IN ({mine})
        GROUP BY other ORDER BY n DESC, other LIMIT {int(most)}"""
    )


def count_documents(snapshot: "Snapshot") -> int:
    """How many documents are stored, each id once."""
    return int(snapshot.sql("SELECT count(DISTINCT document_id) AS n FROM documents")[0]["n"])


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(quote, texts))
