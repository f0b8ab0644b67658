"""Who stands in a Russian sentence: mentions of the gazetteer put together with the nouns round them."""

from dataclasses import replace
from datetime import date
from typing import Final

from detente.coding.agent_phrases import (
    Head,
    Part,
    Scene,
    bare_agent,
    headed,
    is_model,
    load_adpositions,
    make_scene,
    spread,
    with_person,
    with_quoted,
)
from detente.coding.agents import Agent
from detente.coding.russian_nouns import (
    case_of,
    guess_case,
    is_adjective,
    is_adjective_base,
    is_persons,
    is_plural,
    is_verb,
)
from detente.coding.russian_openings import ends_preposition, opened, preposition_of
from detente.coding.tokens import Token, token_at
from detente.ontology.gazetteer import Gazetteer, Mention

_OWNERS: Final = frozenset({"country", "capital", "palace", "igo", "group", "institution", "people"})
_POSTED: Final = frozenset({"country", "capital", "igo"})
_ENVOYS: Final = frozenset(
    "посол посольство посланник консул консульство генконсул генконсульство постпред представитель представительство "
    "постпредство спецпредставитель спецпосланник атташе дипмиссия миссия".split()
)
_STAFF: Final = frozenset({"LAB", "CVL"})
_CALENDAR: Final = frozenset(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
)
_JOINTS: Final = frozenset({"и", "или"})
_CONJUNCTIONS: Final = frozenset(
    "и или а но да что чтобы как когда где если пока хотя будто поскольку потому который которая которые "
    "также тоже лишь только уже ещё еще не ни же бы ли то тогда теперь вчера сегодня".split()
)
_MOST_MODIFIERS: Final = 3


def find_agents_ru(text: str, tokens: tuple[Token, ...], gazetteer: Gazetteer, on: date | None) -> tuple[Agent, ...]:
    """All agents of a sentence in order, without overlaps.

    Args:
        text: The sentence.
        tokens: Its tokens.
        gazetteer: The names.
        on: The day on which offices and states are looked up; None where unknown.
    """
    scene = make_scene(text, tokens, gazetteer, on, "ru")
    parts: list[Part] = []
    taken = 0
    for mention in scene.mentions:
        if mention.start < taken:
            continue
        floor = parts[-1].agent.last + 1 if parts else 0
        part = opened(scene, _part(scene, mention, floor), floor)
        parts.append(part)
        taken = part.agent.end
    return tuple(_shared(scene, parts))


def _part(scene: Scene, mention: Mention, floor: int) -> Part:
    """The phrase round a mention."""
    base = bare_agent(scene, mention)
    part = Part(base, mention.case, base.last + 1)
    if mention.kind == "nationality":
        joined = scene.tokens[base.last].end > mention.end  # `российско-` of `российско-турецкие`
        return part if joined else _with_noun(scene, part)
    if mention.kind == "leader":
        return _titled(scene, part, floor)
    if mention.kind != "country" and len(mention.text) > 1 and scene.text_at(base.first).isupper():
        part = replace(part, case=None)  # an abbreviation may stay as it is in any case: `представитель МИД`
    if mention.kind not in _OWNERS or "gen" not in (part.case or "gen"):
        return part
    return _owned(scene, part, floor)


def _titled(scene: Scene, part: Part, floor: int) -> Part:
    """A leader with the office before the name (`президент | Владимир Путин`)."""
    agent = part.agent
    while agent.first > floor:
        head = scene.head_before(agent.first - 1, floor)
        if head is None or not head.is_person:
            break
        agent = spread(scene, agent, head.first, agent.last)
    head = scene.head_before(agent.first - 1, floor) if agent.first > floor and agent == part.agent else None
    if head is not None and head.noun.kind == "organisation" and head.noun.state_agent and "gen" in (part.case or ""):
        agent = replace(headed(scene, agent, head), name=None)  # `администрация | Трампа`
        return Part(agent, case_of(*_head_word(scene, head)), part.after, head)
    return replace(part, agent=agent)


