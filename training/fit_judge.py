"""Fit how patterns and model are weighed: `python training/fit_judge.py`, after `export.py`.

Proposals are held against gold acts: of the development halves of `tests/gold`, of the sentences that training kept
apart, and (patterns and implied sides only, since its gold gives one act a sentence) of the embedded chronology's
development pair. A logistic regression by language and proposer gives the weights of `coding/data/judge.json`, and a
language's threshold is where F1 on the development sentences is best.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from detente.coding.coder import _propose, _read_document, _relations_of, load_coder
from detente.coding.judging import evidence_of, proposer_of
from detente.coding.reading import document_pair, spoken_pair
from detente.coding.roles import Background
from detente.coding.screening import EVERYTHING
from detente.coding.timing import Clock
from detente.documents import read_documents
from detente.evaluation import read_gold_documents
from detente.example import example_path
from detente.model import DateSpan, Document, Sentence
from examples import Example, hold_out, own_examples

HERE = Path(__file__).parent
ROOT = HERE.parent
OUT = ROOT / "src" / "detente" / "coding" / "data" / "judge.json"
UNKNOWN = DateSpan(None, None, "unknown", "document")
ALARMS = 0.08  # of sentences without an act that may get one


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal: who made it, its evidence, whether it is right, and which act of which document it gives."""

    who: str
    evidence: tuple[float, float]
    right: bool
    act: tuple


def proposals_of(documents: list[Document], coder) -> Iterator[tuple[int, object, list, dict]]:
    """Each sentence's number of document, reading, proposals and relations."""
    for number, document in enumerate(documents):
        read = _read_document(document, coder)
        pair = document_pair(document, read.readings, coder.gazetteer, read.on)
        context = None
        for reading, told in zip(read.readings, _relations_of(list(read.readings), coder), strict=True):
            background = Background(context, pair, domestic=False)
            proposals, _ = _propose(document, reading, told, coder, background, Clock(document.published))
            yield number, reading, proposals, told
            context = spoken_pair(reading.agents) or context


def act_of(report) -> tuple:
    """Sides and type; the sides in order of the alphabet where both do the same."""
    sides = [report.source_country or report.source_actor, report.target_country or report.target_actor]
    if report.symmetric or report.event_type == "CONSULT":
        sides = sorted(map(str, sides))
    return (*sides, report.event_type)


def rows_by_code(documents: list[Document], gold: list[set[tuple]], coder, keep=lambda who: True) -> list[Row]:
    """Rows of documents whose gold acts are told by codes of states."""
    rows = []
    for number, reading, proposals, told in proposals_of(documents, coder):
        for proposal in proposals:
            act, evidence = act_of(proposal.report), evidence_of(proposal, told)
            who = proposer_of(proposal, reading.language)
            if evidence is None or act[0] == act[1] or not keep(who):
                continue
            back = (act[1], act[0], act[2])
            right = act in gold[number] or (proposal.report.symmetric and back in gold[number])
            rows.append(Row(who, evidence, right, (number, *act)))
    return rows


def rows_by_span(examples: list[Example], coder) -> list[Row]:
    """Rows of the project's own sentences, whose gold acts are told by the places of their actors."""
    documents = [
        Document(f"x{n}", e.text, sentences=(Sentence(0, len(e.text), e.language, 0),)) for n, e in enumerate(examples)
    ]
    rows = []
    for number, reading, proposals, told in proposals_of(documents, coder):
        gold = _gold(examples[number], reading)
        for proposal in proposals:
            key = (proposal.source, proposal.target, proposal.report.event_type)
            evidence = evidence_of(proposal, told)
            if None in key or evidence is None:
                continue
            right = key in gold or (proposal.report.symmetric and (key[1], key[0], key[2]) in gold)
            rows.append(Row(proposer_of(proposal, reading.language), evidence, right, (number, *key)))
    return rows


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
        if pair.source in places
        and pair.target in places
        and reading.agents[places[pair.source]].side != reading.agents[places[pair.target]].side
    }


