"""Imports batch after batch of a feed into a store until it is stopped, and says each on standard output."""

import sys
from datetime import date
from pathlib import Path

import pyarrow as pa

from detente.model import Report
from detente.model.tables import reports_table
from detente.store import Batch, new_import_id, open_store

N_ROWS = 20


def main():
    store, name, number = open_store(Path(sys.argv[1])), sys.argv[2], 0
    while True:
        import_id, day = new_import_id(), date(2020, 1, 1 + number % 28)
        rows = [
            Report(
                f"{name}/{number}/{row}",
                date_start=day,
                date_end=day,
                source_country="RUS" if row % 2 else "USA",
                target_country="JPN",
                event_type="ACCUSE",
                cameo="112",
                feed="demo",
                record_kind="feed",
                import_id=import_id,
            )
            for row in range(N_ROWS)
        ]
        imports = {"import_id": [import_id], "kind": ["feed"], "feed": ["demo"], "stored": [N_ROWS]}
        store.commit(Batch(pa.table(imports), {"reports": reports_table(rows)}))
        sys.stdout.write(f"{import_id}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    main()
