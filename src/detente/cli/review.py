"""`detente review`: accept, correct, reject, merge or split events, each decision with who, when and why."""

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli import options as given
from detente.cli.output import Format, counted, note, write_answer, write_text
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.api import Store
    from detente.api.review_lists import EventHistory
    from detente.model.reviews import Decision

REVIEWER = "DETENTE_REVIEWER"
COLUMNS = ["event_id", "date", "who", "type", "status", "standing", "by", "recorded_at", "reason", "n_reviews"]


def run(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EVENT or A B", help="An event by its id, or the two sides whose events are gone through."
        ),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="The event is right as it is.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="The event is no act of these two; leave it out.")] = False,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="Correct it: NAME=VALUE, several with commas; lists are joined with +."),
    ] = None,
    merge: Annotated[str | None, typer.Option("--merge", help="Event that is the same act: it is merged in.")] = None,
    split: Annotated[
        list[str] | None,
        typer.Option("--split", help="Report that tells another act; repeatable: they become an event of their own."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last decision on the event.")] = False,
    by: Annotated[str | None, typer.Option("--by", help=f"The reviewer's name; by default {REVIEWER}.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason; only --accept may leave it out.")] = "",
    seen: Annotated[
        str | None, typer.Option("--seen", help="State of the event that was looked at; refuse if it changed since.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List events that were reviewed.")] = False,
    unreviewed: Annotated[bool, typer.Option("--unreviewed", help="List the events of A and B that were not.")] = False,
    most: Annotated[int, typer.Option("--most", min=1, help="Most events of A and B to give or go through.")] = 1_000,
    since: given.Since = None,
    until: given.Until = None,
    feed: given.Feed = None,
    store: given.StoreOption = None,
    format: given.FormatOption = Format.TABLE,  # noqa: A002
) -> None:
    """Decide on events: accept, correct, reject, merge, split, undo. Nothing is overwritten; each decision is added.

    With an event and no decision, shows what was decided of it. With two sides, goes through their events that
    nobody has judged, one at a time, from the keyboard or a pipe.
    """
    named = tuple(what or ())
    decisions = _decisions(accept=accept, reject=reject, correct=set_, merge=merge, split=split, undo=undo)
    kept = _own_store(store)
    choices: dict[str, Any] = {"since": since, "until": until, "feed": feed}
    if list_ or unreviewed:
        if decisions or len(named) not in {0, 2} or (unreviewed and not named):
            raise InputError("--list takes no event and no decision: give two sides or none; --unreviewed needs two")
        write_histories(_listed(kept, named, choices, unreviewed=unreviewed, most=most), format)
    elif len(named) == 2 and not decisions:
        from detente.cli.review_pass import go_through

        histories = _listed(kept, named, choices, unreviewed=True, most=most)
        go_through(kept, histories, _reviewer(by))
    elif len(named) == 1 and not decisions:
        write_histories((kept.review_history(named[0]),), format)
    elif len(named) == 1 and len(decisions) == 1:
        (decision,) = decisions
        done = _decide(kept, named[0], decision, (set_ or [], merge, split or []), (_reviewer(by), why, seen))
        note(f"store: {kept.tables.path}")
        _write_done(kept, done, format)
    else:
        raise InputError("review takes one event and one decision, or two sides: see `detente review --help`")


def write_histories(histories: "tuple[EventHistory, ...]", format: Format) -> None:  # noqa: A002
    """Events with what was decided of them, in the format asked for."""
    from detente.api.objects import event_object
    from detente.api.review_lists import history_object
    from detente.api.tables import text_table

    objects = [{**event_object(item.event), **history_object(item)} for item in histories]
    rows = [history_row(item) for item in histories]
    shown = [{key: value for key, value in row.items() if key != "n_reviews"} for row in rows]
    table = text_table(shown) if len(histories) != 1 else "\n".join([text_table(shown), *history_lines(histories[0])])
    write_answer(format, whole={"events": objects}, objects=objects, rows=rows, table=table, columns=COLUMNS)
    note(counted(len(histories), "event"))


def history_row(history: "EventHistory") -> dict[str, Any]:
    """The few columns of a list of reviews: the event, and the last decision that stands."""
    from detente.api.answers import event_row

    row = event_row(history.event)
    standing = [item for item in history.reviews if not item.taken_back and item.decision != "undo"]
    last = standing[-1] if standing else None
    told = {name: row[name] for name in ("date", "who", "type", "status")}
    return {
        "event_id": history.event.event_id,
        **told,
        "standing": history.standing or "-",
        "by": last.by if last else None,
        "recorded_at": last.recorded_at.isoformat(timespec="seconds") if last else None,
        "reason": " ".join(last.reason.split()) if last else None,
        "n_reviews": len(history.reviews),
    }


def history_lines(history: "EventHistory") -> list[str]:
    """What was decided of an event, a line a decision, and the state that the next one names."""
    from detente.api.review_lists import decision_words

    lines = []
    for review, changes in zip(history.reviews, history.changes, strict=True):
        told = "; ".join(f"{item['field']} {item['before'] or '-'} → {item['after'] or '-'}" for item in changes)
        undone = " (taken back)" if review.taken_back else ""
        lines.append(f"- {decision_words(review)}{f' [{told}]' if told else ''}{undone}")
    lines += [f"- {counted(len(history.new_reports), 'report')} joined since"] if history.new_reports else []
    return [*lines, f"state: {history.state}"]


def _decisions(**asked: Any) -> "list[Decision]":
    return [name for name, value in asked.items() if value]  # type: ignore[misc]


def _own_store(path: Any) -> "Store":
    from detente.api import open as open_store

    return open_store(path, create=False)


def _reviewer(name: str | None) -> str:
    found = name or os.environ.get(REVIEWER)
    if not found:
        raise InputError(f"who decides? give your name with --by, or set {REVIEWER}")
    return found


def _listed(
    store: "Store", named: tuple[str, ...], choices: dict[str, Any], *, unreviewed: bool, most: int
) -> "tuple[EventHistory, ...]":
    from detente.api.review_lists import reviewed_events, reviews_of_pair

    if not named:
        return reviewed_events(store)
    return reviews_of_pair(store.dyad(*named), unreviewed=unreviewed, most=most, **choices)


def _decide(
    store: "Store",
    event_id: str,
    decision: "Decision",
    details: tuple[list[str], str | None, list[str]],
    said: tuple[str, str, str | None],
) -> Any:
    from detente.api.review_values import read_assignments

    assignments, other, reports = details
    by, why, seen = said
    values = read_assignments(assignments) if assignments else {}
    return store.review(event_id, decision, by=by, why=why, values=values, other=other, reports=reports, seen=seen)


def _write_done(store: "Store", done: Any, format: Format) -> None:  # noqa: A002
    from detente.api.objects import plain

    row = plain(done)
    told = " (stored before, nothing was written)" if done.already else ""
    made = f"; new event {done.new_event}" if done.new_event else ""
    words = f"{done.decision}: event {done.event_id}{made}{told}\nstate: {done.state}"
    write_answer(format, whole=row, objects=[row], rows=[row], table=words)
    if format is Format.TABLE:
        write_text("\n".join(history_lines(store.review_history(done.event_id))[:-1]))
