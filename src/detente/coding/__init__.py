"""Documents to reports: who did what to whom, when, by whose words; and reports to events by links."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from detente.coding.version import CODER

if TYPE_CHECKING:
    from detente.coding.coder import CodedDocument, Coder, code_document, code_documents, load_coder
    from detente.coding.merge import Known, link_reports
    from detente.coding.relations import PairRelation, RelationModel, classify_pairs, load_relations

__all__ = [
    "CODER",
    "CodedDocument",
    "Coder",
    "Known",
    "PairRelation",
    "RelationModel",
    "classify_pairs",
    "code_document",
    "code_documents",
    "link_reports",
    "load_coder",
    "load_relations",
]

_HOMES: Final = {
    **dict.fromkeys(("CodedDocument", "Coder", "code_document", "code_documents", "load_coder"), "coder"),
    **dict.fromkeys(("Known", "link_reports"), "merge"),
    **dict.fromkeys(("PairRelation", "RelationModel", "classify_pairs", "load_relations"), "relations"),
}


def __getattr__(name: str) -> object:
    # loaded when first asked for: whoever opens the example needs the coder's name alone
    if name in _HOMES:
        return getattr(import_module(f"detente.coding.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'detente.coding' has no attribute {name!r}")
