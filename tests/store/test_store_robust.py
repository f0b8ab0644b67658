"""Imports killed at random moments, and many processes on one store: `benchmarks/robust.py` in short."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "robust.py"


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_imports_that_are_killed_lose_nothing_and_store_nothing_twice():
    assert "nothing lost, nothing twice" in run("killed", "--times", "10", "--seed", "1")


@pytest.mark.slow
def test_two_imports_a_compaction_and_a_reader_disturb_nobody():
    assert "no error, every read consistent" in run("together", "--seconds", "10")