def fit(rows: list[Row], ridge: float = 4.0) -> np.ndarray:
    """Logistic regression by damped Newton steps, slopes held near (0.7, -0.3) by a ridge."""
    design = np.array([[1.0, *row.evidence] for row in rows])
    right = np.array([row.right for row in rows], dtype=float)
    prior, penalty = np.array([0.0, 0.7, -0.3]), np.diag([0.1, ridge, ridge])
    beta = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (p - right) + penalty @ (beta - prior)
        hessian = (design * (p * (1 - p))[:, None]).T @ design + penalty
        step = np.linalg.solve(hessian, gradient)
        step *= min(1.0, 1.0 / np.abs(step).max())
        beta = beta - step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def threshold_of(
    rows: list[Row], weights: dict[str, np.ndarray], wanted: int, quiet: set[int]
) -> tuple[float, float, float]:
    """A threshold, with precision and recall there.

    It is the highest whose F1 over distinct acts is within 0.01 of the best, rounded up to a twentieth (the data tell
    no finer); raised by twentieths while more than 8 % of the sentences without an act get one, as far as that costs
    no more than 0.02 of F1: a false act costs a reader more than a missed one.

    Args:
        rows: Proposals of one language.
        weights: By proposer.
        wanted: Number of gold acts.
        quiet: Numbers of the documents without an act.
    """
    best: dict[tuple, tuple[float, bool]] = {}
    loudest = dict.fromkeys(quiet, 0.0)
    for row in rows:
        if row.who in weights:
            score = float(1 / (1 + np.exp(-(weights[row.who] @ np.array([1.0, *row.evidence])))))
            if score > best.get(row.act, (0.0, False))[0]:
                best[row.act] = (score, row.right)
            if row.act[0] in loudest:
                loudest[row.act[0]] = max(score, loudest[row.act[0]])
    scores = np.array([score for score, _ in best.values()])
    right = np.array([right for _, right in best.values()])

    def f1_at(threshold: float) -> float:
        return 2 * right[scores >= threshold].sum() / ((scores >= threshold).sum() + wanted)

    every = np.array([f1_at(value) for value in scores])
    chosen = math.ceil(scores[every >= every.max() - 0.01].max() * 20) / 20
    higher = chosen
    while np.mean([score >= higher for score in loudest.values()]) > ALARMS:
        higher = round(higher + 0.05, 2)
    if f1_at(higher) >= every.max() - 0.02:
        chosen = higher
    said = scores >= chosen
    return chosen, float(right[said].mean()), float(right[said].sum() / wanted)


def pattern_threshold_of(rows: list[Row], weights: dict[str, np.ndarray], wanted: int, whole: float) -> float:
    """The highest twentieth up to `whole` from which acts that a pattern proposes stand, F1 within 0.003 of the best."""
    best: dict[tuple, tuple[float, bool]] = {}
    told = {row.act for row in rows if "rule" in row.who}
    for row in rows:
        if row.who in weights:
            score = float(1 / (1 + np.exp(-(weights[row.who] @ np.array([1.0, *row.evidence])))))
            if score > best.get(row.act, (0.0, False))[0]:
                best[row.act] = (score, row.right)
    tried = [round(0.05 * n, 2) for n in range(6, round(whole * 20) + 1)]
    f1 = []
    for threshold in tried:
        said = [right for act, (score, right) in best.items() if score >= (threshold if act in told else whole)]
        f1.append(2 * sum(said) / (len(said) + wanted))
    return max(one for one, value in zip(tried, f1, strict=True) if value >= max(f1) - 0.003)


def main() -> None:
    """Fit, choose thresholds, write the file."""
    coder = replace(load_coder(), screen=EVERYTHING)
    folder = ROOT / "tests" / "gold"
    gold = [
        one for kind in ("sentences", "articles") for one in read_gold_documents(folder / f"{kind}_development.jsonl")
    ]
    documents = [item.document for item in gold]
    acts = [{_gold_act(act, kind) for act in item.acts for kind in act.event_types} for item in gold]
    validation = rows_by_code(documents, acts, coder)
    _, held = hold_out(own_examples(HERE / "data"))
    chronology, told = _chronology(coder)
    rows = [*validation, *rows_by_span(held, coder), *chronology]
    groups = defaultdict(list)
    for row in rows:
        groups[row.who].append(row)
    weights = {who: fit(part) for who, part in sorted(groups.items()) if len(part) >= 20}
    threshold: dict[str, float] = {}
    for language in ("en", "tr", "ru"):
        part = [row for row in validation if row.who.endswith(language)]
        quiet = {n for n, item in enumerate(gold) if item.language == language and not item.acts}
        wanted = sum(len(item.acts) for item in gold if item.language == language)
        if language == "en":
            part, wanted = [*part, *chronology], wanted + told
        threshold[language], precision, recall = threshold_of(part, weights, wanted, quiet)
        if language == "en":
            threshold["rule/en"] = pattern_threshold_of(part, weights, wanted, threshold["en"])
        print(f"{language}: precision {precision:.3f} recall {recall:.3f} at {threshold[language]}")
    out = {
        "weights": {who: [round(float(value), 3) for value in beta] for who, beta in weights.items()},
        "threshold": threshold,
    }
    OUT.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({who: len(part) for who, part in groups.items()}))


def _gold_act(act, kind: str) -> tuple:
    sides = [act.source, act.target]
    if act.symmetric or kind == "CONSULT":
        sides = sorted(map(str, sides))
    return (*sides, kind)


def _chronology(coder) -> tuple[list[Row], int]:
    """Rows of the chronology's development pair, of patterns and implied sides, and the number of its gold acts."""
    lines = [json.loads(line) for line in example_path().with_name("gold.jsonl").read_text("utf-8").splitlines()]
    wanted = defaultdict(set)
    for line in lines:
        sides = [line["source"], line["target"]]
        for kind in line["plover"].split("|"):
            wanted[line["document_id"]].add(
                (*(sorted(sides) if line["symmetric"] or kind == "CONSULT" else sides), kind)
            )
    documents = [one for one in read_documents(example_path()) if one.id.startswith("example/rus-jpn/")]
    gold = [wanted[document.id] for document in documents]
    rows = rows_by_code(documents, gold, coder, keep=lambda who: not who.startswith("model"))
    rows = [Row(row.who, row.evidence, row.right, ("chronology", *row.act)) for row in rows]
    return rows, sum(len(acts) for acts in gold)


if __name__ == "__main__":
    sys.exit(main())
