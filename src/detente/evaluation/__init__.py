"""How right the coder and the measures are: gold formats, scores and floors."""

from detente.evaluation.article import ArticleScore, FoundRow, score_article
from detente.evaluation.classes import ClassScore, ClassScores, score_classes
from detente.evaluation.coder_report import format_coder
from detente.evaluation.coder_score import CoderScore, score_coder
from detente.evaluation.coding_sets import MarkedSentence, read_gold_records, read_marked_tsv
from detente.evaluation.criteria import Criterion
from detente.evaluation.example import evaluate_example, example_gold
from detente.evaluation.floors import BelowFloor, check_floors, check_floors_file, floor_prefix
from detente.evaluation.gold import GoldEvent, read_gold
from detente.evaluation.gold_documents import GoldAct, GoldDocument, read_gold_documents
from detente.evaluation.report import format_article, format_scores, format_types
from detente.evaluation.resampling import Measured
from detente.evaluation.score import Score, TypeScore, score_events
from detente.evaluation.truth import (
    BreakScore,
    IntervalScore,
    RejectionScore,
    Share,
    score_breaks,
    score_intervals,
    score_tests,
)

__all__ = [
    "ArticleScore",
    "BelowFloor",
    "BreakScore",
    "ClassScore",
    "ClassScores",
    "CoderScore",
    "Criterion",
    "FoundRow",
    "GoldAct",
    "GoldDocument",
    "GoldEvent",
    "IntervalScore",
    "MarkedSentence",
    "Measured",
    "RejectionScore",
    "Score",
    "Share",
    "TypeScore",
    "check_floors",
    "check_floors_file",
    "evaluate_example",
    "example_gold",
    "floor_prefix",
    "format_article",
    "format_coder",
    "format_scores",
    "format_types",
    "read_gold",
    "read_gold_documents",
    "read_gold_records",
    "read_marked_tsv",
    "score_article",
    "score_breaks",
    "score_classes",
    "score_coder",
    "score_events",
    "score_intervals",
    "score_tests",
]
