"""A brief as Markdown, for a wiki, an issue or a word processor."""

import re
from collections.abc import Iterator

from detente.brief.answer import ANSWER
from detente.brief.footnotes import footnote
from detente.brief.layout import Layout, Part, figure_table
from detente.brief.wording import cleaned
from detente.model import Brief, Event, Figure, Source, Statement

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_REFERENCES = 6  # numbers shown after a statement
_SOURCES = 4  # sources cited after a statement; where there are more, the evidence names them


def render_markdown(brief: Brief) -> str:
    """The brief as CommonMark with tables; evidence is numbered at the end."""
    layout = Layout(brief)
    lines = [f"# {escaped(brief.question)}", "", f"*{escaped(brief.record)}*", ""]
    for part in layout.parts:
        lines += _part(layout, part)
    titles = [layout.say(f"section.{name}") for name in ("evidence", "sources")]
    lines += [f"## {titles[0]}", "", *_evidence(layout), "", f"## {titles[1]}", ""]
    lines += [line for source in brief.sources for line in (_source(layout, source), "")]
    lines += ["", f"detente {escaped(brief.version)}"]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """Foreign text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", cleaned(text))


def _part(layout: Layout, part: Part) -> Iterator[str]:
    yield from (f"## {part.title}", "")
    first = ANSWER if part.section == "findings" else len(part.statements)
    yield from (_statement(layout, statement) for statement in part.statements[:first])
    yield ""
    for figure in part.figures:
        yield from _figure(layout, figure)
    if part.statements[first:]:
        yield from (f"### {layout.say('ui.further')}", "")
        yield from (_statement(layout, statement) for statement in part.statements[first:])
        yield ""


def _statement(layout: Layout, statement: Statement) -> str:
    cited = "".join(f"\\[{n}\\]" for n in layout.source_numbers(statement, _SOURCES))
    return f"- {escaped(statement.text)}{cited}{_references(layout, statement)}"


def _references(layout: Layout, statement: Statement) -> str:
    numbers = [layout.numbers[name] for name in statement.evidence if name in layout.numbers]
    if not numbers:
        query = cleaned(statement.query).replace("`", "")
        return f" ({layout.say('ui.md_query', query=query, n=statement.n)})"
    shown = ", ".join(map(str, numbers[:_REFERENCES]))
    more = len(numbers) - _REFERENCES
    key = "ui.md_more" if more > 0 else "ui.md_evidence"
    return f" ({layout.say(key, numbers=shown, n=more)})"


def _figure(layout: Layout, figure: Figure) -> Iterator[str]:
    yield from (f"**{escaped(figure.title)}**", "", escaped(figure.alt), "")
    columns, rows = figure_table(figure, layout.language)
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
            cited = f" [{layout.say('ui.md_source', n=source.number)}]" if source else ""
            tongue = layout.quote_language(item) if item.quote.strip() else None
            cited = f" [{tongue}]{cited}" if tongue else cited
            citation = layout.citation_words(item)
            yield f"    - {escaped(layout.quote_words(item))}{escaped(cited)}" + (f" ({citation})" if citation else "")
        if not event.evidence:
            yield f"    - {escaped(layout.row_words(event))}, {layout.say('ui.id', id=escaped(event.event_id))}"


def _bases(layout: Layout, event: Event) -> str:
    bases = layout.bases(event)
    return f" ({escaped('; '.join(bases))})" if bases else ""


def _source(layout: Layout, source: Source) -> str:
    parts = [f"<{part.url}>" if part.url else escaped(part.text) for part in footnote(source, layout.language)]
    note = f" {escaped(source.note)}" if source.note else ""
    return f"\\[{source.number}\\] {''.join(parts)}{note}"
