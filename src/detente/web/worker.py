"""A process that works out one answer, so that it can be ended when it takes too long."""

import json
import sys
from pathlib import Path
from typing import Any

from detente.errors import DataError, DetenteError, InputError, StoreError


def work(task: dict[str, Any]) -> dict[str, Any]:
    """The answer to a task of `Answers`, or the failure it states."""
    from detente.api.fixed import FixedStore
    from detente.api.stores import Store
    from detente.api.stores import open as open_store

    try:
        opened = open_store(task["store"], create=False)
        store = FixedStore(
            Store(opened.tables, is_example=task["example"], texts=opened.texts, review_mode=task["reviewed"])
        )
        try:
            return {"version": store.version, "object": _answer(store, task)}
        finally:
            store.close()
    except DetenteError as error:
        kinds = (InputError, DataError, StoreError)
        kind = next((kind.__name__ for kind in kinds if isinstance(error, kind)), "DataError")
        return {"error": kind, "message": str(error)}


def _answer(store: Any, task: dict[str, Any]) -> dict[str, Any]:
    from detente.api.finding import explain_event
    from detente.web.measures import compare, compose, compute

    if task["name"] == "why":
        return explain_event(store, task["subject"][0])
    if task["name"] == "compare":
        return compare(store, task["subject"], task["asked"])
    if task["name"] == "brief":
        return compose(store.dyad(*task["subject"]), task["asked"])
    return compute(store.dyad(*task["subject"]), task["name"], task["asked"])


def main(arguments: list[str]) -> None:
    """Work out a task (JSON) and write its answer to a file."""
    task, target = arguments
    text = json.dumps(work(json.loads(task)), ensure_ascii=False, default=str)
    Path(target).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
