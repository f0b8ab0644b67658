"""Which rows of the event view a measure reads: one feed or the chosen record, acts between two sides."""

from collections.abc import Mapping
from typing import Final

import ibis
import ibis.expr.types as ir

from detente.errors import DataError
from detente.measure.cubed import Record, event_rows, weighted
from detente.model.results import Selection
from detente.ontology.plover import state_sectors

JOINT: Final = "joint"
# Agents that act for a state, as the table of sectors has them: parties, rebels, firms and citizens do not.
STATE_SECTORS: Final = state_sectors()
# What is planned, conditional or denied is no act.
ACT_STATUSES: Final = ("actual", "alleged")


def direction_names(selection: Selection) -> tuple[str, str]:
    """The names of the two directions, in the codes that were asked: `("RUS>JPN", "JPN>RUS")`."""
    a, b = selection.dyad
    return f"{a}>{b}", f"{b}>{a}"


def choose_feed(feeds: Mapping[str, int]) -> str:
    """The feed a measure reads when none is named: the one with most rows, by name where they tie.

    Args:
        feeds: Rows by feed.

    Returns:
        The feed's name.

    Raises:
        DataError: If there is no feed.
    """
    if not feeds:
        raise DataError("no feed in this store: expected at least one, import one with `detente import`")
    return min(feeds, key=lambda name: (-feeds[name], name))


def select_record(record: Record, selection: Selection) -> ir.Table:
    """All rows of the one feed, or of the chosen record, whoever acts.

    Args:
        record: The event view, or a cube, of which the view behind it is taken.
        selection: What was asked.

    Returns:
        The rows of that record, all columns.

    Raises:
        DataError: If a feed is asked for without its name.
    """
    events = event_rows(record)
    if selection.record_kind == "chosen":
        return events.filter(events.record_kind == "chosen")
    if selection.feed is None:
        raise DataError("a measure on feeds reads one feed, none is named: name it (`--feed`)")
    return events.filter(events.record_kind == "feed", events.feed == selection.feed)


def select_events(events: ir.Table, selection: Selection) -> ir.Table:
    """The acts between the two sides that a measure may count.

    Rows with a null `event_type` (CAMEO 01 and 02) stay: they are volume and nothing else. A row whose
    date is unknown stays only where no bound is asked; a row dated to a month or a year stays where its
    whole span lies within the bounds. An alleged act goes where the record denies it (same source,
    target, type and first day, status negated), and always where `strict` is asked.

    Args:
        events: The event view: the columns of `reports`, `event_id`, `n_reports`.
        selection: What was asked.

    Returns:
        The rows with all their columns and `direction` (`A>B` or `B>A`, in the codes asked). A symmetric
        row carries the direction in which it was written: it counts once in each.

    Raises:
        DataError: If a feed is asked for without its name.
    """
    rows = _between(select_record(events, selection), selection)
    acts = _only_acts(select_dates(rows, selection), selection)
    if selection.actors == "state":
        acts = acts.filter(_is_state(acts))
    return _one_a_day(acts) if selection.one_a_day else acts


def select_everyone(events: ir.Table, selection: Selection) -> ir.Table:
    """The acts between any two different sides of the same record, by the same rules as those of the pair.

    Args:
        events: The event view.
        selection: What was asked; its sides are ignored.

    Returns:
        The rows with all their columns.

    Raises:
        DataError: If a feed is asked for without its name.
    """
    rows = select_record(events, selection)
    acts = _only_acts(select_dates(rows.filter(rows.source_country != rows.target_country), selection), selection)
    if selection.actors == "state":
        acts = acts.filter(_is_state(acts))
    return _one_a_day(acts) if selection.one_a_day else acts


def select_pair(events: ir.Table, selection: Selection) -> ir.Table:
    """Every row between the two sides, whatever its status and whoever acts, with its `direction`.

    Args:
        events: The event view.
        selection: What was asked; its `actors`, `strict` and `one_a_day` are ignored.

    Returns:
        The rows with all their columns and `direction`.

    Raises:
        DataError: If a feed is asked for without its name.
    """
    return select_dates(_between(select_record(events, selection), selection), selection)


