"""The worked notebooks run from top to bottom and say what they showed when they were written."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def outputs(cell: dict[str, Any]) -> list[str]:
    """The plain text of what a cell gave; folders of the run taken out."""
    found = [item.get("data", {}).get("text/plain", item.get("text", "")) for item in cell.get("outputs", ())]
    texts = ["".join(item) for item in found]
    return [re.sub(r"/\S*tmp\S*", "FOLDER", text) for text in texts]


def test_there_is_a_notebook_and_every_answer_in_it_shows_itself() -> None:
    assert NOTEBOOKS
    for path in NOTEBOOKS:
        held = json.loads(path.read_text(encoding="utf-8"))
        cells = [cell for cell in held["cells"] if cell["cell_type"] == "code"]
        rich = [item for cell in cells for item in cell["outputs"] if "text/html" in item.get("data", {})]
        assert len(rich) >= 10
        said = path.read_text(encoding="utf-8")
        assert "error" not in {item["output_type"] for cell in cells for item in cell["outputs"]}
        assert not re.search(r"(?:/home|/root|/tmp|/work|C:\\\\Users)/", said)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_the_same(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "store"))
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    before = [outputs(cell) for cell in notebook.cells if cell.cell_type == "code"]
    client.NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    after = [outputs(cell) for cell in notebook.cells if cell.cell_type == "code"]
    assert after == before
