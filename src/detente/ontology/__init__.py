"""Code books, actors and countries: versioned data tables with thin loaders."""

from detente.ontology.codes import (
    Code,
    CodeTable,
    SystemVerdict,
    detect_system,
    load_cameo,
    load_codes,
    load_weis,
)
from detente.ontology.countries import country_name, load_countries, predecessors, resolve_country
from detente.ontology.crosswalk import keds_actors, resolve_keds
from detente.ontology.plover import EventType, event_types, load_plover, quad_of, score_of, state_sectors

__all__ = [
    "Code",
    "CodeTable",
    "EventType",
    "SystemVerdict",
    "country_name",
    "detect_system",
    "event_types",
    "keds_actors",
    "load_cameo",
    "load_codes",
    "load_countries",
    "load_plover",
    "load_weis",
    "predecessors",
    "quad_of",
    "resolve_country",
    "resolve_keds",
    "score_of",
    "state_sectors",
]
