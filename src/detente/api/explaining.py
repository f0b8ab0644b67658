"""Why a text was coded as it was: the actors found, the acts considered, and why nothing came of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.api.coders import DocumentCoder, OwnCoder
from detente.coding import CodedDocument
from detente.documents import read_text
from detente.errors import InputError
from detente.model import Document, Report, Sentence

Found = Mapping[str, Any]
Explain = Callable[..., Mapping[str, Iterable[Found]]]


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence as a coder saw it.

    Attributes:
        text: The sentence.
        language: ISO 639-1 code, None where unknown.
        actors: Each with `text`, `country`, `sector`, `actor` and `kind`.
        acts: The acts considered, each with `text`, `event_type`, and `pattern` or `score`; with a coder that
            does not tell, those that were coded.
        reports: What was coded.
        reasons: Why nothing was coded; empty where something was.
    """

    text: str
    language: str | None
    actors: tuple[Found, ...]
    acts: tuple[Found, ...]
    reports: tuple[Report, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text sentence by sentence; `told_by_coder` is false where only what can be seen from outside is told."""

    coder: str
    told_by_coder: bool
    sentences: tuple[ExplainedSentence, ...]


def explain(text: str, coder: DocumentCoder, *, domestic: bool = False) -> Explanation:
    """Code a text and tell how each of its sentences was seen.

    A coder may have `explain(text, *, language, on)`, which gives for a sentence a mapping with the lists
    `actors` and `acts`, each of mappings as `ExplainedSentence` has them. For one that has none, names are
    those of detente's own tables (our coder) or of the reports (another's), and acts those of the reports.

    Args:
        text: A sentence or a few.
        coder: The coder.
        domestic: Whether acts within one country are coded too.

    Returns:
        The explanation.

    Raises:
        DocumentError: If the text is empty.
        InputError: If the coder's own explanation is no such mapping.
    """
    document = read_text(text, parse_layout=False)
    coded = list(coder.code_documents([document], domestic=domestic))
    own = _own_explain(coder)
    sentences = tuple(_explained(document, sentence, coded, coder, own) for sentence in document.sentences)
    return Explanation(f"{coder.name}/{coder.version}", own is not None, sentences)


def _own_explain(coder: DocumentCoder) -> Explain | None:
    """The coder's own way of explaining, whatever it is wrapped in."""
    inner = getattr(coder, "coder", None)
    found = getattr(coder, "explain", None) or getattr(inner, "explain", None)
    return found if callable(found) else None


def _explained(
    document: Document, sentence: Sentence, coded: list[CodedDocument], coder: DocumentCoder, own: Explain | None
) -> ExplainedSentence:
    text, on = document.quote(sentence.start, sentence.end), document.published.end
    reports = tuple(report for one in coded for report in one.reports if _rests_on(report, sentence))
    reasons = [
        item.reason for one in coded for item in one.uncoded if item.start < sentence.end and sentence.start < item.end
    ]
    if own is not None:
        actors, acts = _told(own(text, language=sentence.language, on=on), coder)
    else:
        actors, acts = _actors(text, sentence.language, on, coder, reports), tuple(map(_act, reports))
    if not reports and not reasons:
        reasons = ["no act, and no reason given: only sentences that name a side are listed with one"]
    return ExplainedSentence(text, sentence.language, actors, acts, reports, () if reports else tuple(reasons))


def _rests_on(report: Report, sentence: Sentence) -> bool:
    return any(item.start < sentence.end and sentence.start < item.end for item in report.evidence)


def _told(found: object, coder: DocumentCoder) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    if isinstance(found, Mapping):
        lists = [tuple(found.get(name) or ()) for name in ("actors", "acts")]
        if all(isinstance(item, Mapping) for items in lists for item in items):
            return lists[0], lists[1]
    raise InputError(f"coder {coder.name!r}: explain gave {type(found).__name__}; expected lists actors and acts")


def _actors(
    text: str, language: str | None, on: date | None, coder: DocumentCoder, reports: tuple[Report, ...]
) -> tuple[Found, ...]:
    if isinstance(coder, OwnCoder):
        mentions = coder.coder.gazetteer.find_mentions(text, on, language=language or "en")
        return tuple(
            {
                "text": mention.text,
                "country": mention.country,
                "sector": mention.sector,
                "actor": mention.actor,
                "kind": mention.kind,
            }
            for mention in mentions
        )
    sides = [
        {
            "text": getattr(report, f"{side}_text"),
            "country": getattr(report, f"{side}_country"),
            "sector": getattr(report, f"{side}_sector"),
            "actor": getattr(report, f"{side}_actor"),
            "kind": side,
        }
        for report in reports
        for side in ("source", "target")
    ]
    return tuple(side for place, side in enumerate(sides) if side not in sides[:place])


def _act(report: Report) -> Found:
    return {
        "text": report.evidence[0].quote,
        "event_type": report.event_type,
        "status": report.status,
        "score": report.confidence,
        "outcome": "coded",
    }
