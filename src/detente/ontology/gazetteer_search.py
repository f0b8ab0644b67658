"""The names that stand in a text: the longest match at each word, and whether the words round it let it stand."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from detente.ontology.gazetteer_languages import is_latin
from detente.ontology.gazetteer_records import Lexicon, Name, Node, Span, Token
from detente.ontology.gazetteer_text import joined, opens_sentence, singulars
from detente.ontology.gazetteer_turkish import suffix_after

OWNERS: Final = frozenset({"country", "nationality", "people", "capital", "palace", "institution", "igo"})
_NEIGHBOURS: Final = frozenset({"country", "nationality", "capital", "igo"})
_GRACE: Final = timedelta(days=365)  # a surname alone still means the office holder of last year
_LEAD: Final = timedelta(days=31)  # and that of next month, where the text is dated to the month only
_SHORT: Final = 3  # letters of a name that may be an abbreviation


def find_spans(tokens: list[Token], lexicon: Lexicon, on: date | None, language: str | None) -> list[Span]:
    """The spans of names in order, without overlaps: whole words, no parts of other names, no plain words."""
    spans = [span for span in _spans(tokens, lexicon, on, language) if _stands_alone(tokens, span, lexicon)]
    if lexicon.latin is not None:
        spans = [span for span in spans if not _is_plain_word(tokens, span, lexicon)]
        spans = [span for index, span in enumerate(spans) if not _is_anothers(tokens, spans, index)]
    return _drop_other_people(tokens, spans, lexicon)


def side_of(name: Name) -> str:
    """What tells one owner of a name from another."""
    return name.country or name.actor or name.text


def flagged(name: Name, flag: str) -> bool:
    """Whether a flag stands in the note of a name."""
    return name.note is not None and flag in name.note.split(";")


def is_live(name: Name, on: date | None) -> bool:
    """Whether a name holds on a day; with None whether it holds still."""
    if on is None:
        return name.end is None
    return (name.start is None or name.start <= on) and (name.end is None or on <= name.end)


def _spans(tokens: list[Token], lexicon: Lexicon, on: date | None, language: str | None) -> Iterator[Span]:
    index = 0
    while index < len(tokens):
        span = _longest(tokens, index, lexicon.root, on, language)
        if lexicon.latin is not None:
            latin = _longest(tokens, index, lexicon.latin, on, None)
            if latin is not None and (span is None or latin.last >= span.last):
                span = _with_borrowed(span, _borrowed(tokens, latin, lexicon.root))
        if span is None:
            index += 1
            continue
        yield span
        index = span.last + 1


def _longest(tokens: list[Token], first: int, root: Node, on: date | None, language: str | None) -> Span | None:
    node, best = root, None
    for index in range(first, len(tokens)):
        following = node.children.get(tokens[index].folded)
        if following is None:
            break
        node = following
        names = tuple(
            name
            for name in node.names
            if _speaks(name, language) and _spelt(name, tokens, first, index) and _known(name, on)
        )
        if names:
            best = Span(first, index, tuple(name for name in names if is_live(name, on)) or names)
    return best


def _borrowed(tokens: list[Token], span: Span, root: Node) -> Span | None:
    """An English name in a text of another language: in its capitals, and no word of the language's tables."""
    node: Node | None = root
    for token in tokens[span.first : span.last + 1]:
        node = node.children.get(token.folded) if node is not None else None
    if node is not None and any(name.kind != "leader" for name in node.names):
        return None
    written = tuple(token.text for token in tokens[span.first : span.last + 1])
    capitals = all(word == word.upper() for word in written)
    names = tuple(name for name in span.names if is_latin(name) and (name.words == written or capitals))
    return Span(span.first, span.last, names) if names else None


def _with_borrowed(span: Span | None, latin: Span | None) -> Span | None:
    """The longer of two spans; the leaders of both where they share a surname (`Lee`, `Kim`)."""
    if span is None or latin is None:
        return span or latin
    if latin.last > span.last:
        return latin
    leaders = all(name.kind == "leader" for name in (*span.names, *latin.names))
    return Span(span.first, span.last, span.names + latin.names) if leaders else span


def _stands_alone(tokens: list[Token], span: Span, lexicon: Lexicon) -> bool:
    """False inside `pro-Russian` or `Japan-based`, and for a combining form (`Sino`) with nothing joined to it."""
    before, after = joined(tokens, span.first, -1), joined(tokens, span.last, 1)
    if before is not None and before.folded in lexicon.words.get("prefix", ()):
        return False
    if after is None:
        return not flagged(span.names[0], "combining")
    return after.folded not in lexicon.words.get("suffix", ())


