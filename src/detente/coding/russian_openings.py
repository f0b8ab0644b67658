"""What opens a Russian phrase: its preposition, or what its case says without one."""

from dataclasses import replace
from typing import Final

from detente.coding.agent_phrases import Part, Scene, load_adpositions
from detente.coding.russian_nouns import is_adjective, is_counting, is_verb

_BUILDINGS: Final = frozenset("посольство консульство генконсульство представительство парламент граница".split())
_TWO_CASES: Final = frozenset({"в", "во", "на"})
_MOST_BEFORE: Final = 4
_LONGEST_PREPOSITION: Final = 3


def opened(scene: Scene, part: Part, floor: int) -> Part:
    """The phrase with the preposition before it, or with what its case says without one."""
    agent = part.agent
    if agent.preposition is not None or (agent.kind == "attribute" and agent.possessive):
        return part
    found = preposition_of(scene, agent.first, floor, part.case) if part.case != "nom" else None
    if found == "from" and scene.lower_at(_opening(scene, agent.first, floor)) == "у":
        building = part.head is not None and part.head.noun.noun in _BUILDINGS
        found = "at" if building or agent.kind == "attribute" else found
    if found is not None:
        return replace(part, agent=replace(agent, preposition=found, possessive=False))
    cases = set((part.case or "").split("/"))
    if cases == {"ins"} or (cases == {"ins", "dat"} and part.head is None):
        return replace(part, agent=replace(agent, preposition="by", possessive=False))
    given = "dat" in cases and cases <= {"dat", "loc"}
    perhaps = "dat" in cases and "nom" not in cases and part.head is None and agent.kind != "attribute"
    if given or (perhaps and not agent.possessive and is_verb(scene.lower_at(agent.first - 1))):
        return replace(part, agent=replace(agent, preposition="to", possessive=False))
    return part


def _opening(scene: Scene, first: int, floor: int) -> int:
    """The token before a phrase and the adjectives and numerals that open it."""
    step = first - 1
    while step >= max(floor, first - _MOST_BEFORE):
        word = scene.lower_at(step)
        if (word,) in load_adpositions("ru") or not (is_adjective(word) or is_counting(word)):
            break
        step -= 1
    return step


def preposition_of(scene: Scene, first: int, floor: int, case: str | None) -> str | None:
    """The English sense of the preposition that opens a phrase; None where there is none."""
    step = _opening(scene, first, floor)
    known = load_adpositions("ru")
    for length in range(_LONGEST_PREPOSITION, 0, -1):
        if step - length + 1 < floor:
            continue
        words = tuple(scene.lower_at(index) for index in range(step - length + 1, step + 1))
        if words not in known:
            continue
        if words[0] in _TWO_CASES and length == 1:
            return _in_or_to(words[0], case)
        cases = set((case or "").split("/"))
        meanings = known[words]
        return next((sense for wanted, sense in meanings if not wanted or wanted in cases), meanings[0][1])
    return None


def _in_or_to(word: str, case: str | None) -> str:
    """`в` and `на` with the locative say where, with the accusative whither."""
    cases = set((case or "loc").split("/"))
    if "loc" in cases and (word != "на" or case is not None):
        return "in"
    return "on" if word == "на" else "to"


def ends_preposition(scene: Scene, last: int) -> bool:
    """Whether a word ends a preposition of several (`со стороны`)."""
    words = tuple(scene.lower_at(index) for index in range(max(last - 1, 0), last + 1))
    return len(words) > 1 and words in load_adpositions("ru")