def share_left_out(events: ir.Table, selection: Selection) -> float | None:
    """The share of the pair's acts that `actors="state"` leaves out: not state to state.

    Args:
        events: The event view.
        selection: What was asked; its `actors` is ignored.

    Returns:
        A share between 0 and 1; None where the pair has no act.

    Raises:
        DataError: If a feed is asked for without its name.
    """
    rows = _between(select_record(events, selection), selection)
    acts = _only_acts(select_dates(rows, selection), selection)
    acts = weighted(acts)
    sums = acts.aggregate(n=acts.weight.sum(), state=acts.weight.sum(where=_is_state(acts)))
    counts = sums.to_pyarrow().to_pylist()[0]
    return 1 - (counts["state"] or 0) / counts["n"] if counts["n"] else None


def describe_selection(selection: Selection) -> str:
    """The selection in one line, for the `query` of a result."""
    a, b = ("+".join(codes) for codes in (selection.a_codes, selection.b_codes))
    record = f"feed {selection.feed}" if selection.record_kind == "feed" else "chosen record"
    since, until = (day.isoformat() if day else "" for day in (selection.since, selection.until))
    parts = [record, f"{a} <> {b}", f"actors {selection.actors}"]
    parts += [f"dates {since}..{until}"] if since or until else []
    parts += ["one-a-day"] if selection.one_a_day else []
    return "; ".join([*parts, "strict"] if selection.strict else parts)


def _between(rows: ir.Table, selection: Selection) -> ir.Table:
    forward, backward = direction_names(selection)
    a, b = list(selection.a_codes), list(selection.b_codes)
    is_forward = rows.source_country.isin(a) & rows.target_country.isin(b)
    is_backward = rows.source_country.isin(b) & rows.target_country.isin(a)
    kept = rows.filter(is_forward | is_backward, rows.source_country != rows.target_country)
    # A code can stand on both sides (a common predecessor): the first side asked is then the source.
    return kept.mutate(direction=ibis.ifelse(is_forward, forward, backward))


def select_dates(rows: ir.Table, selection: Selection) -> ir.Table:
    """The rows whose whole span lies within the dates asked; all where none are."""
    if selection.since is not None:
        rows = rows.filter(rows.date_start >= ibis.literal(selection.since))
    if selection.until is not None:
        rows = rows.filter(rows.date_end <= ibis.literal(selection.until))
    return rows


def _only_acts(rows: ir.Table, selection: Selection) -> ir.Table:
    status = rows.status.fill_null("actual")
    if selection.strict:
        return rows.filter(status == "actual")
    same = ["source_country", "target_country", "event_type", "date_start"]
    denials = rows.filter(rows.status == "negated").select(*same).distinct()
    acts = rows.filter(status.isin(list(ACT_STATUSES)))
    return acts.anti_join(denials.mutate(status=ibis.literal("alleged")), [*same, "status"])


def _is_state(rows: ir.Table) -> ir.BooleanValue:
    return _acts_for_state(rows.source_country, rows.source_sector) & _acts_for_state(
        rows.target_country, rows.target_sector
    )


def _acts_for_state(country: ir.StringValue, sector: ir.StringValue) -> ir.BooleanValue:
    # A country with no sector is the state itself; an organisation of states acts for itself.
    return sector.isnull() | sector.isin(list(STATE_SECTORS)) | country.startswith("IGO:")


def _one_a_day(rows: ir.Table) -> ir.Table:
    key = [
        rows.date_start,
        rows.source_country,
        rows.source_sector,
        rows.target_country,
        rows.target_sector,
        ibis.coalesce(rows.cameo, rows.event_type, ibis.literal("")),
    ]
    # What the rows say comes before their ids, so that the same one counts whether events or a cube are read.
    told = ["status", "date_end", "event_type", "mode", "quad", "symmetric", "intensity_scale", "intensity"]
    order = [*told, *(["event_id"] if "event_id" in rows.columns else [])]
    numbered = rows.mutate(_nth=ibis.row_number().over(ibis.window(group_by=key, order_by=order)))
    once = numbered.filter(numbered._nth == 0).drop("_nth")
    return once.mutate(weight=ibis.literal(1, "int64")) if "weight" in rows.columns else once
