"""The brief of a pair in the browser: its findings on a page, and the whole of it as it is sent on."""

import re
from typing import Any, Final

from detente.api.finding import side_names
from detente.errors import InputError
from detente.web.answers import Question, Running
from detente.web.asked import Asked
from detente.web.pages import waiting
from detente.web.pair_pages import find_sides, frame_of, reviewed_of, title_of
from detente.web.parameters import BRIEF
from detente.web.site import Kept, Page, Site, keep_text
from detente.web.writing import dyad_address

_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')
_LEAD: Final = "What changed at a date, in sentences that each lead to their evidence; to be read, signed and sent on."
_NOTHING: Final = "default-src 'none'"


async def brief(site: Site, asked: Asked) -> Page:
    """The findings of the brief, and where the whole of it lies."""
    dyad = find_sides(asked)
    context = {
        **frame_of(asked, dyad),
        "measure": None,
        "lead": _LEAD,
        "parameters": tuple(item.name for item in BRIEF),
        "whole": dyad_address(*dyad, "brief.html", **asked.given),
        "markdown": dyad_address(*dyad, "brief.md", **asked.given),
    }
    title = f"Brief, {title_of(dyad)}"
    if "shock" not in asked.given and not asked.as_json:
        return Page(title, {}, "brief.html.j2", {**context, "findings": None})
    found = await _made(site, asked, dyad)
    if isinstance(found, Running):
        return waiting(title, found, dyad_address(*dyad), site.limits.seconds)
    made = found["brief"]
    findings = [item for item in made["statements"] if item["section"] == "findings"]
    return Page(title, made, "brief.html.j2", {**context, "findings": findings, "names": side_names()})


async def whole(site: Site, asked: Asked) -> Page | Kept:
    """The brief as one HTML file."""
    found = await _whole(site, asked)
    if isinstance(found, Page):
        return found
    # The policy that stands in the file names the hashes of its style and script; a header must not forbid them.
    page = _POLICY.sub("", found["html"], count=1)
    policy = _POLICY.search(found["html"])
    own = policy[1].replace("&#39;", "'") if policy else _NOTHING
    headers = {"content-security-policy": f"{own}; frame-ancestors 'none'"}
    return keep_text(page, "text/html; charset=utf-8", headers=headers)


async def markdown(site: Site, asked: Asked) -> Page | Kept:
    """The brief as Markdown."""
    found = await _whole(site, asked)
    return found if isinstance(found, Page) else keep_text(found["md"], "text/markdown; charset=utf-8")


async def _whole(site: Site, asked: Asked) -> Page | dict[str, Any]:
    dyad = find_sides(asked)
    found = await _made(site, asked, dyad)
    if isinstance(found, Running):
        return waiting(f"Brief, {title_of(dyad)}", found, dyad_address(*dyad), site.limits.seconds)
    return found


async def _made(site: Site, asked: Asked, dyad: tuple[str, str]) -> dict[str, Any] | Running:
    if "shock" not in asked.given:
        raise InputError("brief needs shock: a day, or the name of a shock")
    reviewed = reviewed_of(asked.given)
    question = {name: value for name, value in asked.given.items() if name != "reviewed"}
    known = Question(site.readers.version(reviewed), dyad, "brief", tuple(sorted(question.items())), reviewed)
    return await site.answers.ask(known, site.limits.seconds * 2 if asked.as_json else site.limits.patience)
