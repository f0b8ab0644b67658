from detente.ontology.codes import load_cameo
from detente.ontology.mirrors import mirror_codes


def test_mirrors_come_in_pairs_of_one_type():
    codes = mirror_codes()
    for (event_type, code), mirror in codes.items():
        assert codes[event_type, mirror] == code


def test_codes_of_cameo_have_the_type_the_code_book_gives():
    rows = load_cameo().table.to_pylist()
    types = {row["code"]: row["event_type"] for row in rows}
    assert types["042"] == types["043"] == "CONSULT"
    assert mirror_codes()["CONSULT", "042"] == "043"
    assert types["057"] == "SUPPORT"
    assert mirror_codes()["SUPPORT", "057"] == "057"
