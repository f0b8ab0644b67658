"""The names users rely on: adding one is a choice, losing one breaks their work."""

import inspect
import subprocess
import sys

import pytest

import detente
from detente import api, errors

TOP = {"Coded", "Dyad", "Store", "__version__", "code", "code_text", "open", "open_example", "read"}
API = {
    "Added",
    "Coded",
    "Dyad",
    "Imported",
    "Store",
    "code",
    "code_text",
    "open",
    "open_example",
    "read",
    "store_path",
}
ERRORS = {
    "DetenteError": "Exception",
    "InputError": "DetenteError",
    "UnknownCountryError": "InputError",
    "DocumentError": "InputError",
    "FeedError": "InputError",
    "DataError": "DetenteError",
    "StoreError": "DetenteError",
    "StoreVersionError": "StoreError",
}
MEMBERS = {
    "Store": {
        "add",
        "add_series",
        "compare",
        "dyad",
        "forget",
        "import_feed",
        "is_empty",
        "list_series",
        "review",
        "review_history",
        "reviewed",
        "series",
        "snapshot",
    },
    "Dyad": {
        "breaks",
        "brief",
        "describe",
        "events",
        "exchanges",
        "forces",
        "impact",
        "index",
        "ledger",
        "reciprocity",
        "review_note",
        "select",
        "third_parties",
    },
    "Coded": {"bad", "documents", "reports", "uncoded"},
}
PARAMETERS = {
    "Dyad.events": ["since", "until", "choices"],
    "Dyad.index": ["every", "by", "requests", "multiverse", "at", "choices"],
    "Dyad.breaks": ["every", "false_rate", "multiverse", "choices"],
    "Dyad.reciprocity": ["split", "choices"],
    "Dyad.exchanges": ["days", "choices"],
    "Dyad.impact": [
        *("shock", "every", "shocker", "donors", "outcome"),
        *("multiverse", "anticipation", "structural", "choices"),
    ],
    "Dyad.third_parties": ["shock", "shocker", "every", "outcomes", "most", "days", "choices"],
    "Dyad.describe": ["shock", "choices"],
    "Dyad.ledger": ["as_of", "known_by", "structural", "choices"],
    "Dyad.forces": ["choices"],
    "Dyad.brief": ["shock", "shocker", "every", "language", "choices"],
    "Store.add": ["coded", "keep_text", "again"],
    "Store.forget": ["document"],
    "Store.import_feed": ["feed", "paths", "name", "only", "dyads", "mapping", "progress"],
    "Store.compare": ["a", "others", "every", "outcome", "at", "window", "choices"],
    "Store.dyad": ["a", "b"],
    "Store.add_series": ["path", "name", "unit", "source"],
    "Store.list_series": [],
    "Store.series": ["name", "a", "b"],
    "code": ["source", "domestic", "coder"],
    "code_text": ["text", "date", "title"],
    "open": ["path", "create", "texts"],
    "open_example": ["progress"],
    "read": ["source"],
}


def test_top_names() -> None:
    assert set(detente.__all__) == TOP
    for name in TOP:
        assert getattr(detente, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'cloze'"):
        _ = detente.cloze


def test_api_names() -> None:
    assert set(api.__all__) == API


def test_error_tree() -> None:
    found = {
        name: kind.__base__.__name__
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and kind.__module__ == "detente.errors" and kind.__base__ is not None
    }
    assert found == ERRORS


@pytest.mark.parametrize("name", MEMBERS)
def test_members(name: str) -> None:
    found = {member for member in dir(getattr(detente, name)) if not member.startswith("_")}
    assert found == MEMBERS[name]


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters(name: str) -> None:
    called: object = detente
    for part in name.split("."):
        called = getattr(called, part)
    found = [parameter for parameter in inspect.signature(called).parameters if parameter != "self"]  # type: ignore[arg-type]
    assert found == PARAMETERS[name]


def test_importing_detente_loads_nothing_heavy() -> None:
    heavy = "{'pyarrow', 'duckdb', 'ibis', 'pandas', 'altair', 'scipy', 'deltalake'}"
    script = f"import detente, sys; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
