"""BigQuery: a table of report columns, or the public table of GDELT; no query runs before its bytes are known."""

from typing import TYPE_CHECKING, Any

from detente.engines.addresses import Address
from detente.engines.asked import AS_IT_IS, Asked, refuse_states
from detente.engines.columns import report_rows
from detente.engines.cost import MOST, cap_bytes, read_size
from detente.engines.missing import need
from detente.engines.snapshot import EngineRows, EngineSnapshot
from detente.errors import StoreError

if TYPE_CHECKING:
    from ibis.expr.types import Expr


def open_bigquery(address: Address, asked: Asked = AS_IT_IS) -> EngineSnapshot:
    """The table of a data set.

    Each query is asked for its bytes first (a dry run, which costs nothing), and is refused above `max_bytes`; the
    same limit goes with the query, so that BigQuery itself refuses what would cost more.

    Args:
        address: `bigquery://PROJECT/DATASET?table=NAME&max_bytes=20GB`: the project pays; the data set may be another
            project's (`gdelt-bq.gdeltv2`).
        asked: The state wanted: only what the table holds now.

    Raises:
        InputError: If `max_bytes` is no number.
        StoreError: If the client is missing, no one is signed in, or there is no such table.
    """
    import ibis

    most = read_size(address.choices["max_bytes"]) if "max_bytes" in address.choices else MOST
    if not (address.host and address.path):
        raise StoreError(f"store {address}: expected bigquery://PROJECT/DATASET?table=NAME")
    refuse_states(asked, address)
    bigquery = need("google.cloud.bigquery", "bigquery")
    from google.auth.exceptions import GoogleAuthError

    limits = bigquery.QueryJobConfig(maximum_bytes_billed=most)
    try:
        client = bigquery.Client(project=address.host, default_query_job_config=limits)
        backend = ibis.bigquery.connect(client=client)
        cap_bytes(backend, lambda expression: dry_run(client, backend.compile(expression)), most)
        rows = report_rows(backend, address, database=tuple(address.path.split(".")))
    except GoogleAuthError as error:
        raise StoreError(f"store {address}: no one is signed in; `gcloud auth application-default login`") from error
    return EngineSnapshot(EngineRows(str(address), "", {"reports": rows}, client.close, asked=asked))


def dry_run(client: Any, sql: str) -> int:
    """The bytes that BigQuery says a query would read, without running it."""
    bigquery = need("google.cloud.bigquery", "bigquery")
    asked = client.query(sql, job_config=bigquery.QueryJobConfig(dry_run=True, use_query_cache=False))
    return int(asked.total_bytes_processed)


def compile_bigquery(expression: "Expr") -> str:
    """An expression in BigQuery's SQL, without a client."""
    from ibis.backends.sql.compilers import BigQueryCompiler

    return str(BigQueryCompiler().to_sqlglot(expression.unbind()).sql("bigquery"))
