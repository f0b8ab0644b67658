"""Which chart each result has."""

from collections.abc import Callable
from typing import Any, Final

from detente.api.objects import Result
from detente.brief.chart_breaks import chart_breaks
from detente.brief.chart_compare import chart_compare
from detente.brief.chart_exchanges import chart_exchanges
from detente.brief.chart_impact import chart_impact
from detente.brief.chart_multiverse import chart_multiverse
from detente.brief.chart_responses import chart_responses
from detente.brief.charts import chart_index
from detente.errors import InputError
from detente.model import BreaksResult, ImpactResult, IndexResult
from detente.model.exchanges import ExchangesResult
from detente.model.moves import CompareResult, MultiverseResult
from detente.model.reciprocity import ReciprocityResult

CHARTS: Final[dict[type, Callable[[Any], Any]]] = {
    IndexResult: chart_index,
    BreaksResult: chart_breaks,
    ReciprocityResult: chart_responses,
    ExchangesResult: chart_exchanges,
    CompareResult: chart_compare,
    MultiverseResult: chart_multiverse,
    ImpactResult: chart_impact,
}


def plot_result(result: Result) -> Any:
    """The Altair chart of a result.

    Raises:
        InputError: If there is no chart of this result, or Altair is not installed.
        DataError: If the result holds nothing to draw.
    """
    chart = CHARTS.get(type(result))
    if chart is None:
        raise InputError(
            f"{type(result).__name__} has no chart of its own: expected an index, breaks, reciprocity, exchanges, an "
            "impact, a comparison or a multiverse; see the brief's figures"
        )
    return chart(result)
