"""A store of generated events, true to the schema: what `benchmarks/scale.py` asks its questions of.

Each commit is made from its own seed and its place, so writing can stop anywhere and go on later, and holds one commit
in memory however many rows are asked for.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

import detente as dt
from detente.model.tables import IMPORTS
from detente.ontology.codes import load_cameo
from detente.ontology.countries import load_countries
from detente.store import Batch, new_import_id

FEED = "generated"
BATCH = 200_000
FIRST, DAYS = date(1991, 1, 1), 12_784  # thirty-five years
EPOCH = date(1970, 1, 1).toordinal()
SECTORS = (None, "GOV", "MIL", "CVL", "OPP", "REB", "BUS", "MED", "COP", "LEG")
SECTOR_SHARES = np.array((0.3, 0.3, 0.1, 0.08, 0.05, 0.05, 0.04, 0.03, 0.03, 0.02))
A, B = "RUS", "JPN"


@dataclass(frozen=True, slots=True)
class World:
    """What rows are drawn from: countries and codes with their shares, as uneven as in news."""

    countries: tuple[str, ...]
    country_shares: np.ndarray
    codes: pa.Table
    code_shares: np.ndarray


def make_world() -> World:
    """All countries and all CAMEO codes, the n-th with a share of 1/n."""
    first = [A, "USA", "CHN", "GBR", "ISR", B]
    others = sorted(code for code in load_countries() if len(code) == 3 and code not in first)
    codes = list(load_cameo().codes.values())
    told = {
        "event_type": pa.array([item.event_type for item in codes], pa.string()),
        "mode": pa.array([item.mode for item in codes], pa.string()),
        "cameo": pa.array([item.code for item in codes], pa.string()),
        "quad": pa.array([item.quad for item in codes], pa.int8()),
        "intensity": pa.array([item.goldstein for item in codes], pa.float64()),
        "symmetric": pa.array([item.event_type == "CONSULT" for item in codes], pa.bool_()),
    }
    countries, kinds = 1 / np.arange(1, len(first) + len(others) + 1), 1 / (np.arange(len(codes)) + 3)
    return World((*first, *others), countries / countries.sum(), pa.table(told), kinds / kinds.sum())


def write_store(folder: Path, rows: int, seconds: float, share: tuple[int, int] = (0, 1)) -> int:
    """Write what is missing of a store, a commit at a time, for some seconds at most.

    Args:
        folder: The store.
        rows: How many it shall have.
        seconds: When to stop; the commit under way is finished.
        share: Which of how many writers this is: each n-th commit is its own.

    Returns:
        How many rows it has.
    """
    started = time.monotonic()
    store, world = dt.open(folder), make_world()
    names = [f"generated-{number}" for number in range(-(-rows // BATCH))]
    there = store.tables.known_inputs(names)
    for number, name in enumerate(names):
        if name in there or number % share[1] != share[0]:
            continue
        if time.monotonic() - started > seconds:
            break
        size = min(BATCH, rows - number * BATCH)
        import_id = new_import_id()
        reports = draw_reports(world, number, size, rows).append_column("import_id", pa.repeat(import_id, size))
        row = {"import_id": import_id, "input_hash": name, "kind": "feed", "feed": FEED, "name": f"{number}.csv"}
        imports = pa.Table.from_pylist([row | {"rows": size, "stored": size}], schema=IMPORTS)
        store.tables.commit(Batch(imports, {"reports": reports}))
    return min(len(store.tables.known_inputs(names)) * BATCH, rows)


def draw_reports(world: World, number: int, size: int, rows: int) -> pa.Table:
    """The rows of one commit: dates go on from commit to commit, the rest is drawn."""
    chance = np.random.default_rng([0, number])
    start = number * BATCH
    day = (start + np.arange(size)) * DAYS // rows + (FIRST.toordinal() - EPOCH)
    days = pa.array(day.astype(np.int32)).cast(pa.date32())
    empty = pa.ListArray.from_arrays(pa.array(np.zeros(size + 1, dtype=np.int32)), pa.array([], pa.string()))
    kinds = world.codes.take(pa.array(chance.choice(len(world.code_shares), size, p=world.code_shares)))

    def draw(values: Sequence[str | None], shares: np.ndarray) -> pa.Array:
        return pa.array(values, pa.string()).take(pa.array(chance.choice(len(values), size, p=shares)))

    return pa.table(
        {
            **dict(zip(kinds.column_names, kinds.columns, strict=True)),
            "report_id": pa.array([f"{FEED}/{start + at}" for at in range(size)]),
            "date_start": days,
            "date_end": days,
            "date_precision": pa.repeat("day", size),
            "date_basis": pa.repeat("feed", size),
            "source_country": draw(world.countries, world.country_shares),
            "target_country": draw(world.countries, world.country_shares),
            "source_sector": draw(SECTORS, SECTOR_SHARES),
            "target_sector": draw(SECTORS, SECTOR_SHARES),
            "context": empty,
            "issue": empty,
            "status": pa.repeat("actual", size),
            "intensity_scale": pa.repeat("goldstein", size),
            "place_country": draw(world.countries, world.country_shares),
            "lat": pa.array(np.round(chance.uniform(-60, 70, size), 2)),
            "lon": pa.array(np.round(chance.uniform(-180, 180, size), 2)),
            "mentions": pa.array(chance.geometric(0.2, size).astype(np.int32)),
            "feed": pa.repeat(FEED, size),
            "record_kind": pa.repeat("feed", size),
            "source_row": pa.array(np.arange(1, size + 1)),
            "coder": pa.repeat("generated/1", size),
        }
    )
