"""Going through events one at a time: shows words and codes, asks for a key, from the keyboard or a pipe."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente.api.reviewing import ReviewConflictError
from detente.cli.output import note, plain_text, write_text
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.api import Store
    from detente.api.review_lists import EventHistory
    from detente.model.reviews import Decision

KEYS: Final = "a accept, r reject, c correct, s skip, u undo the one before, q quit"


def go_through(store: "Store", histories: "tuple[EventHistory, ...]", by: str) -> None:
    """Ask of each event what to do with it; what is decided is stored at once.

    Args:
        store: The user's store.
        histories: The events that wait.
        by: The reviewer's name.
    """
    lines = _lines()
    decided: list[str] = []
    for place, history in enumerate(histories, start=1):
        write_text(plain_text(_shown(history, place, len(histories))))
        if not _ask_of(store, history, by, lines, decided):
            break
    write_text(f"{len(decided)} of {len(histories)} events decided")


def _ask_of(store: "Store", history: "EventHistory", by: str, lines: Iterator[str], decided: list[str]) -> bool:
    """Ask until the event is decided or passed over; False ends the pass."""
    event_id, state = history.event.event_id, history.state
    while True:
        key = _answer(f"{KEYS}: ", lines)
        if key in {None, "q"}:
            return False
        if key == "s":
            return True
        try:
            if key == "u" and decided:
                store.review(decided.pop(), "undo", by=by, why=_answer("why: ", lines) or "taken back in the same pass")
                note("taken back")
            elif key in _DECISIONS:
                _decide(store, (event_id, state), _DECISIONS[key], by, lines)
                decided.append(event_id)
                return True
            else:
                note(f"{key!r} is none of the keys" if key != "u" else "nothing was decided in this pass")
        except ReviewConflictError as error:
            note(f"{error}")
            state = store.review_history(event_id).state
        except InputError as error:
            note(f"{error}")


def _decide(store: "Store", seen: tuple[str, str], decision: "Decision", by: str, lines: Iterator[str]) -> None:
    from detente.api.review_values import read_assignments

    values = {}
    if decision == "correct":
        values = read_assignments([_answer("set (event_type=ACCUSE,status=alleged): ", lines) or ""])
    why = "" if decision == "accept" else _answer("why: ", lines) or ""
    store.review(seen[0], decision, by=by, why=why, values=values, seen=seen[1])


def _shown(history: "EventHistory", place: int, total: int) -> str:
    from detente.api.answers import event_row
    from detente.cli.review import history_lines

    event, row = history.event, event_row(history.event)
    head = f"\n[{place}/{total}] {row['date']}  {row['who']}  {row['type']}  {row['status']}  {event.event_id}"
    quotes = [
        f"  “{' '.join(item.quote.split()) or '(quote not kept)'}”" + (f" {item.publisher}" if item.publisher else "")
        for item in event.evidence
        if not item.is_mention
    ]
    codes = [f"{name} {value}" for name, value in _codes(event.report) if value]
    return "\n".join([head, *(quotes or [f"  {row['what']}"]), f"  {', '.join(codes)}", *history_lines(history)[:-1]])


def _codes(report: object) -> list[tuple[str, str]]:
    names = ("mode", "source_sector", "target_sector", "source_text", "target_text", "confidence", "feed", "coder")
    return [(name, str(getattr(report, name) or "")) for name in names]


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.strip()


def _answer(question: str, lines: Iterator[str]) -> str | None:
    """The next line; None where there is no more."""
    print(question, end="", file=sys.stderr, flush=True)
    return next(lines, None)


_DECISIONS: "Final[dict[str, Decision]]" = {"a": "accept", "r": "reject", "c": "correct"}
