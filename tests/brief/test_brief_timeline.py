"""Which acts of a feed have a line: half before the date and half after, the nearest first where all weigh the same."""

from dataclasses import replace
from datetime import timedelta

from detente.brief.acts import Acts
from detente.brief.timeline import MOST, timeline_statements
from detente.model import DateSpan


def spread(inputs, offsets):
    """The inputs with one act of one weight on each of the days counted from the shock, and no breaks."""
    first = inputs.events[0]
    events = []
    for number, offset in enumerate(offsets):
        day = inputs.shock + timedelta(days=offset)
        span = DateSpan(day, day, "day", "text")
        report = replace(first.report, date_start=day, date_end=day, date_precision=span.precision, intensity=-10.0)
        events.append(replace(first, event_id=f"e{number:03}", report=report))
    return replace(inputs, events=tuple(events), breaks=None, description=None)


def shown(inputs):
    days = {event.event_id: (event.report.date_start - inputs.shock).days for event in inputs.events}
    lines = timeline_statements(Acts(inputs))
    return [days[name] for line in lines for name in line.evidence if name in days]


def test_the_nearest_on_both_sides_are_shown(feed_inputs):
    days = shown(spread(feed_inputs, [*range(-100, 0), *range(60)]))
    assert days == [*range(-MOST // 2, 0), *range(MOST // 2)]


def test_where_one_side_has_few_the_other_has_the_room(feed_inputs):
    assert shown(spread(feed_inputs, [*range(-100, 0), 1, 2])) == [*range(-(MOST - 2), 0), 1, 2]
    assert shown(spread(feed_inputs, [-3, *range(60)])) == [-3, *range(MOST - 1)]
