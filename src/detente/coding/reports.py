"""Reports made of an act: its sides, status, date, issues, numbers, equipment and evidence."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from detente.coding.agents import Agent
from detente.coding.attribution import find_response_cue
from detente.coding.evidence import cite
from detente.coding.grounds import stood_on
from detente.coding.issues import find_issues
from detente.coding.lexicon import Act
from detente.coding.quantities import find_quantities
from detente.coding.reading import Reading
from detente.coding.roles import Roles, Side
from detente.coding.status import Modality
from detente.coding.when import find_dates
from detente.model import DateSpan, Document, Materiel, Report
from detente.ontology.countries import code_as_of
from detente.ontology.equipment import Equipment, EquipmentMention
from detente.ontology.gazetteer import Place
from detente.ontology.plover import quad_of, score_of

_LONG_AFTER: Final = timedelta(days=365)
_COOPERATION: Final = frozenset({1, 2})
_MATERIAL_CONFLICT: Final = 4
_FORMER: Final = re.compile(r"\bterm of (?:the )?former\b|\bat the time\b|\bback then\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """How an act is told: status, date and who says it."""

    modality: Modality
    span: DateSpan
    sayer: Agent | None


def build_reports(
    document: Document, reading: Reading, act: Act, roles: Roles, told: Told, equipment: Equipment, coder: str
) -> list[Report]:
    """One report for every pair of sides; their ids are given later.

    A state that is a target only because the place acted on lies in it has to have stood on the day.

    Args:
        document: Where the sentence stands.
        reading: The sentence.
        act: The pattern found.
        roles: Its sides.
        told: Status, date and sayer.
        equipment: Names of equipment.
        coder: Name and version of the coder.
    """
    template = _template(document, reading, act, told, coder)
    return [
        replace(
            _between(template, reading.text, source, target, symmetric=roles.symmetric, sayer=told.sayer),
            materiel=_materiel(reading, equipment, source, target if roles.symmetric else None),
        )
        for source in roles.sources
        for target in roles.targets
        if target.basis != "place" or target.claims or stood_on(target.country, template.date_end)
    ]


def _materiel(reading: Reading, equipment: Equipment, source: Side, partner: Side | None) -> tuple[Materiel, ...]:
    """Equipment of the acting side: what the sentence gives to another state is left out."""
    own = {source.country, partner.country if partner else source.country}
    found: list[Materiel] = []
    for item in equipment.find_equipment(reading.text):
        owners = {
            agent.country
            for agent in reading.agents
            if agent.country and agent.start <= item.start and item.start - agent.end <= 1
        } - {None}
        nearest = [agent for agent in reading.agents if agent.start <= item.start <= agent.end + 1 and agent.country]
        if (nearest and owners and nearest[-1].country not in own) or _are_people(reading, item):
            continue
        found.append(Materiel(item.item, item.category, item.count))
    return tuple(dict.fromkeys(found))


def _are_people(reading: Reading, item: EquipmentMention) -> bool:
    """Whether the fighters named are those of an armed group ("Taliban fighters"), not aircraft."""
    word = reading.text[item.start : item.end].lower()
    group = any(agent.kind == "group" and 0 <= item.start - agent.end <= 1 for agent in reading.agents)
    return group and word in {"fighter", "fighters"}


def _where(agents: tuple[Agent, ...]) -> Place | None:
    """The place of an act: a disputed one first, then any place; a capital only where something is in it."""
    places = [agent.place for agent in agents if agent.place is not None and agent.kind == "place"]
    disputed = [place for place in places if place.claimed_by]
    found = disputed or places
    return found[0] if found else None


def accusations(reading: Reading, reports: list[Report]) -> list[Report]:
    """The saying of an act of material conflict: "France said Russia attacked Ukraine" accuses Russia.

    A saying that only names the source at the end ("..., Tokyo said") is no act of its own.
    """
    found: list[Report] = []
    for report in reports:
        sayers = [item.sayer for item in reading.sayings if item.sayer.country == report.reported_by]
        direct = any(not item.trailing for item in reading.sayings if item.sayer.country == report.reported_by)
        if report.status != "alleged" or report.quad != _MATERIAL_CONFLICT or not sayers or not direct:
            continue
        sayer = sayers[0]
        found.append(
            replace(
                report,
                source_country=sayer.country,
                source_sector=sayer.sector,
                source_actor=sayer.actor,
                source_text=reading.text[sayer.start : sayer.end],
                source_basis="text",
                target_country=report.source_country,
                target_sector=report.source_sector,
                target_actor=report.source_actor,
                target_text=report.source_text,
                target_basis=report.source_basis,
                event_type="ACCUSE",
                mode="allege",
                quad=quad_of("ACCUSE"),
                intensity=score_of("ACCUSE"),
                status="actual",
                reported_by=None,
                retrospective=False,
                quantities=(),
                materiel=(),
            )
        )
    return found


def _template(document: Document, reading: Reading, act: Act, told: Told, coder: str) -> Report:
    event_type = act.rule.event_type or ""
    refused = told.modality.refused and quad_of(event_type) in _COOPERATION
    where = _where(reading.agents)
    language = reading.language
    dates = find_dates(reading.text, document.published, None, language=language)
    spans = tuple((item.start, item.end) for item in dates)
    return Report(
        report_id="",
        event_type="REJECT" if refused else event_type,
        mode=None if refused else act.rule.mode,
        date_start=told.span.start,
        date_end=told.span.end,
        date_precision=told.span.precision,
        date_basis=told.span.basis,
        issue=find_issues(reading.text, reading.agents, language=language),
        status="actual" if refused else told.modality.status,
        retrospective=_is_retrospective(document, reading.text, told),
        intensity_scale="plover",
        place_text=where.name if where else None,
        place_country=(where.administered_by or where.located_in) if where else None,
        response_cue=find_response_cue(reading.text, language=language),
        coder=coder,
        evidence=(cite(document, reading.sentence),),
        quantities=find_quantities(reading.tokens, spans, language=language),
    )


def _is_retrospective(document: Document, text: str, told: Told) -> bool:
    published = document.published.start
    backshift = told.sayer is not None  # "said that Peru had shelled": the pluperfect of reported speech
    if (told.modality.past_perfect and not backshift) or _FORMER.search(text):
        return told.modality.status == "actual"
    long_ago = told.span.end is not None and published is not None and published - told.span.end > _LONG_AFTER
    return long_ago and told.modality.status == "actual"


def _between(
    template: Report, text: str, source: Side, target: Side, *, symmetric: bool, sayer: Agent | None
) -> Report:
    status, event_type, mode = template.status, template.event_type or "", template.mode
    if status == "future" and quad_of(event_type) in _COOPERATION and event_type != "AGREE":
        event_type, mode = "AGREE", None  # a planned meeting or grant is a promise of it
    reported_by = sayer.country if sayer is not None else None
    if status == "actual" and reported_by not in {None, source.country} and not symmetric:
        status = "alleged"
    if event_type == "CONSULT" and mode == "visit" and target.claims:
        event_type, mode = "REJECT", None  # a visit to land the other side claims denies that claim
    if event_type == "AID" and target.claims:
        event_type, mode = "MOBILIZE", "weapons"  # arms sent to land one holds are posted there
    addressee = event_type == "SANCTION" and target.sector in {"BUS", "CVL"}
    return replace(
        template,
        event_type=event_type,
        mode=mode,
        quad=quad_of(event_type),
        intensity=score_of(event_type),
        status=status,
        source_country=code_as_of(source.country, template.date_end),
        source_sector=source.sector,
        source_actor=source.actor,
        source_text=_words(text, source),
        source_basis=source.basis,
        target_country=code_as_of(target.country, template.date_end),
        # a sanction on a state's firms or people is an act against that state
        target_sector=None if addressee else target.sector,
        target_actor=target.actor,
        target_text=_words(text, target),
        target_basis=target.basis,
        symmetric=symmetric,
        reported_by=reported_by,
    )


def _words(text: str, side: Side) -> str | None:
    return text[side.span[0] : side.span[1]] if side.span else side.text
