"""Cells cut from lines: columns left alone, tidied cells, blank lines, and lines as they stood."""

import pyarrow as pa
import pytest

from detente.errors import FeedError
from detente.feeds.ahead import ahead
from detente.feeds.blocks import Block
from detente.feeds.cells import Style, cut_cells, raw_lines

COLUMNS = ("id", "noise", "name")
PLAIN = Style("\t", quoted=False, missing=("", "NA"))
TIDY = Style("\t", quoted=False, missing=("", "NA"), tidy=True)


def cut(text: str, style: Style = PLAIN, read: tuple[str, ...] | None = ("id", "name"), first: int = 1):
    return cut_cells(Block("f", 0, text.encode(), replaced=False), COLUMNS, style, first_line=first, read=read)


def test_only_the_columns_that_are_read_are_kept_and_lines_keep_their_numbers():
    cells = cut("1\tx\ta\n2\ty\tb\n", first=7)
    assert cells.table.column_names == ["file", "line", "id", "name"]
    assert cells.table["line"].to_pylist() == [7, 8]
    assert raw_lines(cells, [8], "\t") == ["2\ty\tb"]


def test_a_row_of_columns_that_are_left_alone_is_a_row_and_a_blank_line_is_none():
    cells = cut("1\tx\ta\n\n\tonly noise\t\n2\ty\tb\n")
    assert list(zip(cells.table["line"].to_pylist(), cells.table["id"].to_pylist(), strict=True)) == [
        (1, "1"),
        (3, None),
        (4, "2"),
    ]


def test_lines_of_another_width_are_set_apart_with_their_number():
    cells = cut("1\tx\ta\nodd\n\n2\ty\tb\n")
    assert cells.table["line"].to_pylist() == [1, 4]
    assert [(row["line"], row["width"], row["raw"]) for row in cells.odd.to_pylist()] == [(2, 1, "odd")]
    assert cells.lines == 4


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        *[(" a", "a"), ("a ", "a"), ('"a b"', "a b"), (' "a" ', "a"), ('"', '"'), ('""', '""'), ('a "b" c', 'a "b" c')],
        *[(" ", None), (" NA ", None), ('"NA"', None), ('" a"', " a"), ("é ", "é")],
    ],
)
def test_tidied_cells_lose_their_spaces_and_whole_quotes(cell, read):
    cells = cut(f"1\tx\t{cell}\n2\ty\tb\n", TIDY)
    assert cells.table["name"].to_pylist() == [read, "b"]
    assert cut(f"1\tx\t{cell}\n").table["name"].to_pylist() == [cell]
    assert raw_lines(cells, [1], "\t") == [f"1\tx\t{cell}"]


def test_where_quotes_hold_cells_together_every_column_stays():
    style = Style(",", quoted=True, missing=("",))
    cells = cut('1,"x, y",a\n2,z,b\n', style)
    assert cells.table["noise"].to_pylist() == ["x, y", "z"]
    assert raw_lines(cells, [1], ",") == ["1,x, y,a"]


def test_what_is_made_ahead_comes_in_order_and_fails_where_it_failed():
    def made():
        yield pa.scalar(1)
        yield pa.scalar(2)
        raise FeedError("broken")

    seen = []
    with pytest.raises(FeedError, match="broken"):
        seen.extend(item.as_py() for item in ahead(made()))
    assert seen == [1, 2]
