"""Who stands in a Turkish sentence: mentions of the gazetteer put together with the nouns behind them."""

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
)
from detente.coding.agents import Agent
from detente.coding.tokens import Token, token_at
from detente.coding.turkish_nouns import (
    can_modify,
    case_of,
    is_persons,
    is_plural,
    is_possessed,
    plural_case,
    without_agentive,
)
from detente.ontology.gazetteer import Gazetteer, Mention
from detente.ontology.gazetteer_turkish import suffix_case

_SENSES: Final = {"dat": "to", "loc": "in", "abl": "from", "ins": "with", "agt": "by"}
_JOINTS: Final = frozenset({"ve", "ile", "veya", "&"})
_STOPS: Final = frozenset(
    "ve ile için tarafından karşı göre gibi kadar sonra önce hakkında arasında üzerinde veya ya da de ki ise ama ancak "
    "çünkü bu şu o hem ne dün bugün yarın daha en çok hiç olarak geçen önceki gelecek "
    "ayrıca".split()
)
_BEFORE_NOUN: Final = frozenset(
    "eski yeni askeri federal geçici geçiş merkez özel ulusal milli millî üst düzey yüksek dini resmi sivil kıdemli "
    "birinci ikinci birleşik genel büyük devlet kara hava deniz nükleer silahlı iç dış parlamento meclis".split()
)
_LIKE_ADJECTIVES: Final = frozenset(
    "merkezli bayraklı bandıralı yapımı üretimi menşeli asıllı kökenli uyruklu vatandaşı tescilli".split()
)
_BESIDE: Final = frozenset("destekli yanlısı karşıtı düşmanı güdümlü kontrollü öncülüğünde öncülüğündeki".split())
_ENVOYS: Final = frozenset(
    "büyükelçi büyükelçilik elçi konsolos konsolosluk başkonsolos başkonsolosluk maslahatgüzar".split()
)
_POSTED: Final = frozenset({"country", "capital", "igo", "place"})
_CALENDAR: Final = frozenset(
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık pazartesi salı çarşamba perşembe cuma "
    "cumartesi pazar".split()
)
_APOSTROPHES: Final = frozenset("'’")
_OWNERS: Final = frozenset({"country", "nationality", "capital", "palace", "igo", "group", "institution", "people"})
_MOST_MODIFIERS: Final = 4


def find_agents_tr(text: str, tokens: tuple[Token, ...], gazetteer: Gazetteer, on: date | None) -> tuple[Agent, ...]:
    """All agents of a sentence in order, without overlaps.

    Args:
        text: The sentence.
        tokens: Its tokens.
        gazetteer: The names.
        on: The day on which offices and states are looked up; None where unknown.
    """
    scene = make_scene(text, tokens, gazetteer, on, "tr")
    parts: list[Part] = []
    taken = 0
    for mention in scene.mentions:
        if mention.start < taken:
            continue
        part = _part(scene, mention, parts[-1].agent.last + 1 if parts else 0)
        parts.append(part)
        taken = part.agent.end
    return tuple(_shared(scene, [_opened(scene, part) for part in parts]))


def _part(scene: Scene, mention: Mention, floor: int) -> Part:
    """The phrase round a mention."""
    base = bare_agent(scene, mention)
    case, after = _ending(scene, base.last, mention.case)
    part = Part(base, case, after)
    if mention.kind == "leader":
        return _titled(scene, part, floor)
    if mention.kind not in _OWNERS or case not in {"nom", "gen", None}:
        return part
    found = _with_head(scene, part, mention)
    return found if found is not None else part


def _ending(scene: Scene, last: int, case: str | None) -> tuple[str | None, int]:
    """The case of what ends at a token, and the token behind its ending."""
    tokens = scene.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text not in _APOSTROPHES:
        return case, last + 1
    suffix = tokens[last + 2]
    if tokens[last].end != tokens[last + 1].start or tokens[last + 1].end != suffix.start or not suffix.is_word:
        return case, last + 1
    if suffix.lower in {"nca", "nce", "ca", "ce", "ça", "çe"}:
        return "agt", last + 3
    told = suffix_case(suffix.text)
    return (case if told is None else told), last + 3


