"""Which folders are stores, and what is said of those that are not."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from detente.errors import StoreError, StoreVersionError
from detente.store import open_store

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2


@pytest.mark.parametrize(("found", "remedy"), [(3, "update detente"), (0, "version of detente that made it")])
def test_another_format_is_refused_with_both_versions(tmp_path, found, remedy):
    (tmp_path / "detente.json").write_text(json.dumps({"format": found, "id": "x"}))
    with pytest.raises(StoreVersionError, match=rf"format {found}, .* reads format 1 to 2: .*{remedy}"):
        open_store(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", '{"format": "one", "id": "x"}', '{"id": "x"}', "\udcff"])
def test_a_broken_marker_is_named(tmp_path, content):
    (tmp_path / "detente.json").write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(StoreError, match=r"detente\.json cannot be read"):
        open_store(tmp_path)


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(StoreError, match=r"is no store but holds 'thesis\.docx'"):
        open_store(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_missing_store_is_made_only_when_asked(tmp_path):
    with pytest.raises(StoreError, match="holds no store"):
        open_store(tmp_path / "new", create=False)
    assert not (tmp_path / "new").exists()
    open_store(tmp_path / "new" / "deep")
    assert [entry.name for entry in (tmp_path / "new" / "deep").iterdir()] == ["detente.json"]


def test_a_file_in_place_of_the_folder_gives_one_line(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        open_store(tmp_path / "file")
    assert "\n" not in str(caught.value)


def test_a_draft_left_by_a_killed_creation_is_no_obstacle(tmp_path):
    (tmp_path / ".detente.json.0123").write_text("")
    assert open_store(tmp_path).id


def test_many_creations_at_once_make_one_store(tmp_path, make_batch, make_report):
    def create_and_write(number):
        store = open_store(tmp_path / "store")
        store.commit(make_batch([make_report(f"r{number}")]))
        return store.id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(create_and_write, range(8)))
    assert len(ids) == 1
    with open_store(tmp_path / "store").snapshot() as snapshot:
        assert snapshot.chosen_events() == 8


@pytest.mark.parametrize("name", ["мой склад", "ışık *?", "it's"])
def test_folders_may_have_any_usual_name(tmp_path, name, make_batch, make_report):
    store = open_store(tmp_path / name)
    store.commit(make_batch([make_report("r1")]))
    store.commit(make_batch([make_report("r2")]))
    with store.snapshot() as snapshot:
        assert snapshot.chosen_events() == 2


@pytest.mark.parametrize("name", ["a[1]", "50%25", "a|b", "a^b"])
def test_names_that_delta_cannot_address_are_refused(tmp_path, name):
    with pytest.raises(StoreError, match="cannot address"):
        open_store(tmp_path / name)


def test_importing_the_store_is_cheap():
    heavy = "{'pyarrow', 'ibis', 'deltalake', 'duckdb', 'pandas'}"
    code = f"import sys, detente.store; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
