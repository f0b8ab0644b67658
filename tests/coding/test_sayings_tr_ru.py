"""Who says what a Turkish or Russian sentence tells, with agents made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.agents import Agent
from detente.coding.sayings_tr_ru import find_sayer
from detente.coding.tokens import split_tokens, token_at


def agent_of(text, tokens, words, *, preposition=None, possessive=False, kind="state"):
    start = text.index(words)
    end = start + len(words)
    first, last = token_at(tokens, start), token_at(tokens, end - 1)
    return Agent(first, last, start, end, words, None, None, kind, preposition, None, possessive)


def sayer(text, language, *names):
    """Finds the sayer among agents named as `words`, `words|preposition` or `words|of`."""
    tokens = split_tokens(text)
    agents = []
    for name in names:
        words, _, sense = name.partition("|")
        kind = "attribute" if sense == "attribute" else "state"
        preposition = sense if sense and sense not in {"of", "attribute"} else None
        agents.append(agent_of(text, tokens, words, preposition=preposition, possessive=sense == "of", kind=kind))
    found = find_sayer(text, tokens, tuple(sorted(agents, key=lambda item: item.start)), language)
    return (text[found[0].start : found[0].end], found[1]) if found else None


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Kiev'e göre, Rusya limanı vurdu.", ["Kiev|to", "Rusya"], ("Kiev", True)),
        ("Rusya, Kiev'e göre limanı vurdu.", ["Kiev|to", "Rusya"], ("Kiev", True)),
        ("KİEV'E GÖRE RUSYA LİMANI VURDU.", ["KİEV|to", "RUSYA"], ("KİEV", True)),
        ("Pentagon'un açıklamasına göre Çin gemi yolladı.", ["Pentagon|of", "Çin"], ("Pentagon", True)),
        ("ABD'li yetkililere göre Rus ordusu vurdu.", ["ABD'li yetkililer", "Rus ordusu"], ("ABD'li yetkililer", True)),
        ("Tokyo'dan yapılan açıklamada Çin kınandı.", ["Tokyo|from", "Çin"], ("Tokyo", True)),
        ("Japonya, Rusya'nın sınırı ihlal ettiğini söyledi.", ["Japonya", "Rusya|of"], ("Japonya", False)),
        ("Japonya Çin'in gemileri kovduğunu iddia etti.", ["Japonya", "Çin|of"], ("Japonya", False)),
        ('Putin, "Kiev yalan söylüyor" dedi.', ["Putin", "Kiev"], ("Putin", False)),
        ('"Kiev limanı vurdu" dedi Putin.', ["Kiev", "Putin"], ("Putin", True)),
        ("Ankara yeni kararları açıkladı.", ["Ankara"], ("Ankara", False)),
        ("Rusya'nın saldırdığını belirten Kiev yardım istedi.", ["Rusya|of", "Kiev"], ("Kiev", False)),
        ("Çin'in karar aldığı Tokyo tarafından iddia edildi.", ["Çin|of", "Tokyo|by"], ("Tokyo", False)),
        (
            "Rusya, Çin ve İran, ABD'nin yalan söylediğini savundu.",
            ["Rusya", "Çin", "İran", "ABD|of"],
            ("Rusya", False),
        ),
        ("Görüşmenin ardından Riyad, sınırı açmayacağını bildirdi.", ["Riyad"], ("Riyad", False)),
        (
            "Ermenistan, Bakü'nün yığınak yaptığını öne sürerek AB'yi çağırdı.",
            ["Ermenistan", "AB"],
            ("Ermenistan", False),
        ),
        ("Eritre, asker yığdığı haberlerini yalanladı.", ["Eritre"], ("Eritre", False)),
        ("Rusya limanı vurdu.", ["Rusya"], None),
        ("Almanya, Fransa'ya göre daha zengin.", ["Almanya", "Fransa|to"], None),
        ("Kazada bir kişinin öldüğü bildirildi.", [], None),
        ("Rus gazına göre fiyat açıklandı.", ["Rus|attribute"], None),
    ],
)
def test_turkish_sayings(text, names, expected):
    assert sayer(text, "tr", *names) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("По словам МИД Японии, Россия нарушила границу.", ["МИД Японии", "Россия"], ("МИД Японии", True)),
        ("Россия, по данным Минобороны РФ, сбила дрон.", ["Россия", "Минобороны РФ"], ("Минобороны РФ", True)),
        ("Как заявил глава МИД РФ, США нарушили договор.", ["глава МИД РФ", "США"], ("глава МИД РФ", True)),
        ("Тайбэй, как утверждают в КНР, платит оппозиции.", ["Тайбэй", "КНР|in"], ("КНР", True)),
        ("Киев нанёс удар, сообщил МИД РФ.", ["Киев", "МИД РФ"], ("МИД РФ", True)),
        ("Киев нанёс удар, заявили в Москве.", ["Киев", "Москве|in"], ("Москве", True)),
        ("«Ударов не было», — подчеркнули в Минобороны РФ.", ["Минобороны РФ|in"], ("Минобороны РФ", True)),
        ("Пекин солгал, говорится в отчёте Тайбэя.", ["Пекин", "Тайбэя"], ("Тайбэя", True)),
        ("МИД Японии заявил, что Россия нарушила границу.", ["МИД Японии", "Россия"], ("МИД Японии", False)),
        ("Киев утверждает, что Москва солгала.", ["Киев", "Москва"], ("Киев", False)),
        ("Токио на встрече с Россией заявил, что уйдёт.", ["Токио", "Россией|with"], ("Токио", False)),
        ("После удара России Киев сообщил, что ответит.", ["России|of", "Киев"], ("Киев", False)),
        ("Берлин сообщил о высылке дипломатов РФ.", ["Берлин", "РФ|of"], ("Берлин", False)),
        ("Кения опровергла, что выдала политика.", ["Кения"], ("Кения", False)),
        ("Польша объявила персонами нон грата дипломатов.", ["Польша"], None),
        ("Россия нарушила границу.", ["Россия"], None),
        ("Белоруссия подарила Зимбабве тракторы, сообщает агентство «Белта».", ["Белоруссия", "Зимбабве"], None),
        ("По данным Reuters, Россия нарушила границу.", ["Россия"], None),
    ],
)
def test_russian_sayings(text, names, expected):
    assert sayer(text, "ru", *names) == expected


PIECES = st.lists(
    st.sampled_from(
        "Kiev Rusya göre 'e dedi söyledi , . açıkladı söyleyen tarafından iddia edildi Москва Киев по "
        "словам заявил , что сообщил в « » — как утверждает говорится в заявлении".split()
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


@given(PIECES | st.text(min_size=1, max_size=60), st.sampled_from(["tr", "ru"]), st.integers(0, 5))
def test_a_sayer_is_one_of_the_agents(text, language, step):
    tokens = split_tokens(text)
    words = [index for index, token in enumerate(tokens) if token.is_word][:: step + 1]
    agents = tuple(
        Agent(n, n, tokens[n].start, tokens[n].end, "RUS", None, None, "state", None, None, False) for n in words
    )
    found = find_sayer(text, tokens, agents, language)
    assert found is None or found[0] in agents
