"""Every verb, option, column, key, error and link is on its page, and the pages claim nothing more."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from detente import errors
from detente.api import Imported
from detente.api.fetching import Fetched
from detente.api.objects import document_object, report_object
from detente.cli.app import VERBS, app
from detente.documents import read_text
from detente.errors import DetenteError
from detente.fetching import Failure
from detente.model import (
    Break,
    BreaksResult,
    Brief,
    Estimate,
    Evidence,
    Figure,
    ImpactResult,
    ImpactRow,
    IndexResult,
    IndexRow,
    LedgerEntry,
    LedgerResult,
    Materiel,
    Quantity,
    Report,
    Source,
    Statement,
)
from detente.model.moves import CompareResult, MultiverseResult, PairMove, PairPoint, UniverseRow
from detente.model.numbers import SeriesAdded, SeriesInfo, SeriesValue
from detente.model.reciprocity import ReciprocityResult, Response
from detente.model.tables import QUARANTINE, REPORTS, TABLES
from detente.model.third_parties import PairDescription, RelationChange, SideTaken, ThirdPartiesResult, Triad
from detente.ontology.shocks import Shock

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
BESIDE_VERBS = {"columns", "json"}


def names(*records: type) -> set[str]:
    return {item.name for record in records for item in fields(record)}  # type: ignore[arg-type]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    found = re.search(rf"^## `?{re.escape(heading)}`?$(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"no section {heading}"
    return found[1]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_verb_has_a_page_and_every_page_a_verb() -> None:
    assert {path.stem for path in (DOCS / "reference").glob("*.md")} - BESIDE_VERBS == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_options_of_the_page_are_those_of_the_verb(verb: str) -> None:
    text = page(f"reference/{verb}.md")
    told = set(re.findall(r"^\| `(--?[\w-]+)", text, re.M)) | set(re.findall(r"^\| `--[\w-]+`, `(-\w)`", text, re.M))
    options = {
        name
        for parameter in COMMANDS[verb].params
        if parameter.param_type_name == "option"
        for name in parameter.opts
        if name not in {"--help", "-h"}
    }
    assert told == options


@pytest.mark.parametrize("verb", VERBS)
def test_arguments_are_on_the_page(verb: str) -> None:
    text = page(f"reference/{verb}.md")
    for parameter in COMMANDS[verb].params:
        if parameter.param_type_name == "argument":
            assert f"| `{parameter.metavar}` |" in text


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_listed_with_its_parts(verb: str) -> None:
    assert f"(reference/{verb}.md)" in page("index.md")
    text = page(f"reference/{verb}.md")
    assert text.startswith(f"# detente {verb}\n")
    for heading in ("Example", "Options", "JSON", "What it refuses", "What it cannot tell"):
        assert f"\n## {heading}\n" in text


def test_every_page_is_reached_from_the_index() -> None:
    linked = {(DOCS / target.split("#")[0]).resolve() for target in LINK.findall(page("index.md"))}
    assert {path for path in PAGES if path.name != "index.md" or path.parent != DOCS} <= linked


@pytest.mark.parametrize("path", [*PAGES, REPOSITORY / "README.md"], ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_links_resolve(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), f"{path.name} points to {target}"
        if anchor:
            assert anchor in anchors(found.read_text(encoding="utf-8")), f"{path.name} points to {target}"


def test_an_anchor_is_made_as_it_is_shown() -> None:
    assert anchors("## What it *cannot* tell, `x`\n```\n# no heading\n```\n") == {"what-it-cannot-tell-x"}


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_tables(table: str) -> None:
    told = set(re.findall(r"^\| `(\w+)`", section(page("reference/columns.md"), table), re.M))
    assert told == set(TABLES[table].names)


def test_every_status_and_event_type_is_told() -> None:
    text = page("reference/columns.md")
    from detente.ontology import event_types, state_sectors

    for value in [*event_types(), *state_sectors(), "actual", "alleged", "future", "hypothetical", "negated"]:
        assert re.search(rf"\b{value}\b", text), value


KEYS = {
    "read": set(document_object(read_text("Japan protested."))) | names(),
    "code": {"events", "event_id", *report_object(Report("x"))} | names(Evidence, Quantity, Materiel),
    "import": names(Imported),
    "fetch": names(Fetched, Failure),
    "events": {"dyad", "events", "event_id", "report_ids", *report_object(Report("x"))},
    "index": names(IndexResult, IndexRow, Estimate),
    "breaks": names(BreaksResult, Break),
    "compare": names(CompareResult, PairMove, PairPoint),
    "--multiverse": names(MultiverseResult, UniverseRow),
    "reciprocity": {name.removesuffix("_") for name in names(ReciprocityResult, Response)},
    "impact": names(ImpactResult, ImpactRow),
    "ledger": names(LedgerResult, LedgerEntry),
    "third-parties": names(ThirdPartiesResult, RelationChange, SideTaken, Triad, PairDescription),
    "shocks": {"shocks"} | names(Shock),
    "series": {"series", "figures"} | names(SeriesInfo, SeriesValue, SeriesAdded),
    "quarantine": {"quarantine"} | (set(QUARANTINE.names) - {"import_id"}),
    "brief": (names(Brief, Statement, Figure, Source) | {"event_id", "report_ids"}),
}


@pytest.mark.parametrize("verb", KEYS)
def test_keys_of_json_are_told(verb: str) -> None:
    text = section(page("reference/json.md"), verb)
    inherited = set(REPORTS.names) | names(Evidence, Quantity, Materiel) if "columns.md" in text else set()
    told = set(re.findall(r'"(\w+)"', text))
    assert KEYS[verb] - inherited <= told | {"evidence", "quantities", "materiel"}


def test_keys_of_documents_are_told() -> None:
    document = document_object(read_text("Japan protested [1].\n\n[1] A. Author, A title, 2020.\n"))
    told = set(re.findall(r'"(\w+)"', section(page("reference/json.md"), "read")))
    assert set(document["sentences"][0]) | set(document["citations"][0]) <= told


def test_every_error_is_told() -> None:
    kinds = [name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, DetenteError)]
    text = page("errors.md")
    assert set(re.findall(r"`(\w+Error)`", text)) == set(kinds)


def test_pages_hold_no_machine_path() -> None:
    for path in PAGES:
        found = re.search(r"(?<![\w.~])/(?:home|root|tmp|work|Users|mnt)/", path.read_text(encoding="utf-8"))
        assert found is None, f"{path.name}: {found and found[0]}"
