"""A brief in hand: printed, rendered, saved, its sources handed to a reference manager."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from detente.api.rich import Shown
from detente.errors import InputError
from detente.model import Brief

_KINDS: Final = ("html", "pdf", "md", "json")
_REFERENCE_KINDS: Final = ("bib", "json")


@dataclass(frozen=True, slots=True)
class BriefAnswer(Shown):
    """A brief, to be printed or saved."""

    brief: Brief

    def __str__(self) -> str:
        """The findings, one a line."""
        return "\n".join(item.text for item in self.brief.statements if item.section == "findings")

    def _repr_html_(self) -> str:
        from detente.api.rich import brief_html

        return brief_html(self)

    def render(self, format: Literal["html", "md", "json"] = "html") -> str:  # noqa: A002 - the word users know
        """The whole brief as one text."""
        from detente.brief import render

        return render(self.brief, format)

    def to_pdf(self) -> bytes:
        """The whole brief as a PDF.

        Raises:
            InputError: If WeasyPrint is not installed.
        """
        from detente.brief.render_pdf import render_pdf

        return render_pdf(self.brief)

    def save(self, path: str | Path) -> Path:
        """Write the brief; the suffix decides the format (.html, .pdf, .md, .json).

        Raises:
            InputError: If the suffix is none of these, or the file cannot be written.
        """
        target = Path(path)
        kind = check_brief_path(target)
        return _write(target, self.to_pdf() if kind == "pdf" else self.render(kind).encode())

    def save_references(self, path: str | Path) -> Path:
        """Write the sources for a reference manager; the suffix decides: .bib (BibTeX) or .json (CSL-JSON).

        Raises:
            InputError: If the suffix is neither, or the file cannot be written.
        """
        from detente.brief.references import REFERENCES

        target = Path(path)
        return _write(target, REFERENCES[check_references_path(target)](self.brief).encode())


def check_brief_path(path: Path) -> Literal["html", "pdf", "md", "json"]:
    """The format that a brief's file name asks for.

    Raises:
        InputError: If the ending is no format, or the folder is not there.
    """
    expected = "a brief is written as .html, .pdf, .md or .json, by the name's ending"
    return _checked(path, _KINDS, expected)  # type: ignore[return-value]


def check_references_path(path: Path) -> Literal["bib", "json"]:
    """The format that a file name for references asks for.

    Raises:
        InputError: If the ending is no format, or the folder is not there.
    """
    expected = "references are written as .bib (BibTeX) or .json (CSL-JSON), by the name's ending"
    return _checked(path, _REFERENCE_KINDS, expected)  # type: ignore[return-value]


def _checked(path: Path, kinds: tuple[str, ...], expected: str) -> str:
    kind = path.suffix.lstrip(".").lower()
    if kind not in kinds:
        raise InputError(f"{path}: {expected}")
    if not path.absolute().parent.is_dir():
        raise InputError(
            f"{path}: cannot be written, there is no folder {path.parent}; make it or choose another place"
        )
    if path.is_dir():
        raise InputError(f"{path}: cannot be written, it is a folder; give the name of a file")
    return kind


def _write(target: Path, content: bytes) -> Path:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); choose another place") from error
    return target
