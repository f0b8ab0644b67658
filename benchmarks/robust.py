"""Whether a store stays whole: imports that are killed, and many processes at once.

    python benchmarks/robust.py killed [--times 50]
    python benchmarks/robust.py together [--seconds 60]

`killed`: an import of 300 small files is killed with SIGKILL at random moments, so many times, one after the other on
the same store, and a reader looks after each; when it gets through before, a new store is begun. At the end each store
is resumed and must hold every row once.
`together`: two imports, one process that compacts and one that reads work on one store. Any error of any of them,
and any read that is not consistent, ends it with a failure.

The files are made here in the published layout of GDELT 1.0 (58 columns).
"""
# ruff: noqa: T201, S603

import argparse
import random
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import detente as dt

FILES, ROWS = 300, 60
STATES = ("RUS", "JPN", "USA", "CHN", "TUR", "DEU", "FRA", "IRN")
CODES = ("010", "042", "057", "112", "138", "190")
WIDTH = 58


def main() -> None:
    """Run one of the two, or one of the processes they start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("killed", "together", *PARTS))
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--files", type=Path)
    given = parser.parse_args()
    if given.what in PARTS:
        PARTS[given.what](given.store, given.files, given.seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.what == "killed":
            killed(Path(folder), given.times, given.seed)
        else:
            together(Path(folder), given.seconds)


def write_files(folder: Path, files: int, first: int, seed: int) -> set[str]:
    """Small files in the layout of GDELT 1.0; the last row of each stands in the next one too. Gives all ids."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    folder.mkdir(parents=True)
    ids: set[str] = set()
    last = ""
    for number in range(files):
        lines = [last] if last else []
        for place in range(ROWS):
            cells = [""] * WIDTH
            own = str(first + number * ROWS + place)
            source, target = chance.sample(STATES, 2)
            day = f"2015{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
            cells[0], cells[1], cells[2], cells[3], cells[4] = own, day, day[:6], day[:4], "2015.5"
            cells[5], cells[7], cells[15], cells[17] = source, source, target, target
            cells[25], cells[26], cells[27], cells[28] = "1", *(chance.choice(CODES) for _ in range(3))
            cells[29], cells[30], cells[31], cells[32], cells[33] = "1", "1.0", "3", "1", "3"
            cells[26] = cells[27] = cells[28]
            ids.add(f"gdelt:{own}")
            last = "\t".join(cells)
            lines.append(last)
        (folder / f"{number:04}.export.CSV").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ids


def killed(folder: Path, times: int, seed: int) -> None:
    """Kill imports, look after each, resume, and compare with what the files hold."""
    files = folder / "files"
    ids = write_files(files, FILES, 1, seed)
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    stores = [folder / "store0"]
    whole = _import_and_kill(folder / "measured", files, None)
    cut = through = 0
    while cut < times:
        if _import_and_kill(stores[-1], files, chance.uniform(0, whole)) is None:
            cut += 1
        else:
            through += 1
            stores.append(folder / f"store{len(stores)}")
        if (stores[-1] / "detente.json").exists():
            look(dt.open(stores[-1]))
    for path in stores:
        store = dt.open(path)
        store.import_feed("gdelt", files)
        held = look(store)
        if sorted(held) != sorted(ids):
            raise SystemExit(f"{path.name}: {len(held):,} rows where the files hold {len(ids):,}")
        if store.import_feed("gdelt", files).stored:
            raise SystemExit(f"{path.name}: rows were stored again")
    print(f"killed: {cut} imports of {len(ids):,} rows cut off, {through} got through before; {len(stores)} stores")
    print(f"  one import takes {whole:.2f} s; after resuming: nothing lost, nothing twice")


def together(folder: Path, seconds: float) -> None:
    """Two imports, a compaction and a reader at once."""
    store = folder / "store"
    dt.open(store)
    running: dict[str, subprocess.Popen[str]] = {}
    for name, part in (("import one", "import"), ("import two", "import"), ("compact", "compact"), ("read", "read")):
        place = folder / name.replace(" ", "-")
        command = [sys.executable, __file__, part, "--store", store, "--files", place, "--seconds", str(seconds)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        running[name] = subprocess.Popen([str(item) for item in command], **pipes)  # type: ignore[call-overload]
    failed = []
    for name, process in running.items():
        out, err = process.communicate()
        print(f"{name}: {out.strip()}")
        if process.returncode or err.strip():
            failed.append(f"{name} ended with {process.returncode}: {err.strip()}")
    if failed:
        raise SystemExit("\n".join(failed))
    print(f"together: no error, every read consistent, {len(look(dt.open(store))):,} rows at the end")


def look(store: dt.Store) -> list[str]:
    """The ids of the rows that count; stops where imports, rows and the cube do not agree."""
    with store.snapshot() as snapshot:
        reports, imports = snapshot.table("reports"), snapshot.table("imports")
        ids = [str(name) for name in reports.report_id.to_pyarrow().to_pylist()]
        said = sum(imports.stored.to_pyarrow().to_pylist())
        again = int(reports.count().to_pyarrow().as_py())
        counted = snapshot.cube
    if not len(ids) == said == again:
        raise SystemExit(f"{len(ids)} rows, {said} by their imports, {again} when read again")
    if len(set(ids)) != len(ids):
        raise SystemExit(f"{len(ids) - len(set(ids))} rows are there twice")
    if ids and counted is None:
        raise SystemExit("the cube lags behind")
    return ids


def _import_and_kill(store: Path, files: Path, after: float | None) -> float | None:
    """Seconds of an import; None where it was killed, so many seconds after it began."""
    command = [sys.executable, __file__, "once", "--store", str(store), "--files", str(files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdout.readline().strip() != "begins":
            raise SystemExit("the import did not begin")
        began = time.perf_counter()
        try:
            code = process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None
        if code:
            raise SystemExit(f"the import ended with {code}")
        return time.perf_counter() - began


def _once(store: Path, files: Path, _: float) -> None:
    opened = dt.open(store)
    print("begins", flush=True)
    opened.import_feed("gdelt", files)


def _import(store: Path, files: Path, seconds: float) -> None:
    """Small imports one after the other; the two importers bring rows of their own."""
    ends, opened, rows = time.monotonic() + seconds, dt.open(store), 0
    first = 1 if files.name.endswith("one") else 100_000_000
    rounds = 0
    while time.monotonic() < ends:
        place = files / str(rounds)
        write_files(place, 4, first + rounds * 1_000, rounds)
        rows += opened.import_feed("gdelt", place).stored
        rounds += 1
    print(f"{rounds} imports, {rows:,} rows")


def _compact(store: Path, _: Path, seconds: float) -> None:
    ends, opened, rounds, merged = time.monotonic() + seconds, dt.open(store), 0, 0
    while time.monotonic() < ends:
        merged += sum(done.files_removed for done in opened.tables.compact(delete_older_than=timedelta(hours=1)))
        rounds += 1
    print(f"{rounds} times, {merged:,} files merged")


def _read(store: Path, _: Path, seconds: float) -> None:
    ends, opened, seen, rounds = time.monotonic() + seconds, dt.open(store), 0, 0
    while time.monotonic() < ends:
        rows = len(look(opened))
        if rows < seen:
            raise SystemExit(f"{rows} rows after {seen}")
        seen, rounds = rows, rounds + 1
    print(f"{rounds} reads, {seen:,} rows in the last")


PARTS = {"once": _once, "import": _import, "compact": _compact, "read": _read}


if __name__ == "__main__":
    main()
