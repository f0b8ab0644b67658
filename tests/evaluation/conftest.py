"""Builders of small gold events and reports."""

from collections.abc import Callable

import pytest

from detente.evaluation import GoldEvent
from detente.model import Evidence, Report, parse_partial_date


@pytest.fixture
def gold_event() -> Callable[..., GoldEvent]:
    def build(source: str, target: str, *types: str, document: str | None = "d1", **fields) -> GoldEvent:
        return GoldEvent(source, target, types, document_id=document, **fields)

    return build


@pytest.fixture
def report() -> Callable[..., Report]:
    count = iter(range(10_000))

    def build(
        source: str,
        target: str,
        event_type: str | None,
        *,
        document: str = "d1",
        quote: str = "words",
        date: str | None = None,
        citation: int | None = None,
        **fields,
    ) -> Report:
        span = parse_partial_date(date) if date else None
        return Report(
            report_id=f"r{next(count)}",
            source_country=source,
            target_country=target,
            event_type=event_type,
            date_start=span.start if span else None,
            date_end=span.end if span else None,
            date_precision=span.precision if span else "unknown",
            evidence=(Evidence(document, 0, len(quote), quote, citation_number=citation),),
            **fields,
        )

    return build
