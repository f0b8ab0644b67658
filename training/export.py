"""Make the shipped files of a trained model: `python training/export.py build/model src/detente/coding/model`."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from labels import FLAGS, MODES, OUTCOMES, STATUSES
from network import RelationModel
from onnxruntime.quantization import QuantType, quantize_dynamic

INPUTS = ["input_ids", "attention_mask", "pair_sentence", "pair_source", "pair_target"]
OUTPUTS = ["types", "status", "modes", "every"]


def export_onnx(model: RelationModel, path: Path) -> None:
    """The network as ONNX in 8 bits: weights of the linear layers and word vectors."""
    model.eval()
    ids = torch.randint(5, 1000, (2, 12))
    example = (ids, torch.ones_like(ids), torch.tensor([0, 0, 1]), torch.tensor([1, 3, -1]), torch.tensor([3, -1, 2]))
    axes = {
        "input_ids": {0: "sentences", 1: "tokens"},
        "attention_mask": {0: "sentences", 1: "tokens"},
        **{name: {0: "pairs"} for name in (*INPUTS[2:], *OUTPUTS)},
    }
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            example,
            str(whole),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        onnx.checker.check_model(str(whole))
        quantize_dynamic(
            str(whole),
            str(path),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # 7 bits of weight: without it sums overflow on processors that lack VNNI, and only there
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )


def write_card(
    folder: Path, *, version: str, languages: list[str], temperature: float, status_temperature: float
) -> None:
    """What the outputs mean, for the program that runs the model."""
    card = {
        "version": version,
        "languages": languages,
        "outcomes": OUTCOMES,
        "statuses": STATUSES,
        "flags": FLAGS,
        "modes": MODES,
        "temperature": temperature,
        "status_temperature": status_temperature,
    }
    (folder / "relations.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main(source: Path, target: Path) -> None:
    """Read `model.pt`, `shape.json` and tokenizers of a training run, write the package's files."""
    from train import rebuild

    model, made = rebuild(source)
    target.mkdir(parents=True, exist_ok=True)
    export_onnx(model, target / "relations.onnx")
    for path in sorted(source.glob("tokenizer_*.json")):
        (target / path.name).write_bytes(path.read_bytes())
    write_card(
        target,
        version=made["version"],
        languages=made["languages"],
        temperature=made["temperature"],
        status_temperature=made["status_temperature"],
    )
    size = sum(path.stat().st_size for path in target.iterdir())
    print(f"{target}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
