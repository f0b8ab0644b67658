"""Fit how patterns and model are weighed: `python training/fit_judge.py`, after `export.py`.

Proposals for the sentences that training kept apart, and for the embedded chronology's development pair, are held
against their gold acts; a logistic regression by language and proposer gives the weights of `coding/data/judge.json`,
and the threshold is where F1 is best.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from detente.coding.coder import _read_document, _relations_of, load_coder
from detente.coding.english import propose_english
from detente.coding.judging import evidence_of
from detente.coding.modelled import propose_modelled
from detente.coding.roles import Background
from detente.coding.timing import Clock
from detente.model import DateSpan, Document, Sentence
from examples import Example, own_examples, split_examples

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "detente" / "coding" / "data" / "judge.json"
UNKNOWN = DateSpan(None, None, "unknown", "document")


def rows_of(examples: list[Example], coder) -> tuple[list[tuple], dict[str, int]]:
    """Proposals with their evidence and whether they are right; and how many gold acts could be found at all."""
    documents = [
        Document(f"x{n}", e.text, sentences=(Sentence(0, len(e.text), e.language, 0),)) for n, e in enumerate(examples)
    ]
    read = [_read_document(document, coder) for document in documents]
    readings = [one.readings[0] for one in read]
    found, wanted = [], defaultdict(int)
    for example, document, reading, relations in zip(
        examples, documents, readings, _relations_of(readings, coder), strict=True
    ):
        gold = _gold(example, reading)
        wanted[example.language] += len(gold)
        clock, background = Clock(UNKNOWN), Background()
        proposals = []
        if reading.language == "en":
            proposals, _ = propose_english(
                document, reading, coder.lexicon, coder.equipment, coder.name, background, clock
            )
        ruled = {(p.source, p.target, p.report.event_type) for p in proposals}
        modelled = propose_modelled(document, reading, relations, coder.equipment, coder.name, background, clock)
        for proposal in [*proposals, *modelled]:
            key = (proposal.source, proposal.target, proposal.report.event_type)
            if None in key or (proposal.rule is None and key in ruled):
                continue
            evidence = evidence_of(proposal, relations)
            if evidence is None:
                continue
            right = key in gold or (proposal.report.symmetric and (key[1], key[0], key[2]) in gold)
            found.append((example.language, proposal.rule is not None, *evidence, right, len(found)))
    return found, dict(wanted)


def _gold(example: Example, reading) -> set[tuple[int, int, str]]:
    """Gold acts between agents that the reading has, by their numbers."""
    places: dict[int, int] = {}
    for number, (start, end) in enumerate(example.spans):
        for other, agent in enumerate(reading.agents):
            if agent.side is not None and agent.start < end and start < agent.end:
                places.setdefault(number, other)
    return {
        (places[pair.source], places[pair.target], kind)
        for pair in example.pairs
        for kind in pair.types
        if pair.source in places and pair.target in places
        and reading.agents[places[pair.source]].side != reading.agents[places[pair.target]].side
    }


def fit(features: np.ndarray, right: np.ndarray, ridge: float = 1.0) -> np.ndarray:
    """Logistic regression by Newton's method, slopes held near (0.7, -0.3) by a ridge."""
    design = np.column_stack([np.ones(len(features)), features])
    prior = np.array([0.0, 0.7, -0.3])
    beta = prior.copy()
    penalty = np.diag([0.01, ridge, ridge])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (p - right) + penalty @ (beta - prior)
        hessian = (design * (p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(hessian, gradient)
        beta = beta - step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def main() -> None:
    """Fit, choose thresholds, write the file."""
    coder = load_coder()
    _, held = split_examples(own_examples(HERE / "data"), 0.1, 7)
    rows, wanted = rows_of(held, coder)
    base, model, nothing, threshold = {}, {}, {}, {}
    scored = defaultdict(list)
    for language in ("en", "tr", "ru"):
        for ruled in (True, False):
            part = [row for row in rows if row[0] == language and row[1] == ruled]
            if len(part) < 20:
                continue
            name = f"{'rule' if ruled else 'model'}/{language}"
            features = np.array([row[2:4] for row in part])
            right = np.array([row[4] for row in part], dtype=float)
            beta = fit(features, right)
            base[name], model[name], nothing[name] = (round(float(value), 3) for value in beta)
            p = 1 / (1 + np.exp(-(beta[0] + features @ beta[1:])))
            scored[language] += list(zip(p, right, strict=True))
        values = sorted(scored[language], reverse=True)
        hits = np.cumsum([right for _, right in values])
        said = np.arange(1, len(values) + 1)
        f1 = 2 * hits / (said + wanted[language])
        best = int(np.argmax(f1))
        threshold[language] = round(float(values[best][0]), 3)
        print(
            f"{language}: {wanted[language]} gold acts between agents; best F1 {f1[best]:.3f} "
            f"(P {hits[best] / said[best]:.3f} R {hits[best] / wanted[language]:.3f}) at {threshold[language]}"
        )
    weights = {"base": base, "model": model, "nothing": nothing, "implied": -0.3, "threshold": threshold}
    print(json.dumps(weights))
    OUT.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
