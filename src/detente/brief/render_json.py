"""A brief as JSON: names and meaning as in the reference on machine-readable answers."""

import json
from dataclasses import asdict
from datetime import date, datetime

from detente.brief.layout import Layout
from detente.model import Brief, Event

_LOCAL = ("recorded_at", "import_id", "evidence")  # differ from store to store for the same record


def render_json(brief: Brief) -> str:
    """The brief as one JSON object, indented, with a newline at its end."""
    layout = Layout(brief)
    answer = {
        "question": brief.question,
        "language": brief.language,
        "languages": dict(sorted(brief.languages.items())),
        "dyad": list(brief.dyad),
        "names": dict(sorted(brief.names.items())),
        "shock": brief.shock,
        "record": brief.record,
        "record_kind": brief.record_kind,
        "statements": [asdict(item) for item in brief.statements],
        "figures": [asdict(item) for item in brief.figures],
        "sources": [asdict(item) for item in brief.sources],
        "methods": list(brief.methods),
        "events": [_event(layout, event) for event in brief.events],
        "version": brief.version,
    }
    return json.dumps(answer, ensure_ascii=False, indent=1, default=_iso) + "\n"


def _event(layout: Layout, event: Event) -> dict[str, object]:
    report = {name: value for name, value in asdict(event.report).items() if name not in _LOCAL}
    quotes = []
    for item in event.evidence:
        source = layout.source(item)
        quotes.append({**asdict(item), "source": source.number if source else None})
    return {"event_id": event.event_id, **report, "report_ids": list(event.report_ids), "evidence": quotes}


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form here")
