"""A brief as Markdown, for a wiki, an issue or a word processor."""

import re
from collections.abc import Iterator

from detente.brief.layout import Layout, Part, figure_table, web_address
from detente.brief.wording import cleaned
from detente.model import Brief, Event, Figure, Source, Statement

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_REFERENCES = 6  # numbers shown after a statement


def render_markdown(brief: Brief) -> str:
    """The brief as CommonMark with tables; evidence is numbered at the end."""
    layout = Layout(brief)
    lines = [f"# {escaped(brief.question)}", "", f"*{escaped(brief.record)}*", ""]
    for part in layout.parts:
        lines += _part(layout, part)
    lines += ["## Evidence", "", *_evidence(layout), "", "## Sources", ""]
    lines += [_source(source) for source in brief.sources]
    lines += ["", f"detente {escaped(brief.version)}"]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """Foreign text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", cleaned(text))


def _part(layout: Layout, part: Part) -> Iterator[str]:
    yield from (f"## {part.title}", "")
    for statement in part.statements:
        yield f"- {escaped(statement.text)}{_references(layout, statement)}"
    yield ""
    for figure in part.figures:
        yield from _figure(figure)


def _references(layout: Layout, statement: Statement) -> str:
    numbers = [layout.numbers[name] for name in statement.evidence if name in layout.numbers]
    if not numbers:
        return f" (query: `{cleaned(statement.query).replace('`', '')}`, n = {statement.n})"
    more = f" and {len(numbers) - _REFERENCES} more" if len(numbers) > _REFERENCES else ""
    return f" (evidence {', '.join(map(str, numbers[:_REFERENCES]))}{more})"


def _figure(figure: Figure) -> Iterator[str]:
    yield from (f"**{escaped(figure.title)}**", "", escaped(figure.alt), "")
    columns, rows = figure_table(figure)
    if columns:
        yield f"| {' | '.join(map(escaped, columns))} |"
        yield f"|{' --- |' * len(columns)}"
        yield from (f"| {' | '.join(map(escaped, row))} |" for row in rows)
        yield ""


def _evidence(layout: Layout) -> Iterator[str]:
    for event in layout.brief.events:
        yield f"{layout.numbers[event.event_id]}. {escaped(layout.heading(event))}{_bases(layout, event)}"
        for item in event.evidence:
            source = layout.source(item)
            cited = f" [source {source.number}]" if source else ""
            citation = layout.citation_words(item)
            yield f"    - {escaped(layout.quote_words(item))}{escaped(cited)}" + (f" ({citation})" if citation else "")
        if not event.evidence:
            yield f"    - {escaped(event.report.feed or 'no quote kept')}, id {escaped(event.event_id)}"


def _bases(layout: Layout, event: Event) -> str:
    bases = layout.bases(event)
    return f" ({escaped('; '.join(bases))})" if bases else ""


def _source(source: Source) -> str:
    url = web_address(source.url)
    parts = [
        escaped(source.publisher or ""),
        f"“{escaped(source.title)}”" if source.title else "",
        escaped(source.published or ""),
        f"<{url}>" if url else "",
        f"accessed {escaped(source.accessed)}" if source.accessed else "",
        escaped(source.note or ""),
    ]
    named = ", ".join(part for part in parts if part)
    return f"{source.number}. {named or 'document ' + escaped(source.document_id or '')}"