def _is_plain_word(tokens: list[Token], span: Span, lexicon: Lexicon) -> bool:
    """Whether a name that is a plain word too (`Того`, `Mali`) only opens a sentence."""
    if not flagged(span.names[0], "word") or not opens_sentence(tokens, span.first):
        return False
    after = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    if after is None or after.text[0].isupper() or suffix_after(tokens, span.last) is not None:
        return False
    joins = lexicon.words.get("joins", frozenset())  # "Mali ile Çad", "Mali ordusu"; in Russian nothing helps
    noun = lexicon.nouns.get((after.folded,)) if joins else None
    return after.folded not in joins and not (noun is not None and noun.state_agent)


def _is_anothers(tokens: list[Token], spans: list[Span], index: int) -> bool:
    """Whether a name that by default is one country's (`МИД`) stands beside the name of another."""
    span = spans[index]
    name = span.names[0]
    if name.kind != "institution" or not flagged(name, "default"):
        return False
    beside = [spans[near] for near in (index - 1, index + 1) if 0 <= near < len(spans)]
    return any(
        other.names[0].kind in _NEIGHBOURS and other.names[0].country != name.country and _touches(tokens, other, span)
        for other in beside
    )


def _touches(tokens: list[Token], other: Span, span: Span) -> bool:
    """Whether only the ending of a case stands between two spans; a name after ours has to be a genitive."""
    first, second = sorted((other, span), key=lambda item: item.first)
    gap = [token.text for token in tokens[first.last + 1 : second.first]]
    if second is other:
        return not gap and any("gen" in (name.case or "gen") for name in other.names)
    return not gap or (len(gap) == 2 and suffix_after(tokens, first.last) is not None)


def _drop_other_people(tokens: list[Token], spans: list[Span], lexicon: Lexicon) -> list[Span]:
    """Leave out surnames that belong to a longer, unknown name (`Kenji Abe`) or are a plain word (`in May`)."""
    taken = {index for span in spans for index in range(span.first, span.last + 1)}
    return [span for span in spans if span.names[0].whole or _is_surname(tokens, span, taken, lexicon)]


def _is_surname(tokens: list[Token], span: Span, taken: set[int], lexicon: Lexicon) -> bool:
    before = tokens[span.first - 1] if span.first else None
    after = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    if flagged(span.names[0], "word") and (
        (before is not None and before.folded in lexicon.words.get("not_name", ()))
        or (after is not None and after.text[0].isdigit())
    ):
        return False
    if _is_word_here(tokens, span, lexicon):
        return False
    if before is not None and span.first - 1 not in taken and _is_first_name(before, lexicon):
        opens = span.first == 1 or not tokens[span.first - 2].text[0].isalnum()
        if not (opens and _is_opening(before, lexicon)):
            return False
    return after is None or span.last + 1 in taken or not _is_first_name(after, lexicon)


def _is_word_here(tokens: list[Token], span: Span, lexicon: Lexicon) -> bool:
    """Whether a surname is a word of the language (`Gül`, `Kan`) and nothing but a capital letter says otherwise."""
    if span.first != span.last or tokens[span.first].folded not in lexicon.words.get("word", ()):
        return False
    return opens_sentence(tokens, span.first) and suffix_after(tokens, span.last) is None


def _is_opening(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word may open a sentence before a name: "Considering Galuzin's words"."""
    return lexicon.latin is None and token.text.endswith("ing")


def _is_first_name(token: Token, lexicon: Lexicon) -> bool:
    word = token.text
    return (
        word[0].isupper()
        and len(word) > 1
        and token.folded not in lexicon.words.get("before_name", ())
        and not any(form in lexicon.nouns for form in singulars([token.folded]))
    )


def _speaks(name: Name, language: str | None) -> bool:
    return language is None or not name.language or name.language == language


def _spelt(name: Name, tokens: list[Token], first: int, last: int) -> bool:
    """Whether the letters' case fits; a headline in capitals fits every name of more than three letters."""
    if not name.case_sensitive:
        return True
    written = tuple(_written(tokens[index]) for index in range(first, last + 1))
    if written == name.words:
        return True
    return len(name.text) > _SHORT and not any(word != word.upper() for word in written)


def _written(token: Token) -> str:
    return token.text if token.text.isalnum() else token.folded


def _known(name: Name, on: date | None) -> bool:
    if on is None:
        return True
    if name.start is not None and on < name.start:
        return name.kind == "leader" and on >= name.start - _LEAD
    if name.end is None or on <= name.end:
        return True
    if name.kind == "leader":
        return name.whole or on <= name.end + _GRACE
    return name.kind in OWNERS
