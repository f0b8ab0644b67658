"""The event view: Ibis expressions over reports and links, the same on every engine.

A feed row that no link touches is its own event and passes through untouched; that keeps queries of a
large feed a plain scan. Only chosen reports and linked ones are grouped.
"""

from typing import TYPE_CHECKING

from detente.model.reviews import CORRECTION_PREFIX, Reviewed

if TYPE_CHECKING:
    from ibis.expr.types import Table


def latest_links(links: "Table") -> "Table":
    """The link that counts for each report: the last recorded one.

    Args:
        links: Live links.

    Returns:
        `report_id`, `event_id`, one row a report.
    """
    import ibis

    # Of two recorded at once, the one that supersedes an event came second.
    order = [links.recorded_at.desc(), links.supersedes.isnull(), links.event_id]
    nth = ibis.row_number().over(ibis.window(group_by=links.report_id, order_by=order))
    ranked = links.mutate(nth=nth)
    return ranked.filter(ranked.nth == 0).select("report_id", "event_id")


def touched_feed_ids(reports: "Table", latest: "Table") -> "Table":
    """Ids that links touch and that are no chosen report: linked feed rows (mostly none).

    Args:
        reports: Live reports.
        latest: As `latest_links` gives them.

    Returns:
        `report_id`, one row an id.
    """
    named = latest.select("report_id").union(latest.select(report_id=latest.event_id), distinct=True)
    chosen = reports.filter(reports.record_kind == "chosen").select("report_id")
    return named.anti_join(chosen, "report_id")


def grouped_reports(
    reports: "Table", latest: "Table", touched: "Table | None", states: "Table | None" = None
) -> "Table":
    """Chosen and linked reports with the event each belongs to.

    Args:
        reports: Live reports.
        latest: As `latest_links` gives them.
        touched: As `touched_feed_ids` gives them; None where there are none.
        states: What reviews make of events: `reviewed_event`, `standing`, `told_by`; None where there are no reviews.

    Returns:
        The columns of reports, `event_id`, `n_reports` (reports of the event, corrections aside), `place_in_event`
        (0 is the report that tells it) and `standing`; one row a report.
    """
    import ibis

    mine = reports.filter(reports.record_kind == "chosen")
    if touched is not None:
        mine = mine.union(reports.filter(~_is_chosen(reports)).semi_join(touched, "report_id"))
    first = ibis.window(group_by=mine.report_id, order_by=[mine.recorded_at, mine.import_id])
    # One document in two files brings the same report twice.
    numbered = mine.mutate(copy=ibis.row_number().over(first))
    once = numbered.filter(numbered.copy == 0).drop("copy")
    links = latest.select(linked_report=latest.report_id, linked_event=latest.event_id)
    joined = once.left_join(links, once.report_id == links.linked_report)
    placed = joined.mutate(event_id=ibis.coalesce(joined.linked_event, joined.report_id)).drop(
        "linked_report", "linked_event"
    )
    if states is None:
        placed = placed.mutate(standing=ibis.null("string"), told_by=ibis.null("string"))
    else:
        placed = placed.left_join(states, placed.event_id == states.reviewed_event).drop("reviewed_event")
    corrects = placed.report_id.startswith(CORRECTION_PREFIX)
    tells = (placed.report_id == placed.told_by).fill_null(False)  # noqa: FBT003 - Ibis takes it by position
    order = [~tells, corrects, placed.report_id != placed.event_id, placed.report_id]
    counted = placed.report_id.count(where=~corrects).over(ibis.window(group_by=placed.event_id))
    return placed.mutate(
        n_reports=ibis.greatest(counted, ibis.literal(1, "int64")),
        place_in_event=ibis.row_number().over(ibis.window(group_by=placed.event_id, order_by=order)),
    ).drop("told_by")


def events_view(
    reports: "Table", grouped: "Table", touched: "Table | None", reviewed: Reviewed | None = None
) -> "Table":
    """Every event by the report that tells it.

    Args:
        reports: Live reports.
        grouped: As `grouped_reports` gives them.
        touched: As `touched_feed_ids` gives them; None where there are none.
        reviewed: `accepted` keeps only what a reviewer accepted or corrected, `corrected` leaves out what one rejected;
            None keeps every event.

    Returns:
        The columns of reports, `event_id`, `n_reports`; one row an event.
    """
    import ibis

    single = reports.filter(~_is_chosen(reports))
    if touched is not None:
        single = single.anti_join(touched, "report_id")
    single = single.mutate(event_id=single.report_id, n_reports=ibis.literal(1, "int64"))
    told = told_reports(grouped, reviewed).select(*single.columns)
    return told if reviewed == "accepted" else single.union(told)


def told_reports(grouped: "Table", reviewed: Reviewed | None = None) -> "Table":
    """Of grouped reports those that tell their events; see `events_view` for which events stay."""
    told = grouped.filter(grouped.place_in_event == 0)
    if reviewed == "accepted":
        return told.filter(told.standing.isin(["accepted", "corrected"]))
    return told.filter(told.standing.fill_null("") != "rejected") if reviewed == "corrected" else told


def series_view(series: "Table", imports: "Table") -> "Table":
    """Every figure once: of several imports of the same period, the last one counts.

    Args:
        series: Live rows of the `series` table.
        imports: Live imports.

    Returns:
        `name`, `unit`, `source`, `country_a`, `country_b`, `directed`, `period`, `every`, `value`, `recorded_at`.
    """
    import ibis

    dated = series.join(imports.select("import_id", "recorded_at"), "import_id")
    key = [dated.name, dated.country_a, dated.country_b, dated.directed, dated.period]
    nth = ibis.row_number().over(ibis.window(group_by=key, order_by=[dated.recorded_at.desc(), dated.import_id]))
    ranked = dated.mutate(nth=nth)
    return ranked.filter(ranked.nth == 0).drop("nth", "import_id")


def _is_chosen(reports: "Table") -> "Table":
    return (reports.record_kind == "chosen").fill_null(False)  # noqa: FBT003 - Ibis takes it by position
