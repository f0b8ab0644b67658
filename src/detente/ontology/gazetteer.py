"""Names in running text: which state, organisation, leader, place or group a word stands for, as of a date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from detente.ontology.gazetteer_choice import choose
from detente.ontology.gazetteer_languages import LANGUAGES, foreign_lexicon, merged_lexicon
from detente.ontology.gazetteer_records import Lexicon, Mention, Name, Place, SectorNoun, Span, Token
from detente.ontology.gazetteer_search import OWNERS, find_spans, side_of
from detente.ontology.gazetteer_tables import english_lexicon, read_places, read_table
from detente.ontology.gazetteer_text import fold, joined, singulars, tokens_of
from detente.ontology.gazetteer_turkish import with_suffix

__all__ = ["Gazetteer", "Mention", "Place", "SectorNoun", "load_gazetteer", "read_table"]

_HIDDEN: Final = "other"  # names that hold a country's name and are no actor: matched, never returned


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The dated tables of names, ready for look-up; build it once with `load_gazetteer()`.

    English is read at once, another language when it is first asked for.
    """

    places: Mapping[str, Place]
    _lexicons: dict[str | None, Lexicon]

    def find_mentions(self, text: str, on: date | None, *, language: str | None = "en") -> tuple[Mention, ...]:
        """Find every name in a sentence: no overlaps, the longest match wins, whole words only.

        Args:
            text: One sentence, or more.
            on: The day the text speaks of; with None no name is too old or too new, leaders take their last office.
            language: ISO 639-1 code of the names looked for; None for all. In another language than English the
                English names are found too, where the language's own tables do not have them.

        Returns:
            Mentions in order of place. A surname that officials of several countries bear on that day is given only
            where one of these countries is named beside it. A whole name of a leader out of office and a state
            that is gone carry the note `former`; a surname does so for a year and is unknown after. In Turkish an
            ending after an apostrophe stands outside the mention and tells its case.

        Examples:
            >>> gazetteer = load_gazetteer()
            >>> found = gazetteer.find_mentions("Tokyo rejects Russia's claim.", date(2022, 3, 1))
            >>> [(m.text, m.country) for m in found]
            [('Tokyo', 'JPN'), ('Russia', 'RUS')]
            >>> found = gazetteer.find_mentions("Japonya Rusya'ya nota verdi.", date(2022, 3, 1), language="tr")
            >>> [(m.text, m.country, m.case) for m in found]
            [('Japonya', 'JPN', 'nom'), ('Rusya', 'RUS', 'dat')]
        """
        tokens = tokens_of(text)
        spans = find_spans(tokens, self._lexicon(language), on, language)
        named = {
            name.country
            for span in spans
            for name in span.names
            if name.kind in OWNERS and len({side_of(name) for name in span.names}) == 1
        }
        found = ((span, choose(tokens, span, named, on)) for span in spans)
        chosen = ((span, name) for span, name in found if name is not None and name.kind != _HIDDEN)
        return tuple(_mention(text, tokens, span, name, language) for span, name in chosen)

    def noun(self, text: str, *, language: str | None = "en") -> SectorNoun | None:
        """Look a noun phrase up, of any kind; other forms are understood, the phrase must fit as a whole.

        Args:
            text: A noun phrase such as `border guards`, `territorial waters` or `invasion`.
            language: ISO 639-1 code; None for any.

        Returns:
            The noun, None where none is known.
        """
        nouns = self._lexicon(language).nouns
        for form in _forms_of([token.folded for token in tokens_of(text)], language):
            noun = nouns.get(form)
            if noun is not None and language in (None, noun.language):
                return noun
        return None

    def sector_noun(self, text: str, *, language: str | None = "en") -> SectorNoun | None:
        """The noun of a phrase that names who acts (it has a sector); None for things, places and acts.

        Examples:
            >>> load_gazetteer().sector_noun("Border Guards").sector
            'MIL'
        """
        noun = self.noun(text, language=language)
        return noun if noun is not None and noun.sector else None

    def is_inanimate(self, text: str, *, language: str | None = "en") -> bool:
        """Whether a noun after a nationality makes it no actor: `gas` in "Russian gas"."""
        noun = self.noun(text, language=language)
        return noun is not None and noun.inanimate

    def place(self, name: str) -> Place | None:
        """The place of a name, in any of its English spellings; None where unknown."""
        return self.places.get(fold(name))

    def _lexicon(self, language: str | None) -> Lexicon:
        lexicon = self._lexicons.get(language)
        if lexicon is None:
            if language is None:
                lexicon = merged_lexicon(tuple(self._lexicon(known) for known in ("en", *LANGUAGES)))
            else:
                lexicon = foreign_lexicon(language, self._lexicons["en"], self.places)
            self._lexicons[language] = lexicon
        return lexicon


def load_gazetteer() -> Gazetteer:
    """Read the tables of the package into a gazetteer (well under half a second; keep it, it never changes)."""
    places = read_places()
    return Gazetteer(places, {"en": english_lexicon(places)})


def _forms_of(words: list[str], language: str | None) -> Iterator[tuple[str, ...]]:
    """The forms to look up: English plurals by rule, those of other languages stand in the tables."""
    if language in (None, "en"):
        yield from singulars(words)
    else:
        yield tuple(words)


def _mention(text: str, tokens: list[Token], span: Span, name: Name, language: str | None) -> Mention:
    start, end = tokens[span.first].start, tokens[span.last].end
    after = joined(tokens, span.last, 1)
    flags = [name.note] if name.note else []
    if after is not None and after.folded == "led":
        flags.append("led")
    mention = Mention(
        start,
        end,
        text[start:end],
        name.kind,
        None if name.kind in ("place", "group") else name.country,
        name.sector,
        name.actor,
        name.place,
        ";".join(flags) or None,
        name.office,
        name.case,
    )
    if language != "tr":
        return mention
    bare = mention if mention.case is not None else replace(mention, case="nom")
    return with_suffix(bare, tokens, span.last)
