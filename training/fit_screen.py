"""Fit which sentences the coder asks the relation model about: `python training/fit_screen.py`, after `fit_judge.py`.

Every sentence of the training files, and of the articles in `../shared/data/articles` where they are there, goes through
the coder as it is. A logistic regression on its words learns whether a report stands, or else how likely the model held
an act to be. The threshold is where, of the sentences that give a report, `LOST` would be passed over by a regression
fitted without them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from detente.coding.coder import Coder, _is_between_two, _propose, _read_document, _relations_of, load_coder
from detente.coding.judging import judge
from detente.coding.roles import Background
from detente.coding.screening import EVERYTHING, SIZE, hashed
from detente.coding.timing import Clock
from detente.documents import read_documents
from detente.model import Document, Sentence
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

ROOT = Path(__file__).parents[1]
OUT = ROOT / "src" / "detente" / "coding" / "data" / "screen.npz"
ARTICLES = ROOT.parent / "shared" / "data" / "articles"
MARK = re.compile(r"\[\d+:([^\[\]]+)\]")
LANGUAGES = ("en",)  # in Turkish and Russian it would stop a twentieth of the sentences: not worth an act
PARTS, RUN = 5, 10  # parts of a cross-validation, of runs of lines
RIDGE = 3.0
LOST = 0.005
AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that the model is asked about: its features, whether a report stands, how likely an act was."""

    language: str
    article: bool
    places: np.ndarray
    stands: bool
    likely: float


def documents_of(path: Path) -> list[Document]:
    """Each line of a file of training sentences as a document."""
    language = path.name[:2]
    texts = [MARK.sub(r"\1", line.partition("\t")[0]).strip() for line in path.read_text("utf-8").splitlines()]
    return [
        Document(f"{path.stem}-{number}", text, language=language, sentences=(Sentence(0, len(text), language, 0),))
        for number, text in enumerate(texts)
        if text and not text.startswith("#")
    ]


def rows_of(documents: list[Document], coder: Coder, *, article: bool) -> Iterator[Row]:
    """The sentences of documents that the model is asked about."""
    reads = [_read_document(document, coder) for document in documents]
    pairs = [(one.document, reading) for one in reads for reading in one.readings]
    answers = _relations_of([reading for _, reading in pairs], coder)
    for (document, reading), told in zip(pairs, answers, strict=True):
        if not told:
            continue
        nobody = Background(None, None, domestic=False)
        proposals, _ = _propose(document, reading, told, coder, nobody, Clock(document.published))
        found = judge(proposals, told, coder.weights, reading.language)
        yield Row(
            reading.language,
            article,
            hashed(reading.tokens, reading.agents),
            any(_is_between_two(report) for report in found),
            max(1 - relation.scores["none"] for relation in told.values()),
        )


def gather(coder: Coder) -> list[Row]:
    """Rows of the training files and of the articles."""
    rows: list[Row] = []
    for path in sorted((ROOT / "training" / "data").glob("*.tsv")):
        if path.name[:2] not in LANGUAGES:
            continue
        documents = documents_of(path)
        for first in range(0, len(documents), AT_ONCE):
            rows += rows_of(documents[first : first + AT_ONCE], coder, article=False)
    for path in sorted(path for language in LANGUAGES for path in ARTICLES.glob(f"{language}_*")):
        found = [document for document in read_documents(path) if isinstance(document, Document)]
        rows += rows_of(found, coder, article=True)
    return rows


def matrix_of(rows: list[Row]) -> csr_matrix:
    """A row a sentence, a column a place."""
    ends = np.cumsum([0] + [len(row.places) for row in rows])
    places = np.concatenate([row.places for row in rows])
    return csr_matrix((np.ones(ends[-1]), places, ends), shape=(len(rows), SIZE))


def fit(table: csr_matrix, wanted: np.ndarray) -> np.ndarray:
    """Weights and, last, the constant of a logistic regression with a ridge penalty."""

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        total = table @ values[:-1] + values[-1]
        error = 1 / (1 + np.exp(-total)) - wanted
        penalty = RIDGE / 2 * values[:-1] @ values[:-1]
        slope = np.append(table.T @ error + RIDGE * values[:-1], error.sum())
        return float((np.logaddexp(0, total) - wanted * total).sum() + penalty), slope

    return minimize(loss, np.zeros(SIZE + 1), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x


def fit_language(rows: list[Row], language: str) -> dict[str, np.ndarray]:
    """The entries of `screen.npz` for a language; prints what share is passed over."""
    table = matrix_of(rows)
    stands = np.array([row.stands for row in rows])
    wanted = np.where(stands, 1.0, [min(row.likely, 0.5) for row in rows])
    part = (np.arange(len(rows)) // RUN) % PARTS
    total = np.zeros(len(rows))
    for number in range(PARTS):
        out = part == number
        values = fit(table[~out], wanted[~out])
        total[out] = table[out] @ values[:-1] + values[-1]
    threshold = float(np.quantile(total[stands], LOST))
    for name, chosen in (("lines", False), ("articles", True)):
        these = np.array([row.article == chosen for row in rows])
        if these.any():
            passed = total[these] < threshold
            lost = passed[stands[these]].mean()
            print(
                f"{language} {name}: {these.sum()}, passed over {passed.mean():.3f}, of those with a report {lost:.4f}"
            )
    values = fit(table, wanted)
    step = np.abs(values[:-1]).max() / 127
    return {
        f"{language}_weights": np.round(values[:-1] / step).astype(np.int8),
        f"{language}_step": np.float32(step),
        f"{language}_constant": np.float32(values[-1]),
        f"{language}_threshold": np.float32(threshold),
    }


def main() -> None:
    """Write `screen.npz`."""
    rows = gather(replace(load_coder(), screen=EVERYTHING))
    found: dict[str, np.ndarray] = {}
    for language in LANGUAGES:
        found |= fit_language([row for row in rows if row.language == language], language)
    np.savez_compressed(OUT, **found)
    print(f"{OUT.stat().st_size / 1024:.0f} KiB", file=sys.stderr)


if __name__ == "__main__":
    main()
