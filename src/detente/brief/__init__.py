"""The brief room: results and evidence become statements, figures, HTML, Markdown and JSON."""

from detente.brief.compose import compose_brief
from detente.brief.inputs import BriefInputs, PairCount
from detente.brief.render import RENDERERS, render

__all__ = ["RENDERERS", "BriefInputs", "PairCount", "compose_brief", "render"]
