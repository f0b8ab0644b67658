"""The project's own training sentences: one line a sentence, actors marked in the text, acts beside it.

A line is ``TEXT<TAB>ACTS``. In TEXT an actor stands as ``[1:Moscow]``, numbered from 1 in order. ACTS is ``-`` where
there is none, else acts separated by ``; ``, each ``SOURCE>TARGET TYPE[/mode] status [retro] [by REPORTER]``; ``=`` in
place of ``>`` for a symmetric act, ``-`` for a party that is not named.

    [1:Moscow] expelled two [2:Japanese] diplomats.<TAB>1>2 SANCTION/expel actual
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
).split()
STATUSES = ("actual", "alleged", "future", "hypothetical", "negated")
MARK = re.compile(r"\[(\d+):([^\[\]]+)\]")
ACT = re.compile(
    r"(?P<source>\d+|-)(?P<way>[>=])(?P<target>\d+|-) (?P<type>[A-Z]+)(?:/(?P<mode>[a-z-]+))? "
    r"(?P<status>[a-z]+)(?P<retro> retro)?(?: by (?P<by>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act between the numbered actors of a sentence; None for a party not named."""

    source: int | None
    target: int | None
    event_type: str
    mode: str | None
    status: str
    retrospective: bool
    symmetric: bool
    reported_by: int | None


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence, the character spans of its actors in order, and its acts."""

    text: str
    language: str
    spans: tuple[tuple[int, int], ...]
    acts: tuple[Act, ...]


def read_sentences(path: Path) -> list[MarkedSentence]:
    """Read a file of marked sentences; its name begins with the language (``en_``, ``tr_``, ``ru_``).

    Raises:
        ValueError: a line breaks the format; the message names file, line and fault.
    """
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(parse_sentence(line, path.name[:2]))
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}: {line[:120]}") from error
    return found


def parse_sentence(line: str, language: str) -> MarkedSentence:
    """Parse one line.

    Raises:
        ValueError: the line breaks the format.
    """
    marked, tab, acts = line.partition("\t")
    if not tab:
        raise ValueError("no tab between text and acts")
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        if int(mark[1]) != len(spans) + 1:
            raise ValueError(f"actor {mark[1]} out of order")
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    if "[" in text or "]" in text:
        raise ValueError("a bracket is left over")
    parsed = () if acts.strip() == "-" else tuple(_act(act, len(spans)) for act in acts.strip().split("; "))
    return MarkedSentence(text, language, tuple(spans), parsed)


def _act(written: str, actors: int) -> Act:
    match = ACT.fullmatch(written.strip())
    if match is None:
        raise ValueError(f"cannot read the act {written!r}")
    if match["type"] not in TYPES or match["status"] not in STATUSES:
        raise ValueError(f"unknown type or status in {written!r}")
    source, target, by = (None if match[k] in (None, "-") else int(match[k]) for k in ("source", "target", "by"))
    if any(number is not None and not 1 <= number <= actors for number in (source, target, by)):
        raise ValueError(f"an actor that is not marked in {written!r}")
    if source is None and target is None or source == target:
        raise ValueError(f"needs two parties, or one and '-': {written!r}")
    symmetric = match["way"] == "="
    return Act(source, target, match["type"], match["mode"], match["status"], bool(match["retro"]), symmetric, by)


def main(paths: list[str]) -> None:
    """Check files and print what they hold."""
    for path in paths:
        sentences = read_sentences(Path(path))
        texts = Counter(sentence.text for sentence in sentences)
        print(f"{path}: {len(sentences)} sentences, {sum(n - 1 for n in texts.values())} repeated,", end=" ")
        print(f"{sum(not s.acts for s in sentences)} without an act,", end=" ")
        print(f"{sum(len(s.text.split()) for s in sentences) / max(1, len(sentences)):.1f} words each")
        print("  ", dict(Counter(act.event_type for s in sentences for act in s.acts).most_common()))
        print("  ", dict(Counter(act.status for s in sentences for act in s.acts).most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