def _titled(scene: Scene, part: Part, floor: int) -> Part:
    """A leader with the office before the name (`Dışişleri Bakanı | Hakan Fidan`)."""
    agent = part.agent
    while agent.first > floor:
        head = scene.head_before(agent.first - 1, floor)
        if head is None or not head.is_person or not scene.is_upper(head.first):
            break
        agent = spread(scene, agent, head.first, agent.last)
    head = scene.head_after(part.after) if part.case == "nom" and part.after < len(scene.tokens) else None
    if head is not None and head.noun.kind == "organisation" and is_possessed(_form(scene, head), head.noun.noun):
        return _headed(scene, replace(part, agent=replace(agent, name=None)), head)  # `Trump | yönetimi`
    return replace(part, agent=agent)


def _with_head(scene: Scene, part: Part, mention: Mention) -> Part | None:
    """The phrase with the noun that heads it: `Rus | savaş uçakları`, `Japonya'nın | Moskova Büyükelçisi`."""
    if scene.lower_at(part.after) in _BESIDE:
        return replace(part, agent=replace(part.agent, kind="attribute"), case=None)
    like = part.case == "nom" and scene.lower_at(part.after) in _LIKE_ADJECTIVES
    adjective = mention.kind == "nationality" or like
    step, posted = part.after + like, False
    for _ in range(_MOST_MODIFIERS + 1):
        follower = scene.starts.get(step)
        if follower is not None:
            behind = _behind_post(scene, follower, mention)
            if behind is None:
                return _named(scene, part, follower) if adjective else None
            step, posted = behind, True
            continue
        if step >= len(scene.tokens) or not scene.tokens[step].is_word or scene.lower_at(step) in _STOPS:
            return None
        head = _head_at(scene, step)
        if head is not None and (adjective or is_possessed(_form(scene, head), head.noun.noun)):
            return _under(scene, part, head, mention, posted=posted)
        if adjective and is_model(scene.text_at(step)):
            agent = replace(spread(scene, part.agent, part.agent.first, step), sector="MIL", kind="state")
            return Part(agent, *_ending(scene, step, "nom"))
        if head is None and adjective and step == part.after and is_persons(scene.text_at(step)):
            people = replace(spread(scene, part.agent, part.agent.first, step), kind="people", sector="CVL")
            return Part(people, plural_case(scene.text_at(step)), step + 1, plural=True)
        if not _modifies(scene, step, head, compound=not adjective and part.case != "gen"):
            return None
        step += 1
    return None


def _under(scene: Scene, part: Part, head: Head, mention: Mention, *, posted: bool) -> Part | None:
    """The name under a noun; None where the noun cannot be that of an envoy though a post stands before it."""
    if posted and not _is_envoy(head):
        return None
    if mention.kind == "capital" and part.case != "gen" and _ENVOYS & set(head.noun.noun.split()):
        found = _headed(scene, part, head)  # `Moskova Büyükelçisi`: whose envoy is not said
        where = spread(scene, part.agent, part.agent.first, head.last)
        return replace(found, agent=replace(where, kind="place", sector=None))
    return _headed(scene, part, head)


def _modifies(scene: Scene, step: int, head: Head | None, *, compound: bool) -> bool:
    """Whether a word may stand between a name and its noun; in a bare compound it looks like a part of a title."""
    if head is not None and head.noun.sector and not (scene.is_upper(step) and scene.is_upper(step + 1)):
        return False
    if scene.lower_at(step) in _BEFORE_NOUN:
        return True
    return (scene.is_upper(step) or not compound) and can_modify(scene.text_at(step))


def _behind_post(scene: Scene, follower: Mention, owner: Mention) -> int | None:
    """The token behind the post of an envoy (`Rusya'nın | Tokyo | Büyükelçisi`), None where it is none."""
    if owner.kind not in {"country", "igo", "nationality"} or follower.kind not in _POSTED:
        return None
    last = token_at(scene.tokens, follower.end - 1)
    case, after = _ending(scene, last, follower.case)
    attached = after > last + 1 and scene.lower_at(after - 1).endswith("ki")
    if case == "nom" or (case == "loc" and (attached or scene.lower_at(last).endswith("ki"))):
        for step in range(after, min(after + 3, len(scene.tokens))):  # "Tokyo'daki askeri ataşesi"
            head = _head_at(scene, step)
            if head is not None:
                return after if _is_envoy(head) else None
    return None


def _is_envoy(head: Head) -> bool:
    words = head.noun.noun.split()
    return head.noun.kind == "office" or any(word in _ENVOYS for word in words) or words[-1].startswith("temsilci")


