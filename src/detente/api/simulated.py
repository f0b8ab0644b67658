"""Simulated feeds in a store, to try measures on a truth that is known."""

from typing import TYPE_CHECKING

from detente.model.tables import IMPORTS
from detente.simulate import FEED, AnswerWorld, World, events

if TYPE_CHECKING:
    from detente.api.stores import Store


def import_simulated(store: "Store", world: World | AnswerWorld, seed: int = 0, *, name: str = FEED) -> int:
    """Draw a feed and keep it in a store; the same world and seed under the same name are kept once.

    Args:
        store: The store.
        world: What to draw.
        seed: The same world and seed give the same rows.
        name: Name of the feed in the store.

    Returns:
        Rows stored; 0 where the store has them already.

    Raises:
        ValueError: If the world cannot be drawn.
        StoreError: If it cannot be written.
    """
    import pyarrow as pa

    from detente.model import stable_id
    from detente.store import Batch, new_import_id

    digest = stable_id(name, repr(world), str(seed))
    if store.tables.known_inputs([digest]):
        return 0
    import_id, drawn = new_import_id(), events(world, seed)
    n = int(drawn.num_rows)
    columns = {
        "report_id": pa.array([f"{name}:{digest}:{number}" for number in range(n)], pa.string()),
        "feed": pa.repeat(pa.scalar(name), n),
        "import_id": pa.repeat(pa.scalar(import_id), n),
    }
    for column, values in columns.items():
        drawn = drawn.set_column(drawn.schema.get_field_index(column), column, values)
    counts = dict.fromkeys(("already_stored", "quarantined", "filtered"), 0) | {"rows": n, "stored": n}
    told = {"import_id": import_id, "input_hash": digest, "kind": "feed", "feed": name, "name": f"seed {seed}"}
    store.tables.commit(Batch(pa.Table.from_pylist([told | counts], schema=IMPORTS), {"reports": drawn}))
    return n
