"""Reading beside the bare library on the same files, in one run.

    python benchmarks/documents.py [FILE ...]

Without files it makes its own: pages of HTML and reports in PDF. Each reader has a process of its own, so that
peak memory is that reader's, and they take turns, so that what else the machine does falls on all of them. Ratios,
not seconds, are what to compare. `wall` is time gone by; `cpu` is time of processors, that of workers included.
"""

# ruff: noqa: T201
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from detente.documents import read_bytes, read_documents
from detente.documents.html import read_page
from detente.documents.pdf import read_pdf

ROUNDS = 5
MB = 2**20
PARAGRAPH = (
    "Russia imposed sanctions on {0} companies in March and said so in a note to the ministry. Tokyo protested at once "
    "and recalled its ambassador to Moscow, while the two foreign ministers were to meet in Geneva on day {0}. Both "
    "sides said that talks on the islands would go on in the summer months, whatever the outcome of the {0}th round."
)


def bare_html(path: Path) -> None:
    """Trafilatura's own text and metadata of a page."""
    import trafilatura

    trafilatura.bare_extraction(path.read_bytes().decode("utf-8"), include_comments=False, with_metadata=True)


def bare_pdf(path: Path) -> int:
    """Pdfium's own text of each page; the number of pages."""
    import pypdfium2

    file = pypdfium2.PdfDocument(path.read_bytes())
    for page in file:
        textpage = page.get_textpage()
        textpage.get_text_range()
        textpage.close()
        page.close()
    count = len(file)
    file.close()
    return count


def taken_html(path: Path) -> None:
    """Our extraction alone, without sentences, language and references."""
    read_page(path.read_bytes().decode("utf-8"), "page")


def taken_pdf(path: Path) -> None:
    """Our extraction alone: columns, heads, footnotes, paragraphs."""
    read_pdf(path.read_bytes(), "file")


def whole(path: Path, kind: str) -> None:
    """The whole reader in this process."""
    read_bytes(path.read_bytes(), name="file", kind=kind, isolate=False)  # type: ignore[arg-type]


def each(read: Callable[[Path], object], folder: Path) -> None:
    """One file after the other."""
    for path in sorted(folder.iterdir()):
        read(path)


def batch(folder: Path) -> None:
    """A folder, as `detente read` reads it: PDF in workers, which are started and stopped each time."""
    for _ in read_documents(folder):
        pass


READERS: dict[str, Callable[[Path], None]] = {
    "html library": partial(each, bare_html),
    "html extraction": partial(each, taken_html),
    "html reading": partial(each, partial(whole, kind="html")),
    "pdf library": partial(each, bare_pdf),
    "pdf extraction": partial(each, taken_pdf),
    "pdf reading": partial(each, partial(whole, kind="pdf")),
    "pdf in workers": batch,
}


def cpu_seconds() -> float:
    """Processor time of this process and of the children that have ended."""
    from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

    return sum(used.ru_utime + used.ru_stime for used in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)))


def peak() -> float:
    """Peak memory in MB of this process."""
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss / (MB if sys.platform == "darwin" else 1024)


def measure(reader: str, folder: Path) -> None:
    """Read the folder once for each line of standard input; answer with seconds of wall and of processors, and MB."""
    READERS[reader](folder)  # loading the libraries is no reading
    print("ready", flush=True)
    for _ in sys.stdin:
        wall, cpu = time.perf_counter(), cpu_seconds()
        READERS[reader](folder)
        print(time.perf_counter() - wall, cpu_seconds() - cpu, peak(), flush=True)


def make_files(folder: Path) -> None:
    """Forty pages of HTML, and twelve reports of a hundred pages where `reportlab` is there to write them."""
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
        return
    style = getSampleStyleSheet()["BodyText"]
    for first in range(3):
        story = [Paragraph(PARAGRAPH.format(first + number), style) for number in range(1200)]
        SimpleDocTemplate(str(folder / f"report-{first}.pdf")).build(story)
        for copy in range(1, 4):
            shutil.copy(folder / f"report-{first}.pdf", folder / f"report-{first}-{copy}.pdf")


def rounds(readers: Sequence[str], folder: Path) -> dict[str, list[float]]:
    """The best wall and processor time of each reader in seconds, and its peak in MB, readers taking turns."""
    started = {
        reader: subprocess.Popen(  # noqa: S603  (our own file)
            [sys.executable, __file__, "--measure", reader, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for reader in readers
    }
    best: dict[str, list[float]] = {}
    for process in started.values():
        process.stdout.readline()  # type: ignore[union-attr]
    for _ in range(ROUNDS):
        for reader, process in started.items():
            process.stdin.write("\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            found = [float(part) for part in process.stdout.readline().split()]  # type: ignore[union-attr]
            old = best.setdefault(reader, found)
            best[reader] = [*map(min, old[:2], found[:2]), *map(max, old[2:], found[2:])]
    for process in started.values():
        process.communicate()
    return best


def compare(kind: str, folder: Path) -> None:
    """Print a line a reader: pages per second, ratios to the library's time, peak memory."""
    paths = sorted(folder.iterdir())
    count = sum(bare_pdf(path) for path in paths) if kind == "pdf" else len(paths)
    best = rounds([name for name in READERS if name.startswith(kind)], folder)
    library = best[f"{kind} library"]
    print(f"{len(paths)} files, {count:,} pages of {kind.upper()}")
    for reader, (wall, cpu, memory) in best.items():
        ratios = f"wall {wall / library[0]:.2f}  cpu {cpu / library[1]:.2f}"
        print(f"  {reader:<16} {count / wall:>7.0f} pages/s   {ratios}   {memory:.0f} MB")


def pool_cost(folder: Path) -> None:
    """Print what a pool's start costs, and the peak memory of a worker that read the whole folder (on Linux)."""
    from detente.documents import PdfPool

    paths = sorted(folder.iterdir())
    raw = paths[0].read_bytes()
    first, again = [], []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        with PdfPool(workers=1) as pool:
            pool.read(raw, "first")
            read = time.perf_counter()
            pool.read(raw, "again")
            again.append(time.perf_counter() - read)
        first.append(read - started)
    with PdfPool(workers=1) as pool:
        for path in paths:
            pool.read(path.read_bytes(), path.name)
        peaks = [
            found
            for one in Path("/proc/self/task").glob("*/children")
            for found in map(high_water, one.read_text().split())
        ]
    print(f"  a pool's start costs {1000 * (min(first) - min(again)):.0f} ms once a batch")
    for found in peaks:
        print(f"  a worker's peak is {found:.0f} MB")


def high_water(pid: str) -> float:
    """Peak memory in MB of a running process, as Linux says it."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    """Measure the files named, or files made for it."""
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if sys.argv[1:]:
            for number, name in enumerate(sys.argv[1:]):
                shutil.copy(name, folder / f"{number}-{Path(name).name}")
        else:
            make_files(folder)
        for kind in ("html", "pdf"):
            of_kind = folder / kind
            of_kind.mkdir()
            for path in folder.glob(f"*.{kind}"):
                path.rename(of_kind / path.name)
            if any(of_kind.iterdir()):
                compare(kind, of_kind)
        if any((folder / "pdf").iterdir()):
            pool_cost(folder / "pdf")


if __name__ == "__main__":
    main()
