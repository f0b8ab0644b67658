"""Documents to reports: who did what to whom, when, by whose words; and reports to events by links."""

from detente.coding.coder import CODER, CodedDocument, Coder, code_document, code_documents, load_coder
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
