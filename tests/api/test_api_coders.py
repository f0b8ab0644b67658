"""Coders in Python: by name, as an object, and never trusted further than what they give."""

import sys
from importlib import metadata
from pathlib import Path

import pytest

import detente as dt
from detente.api.coders import CODERS, OWN, as_coder, coder_names, find_coder
from detente.api.explaining import explain
from detente.coding import CODER, load_coder
from detente.errors import InputError

TEXT = "Japan expelled eight Russian diplomats on 20 April 2022."


@pytest.fixture
def fakes(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).resolve().parents[1] / "cli")
    import fake_coder

    yield fake_coder
    sys.modules.pop("fake_coder", None)


def test_our_own_is_in_the_registry_under_its_name():
    own = CODERS[OWN]()
    assert (own.name, f"{own.name}/{own.version}") == (OWN, CODER)
    assert coder_names()[0] == OWN


def test_the_name_the_object_and_nothing_give_the_same():
    document = dt.code_text(TEXT).documents[0]
    first, *others = [dt.code(document, coder=coder).reports for coder in (None, OWN, load_coder(), find_coder())]
    assert first
    assert all(other == first for other in others)


def test_an_object_of_another_package_codes(fakes):
    coded = dt.code(dt.code_text("All blame it.").documents[0], coder=fakes.WordCoder())
    assert [report.coder for report in coded.reports] == ["words/3"]


def test_what_is_no_coder_is_refused():
    with pytest.raises(InputError, match="is int without name, version or code_documents"):
        as_coder(3)


def test_our_name_cannot_be_taken(fakes, monkeypatch):
    monkeypatch.setattr(metadata, "entry_points", fakes.stub_entry_points({OWN: "fake_coder:WordCoder"}))
    assert f"{find_coder(OWN).name}/{find_coder(OWN).version}" == CODER
    assert coder_names() == (OWN,)


def test_a_name_that_two_packages_bring_is_refused(fakes, monkeypatch):
    entries = metadata.EntryPoints(
        metadata.EntryPoint("words", f"fake_coder:{kind}", "detente.coders") for kind in ("WordCoder", "BadCoder")
    )
    monkeypatch.setattr(metadata, "entry_points", lambda **_: entries)
    with pytest.raises(InputError, match="'words' is brought by 2 packages"):
        find_coder("words")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"report_id": ""}, "has no report_id"),
        ({"evidence": ()}, "has no evidence"),
        ({"event_type": "FIGHT"}, "no PLOVER type"),
        ({"status": "done"}, "status 'done'"),
        ({"confidence": 2.0}, "no probability"),
    ],
)
def test_a_report_with_a_fault_is_refused(fakes, change, said):
    from dataclasses import replace

    class Faulty(fakes.WordCoder):
        def code_documents(self, documents, *, domestic=False):
            for coded in super().code_documents(documents):
                yield replace(coded, reports=tuple(replace(report, **change) for report in coded.reports))

    with pytest.raises(InputError, match=f"coder 'words', document '.*': .*{said}"):
        dt.code(dt.code_text("All blame it.").documents[0], coder=Faulty())


def test_an_explanation_that_is_none_is_refused(fakes):
    class Mute(fakes.WordCoder):
        def explain(self, text, *, language, on):
            return ["nothing"]

    with pytest.raises(InputError, match="explain gave list; expected lists actors and acts"):
        explain("All blame it.", Mute())
