"""Every statement of a brief, in every language and form, is there in order and leads to what it rests on."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from detente.brief import BriefInputs, compose_brief, render
from detente.brief.acts import Acts
from detente.brief.answer import answer_first
from detente.brief.language import LANGUAGES
from detente.brief.layout import anchor
from detente.brief.wording import cleaned
from detente.model import SECTIONS, Brief, Statement
from detente.ontology import country_name

KINDS = ("chosen_inputs", "feed_inputs")


@pytest.fixture(params=[(kind, code) for kind in KINDS for code in LANGUAGES], ids="-".join)
def walked(request: pytest.FixtureRequest) -> Brief:
    kind, code = request.param
    inputs: BriefInputs = request.getfixturevalue(kind)
    names = {name: country_name(name, code) for name in inputs.names}
    return compose_brief(replace(inputs, language=code, names=names))


def plain(page: str) -> str:
    """The words of a page, tags and marks of Markdown taken off."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).replace("\\", "").split())


def lost_in_html(brief: Brief, page: str) -> list[str]:
    """Statements that the page does not say, or from which no link or query leads on."""
    ids = set(re.findall(r'id="([^"]+)"', page))
    items = [unescape(item) for item in re.findall(r"<li>(.*?)</li>(?=\s*(?:<li>|</[uo]l>))", page, re.DOTALL)]
    lost = []
    for statement in brief.statements:
        said = cleaned(statement.text)
        tail = said.partition(": ")[2] or said  # a line of the timeline has its date in a column of its own
        mine = [item for item in items if " ".join(tail.split()) in plain(item)]
        links = [f"#{anchor(name)}" for name in statement.evidence]
        led = any(
            (links and all(link[1:] in ids for link in links) and any(f'href="{link}"' in item for link in links))
            or (statement.query and cleaned(statement.query) in item)
            for item in mine
        )
        lost += [] if led else [statement.text]
    return lost


def test_html_leads_on_from_every_statement(walked: Brief) -> None:
    assert lost_in_html(walked, render(walked, "html")) == []


def test_the_walk_sees_a_dead_end(walked: Brief) -> None:
    page = render(walked, "html")
    first = walked.statements[0]
    dead = page.replace(f'href="#{anchor(first.evidence[0])}"', 'href="#nowhere"') if first.evidence else page
    dead = re.sub(r'<p class="query">.*?</p>', "", dead)
    assert lost_in_html(walked, dead) != []


def test_markdown_says_every_statement_in_order(walked: Brief) -> None:
    said = plain(render(walked, "md")).replace("*", "")
    for section in SECTIONS:
        for statement in walked.statements:
            if statement.section == section:
                text = statement.text.partition(": ")[2] if section == "timeline" else statement.text
                assert " ".join(cleaned(text or statement.text).replace("*", "").replace("\\", "").split()) in said


def test_json_gives_each_statement_its_query_and_evidence(walked: Brief) -> None:
    held = json.loads(render(walked, "json"))
    known = {event["event_id"] for event in held["events"]}
    assert len(held["statements"]) == len(walked.statements)
    for statement in held["statements"]:
        assert statement["query"] or statement["evidence"]
        assert set(statement["evidence"]) <= known
        assert isinstance(statement["n"], int)


def test_the_parts_stand_in_the_published_order(walked: Brief) -> None:
    order = [SECTIONS.index(item.section) for item in walked.statements]
    assert order == sorted(order)
    page = render(walked, "html")
    heads = re.findall(r'<section id="s-([a-z_]+)"', page)
    wanted = [name for name in (*SECTIONS, "evidence", "sources") if name in heads]
    assert heads == wanted
    assert {"findings", "timeline", "breaks", "impact", "unknown", "methods", "sources"} <= set(heads)
    if walked.record_kind == "chosen":
        assert {"exchanges", "ledger", "forces", "third_parties"} <= set(heads)


def test_the_answer_is_five_sentences_with_the_figure_after_them(walked: Brief) -> None:
    page = render(walked, "html")
    findings = page[page.index('<section id="s-findings"') :]
    answer, figure = findings.index("<ol>"), findings.index("<figure")
    assert answer < figure
    assert findings[answer:figure].count("<li><p>") == 5


def test_two_acts_in_the_same_words_are_one_finding(chosen_inputs: BriefInputs) -> None:
    twice = [Statement("findings", "The same.", "", 1, (name,)) for name in ("e1", "e2")]
    limit = Statement("findings", "A limit.", "q", 1)
    found = answer_first(Acts(chosen_inputs), [], twice, [limit])
    assert [item.text for item in found] == ["The same.", "A limit."]
