"""A paragraph's own small words say that it speaks its document's language; its neighbours' languages do not pass."""

import pytest

from detente.documents import read_text
from detente.documents.function_words import speaks
from detente.documents.language import language_of_block

OURS = {
    "en": "The two ministers said that their talks had been held in the capital and would go on with the other side.",
    "tr": "İki bakan, görüşmelerin başkentte yapıldığını ve diğer taraf ile daha sonra devam edeceğini söyledi.",
    "ru": "Министры заявили, что переговоры прошли в столице и будут продолжены с другой стороной, но не завтра.",
}
NEIGHBOURS = {
    "uk": "Вони не змогли домовитися з урядом про нові умови, тому в місті почалися протести, а на площі були люди.",
    "bg": "Президентът на България заяви, че преговорите с Русия не са се състояли и че страните не са се договорили.",
    "sr": "Председник је рекао да су преговори са Русијом одржани и да ће се наставити у наредним данима по плану.",
    "be": "Прэзідэнт заявіў, што перамовы з Расіяй не адбыліся, і што бакі не дамовіліся аб спыненні агню на ўсходзе.",
    "kk": "Президент Ресей мен Қазақстан арасындағы келіссөздер туралы айтты және оның маңызын атап өтті.",
    "az": "Prezident Rusiya ilə danışıqların aparıldığını və bu prosesin davam edəcəyini bildirdi, bir daha vurğuladı.",
    "nl": "De president zei dat de onderhandelingen in de hoofdstad werden gehouden en dat het overleg of meer.",
    "de": "Der Präsident sagte, dass die Verhandlungen in der Hauptstadt stattfanden und dass sie fortgesetzt werden.",
    "pl": "Prezydent powiedział, że to by było ważne, aby rozmowy z Rosją to były kontynuowane, i to by było dobre.",
}


@pytest.mark.parametrize("language", OURS)
def test_each_speaks_for_itself_alone(language):
    assert [known for known in OURS if speaks(OURS[language], known)] == [language]


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_neighbours_do_not_pass(language):
    assert not any(speaks(NEIGHBOURS[language], known) for known in OURS)


def test_few_or_scattered_words_do_not_pass():
    assert not speaks("the and that"[:7], "en")
    assert not speaks("the and that " + "zug " * 60, "en")
    assert not speaks("", "en")
    assert not speaks(OURS["en"], "xx")


@pytest.mark.parametrize("document", OURS)
@pytest.mark.parametrize("paragraph", OURS)
def test_a_paragraph_in_another_language_is_told(document, paragraph):
    assert language_of_block(OURS[paragraph], document) == paragraph


def test_in_a_document():
    text = "\n\n".join([OURS["en"]] * 6 + [OURS["tr"]])
    assert [one.language for one in read_text(text, parse_layout=False).sentences][-1] == "tr"
