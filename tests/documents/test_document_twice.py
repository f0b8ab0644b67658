"""The same story from two outlets is recognised; two stories on one topic are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.documents import read_text
from detente.documents.duplicates import CROWD, NearDuplicate, find_near_duplicates, groups_of

AGENCY = """TOKYO, March 8 (Kyodo) — Japan on Tuesday lodged a protest with Russia over a military exercise on \
the disputed islands, the Foreign Ministry said. Some 3,000 Russian troops took part in the drill on Etorofu and \
Kunashiri, according to Russian state media. Chief Cabinet Secretary Hirokazu Matsuno told reporters that the \
build-up of Russian forces on the islands was unacceptable. The protest was handed to the Russian Embassy in Tokyo. \
Relations have worsened since Japan joined the sanctions over the war in Ukraine. Moscow placed Japan on its list of \
unfriendly countries on Monday. Talks on a peace treaty have been stalled for two years."""
REPRINT = AGENCY.replace("TOKYO, March 8 (Kyodo) — Japan on Tuesday", "Japan on March 8").replace(
    "Some 3,000", "About 3,000"
)
ABRIDGED = " ".join(AGENCY.split(". ")[:2]) + "."
REWRITTEN = """Tokyo has protested. \
Japan lodged a protest with Russia over a military exercise on the disputed \
islands, its Foreign Ministry said on Tuesday. Some 3,000 Russian troops took part in the drill on Etorofu \
and Kunashiri, \
Russian state media reported. The build-up of Russian forces on the islands was unacceptable, Chief Cabinet Secretary \
Hirokazu Matsuno told reporters. It was handed to the Russian Embassy in Tokyo on the same day. Ties between the two \
have worsened since Japan joined the sanctions over the war in Ukraine. Our correspondent adds that fishermen in \
Nemuro fear for the season."""
SAME_TOPIC = """\
Russian forces held a large drill on the southern Kurils on Tuesday, drawing an angry response from Tokyo. \
Video showed tanks and missile launchers on a beach of Kunashiri, which Japan claims. Matsuno, the government's \
spokesman, called the exercise unacceptable and said Japan had told Moscow so. The Russian Defence Ministry said more \
than 3,000 soldiers and several hundred vehicles were there. A peace treaty was never signed by the two countries."""
LATER = """TOKYO, June 3 (Kyodo) — Japan on Friday lodged a protest with Russia over a missile test near the disputed \
islands, the Foreign Ministry said. Two frigates fired at a target in the Sea of Okhotsk, the Pacific Fleet said. \
Chief Cabinet Secretary Hirokazu Matsuno told reporters that Japan was watching. Fishing boats had been told to keep \
away from the area. It is the third test of this kind since April."""
TURKISH = """ANKARA (AA) - Japonya, ihtilaflı adalardaki tatbikat nedeniyle Rusya'yı protesto etti. Dışişleri \
Bakanlığından yapılan açıklamada, tatbikata yaklaşık 3 bin askerin katıldığı belirtildi. Açıklamada, adalardaki \
askeri yığınağın kabul edilemez olduğu kaydedildi."""
TURKISH_COPY = TURKISH.replace("ANKARA (AA) - ", "").replace("yaklaşık 3 bin", "3 bin civarında")
RUSSIAN = """МОСКВА, 8 марта. /ТАСС/. Япония выразила протест России из-за учений на спорных островах. В учениях \
участвовали около трёх тысяч военных, сообщили в Минобороны. Генеральный секретарь кабинета министров заявил \
журналистам, что наращивание сил на островах неприемлемо."""
RUSSIAN_COPY = RUSSIAN.replace("МОСКВА, 8 марта. /ТАСС/. ", "") + " Переговоры о мирном договоре прерваны."


def pairs(*texts):
    documents = [read_text(text, id=str(place)) for place, text in enumerate(texts)]
    return [(pair.first, pair.second) for pair in find_near_duplicates(documents)]


@pytest.mark.parametrize(
    "other", [AGENCY, REPRINT, ABRIDGED, REWRITTEN], ids=["copy", "reprint", "abridged", "rewritten"]
)
def test_a_copy_is_found(other):
    assert pairs(AGENCY, other) == [("0", "1")]


@pytest.mark.parametrize(("one", "other"), [(TURKISH, TURKISH_COPY), (RUSSIAN, RUSSIAN_COPY)], ids=["tr", "ru"])
def test_a_copy_is_found_in_turkish_and_russian(one, other):
    assert pairs(one, other) == [("0", "1")]


@pytest.mark.parametrize("other", [SAME_TOPIC, LATER, TURKISH, RUSSIAN], ids=["same-topic", "later", "tr", "ru"])
def test_another_account_on_the_topic_is_another_story(other):
    assert pairs(AGENCY, other) == []


def test_furniture_and_references_make_no_copy():
    tail = (
        "\n\nRead more\n\nReferences\n\n[1] Jane Roe, “On the Islands and Their Many Names”, Journal of Islands, 2020."
    )
    assert pairs(f"Russia sent troops to the north.[1]{tail}", f"Norway bought some fish from Chile.[1]{tail}") == []


def test_similarity_is_the_larger_share_and_both_are_given():
    documents = [read_text(AGENCY, id="a"), read_text(ABRIDGED, id="b")]
    (pair,) = find_near_duplicates(documents)
    assert pair.similarity == max(pair.resemblance, pair.containment)
    assert pair.containment > 0.9 > pair.resemblance


def test_known_documents_are_not_paired_among_themselves():
    known = [read_text(AGENCY, id="k1"), read_text(REPRINT, id="k2")]
    found = find_near_duplicates([read_text(ABRIDGED, id="new")], known=known)
    assert {(pair.first, pair.second) for pair in found} == {("new", "k1"), ("new", "k2")}


def test_a_crowd_of_copies_hangs_together():
    documents = [read_text(AGENCY, id=str(place)) for place in range(CROWD + 20)]
    (group,) = groups_of(find_near_duplicates(documents))
    assert len(group) == CROWD + 20


def test_groups_join_chains():
    chain = [NearDuplicate(a, b, 1.0, 1.0, 1.0) for a, b in (("a", "b"), ("c", "d"), ("b", "c"), ("x", "y"))]
    assert set(groups_of(chain)) == {frozenset("abcd"), frozenset("xy")}


WORDS = st.lists(st.sampled_from("russia japan sent troops islands protest talks fish sea note".split()), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS.filter(bool), min_size=2, max_size=5))
def test_pairs_do_not_hang_on_the_order(lists):
    documents = [
        read_text(" ".join(words), id=str(place), parse_layout=False, language="en")
        for place, words in enumerate(lists)
    ]
    there = {frozenset((pair.first, pair.second)) for pair in find_near_duplicates(documents)}
    back = {frozenset((pair.first, pair.second)) for pair in find_near_duplicates(documents[::-1])}
    assert there == back
