"""A sentence taken apart: words, agents, acts, sayings, and which act speaks of which."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.coding.agents import PREPOSITIONS, Agent, find_agents
from detente.coding.agents_ru import find_agents_ru
from detente.coding.agents_tr import find_agents_tr
from detente.coding.attribution import Saying, find_sayings
from detente.coding.clauses import AUXILIARIES, find_subject, is_adverb, is_governed
from detente.coding.lexicon import Act, Lexicon, find_acts
from detente.coding.tokens import Token, split_tokens
from detente.coding.when import load_periods
from detente.model import Document, Sentence
from detente.ontology.gazetteer import Gazetteer

_NOUN_OPENERS: Final = frozenset(
    "the a an its their his her this these those of over against for no any some another new joint planned "
    "first second third annual regular economic military trade naval nuclear in on at from with by".split()
)


_BEFORE_INFINITIVE: Final = frozenset(
    "to and or not help helps helped let lets make makes they we you both who".split()
)
_BEFORE_GERUND: Final = frozenset(
    "and or while when that start started begin began stop stopped keep kept who denied denies deny denying".split()
)
Finder = Callable[[str, tuple[Token, ...], Gazetteer, date | None], tuple[Agent, ...]]
_ASIDE: Final = frozenset("although though while whereas when because unless despite which who".split())


FINDERS: Final[Mapping[str, Finder]] = {"tr": find_agents_tr, "ru": find_agents_ru}


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence taken apart; indices of acts and agents count in `tokens`."""

    sentence: Sentence
    text: str
    tokens: tuple[Token, ...]
    agents: tuple[Agent, ...]
    acts: tuple[Act, ...]
    sayings: tuple[Saying, ...]
    language: str = "en"

    def act_limit(self, act: Act, lexicon: Lexicon) -> int:
        """Index of the token at which the words that belong to an act end."""
        end = self._side_clause(act)
        for other in self.acts:
            if other.head >= end:
                break
            if other.head <= act.last or is_governed(self.tokens, act, other, lexicon):
                continue
            subject = find_subject(self.tokens, self.agents, other.head, lexicon)
            if subject is not None and subject.first > act.head:
                return subject.first
            return other.head
        return end

    def _side_clause(self, act: Act) -> int:
        """Index at which a clause begins that is about something else ("although ...", "while ...")."""
        for step in range(act.last + 1, len(self.tokens)):
            if self.tokens[step].lower in _ASIDE:
                return step
        return len(self.tokens)

    def governor(self, act: Act, lexicon: Lexicon) -> Act | None:
        """The act of speech or will whose content this act is."""
        for outer in reversed(self.acts):
            speaks = outer.rule.government == "content" and outer.head < act.head
            if speaks and is_governed(self.tokens, outer, act, lexicon) and not self._own_clause(outer, act):
                return outer
        return None

    def _own_clause(self, outer: Act, act: Act) -> bool:
        """Whether a relative or time clause, not the content, holds the inner act."""
        between = [token.lower for token in self.tokens[outer.last + 1 : act.head]]
        return bool({"which", "who", "while", "when", "whereas", "as"} & set(between)) and "that" not in between

    def is_noun_use(self, act: Act, lexicon: Lexicon) -> bool:
        """Whether the head stands where a noun does ("the visit", "its ban", "US support")."""
        if act.rule.roles in {"noun", "said"}:
            return False
        step = act.head - 1
        if self.tokens[act.head].bare not in act.rule.verbs:
            return False
        by_form = self._form_is_noun(act.head, lexicon)
        if by_form is None and self.tokens[act.head].lower.endswith("ing"):
            return False
        if by_form is not None or self._subject_before(step):
            return bool(by_form)
        inside = any(agent.first < act.head <= agent.last for agent in self.agents if agent.acts)
        if inside:
            return True
        while step >= 0 and is_adverb(self.tokens[step]):
            step -= 1
        if step < 0:
            return False
        before = self.tokens[step]
        owner = before.lower.endswith(("'s", "’s")) or before.text in {"'", "’"}
        return owner or before.lower in _NOUN_OPENERS

    def _form_is_noun(self, head: int, lexicon: Lexicon) -> bool | None:
        """What the form itself says: plural or third person, bare, -ing; None where it does not tell."""
        form = self.tokens[head].lower
        if form in lexicon.thirds:
            return not self._subject_before(head - 1)
        if form in lexicon.bases and not self._can_be_infinitive(head - 1):
            return True
        if form.endswith("ing") and not self._can_be_gerund(head - 1):
            return True
        return None

    def _subject_before(self, step: int) -> bool:
        """Whether an actor's name, no possessor, ends right before (adverbs aside)."""
        while step >= 0 and is_adverb(self.tokens[step]):
            step -= 1
        return any(agent.last == step and agent.acts and not agent.possessive for agent in self.agents)

    def _can_be_infinitive(self, step: int) -> bool:
        """Whether a bare verb form can be a verb here: after "to", an auxiliary, "and", or a plural subject."""
        while step >= 0 and is_adverb(self.tokens[step]):
            step -= 1
        if step < 0:
            return False
        word = self.tokens[step].lower
        plural = any(agent.last == step and agent.acts for agent in self.agents) and self._is_plural(step)
        return plural or word in AUXILIARIES or word in _BEFORE_INFINITIVE

    def _is_plural(self, step: int) -> bool:
        """Whether the actor that ends here is many: a plural word, or names joined by "and"."""
        word = self.tokens[step].text
        joined = any(agent.last == step and self._joined_before(agent) for agent in self.agents)
        return joined or (word.lower().endswith("s") and not word.isupper())

    def _joined_before(self, agent: Agent) -> bool:
        return agent.first > 1 and self.tokens[agent.first - 1].lower == "and"

    def _can_be_gerund(self, step: int) -> bool:
        """Whether an -ing form can be a verb here, not the second half of a noun ("missile firing")."""
        while step >= 0 and is_adverb(self.tokens[step]):
            step -= 1
        if step < 0:
            return True
        word = self.tokens[step].lower
        after = word in AUXILIARIES or word in PREPOSITIONS or word in _BEFORE_GERUND or not word.isalpha()
        return after or any(agent.last == step for agent in self.agents)