def _named(scene: Scene, part: Part, follower: Mention) -> Part | None:
    """A nationality right before a leader's name or an institution (`Türk | Genelkurmayı`)."""
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
    case, after = _ending(scene, last, follower.case)
    return Part(agent, case, after)


def _head_at(scene: Scene, step: int) -> Head | None:
    """The noun that begins at a token, also with the ending -ca of who acts (`makamlarınca`)."""
    if (scene.lower_at(step),) in load_adpositions("tr"):  # `tarafından` is no side
        return None
    head = scene.head_after(step)
    if head is not None:
        return head
    for last in range(min(step + 2, len(scene.tokens) - 1), step - 1, -1):
        stem = without_agentive(scene.text_at(last))
        if stem is None or any(scene.starts.get(index) for index in range(step, last + 1)):
            continue
        text = scene.text[scene.tokens[step].start : scene.tokens[last].start] + stem
        noun = scene.gazetteer.noun(text, language="tr")
        if noun is not None:
            return Head(step, last, noun)
    return None


def _form(scene: Scene, head: Head) -> str:
    return scene.text[scene.tokens[head.first].start : scene.tokens[head.last].end]


def _headed(scene: Scene, part: Part, head: Head) -> Part:
    form = _form(scene, head)
    case, after = _ending(scene, head.last, case_of(form, head.noun.noun))
    if head.noun.sector is None and not head.noun.inanimate:  # a place or an act: whose it is, not who acts
        return replace(part, case=case, after=after, agent=_located(part, case))
    agent = headed(scene, part.agent, head)
    found = Part(agent, case, after, head, is_plural(form))
    if head.noun.inanimate:
        return found
    return _further(scene, found)


def _located(part: Part, case: str | None) -> Agent:
    """The name before a place (`Japonya karasularında`) or an act."""
    return replace(part.agent, possessive=part.case == "gen") if case is not None else part.agent


def _further(scene: Scene, part: Part) -> Part:
    """Takes in the nouns and the name behind a noun: `Savunma Bakanlığı | Sözcüsü | Igor Konaşenkov`."""
    while part.case == "nom" and part.after == part.agent.last + 1 and part.after < len(scene.tokens):
        head = _head_at(scene, part.after) if part.after not in scene.starts else None
        form = _form(scene, head) if head is not None else ""
        if head is None or not head.noun.sector or not is_possessed(form, head.noun.noun):
            break
        inner = part.agent
        agent = replace(headed(scene, inner, head), sector=inner.sector, kind=inner.kind)
        case, after = _ending(scene, head.last, case_of(form, head.noun.noun))
        part = Part(agent, case, after, head, is_plural(form))
    if part.case != "nom" or part.head is None or not part.head.is_person or part.plural:
        return part
    agent, last = with_person(scene, part, _CALENDAR)
    if last == part.agent.last:
        return part
    follower = next((m for m in scene.mentions if m.end == agent.end), None)
    case, after = _ending(scene, last, follower.case if follower is not None else "nom")
    return replace(part, agent=agent, case=case, after=after)


def _opened(scene: Scene, part: Part) -> Part:
    """The phrase with the sense of its case or of the word behind it."""
    agent = part.agent
    meanings = load_adpositions("tr").get((scene.lower_at(part.after),), ())
    behind = next((sense for case, sense in meanings if case == part.case), None)
    sense = behind or _SENSES.get(part.case or "")
    return replace(part, agent=replace(agent, preposition=sense, possessive=agent.possessive or part.case == "gen"))


def _shared(scene: Scene, parts: list[Part]) -> list[Agent]:
    """The agents; one joined to the next by "ve" or "ile" takes its case and its noun from there."""
    agents = [part.agent for part in parts]
    for index in range(len(parts) - 2, -1, -1):
        left, right = parts[index], agents[index + 1]
        between = {token.lower for token in scene.tokens[left.after : right.first]}
        if not between or not between <= _JOINTS | {",", "-"} or left.case != "nom":
            continue
        agent = agents[index]
        if left.head is None and agent.kind == "attribute" and right.acts:
            agent = replace(agent, kind=right.kind, sector=right.sector)
        elif left.head is None and agent.kind == "state" and parts[index + 1].plural and right.kind == "state":
            agent = replace(agent, sector=right.sector)
        if between <= _JOINTS:
            agent = replace(agent, preposition=right.preposition, possessive=right.possessive)
        agents[index] = agent
    return agents
