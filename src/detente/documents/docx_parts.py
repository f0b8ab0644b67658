"""The parts of a Word file, read as streams: no tree is built, so that memory stays small."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

from detente.errors import DocumentError

_SPACES: Mapping[str, str] = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_LEFT_OUT = frozenset(("Fallback", "moveFrom", "del"))  # a second copy of a text box; what was moved or deleted
_DIGITS = re.compile(r"\d{1,3}\Z")
_METRE = re.compile(r"(?:\A|[\s\d(])(?:[kcdm]?m|км|см|м|мм)\Z")  # a raised 2 or 3 after a metre is a power
_CONTROL = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_LARGEST_LABEL = 999


class Reader(Protocol):
    """What takes the elements of a part, names and attributes without their prefixes."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, words: str) -> None:
        """Characters stand in the element that began last."""


def parse_part(content: bytes, reader: Reader, name: str) -> None:
    """Show a part's elements to a reader.

    Args:
        content: The part; nothing where the file has none.
        reader: Takes the elements.
        name: What messages call it.

    Raises:
        DocumentError: If it is no XML, or declares a document type (through which entities grow and
            files are fetched).
    """
    if not content:
        return
    parser = expat.ParserCreate(namespace_separator="}")

    def refuse(*_: object) -> None:
        raise DocumentError(f"{name}: its XML declares a document type, as no Word file does; not read")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda element, given: reader.start(_local(element), _locals(given))
    parser.EndElementHandler = lambda element: reader.end(_local(element))
    parser.CharacterDataHandler = reader.data
    parser.buffer_text = True
    try:
        parser.Parse(content, True)  # noqa: FBT003  (expat takes it by place)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DocumentError(f"{name}: broken XML ({error}); open the file in Word and save it again") from error


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _locals(given: Mapping[str, str]) -> dict[str, str]:
    return {_local(name): value for name, value in given.items()}


@dataclass(slots=True)
class Numbers:
    """Notes numbered in the order in which the body names them, by kind and their own id."""

    given: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, kind: str, own: str) -> int:
        """The number of a note, the next one where it is new."""
        return self.given.setdefault((kind, own), len(self.given) + 1)


class BodyReader:
    """Takes the paragraphs of a body or of notes: their words and the id of their style.

    Args:
        numbers: Numbers the notes.
        raised: Whether raised digits are marks: where the body has no notes of its own.
    """

    def __init__(self, numbers: Numbers, *, raised: bool) -> None:
        self.paragraphs: list[tuple[str, str]] = []
        self._numbers = numbers
        self._raised = raised
        self._open: list[tuple[list[str], list[str]]] = []
        self._left_out = 0
        self._runs = 0
        self._in_text = False
        self._superscript = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open a paragraph, a run or its text; take spaces, marks and the style."""
        if name in _LEFT_OUT:
            self._left_out += 1
        elif name == "p":
            self._open.append(([], []))
        elif name == "r":
            self._runs += 1
            self._superscript = False
        elif name == "t":
            self._in_text = True
        elif name == "pStyle" and self._open:
            self._open[-1][1].append(attributes.get("val", ""))
        elif self._runs:
            self._start_in_run(name, attributes)

    def _start_in_run(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "vertAlign":
            self._superscript = attributes.get("val") == "superscript"
        elif name in _SPACES:
            self._add(_SPACES[name])
        elif name in {"footnoteReference", "endnoteReference"} and not self._left_out:
            number = self._numbers.number(name.removesuffix("Reference"), attributes.get("id", ""))
            if number <= _LARGEST_LABEL:
                self._add(f"[{number}]")

    def end(self, name: str) -> None:
        """Close what `start` opened."""
        if name in _LEFT_OUT:
            self._left_out -= 1
        elif name == "t":
            self._in_text = False
        elif name == "r":
            self._runs -= 1
        elif name == "p" and self._open:
            words, styles = self._open.pop()
            text = _CONTROL.sub(" ", "".join(words)).strip()
            if text:
                self.paragraphs.append((text, styles[0] if styles else ""))

    def data(self, words: str) -> None:
        """Take the words of a run."""
        if self._in_text:
            mark = self._raised and self._superscript and _DIGITS.match(words.strip()) is not None
            self._add(f"[{words.strip()}]" if mark and not self._after_metre() else words)

    def _after_metre(self) -> bool:
        return bool(self._open) and _METRE.search("".join(self._open[-1][0][-3:])) is not None

    def _add(self, words: str) -> None:
        if self._open and not self._left_out:
            self._open[-1][0].append(words)


class NotesReader(BodyReader):
    """Takes the notes of a part by their ids; the lines Word draws above them are no notes."""

    def __init__(self, kind: str) -> None:
        super().__init__(Numbers(), raised=False)
        self.notes: dict[str, str] = {}
        self._kind = kind
        self._own = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open a note, or what stands in it."""
        if name == self._kind:
            self._own = attributes.get("id", "") if attributes.get("type", "normal") == "normal" else ""
            self.paragraphs = []
        super().start(name, attributes)

    def end(self, name: str) -> None:
        """Close a note, or what stands in it."""
        super().end(name)
        if name == self._kind and self._own and self.paragraphs:
            self.notes[self._own] = " ".join(text for text, _ in self.paragraphs)


class StylesReader:
    """Takes the English name of each style (`heading 1`) by its id, which Word translates."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._own = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take a style's id, then its name."""
        if name == "style":
            self._own = attributes.get("styleId", "")
        elif name == "name" and self._own:
            self.names.setdefault(self._own, attributes.get("val", ""))

    def end(self, name: str) -> None:
        """Close a style."""
        if name == "style":
            self._own = ""

    def data(self, words: str) -> None:
        """Pass over characters: a style has none."""


class PropertiesReader:
    """Takes a file's properties: `title`, `creator`, `created`, `modified`."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._own = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open a property."""
        del attributes
        self._own = name

    def end(self, name: str) -> None:
        """Close a property."""
        del name
        self._own = ""

    def data(self, words: str) -> None:
        """Take its words."""
        if self._own:
            self.values[self._own] = self.values.get(self._own, "") + words