def read_sentence(text: str, sentence: Sentence, gazetteer: Gazetteer, lexicon: Lexicon, on: date | None) -> Reading:
    """Take a sentence apart; patterns of acts and sayings are told in English only."""
    tokens = split_tokens(text)
    language = sentence.language or "en"
    if language in FINDERS:
        return Reading(sentence, text, tokens, FINDERS[language](text, tokens, gazetteer, on), (), (), language)
    agents = find_agents(text, tokens, gazetteer, on)
    acts = find_acts(tokens, lexicon)
    return Reading(sentence, text, tokens, agents, acts, find_sayings(tokens, agents, lexicon))


def spoken_pair(agents: Iterable[Agent]) -> tuple[str, str] | None:
    """The two countries a sentence is about, where they are just two."""
    countries = list(dict.fromkeys(agent.country for agent in agents if agent.country and agent.kind != "place"))
    return (countries[0], countries[1]) if len(countries) == 2 else None


def document_pair(
    document: Document, readings: Iterable[Reading], gazetteer: Gazetteer, on: date | None
) -> tuple[str, str] | None:
    """The two countries a whole document is about: those of its title, else the two it names most.

    A war named in the title ("the impact of the Russia-Ukraine War on ...") is not what it is about.
    """
    title = document.title or ""
    for period in load_periods():
        title = period.pattern.sub(" ", title)
    pair = spoken_pair(find_agents(title, split_tokens(title), gazetteer, on))
    if pair is not None:
        return pair
    counts = Counter(
        agent.country for reading in readings for agent in reading.agents if agent.country and agent.kind != "place"
    )
    ranked = counts.most_common(3)
    if len(ranked) < 2 or ranked[1][1] < 3 or (len(ranked) == 3 and ranked[2][1] * 2 > ranked[1][1]):
        return None
    first, second = ranked[0][0], ranked[1][0]
    return (first, second) if first is not None and second is not None else None
