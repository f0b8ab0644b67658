"""Which columns the lines of a file have: by its header, else by their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from detente.errors import FeedError
from detente.feeds.cells import first_rows
from detente.feeds.sheet import FeedSheet, Layout, feed_sheet, feed_sheets, fold

_NAMED: Final = 0.5  # share of cells of a first line that must be names of columns to make it a header
EXTRA: Final = "extra_"  # names of columns without a name, which must be empty


@dataclass(frozen=True, slots=True)
class Found:
    """The columns of a file, how its cells are cut, whether its first line is a header, and what to say of it."""

    columns: tuple[str, ...]
    delimiter: str
    quoted: bool
    header: bool = False
    notes: tuple[str, ...] = ()


def find_layout(file: str, text: bytes, sheet: FeedSheet) -> Found:
    """The columns of a file, in their order there.

    Args:
        file: Its name, for messages.
        text: Its first lines.
        sheet: What is known of its feed.

    Returns:
        The columns by the names of the sheet.

    Raises:
        FeedError: If the file has another number of columns than the feed, lacks one it needs, or has one that
            the sheet neither reads nor lists as ignored.
    """
    other = "," if sheet.delimiter == "\t" else "\t"
    for delimiter, quoted in ((sheet.delimiter, sheet.quoted), (other, other == ",")):
        rows = first_rows(text, delimiter, quoted=quoted)
        names = _names(rows[0], sheet) if rows else []
        if names and sum(name in sheet.columns for name in names) >= max(2, len(names) * _NAMED):
            return _by_header(file, names, rows, sheet, (delimiter, quoted))
    rows = first_rows(text, sheet.delimiter, quoted=sheet.quoted)
    if not sheet.layouts:
        raise FeedError(
            f"feed file {file} has no header with the columns of its mapping: expected {', '.join(sheet.needed)}, "
            f"cut by {sheet.delimiter!r}"
        )
    layout = _of_width(len(rows[0]), sheet) if rows else sheet.layouts[0]
    if layout is None:
        raise FeedError(_unlike(file, rows[0], sheet))
    return Found(layout.columns, sheet.delimiter, sheet.quoted)


def _names(cells: Sequence[str], sheet: FeedSheet) -> list[str]:
    """The sheet's names of a header's cells; a name the sheet does not know stays as written."""
    known = {**{fold(column): column for column in sheet.columns}, **sheet.aliases}
    return [known.get(fold(cell), cell.strip().strip('"')) for cell in cells]


def _by_header(file: str, names: list[str], rows: list[list[str]], sheet: FeedSheet, cut: tuple[str, bool]) -> Found:
    while names and not names[-1] and len(rows) > 1 and len(rows[1]) < len(names):
        names = names[:-1]
    fitting = _of_width(len(rows[1]), sheet) if len(rows) > 1 and len(rows[1]) != len(names) else None
    if fitting is not None:
        note = (
            f"the header of {file} has {len(names)} names and its rows {len(rows[1])} columns: "
            f"they were read as {fitting.name}"
        )
        return Found(fitting.columns, *cut, header=True, notes=(note,))
    named = [name or f"{EXTRA}{place}" for place, name in enumerate(names)]
    unknown = [name for name in named if name not in sheet.columns and not name.startswith(EXTRA)]
    if unknown:
        raise FeedError(
            f"feed file {file} has the column {', '.join(unknown[:5])}, which {sheet.name} neither reads nor lists as "
            "ignored: describe the file with a mapping and import it as `own`, or take the column out"
        )
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise FeedError(f"feed file {file} has the column {twice[0]} twice: take one out")
    needed = [column for column in sheet.needed if column not in named]
    if needed:
        raise FeedError(
            f"feed file {file} has no column {', '.join(needed[:5])}: expected {_forms(sheet)}, as {sheet.name} has"
        )
    return Found(tuple(named), *cut, header=True)


def _of_width(width: int, sheet: FeedSheet) -> Layout | None:
    return next((layout for layout in sheet.layouts if len(layout.columns) == width), None)


def _unlike(file: str, cells: list[str], sheet: FeedSheet) -> str:
    """What is wrong with a file that has no header and another number of columns."""
    text = (
        f"feed file {file} begins with {len(cells)} columns and no header: "
        f"expected {_forms(sheet)}, cut by {'tabs' if sheet.delimiter == chr(9) else 'commas'}"
    )
    others = [feed_sheet(name) for name in feed_sheets() if name != sheet.name]
    like = [
        f"{other.name} ({layout.name})"
        for other in others
        for layout in other.layouts
        if len(layout.columns) == len(cells) > 1
    ]
    return f"{text}; so many columns has {' or '.join(like)}" if like else text


def _forms(sheet: FeedSheet) -> str:
    counts = sorted({len(layout.columns) for layout in sheet.layouts})
    return f"the {' or '.join(str(count) for count in counts)} columns of {sheet.title}"
