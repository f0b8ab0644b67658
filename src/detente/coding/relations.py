"""The relation model: what the first of two actors does to the second, as a sentence tells it, and how sure that is."""

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from detente.coding.marks import mark_tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Span = tuple[int, int]
_AT_ONCE: Final = 4  # passes side by side, at most
_LIKELY: Final = 0.2  # of an act beside the likeliest, for it to be told
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_TURKISH: Final = re.compile(r"[ğışİĞŞ]|\b(?:ve|bir|ile|için|olarak|dedi)\b")


@dataclass(frozen=True, slots=True)
class PairAct:
    """An act that the first of a pair may do to the second; two of one pair can stand in a sentence.

    Attributes:
        event_type: PLOVER type.
        probability: That the sentence tells of an act of this type, whatever else it tells of the pair.
        statuses: Probability of each status.
        retrospective: Probability that the act is told as long past.
        symmetric: Probability that both do the same.
        mode: The likeliest mode, None where the type has none.
    """

    event_type: str
    probability: float
    statuses: Mapping[str, float]
    retrospective: float
    symmetric: float
    mode: str | None

    @property
    def status(self) -> str:
        """The likeliest status."""
        return max(self.statuses, key=lambda name: self.statuses[name])


@dataclass(frozen=True, slots=True)
class PairRelation:
    """What the model tells of an ordered pair of actors.

    Attributes:
        event_type: PLOVER type, None where the sentence tells of no act of the first on the second.
        status: actual, alleged, future, hypothetical or negated; as of `event_type`, None without.
        scores: Probability of each type and of `none`; they sum to 1.
        acts: The likeliest act, whether or not none is likelier, and after it any other that is not unlikely.
    """

    event_type: str | None
    status: str | None
    scores: Mapping[str, float]
    acts: tuple[PairAct, ...]

    @property
    def likeliest(self) -> str:
        """The likeliest type, whether or not `none` is likelier."""
        return self.acts[0].event_type

    @property
    def statuses(self) -> Mapping[str, float]:
        """Probability of each status, of the likeliest type."""
        return self.acts[0].statuses

    def act(self, event_type: str | None) -> PairAct | None:
        """The act of a type, None where it is unlikely."""
        return next((act for act in self.acts if act.event_type == event_type), None)


