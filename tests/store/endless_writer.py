"""Commits batch after batch to a store and says each stored import on standard output; made to be killed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from detente.store import Batch, new_import_id, open_store

N_REPORTS = 40


def write(store, name, number):
    import_id = new_import_id()
    ids = [f"{name}-{number}-{row}" for row in range(N_REPORTS)]
    empty = pa.array([[]] * N_REPORTS, pa.list_(pa.string()))
    imports = {
        "import_id": [import_id],
        "input_hash": [f"{name}-{number}"],
        "stored": [N_REPORTS],
        "recorded_at": [datetime.now(UTC)],
    }
    mine = [import_id] * N_REPORTS
    tables = {
        "documents": {"document_id": [import_id], "text": ["x" * 999], "import_id": [import_id]},
        "evidence": {"report_id": ids, "document_id": mine, "quote": ids, "import_id": mine},
        "reports": {
            "report_id": ids,
            "context": empty,
            "issue": empty,
            "record_kind": ["chosen"] * N_REPORTS,
            "import_id": mine,
        },
    }
    store.commit(Batch(pa.table(imports), {table: pa.table(rows) for table, rows in tables.items()}))
    sys.stdout.write(import_id + "\n")
    sys.stdout.flush()


def main():
    store = open_store(Path(sys.argv[1]))
    number = 0
    while True:
        write(store, sys.argv[2], number)
        number += 1


if __name__ == "__main__":
    main()