def _with_noun(scene: Scene, part: Part) -> Part:
    """An adjective with the noun that it belongs to: `российские | войска`, `японский | министр обороны`."""
    for step in range(part.after, min(part.after + _MOST_MODIFIERS + 1, len(scene.tokens))):
        follower = scene.starts.get(step)
        if follower is not None:
            return _named(scene, part, follower) or part
        head = scene.head_after(step)
        if head is not None:
            return _headed(scene, part, head)
        if is_model(scene.text_at(step)):
            agent = replace(spread(scene, part.agent, part.agent.first, step), sector="MIL", kind="state")
            return Part(agent, part.case, step + 1)
        word = scene.lower_at(step)
        if is_persons(word) and not is_adjective(word):
            people = replace(spread(scene, part.agent, part.agent.first, step), kind="people", sector="CVL")
            return Part(people, _joined_case(part.case, guess_case(word)), step + 1, plural=True)
        if not is_adjective(word):
            return replace(part, case=_joined_case(part.case, guess_case(word)))
    return part


def _headed(scene: Scene, part: Part, head: Head) -> Part:
    """The adjective with its noun, and what belongs to the noun."""
    form, noun = _head_word(scene, head)
    case = _joined_case(part.case, case_of(form, noun))
    if head.noun.sector is None and not head.noun.inanimate:  # a place or an act: whose it is, not who acts
        return replace(part, case=case)
    found = Part(headed(scene, part.agent, head), case, head.last + 1, head, is_plural(form, noun))
    return found if head.noun.inanimate else _further(scene, found)


def _joined_case(adjective: str | None, noun: str | None) -> str | None:
    """The cases that an adjective and its noun have in common; those of the noun where they have none."""
    if adjective is None or noun is None:
        return noun or adjective
    common = [case for case in adjective.split("/") if case in noun.split("/")]
    return "/".join(common) or (noun if noun in {"ins", "dat"} else adjective)


def _named(scene: Scene, part: Part, follower: Mention) -> Part | None:
    """An adjective right before a leader's name or an institution (`российский | Путин`, `российский | МИД`)."""
    if follower.kind not in {"leader", "institution"} or follower.country not in {None, part.agent.country}:
        return None
    last = token_at(scene.tokens, follower.end - 1)
    agent = replace(
        spread(scene, part.agent, part.agent.first, last),
        kind="state",
        sector=follower.sector or "GOV",
        actor=follower.actor,
        name=follower.text if follower.kind == "leader" else None,
    )
    return Part(agent, _joined_case(part.case, follower.case), last + 1)


def _owned(scene: Scene, part: Part, floor: int) -> Part:
    """A name in the genitive with the nouns before it: `сотрудник | посольства | Японии`."""
    agent, head = part.agent, None
    inner = agent
    while agent.first > floor:
        before = scene.head_before(agent.first - 1, floor) if not ends_preposition(scene, agent.first - 1) else None
        if before is None or (head is not None and before.noun.sector is None):
            break
        if before.noun.sector is None:
            return _of_thing(scene, part, before)
        outer = headed(scene, agent, before)
        if head is not None and not (before.noun.sector == "OPP" or inner.sector in _STAFF):
            outer = replace(outer, sector=inner.sector, kind=inner.kind)
        agent, head = outer, before
        inner = agent
    if head is None:
        return _without_noun(scene, part, floor)
    form, noun = _head_word(scene, head)
    found = Part(agent, case_of(form, noun), part.after, head, is_plural(form, noun))
    return _further(scene, found)


def _without_noun(scene: Scene, part: Part, floor: int) -> Part:
    """A name with no known noun before it: its people where the word looks like some, else perhaps an owner."""
    agent, before = part.agent, part.agent.first - 1
    if agent.kind == "state" and agent.actor is None and before >= floor and is_persons(scene.lower_at(before)):
        people = replace(spread(scene, agent, before, agent.last), kind="people", sector="CVL", place=None)
        return Part(people, guess_case(scene.lower_at(before)), part.after, plural=True)
    return replace(part, agent=replace(agent, possessive=_is_owner(scene, agent, part.case, floor)))


def _head_word(scene: Scene, head: Head) -> tuple[str, str]:
    """The word of a phrase that the others depend on, as written and in its base form, in lower case."""
    bases = head.noun.noun.lower().split()
    place = next((number for number, base in enumerate(bases) if not is_adjective_base(base)), 0)
    return scene.lower_at(min(head.first + place, head.last)), bases[place]


