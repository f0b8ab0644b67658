"""How right the coder and the measures are: gold formats, scores and floors."""

from detente.evaluation.article import ArticleScore, FoundRow, score_article
from detente.evaluation.classes import ClassScore, ClassScores, score_classes
from detente.evaluation.coding_sets import MarkedSentence, read_gold_records, read_marked_tsv
from detente.evaluation.criteria import Criterion
from detente.evaluation.example import evaluate_example, example_gold
from detente.evaluation.floors import BelowFloor, check_floors
from detente.evaluation.gold import GoldEvent, read_gold
from detente.evaluation.report import format_article, format_scores, format_types
from detente.evaluation.score import Score, TypeScore, score_events

__all__ = [
    "ArticleScore",
    "BelowFloor",
    "ClassScore",
    "ClassScores",
    "Criterion",
    "FoundRow",
    "GoldEvent",
    "MarkedSentence",
    "Score",
    "TypeScore",
    "check_floors",
    "evaluate_example",
    "example_gold",
    "format_article",
    "format_scores",
    "format_types",
    "read_gold",
    "read_gold_records",
    "read_marked_tsv",
    "score_article",
    "score_classes",
    "score_events",
]