@dataclass(frozen=True, slots=True)
class PairQuestion:
    """A sentence, its actors and the ordered pairs asked for, by number of actor; None for a party not named."""

    text: str
    language: str
    spans: tuple[Span, ...]
    pairs: tuple[tuple[int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class RelationModel:
    """An ONNX session, its tokenizers by language, and what its outputs mean; see `load_relations`."""

    session: "InferenceSession"
    tokenizers: Mapping[str, "Tokenizer"]
    outcomes: tuple[str, ...]
    statuses: tuple[str, ...]
    modes: tuple[str, ...]
    temperature: float
    status_temperature: float
    version: str

    def classify(self, questions: Sequence[PairQuestion]) -> list[tuple[PairRelation, ...]]:
        """Answer questions, a sentence in one pass however many pairs are asked for.

        Each sentence has a pass of its own, some at once: in 8 bits the numbers of a pass depend on all that is in it,
        and what a sentence says must not depend on its neighbours.

        Returns:
            For each question its pairs' relations, in order. An actor beyond the model's window gives `none`.
        """
        marked = self._marked(questions)
        with ThreadPoolExecutor(min(os.cpu_count() or 1, _AT_ONCE)) as pool:
            return list(pool.map(self._run, marked, [question.pairs for question in questions]))

    def _marked(self, questions: Sequence[PairQuestion]) -> list[tuple[list[int], list[int]]]:
        marked: list[tuple[list[int], list[int]]] = [([], [])] * len(questions)
        for language in {question.language for question in questions}:
            tokenizer = self.tokenizers.get(language, self.tokenizers["en"])
            numbers = [number for number, question in enumerate(questions) if question.language == language]
            told = tokenizer.encode_batch([questions[n].text for n in numbers], add_special_tokens=False)
            for number, encoding in zip(numbers, told, strict=True):
                marked[number] = mark_tokens(tokenizer, encoding.ids, encoding.offsets, questions[number].spans)
        return marked

    def _run(
        self, marked: tuple[list[int], list[int]], pairs: tuple[tuple[int | None, int | None], ...]
    ) -> tuple[PairRelation, ...]:
        if not pairs:
            return ()
        numbers, places = marked
        ends = [tuple(-1 if end is None else places[end] for end in pair) for pair in pairs]
        columns = np.array(ends, dtype=np.int64)
        ids = np.array([numbers], dtype=np.int64)
        types, status, modes, every = self.session.run(
            None,
            {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "pair_sentence": np.zeros(len(pairs), dtype=np.int64),
                "pair_source": columns[:, 0],
                "pair_target": columns[:, 1],
            },
        )
        seen = [all(end is None or places[end] >= 0 for end in pair) for pair in pairs]
        told = _Told(
            _softmax(types / self.temperature).tolist(),
            _sigmoid(every).tolist(),
            _softmax(status[:, :, : len(self.statuses)] / self.status_temperature).tolist(),
            _sigmoid(status[:, :, len(self.statuses) :]).tolist(),
            modes.tolist(),
        )
        return tuple(self._relation(told, row) if inside else self._nothing() for row, inside in enumerate(seen))

    def _relation(self, told: "_Told", row: int) -> PairRelation:
        scores, alone = told.scores[row], told.alone[row]
        best = max(range(len(alone)), key=lambda number: scores[number + 1])
        others = [number for number, share in enumerate(alone) if share >= _LIKELY and number != best]
        acts = [self._act(told, row, best, max(scores[best + 1], alone[best]))]
        acts += [self._act(told, row, n, alone[n]) for n in sorted(others, key=lambda number: -alone[number])]
        likely = scores[0] < scores[best + 1]
        return PairRelation(
            acts[0].event_type if likely else None,
            acts[0].status if likely else None,
            dict(zip(self.outcomes, scores, strict=True)),
            tuple(acts),
        )

    def _act(self, told: "_Told", row: int, number: int, probability: float) -> PairAct:
        name = self.outcomes[number + 1]
        states, flags, modes = told.states[row][number], told.flags[row][number], told.modes[row]
        own = [place for place, mode in enumerate(self.modes) if mode.startswith(f"{name}/")]
        return PairAct(
            name,
            probability,
            dict(zip(self.statuses, states, strict=True)),
            flags[0],
            flags[1],
            self.modes[max(own, key=lambda place: modes[place])].partition("/")[2] if own else None,
        )

    def _nothing(self) -> PairRelation:
        scores = {name: float(name == "none") for name in self.outcomes}
        act = PairAct(self.outcomes[1], 0.0, dict.fromkeys(self.statuses, 0.0), 0.0, 0.0, None)
        return PairRelation(None, None, scores, (act,))


def classify_pairs(
    pairs: Iterable[tuple[str, Span | None, Span | None]], *, model: RelationModel | None = None
) -> list[PairRelation]:
    """What the first actor does to the second, for each `(sentence, source_span, target_span)`.

    Args:
        pairs: Sentences in English, Turkish or Russian with the spans of two actors, `(start, end)` in characters;
            either span may be None where that party is not named.
        model: What `load_relations` gives; the package's own by default.

    Returns:
        A relation for each, in order. Each pair is judged by itself: the others do not change its answer.

    Raises:
        ValueError: a span lies outside its sentence, or neither party is given.

    Examples:
        >>> [found] = classify_pairs([("Moscow expelled two Japanese diplomats.", (0, 6), (20, 28))])
        >>> found.event_type, found.status
        ('SANCTION', 'actual')
    """
    questions = [_question(text, source, target) for text, source, target in pairs]
    return [relations[0] for relations in (model or load_relations()).classify(questions)]


@cache
def load_relations() -> RelationModel:
    """The package's own model; read from disk once a process (a quarter of a second)."""
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    folder = files("detente.coding") / "model"
    card = json.loads((folder / "relations.json").read_text(encoding="utf-8"))
    options = SessionOptions()
    options.intra_op_num_threads = 1  # sentences go side by side instead
    session = InferenceSession(
        (folder / "relations.onnx").read_bytes(), sess_options=options, providers=["CPUExecutionProvider"]
    )
    tokenizers = {
        language: Tokenizer.from_str((folder / f"tokenizer_{language}.json").read_text(encoding="utf-8"))
        for language in card["languages"]
    }
    return RelationModel(
        session,
        tokenizers,
        tuple(card["outcomes"]),
        tuple(card["statuses"]),
        tuple(card["modes"]),
        card["temperature"],
        card["status_temperature"],
        card["version"],
    )


def language_of(text: str) -> str:
    """Which of the model's languages a sentence is in, by its letters and smallest words.

    Examples:
        >>> language_of("Rusya ve Japonya görüştü."), language_of("Россия"), language_of("Japan")
        ('tr', 'ru', 'en')
    """
    if len(_CYRILLIC.findall(text)) * 4 > len(text):
        return "ru"
    return "tr" if _TURKISH.search(text) else "en"


def _question(text: str, source: Span | None, target: Span | None) -> PairQuestion:
    spans: list[Span] = []
    ends: list[int | None] = []
    for name, span in (("source", source), ("target", target)):
        if span is None:
            ends.append(None)
            continue
        if not 0 <= span[0] < span[1] <= len(text):
            raise ValueError(f"{name} span {span} does not lie in the sentence of {len(text)} characters")
        if span not in spans:
            spans.append(span)
        ends.append(spans.index(span))
    if not spans:
        raise ValueError("neither source nor target is given: at least one span is needed")
    return PairQuestion(text, language_of(text), tuple(spans), ((ends[0], ends[1]),))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a pass gives, as numbers of Python: rows are pairs; states and flags stand by type."""

    scores: list[list[float]]
    alone: list[list[float]]
    states: list[list[list[float]]]
    flags: list[list[list[float]]]
    modes: list[list[float]]


def _softmax(values: "NDArray[Any]") -> "NDArray[Any]":
    grown = np.exp(values - values.max(-1, keepdims=True))
    return np.asarray(grown / grown.sum(-1, keepdims=True))


def _sigmoid(values: "NDArray[Any]") -> "NDArray[Any]":
    return np.asarray(1 / (1 + np.exp(-values)))
