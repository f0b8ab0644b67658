"""Speed of `detente code` as a user runs it: `python benchmarks/coding.py`.

Sentences that each name two actors, and ordinary articles, go through the command line as JSON lines; printed are
sentences a second of the whole run, start included, and the seconds from the start to the first event of one sentence.
"""

# ruff: noqa: T201
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARK = re.compile(r"\[\d+:([^\[\]]+)\]")


def sentences() -> list[str]:
    """The project's English training sentences, as text."""
    found = []
    for path in sorted((ROOT / "training" / "data").glob("en_*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.append(MARK.sub(r"\1", line.partition("\t")[0]))
    return found


def articles() -> list[str]:
    """The validation articles, most of whose sentences hold no act."""
    found = []
    for path in sorted((ROOT / "tests" / "gold").glob("articles_*.jsonl")):
        found += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return found


def seconds_of(texts: list[str]) -> tuple[float, float]:
    """Seconds until the first line of output and until the end."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
        file.flush()
        command = [sys.executable, "-c", "from detente.cli import main; main()", "code", file.name]
        command += ["--input-format", "jsonl", "--format", "jsonl"]
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
            assert run.stdout is not None
            run.stdout.readline()
            first = time.perf_counter() - start
            run.stdout.read()
    return first, time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    first, _ = seconds_of(["Japan expelled eight Russian diplomats on Monday."])
    print(f"start to first event: {first:.2f} s")
    whole = sentences()
    _, taken = seconds_of(whole)
    print(f"sentences with two actors or more: {len(whole):,} in {taken:.1f} s, {len(whole) / taken:.0f} a second")
    many = articles() * 12
    count = sum(len(re.findall(r"[.!?](?:\s|$)", text)) for text in many)
    _, taken = seconds_of(many)
    print(f"articles: {count:,} sentences in {taken:.1f} s, {count / taken:.0f} a second")


if __name__ == "__main__":
    main()
