"""Reading beside the bare library on the same files, in one run.

    python benchmarks/documents.py [FILE ...]

Without files it makes its own: pages of HTML and a PDF. Each reader runs in a process of its own, so that peak memory
is that reader's. Ratios, not seconds, are what to compare: the machine is in both.
"""

# ruff: noqa: T201
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from detente.documents import read_bytes
from detente.documents.html import read_page
from detente.documents.pdf import read_pdf

ROUNDS = 3
PARAGRAPH = (
    "Russia imposed sanctions on {0} companies in March and said so in a note to the ministry. Tokyo protested at once "
    "and recalled its ambassador to Moscow, while the two foreign ministers were to meet in Geneva on day {0}. Both "
    "sides said that talks on the islands would go on in the summer months, whatever the outcome of the {0}th round."
)


def bare_html(raw: bytes) -> int:
    """Trafilatura's own text and metadata of a page."""
    import trafilatura

    trafilatura.bare_extraction(raw.decode("utf-8"), include_comments=False, with_metadata=True)
    return 1


def bare_pdf(raw: bytes) -> int:
    """Pdfium's own text of each page."""
    import pypdfium2

    file = pypdfium2.PdfDocument(raw)
    for page in file:
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    count = len(file)
    file.close()
    return count


def taken_html(raw: bytes) -> int:
    """Our extraction alone, without sentences, language and references."""
    read_page(raw.decode("utf-8"), "page")
    return 1


def taken_pdf(raw: bytes) -> int:
    """Our extraction alone: columns, heads, footnotes, paragraphs."""
    read_pdf(raw, "file")
    return 0


def whole(kind: str) -> Callable[[bytes], int]:
    """The whole reader."""

    def read(raw: bytes) -> int:
        return len(read_bytes(raw, name="file", kind=kind))  # type: ignore[arg-type]

    return read


READERS: dict[str, Callable[[bytes], int]] = {
    "html library": bare_html,
    "html extraction": taken_html,
    "html read_bytes": whole("html"),
    "pdf library": bare_pdf,
    "pdf extraction": taken_pdf,
    "pdf read_bytes": whole("pdf"),
}


def measure(reader: str, paths: list[str]) -> None:
    """Print the best of some rounds in seconds, and the peak memory in MB of this process."""
    raws = [Path(path).read_bytes() for path in paths]
    READERS[reader](raws[0])  # loading the libraries is no reading
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for raw in raws:
            READERS[reader](raw)
        best = min(best, time.perf_counter() - started)
    print(best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def make_files(folder: Path) -> list[Path]:
    """Forty pages of HTML, and one PDF of a hundred pages where `reportlab` is there to write it."""
    for number in range(40):
        body = "".join(f"<p>{PARAGRAPH.format(number + line)}</p>" for line in range(25))
        menu = "".join(f"<li><a href='/{line}'>Section {line}</a></li>" for line in range(60))
        head = f"<html><head><title>Report {number}</title></head>"
        page = f"{head}<body><ul>{menu}</ul><article>{body}</article></body></html>"
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    try:
        from reportlab.lib.styles import getSampleStyleSheet
        from reportlab.platypus import Paragraph, SimpleDocTemplate
    except ImportError:
        print("no reportlab here: name PDF files to measure them", file=sys.stderr)
    else:
        style = getSampleStyleSheet()["BodyText"]
        story = [Paragraph(PARAGRAPH.format(number), style) for number in range(1200)]
        SimpleDocTemplate(str(folder / "report.pdf")).build(story)
    return sorted(folder.iterdir())


def pages_of(kind: str, paths: list[Path]) -> int:
    """Pages in the files: one a file of HTML."""
    return sum(bare_pdf(path.read_bytes()) if kind == "pdf" else 1 for path in paths)


def compare(kind: str, paths: list[Path]) -> None:
    """Print a line a reader: pages per second, peak memory, ratio to the library's time."""
    count = pages_of(kind, paths)
    library = None
    for reader in (name for name in READERS if name.startswith(kind)):
        command = [sys.executable, __file__, "--measure", reader, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  (our own file)
        seconds, memory = map(float, done.stdout.split())
        library = library or seconds
        print(f"{reader:<16} {count / seconds:>8.0f} pages/s {memory:>7.0f} MB peak   ratio {seconds / library:.2f}")


def main() -> None:
    """Measure the files named, or files made for it."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], sys.argv[3:])
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(name) for name in sys.argv[1:]] or make_files(Path(folder))
        for kind in ("html", "pdf"):
            chosen = [path for path in paths if path.suffix == f".{kind}"]
            if chosen:
                compare(kind, chosen)


if __name__ == "__main__":
    main()
