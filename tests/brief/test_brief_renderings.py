"""HTML, Markdown and JSON: safe, complete, the same each time."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from detente.brief import BriefInputs, compose_brief, render
from detente.brief.layout import anchor, web_address
from detente.errors import InputError
from detente.model import Brief, Evidence

VOID = {"meta", "link", "br", "img", "input", "hr"}
HOSTILE = "</details><script>alert(1)</script><img src=x onerror=alert(1)> \u202etxet [a](javascript:alert(1)) |`x`"


class Page(HTMLParser):
    """Checks nesting and collects ids, links and the text of script elements."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append(tag)
        self.attributes.update(given)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> without an opening"
        opened = self.stack.pop()
        assert opened == tag, f"<{opened}> closed by </{tag}>"


def read(page: str) -> Page:
    parser = Page()
    parser.feed(page)
    parser.close()
    assert parser.stack == []
    return parser


def hostile(inputs: BriefInputs) -> BriefInputs:
    def spoil(item: Evidence) -> Evidence:
        return replace(item, quote=HOSTILE, title=HOSTILE, publisher="<b>x</b>", url="javascript:alert(1)")

    events = tuple(replace(event, evidence=tuple(map(spoil, event.evidence))) for event in inputs.events)
    return replace(inputs, events=events, shock_name="<i>war</i>", record="<script>x</script>", documents={})


@pytest.mark.parametrize("kind", ["chosen_page", "feed_page"])
def test_the_page_is_well_formed_and_every_inner_link_lands(kind: str, request: pytest.FixtureRequest) -> None:
    page = read(request.getfixturevalue(kind))
    assert len(page.ids) == len(set(page.ids))
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert page.headings[0] == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert {"main", "nav", "header", "table", "caption"} <= set(page.elements)


def test_nothing_is_fetched(chosen_page: str) -> None:
    text = chosen_page
    page = read(text)
    assert not {"img", "link", "iframe", "object", "embed", "image", "use"} & set(page.elements)
    assert "src" not in page.attributes
    assert "style" not in page.attributes  # the policy would block it
    assert "url(http" not in text
    assert "default-src 'none'" in unescape(text)
    assert "@import" not in text


def test_the_policy_names_the_style_and_script_by_hash(chosen_page: str) -> None:
    text = chosen_page
    for tag in ("style", "script"):
        body = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(body) == 1
        digest = base64.b64encode(hashlib.sha256(body[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in unescape(text)


def test_hostile_text_stays_text(chosen_inputs: BriefInputs) -> None:
    brief = compose_brief(hostile(chosen_inputs))
    text = render(brief, "html")
    page = read(text)
    assert page.elements.count("script") == 1
    assert "onerror" not in page.attributes
    assert "img" not in page.elements
    assert not [link for link in page.links if link.lower().startswith("javascript")]
    assert "\u202e" not in text
    markdown = render(brief, "md")
    assert "<script" not in markdown.replace("\\<script", "")
    assert "[a](javascript" not in markdown


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x?y=1", True),
        ("HTTP://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("https://a.example/ x", False),
        ('https://a.example/"onclick=', False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(address: str | None, link: bool) -> None:
    assert bool(web_address(address)) is link


@pytest.mark.parametrize("form", ["html", "md", "json"])
@pytest.mark.parametrize("kind", ["chosen_inputs", "feed_inputs"])
def test_the_same_inputs_give_the_same_bytes(kind: str, form: str, request: pytest.FixtureRequest) -> None:
    inputs = request.getfixturevalue(kind)
    assert render(compose_brief(inputs), form) == render(compose_brief(inputs), form)


def test_three_forms_say_the_same(chosen_brief: Brief, chosen_page: str) -> None:
    html = re.sub(r"\s+", " ", chosen_page)
    markdown = render(chosen_brief, "md").replace("\\", "")
    answer = json.loads(render(chosen_brief, "json"))
    assert [item["text"] for item in answer["statements"]] == [item.text for item in chosen_brief.statements]
    for statement in chosen_brief.statements:
        assert statement.text in markdown
        shown = statement.text.partition(": ")[2] if statement.section == "timeline" else statement.text
        assert (shown or statement.text).replace("'", "&#39;") in html


def test_json_has_the_agreed_names(chosen_brief: Brief) -> None:
    answer = json.loads(render(chosen_brief, "json"))
    assert {"question", "statements", "figures", "sources", "methods", "events", "record", "version"} <= set(answer)
    assert set(answer["statements"][0]) == {"section", "text", "query", "n", "evidence"}
    event = next(item for item in answer["events"] if item["event_id"] == "e4")
    assert event["date_start"] == "2022-03-07"
    (quote,) = event["evidence"]
    assert quote["quote"] == "Russia put Japan on a list of unfriendly countries."
    source = next(item for item in answer["sources"] if item["number"] == quote["source"])
    assert (source["url"], source["published"]) == ("https://x.example/e4", "2022-12")


def test_an_unknown_format_is_refused(chosen_brief: Brief) -> None:
    with pytest.raises(InputError, match="html, md, json"):
        render(chosen_brief, "docx")


def test_anchors_are_safe_and_distinct() -> None:
    assert anchor("abc-1") == "e-abc-1"
    odd = [anchor("feed:a b"), anchor("feed:a/b"), anchor('feed:a"b')]
    assert len(set(odd)) == 3
    assert all(re.fullmatch(r"e-[A-Za-z0-9_-]+", name) for name in odd)


def test_what_is_implied_is_said(chosen_inputs: BriefInputs) -> None:
    events = tuple(
        replace(event, report=replace(event.report, target_basis="place", date_basis="context"))
        if event.event_id == "e1"
        else event
        for event in chosen_inputs.events
    )
    text = render(compose_brief(replace(chosen_inputs, events=events)), "html")
    assert "target implied: the place acted on is claimed by Japan; date from the sentence before" in text


def test_feed_rows_show_where_they_stand(feed_page: str) -> None:
    assert "icews, row 3 · CAMEO 163 · score -6.0" in feed_page


def test_contrast_of_the_colours_is_at_least_aa() -> None:
    style = files("detente.brief").joinpath("templates", "brief.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{([^}]*--paper[^}]*)\}", style)
    assert len(blocks) == 3  # light, dark, print
    for block in blocks[:2]:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", block))
        for name in ("ink", "quiet", "link", "mark"):
            for ground in ("paper", "wash"):
                assert contrast_ratio(colours[name], colours[ground]) >= 4.5, (name, ground)
        for name in ("blue", "vermilion"):
            assert contrast_ratio(colours[name], colours["paper"]) >= 3, name


def contrast_ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
