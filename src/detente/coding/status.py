"""Whether an act happened, is said to have happened, will, might, or did not."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from detente.coding.clauses import AUXILIARIES, is_adverb, is_infinitive
from detente.coding.tokens import Token

_FUTURE: Final = frozenset("will shall would".split())
_MAYBE: Final = frozenset("may might could can should if unless whether perhaps possibly".split())
_PLAN: Final = frozenset(
    "plan plans planned planning intend intends intended aim aims aimed prepare prepares preparing prepared expect "
    "expects expected set due scheduled going hope hopes hoped want wants wanted ready promise promises promised "
    "pledge pledges pledged vow vows vowed agree agrees agreed seek seeks sought consider considers considering "
    "mull mulls mulling schedule likely about".split()
)
_DECIDED: Final = frozenset("decided decides decide began begin begins started start starts continued continue".split())
_NOT: Final = frozenset("not never n't neither nor without no denied denies deny denying".split())
_LEADS: Final = _FUTURE | _MAYBE
_DENIALS: Final = frozenset("denied denies deny denying".split())
_TRIED: Final = frozenset("failed fails threatened threatens refused refuses declined declines".split())
_HEDGES: Final = frozenset("allegedly reportedly purportedly apparently alleged suspected believed presumably".split())
_THOUGHT: Final = (("it", "was", "thought"), ("was", "expected", "to"), ("were", "expected", "to"))


@dataclass(frozen=True, slots=True)
class Modality:
    """The status of an act and whether the words put it long before."""

    status: str
    refused: bool = False  # "will not": the act is refused
    past_perfect: bool = False
    present: bool = False  # present tense or present perfect: no date of the story is carried to it


def find_modality(tokens: tuple[Token, ...], head: int, start: int, *, noun: bool = False) -> Modality:
    """The status that the words before a verb give it.

    Args:
        tokens: The sentence.
        head: Index of the verb.
        start: Index of the first token of its clause.
        noun: Whether the head is a noun ("planned exercises").
    """
    verb = head
    head = _leading_verb(tokens, head, start) if not _chain(tokens, head, start) else head
    chain = _chain(tokens, head, start)
    words = {token.lower for token in chain}
    before = [token.lower for token in tokens[start:head]]
    perfect = not noun and (bool(words & {"has", "have", "is", "are"}) or _is_present(tokens[verb]))
    pluperfect = "had" in words
    if _negated(tokens, head, words):
        refused = bool(words & {"will", "would", "no"}) and not noun
        return Modality("negated", refused=refused, past_perfect=pluperfect, present=perfect)
    if noun and head > 0 and tokens[head - 1].lower in {"planned", "proposed", "upcoming", "future"}:
        return Modality("future")
    if words & _MAYBE or (before and before[0] in {"if", "unless", "whether"}) or _thought(tokens, head):
        return Modality("hypothetical")
    if words & _FUTURE:
        return Modality("future")
    if is_infinitive(tokens, head):
        governor = _governor(tokens, head, start)
        if governor in _TRIED:
            return Modality("hypothetical")
        if governor in _PLAN:
            return Modality("negated" if _no_plans(tokens, head, start) else "future")
    if set(before[-8:]) & _HEDGES:
        return Modality("alleged", past_perfect=pluperfect, present=perfect)
    return Modality("actual", past_perfect=pluperfect, present=perfect)


def _chain(tokens: tuple[Token, ...], head: int, start: int) -> list[Token]:
    chain: list[Token] = []
    for step in range(head - 1, start - 1, -1):
        token = tokens[step]
        if token.lower in AUXILIARIES or token.lower in _NOT or is_adverb(token) or token.lower in {"to", "help"}:
            chain.append(token)
        else:
            break
    return chain


def _leading_verb(tokens: tuple[Token, ...], head: int, start: int) -> int:
    """The verb whose auxiliaries a joined verb shares: "has been sending and conducting", "would help and freeze"."""
    if head < 2 or tokens[head - 1].lower not in {"and", "or", ","}:
        return head
    ending = next((part for part in ("ing", "ed", "s") if tokens[head].lower.endswith(part)), "")
    if ending == "s":
        return head
    for step in range(head - 2, start, -1):
        if ending and tokens[step].lower.endswith(ending) and _chain(tokens, step, start):
            return step
        if not ending and (tokens[step - 1].lower in _LEADS or is_infinitive(tokens, step)):
            return step
    return head


def _is_present(token: Token) -> bool:
    return token.lower.endswith("s") and not token.lower.endswith("ss")


def _negated(tokens: tuple[Token, ...], head: int, words: set[str]) -> bool:
    if words & {"not", "never"} or any(tokens[step].lower.endswith("n't") for step in range(max(0, head - 3), head)):
        return True
    if _denied(tokens, head):
        return True
    if "no" in words and any(token.lower == "longer" for token in tokens[max(0, head - 2) : head]):
        return True
    return any(tokens[step].lower in {"denied", "denies", "denying"} for step in range(max(0, head - 3), head))


def _no_plans(tokens: tuple[Token, ...], head: int, start: int) -> bool:
    before = [token.lower for token in tokens[start:head]]
    return any(left in {"no", "not"} and right in _PLAN for left, right in pairwise(before))


def _denied(tokens: tuple[Token, ...], head: int) -> bool:
    """Whether the act is what somebody denies: "denied that it had attacked", "denied attacking"."""
    for step in range(head - 1, max(-1, head - 12), -1):
        if tokens[step].lower in _DENIALS:
            between = {token.lower for token in tokens[step + 1 : head]}
            return "that" in between or tokens[head].lower.endswith("ing") or not between & {"and", "but", ",", ";"}
    return False


def _governor(tokens: tuple[Token, ...], head: int, start: int) -> str:
    """The verb whose infinitive this is: the word before "to"."""
    step = head - 1
    while step > start and tokens[step].lower != "to":
        step -= 1
    step -= 1
    return tokens[step].lower if step >= start else ""


def _thought(tokens: tuple[Token, ...], head: int) -> bool:
    words = tuple(token.lower for token in tokens[:head])
    return any(words[place : place + 3] in _THOUGHT for place in range(len(words)))