def _of_thing(scene: Scene, part: Part, before: Head) -> Part:
    """The owner of a thing, an act or a place: `экспорт | Японии`, `территория | России`."""
    agent = replace(part.agent, possessive=True)
    if before.noun.inanimate:
        agent = replace(spread(scene, agent, before.first, agent.last), kind="attribute")
    if before.noun.kind != "place":
        return replace(part, agent=agent, case="gen")
    opening = preposition_of(scene, before.first, 0, case_of(*_head_word(scene, before)))
    return replace(part, agent=replace(agent, preposition=opening), case="gen")


def _is_owner(scene: Scene, agent: Agent, case: str | None, floor: int) -> bool:
    """Whether a bare name that may be a genitive belongs to the noun before it."""
    word = scene.lower_at(agent.first - 1)
    if agent.first <= floor or not word.isalpha() or (word,) in load_adpositions("ru") or word in _CONJUNCTIONS:
        return False
    if case is not None and set(case.split("/")) <= {"gen", "acc"} and not is_verb(word):
        return True
    return not is_verb(word) and not is_adjective(word) and not scene.is_upper(agent.first - 1)


def _further(scene: Scene, part: Part) -> Part:
    """Takes in the post of an envoy, the name of a person and a name in quotes behind the phrase."""
    head = part.head
    if head is None:
        return part
    words = set(head.noun.noun.split())
    agent = part.agent
    if words & _ENVOYS and scene.lower_at(agent.last + 1) in {"в", "во", "при", "на"}:
        follower = scene.starts.get(agent.last + 2)
        if follower is not None and follower.kind in _POSTED:
            agent = spread(scene, agent, agent.first, token_at(scene.tokens, follower.end - 1))
    part = replace(part, agent=agent, after=agent.last + 1)
    if head.is_person and not part.plural:
        agent, last = with_person(scene, part, _CALENDAR)
        return replace(part, agent=agent, after=last + 1)
    quoted = with_quoted(scene, agent) if head.noun.kind != "office" else agent
    return replace(part, agent=quoted, after=quoted.last + 1)


def _shared(scene: Scene, parts: list[Part]) -> list[Agent]:
    """The agents; those joined by "и" share a noun and a preposition."""
    agents = [part.agent for part in parts]
    for index in range(len(parts) - 2, -1, -1):  # `российские и белорусские войска`: the noun stands last
        first, second = agents[index], agents[index + 1]
        between = _between(scene, first, second)
        bare = first.kind == "attribute" and parts[index].head is None and not first.possessive
        if bare and second.acts and between and between <= {"и", ",", "-", "или"}:
            agents[index] = replace(first, kind=second.kind, sector=second.sector)
    for index in range(1, len(parts)):  # `министры обороны Польши и Литвы`, `с США и Японией`: it stands first
        left, right = parts[index - 1], parts[index]
        between = _between(scene, agents[index - 1], agents[index])
        if not between or not between <= {"и", ",", "или"}:
            continue
        listed = between == {","}
        if listed and right.case is None and index + 1 < len(parts):  # `в Корее, США и Германии`
            listed = not _between(scene, agents[index], agents[index + 1]) & _JOINTS
        agents[index] = _following(left, right, agents[index - 1], agents[index], listed=listed)
    return agents


def _following(left: Part, right: Part, before: Agent, agent: Agent, *, listed: bool) -> Agent:
    """The second of two joined agents, with the noun and the preposition that open the first."""
    cases = set((right.case or "gen").split("/"))
    bare = right.head is None and agent.kind in {"state", "organisation"}
    if left.head is not None and left.head.last < left.agent.last and bare and "gen" in cases and not listed:
        kind = before.kind if agent.kind == "state" else agent.kind
        return replace(agent, kind=kind, sector=before.sector, preposition=before.preposition)
    if before.preposition is None:
        return replace(agent, possessive=agent.possessive or (before.possessive and "gen" in cases and not listed))
    common = set((left.case or "").split("/")) & cases - {"nom"}
    alike = bool(common) or right.case is None or left.case is None
    if alike and not (listed and not common):
        return replace(agent, preposition=before.preposition)
    return agent


def _between(scene: Scene, left: Agent, right: Agent) -> set[str]:
    return set(scene.text[left.end : right.start].lower().replace(",", " , ").replace("-", " - ").split())
