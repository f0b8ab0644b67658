"""The relation model: one pass of an encoder over a sentence, then a small head for each ordered pair of its actors."""

from __future__ import annotations

import torch
from labels import FLAGS, MODES, OUTCOMES, STATUSES, TYPES
from torch import nn

HEADS = 6


class RelationModel(nn.Module):
    """Encoder and pair heads.

    A pair is seen through the states at its two actors' opening marks and through what the two of them attend to in the
    sentence; a party that is not named has a learned state of its own.
    """

    def __init__(self, encoder: nn.Module, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.width = width
        self.unnamed = nn.Parameter(torch.zeros(2, width))
        self.ask = nn.Linear(2 * width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.join = nn.Linear(4 * width, width)
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.types = nn.Linear(width, len(OUTCOMES))
        self.by_type = nn.Parameter(torch.zeros(len(TYPES), width))
        self.status_in = nn.Linear(width, width)
        self.status = nn.Linear(width, len(STATUSES) + len(FLAGS))
        self.modes = nn.Linear(width, len(MODES))
        self.every = nn.Linear(width, len(TYPES))

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        pair_sentence: torch.Tensor,
        pair_source: torch.Tensor,
        pair_target: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Logits of pairs.

        Args:
            input_ids: `(n_sentences, n_tokens)`.
            attention_mask: `(n_sentences, n_tokens)`, 1 for a token.
            pair_sentence: `(n_pairs,)` the row of the sentence.
            pair_source: `(n_pairs,)` position of the source's mark, -1 where unnamed.
            pair_target: `(n_pairs,)` the same of the target.

        Returns:
            Types `(n_pairs, 17)`, one of which is right; status and flags by type `(n_pairs, 16, 7)`; modes
            `(n_pairs, n_modes)`; and each type by itself `(n_pairs, 16)`, as two acts of a pair can stand in a sentence.
        """
        states = self.encoder(input_ids, attention_mask)
        source = self._at(states, pair_sentence, pair_source, 0)
        target = self._at(states, pair_sentence, pair_target, 1)
        context = self._attend(states, attention_mask, pair_sentence, torch.cat([source, target], -1))
        joined = torch.cat([source, target, context, states[:, 0][pair_sentence]], -1)
        pair = self.norm(nn.functional.gelu(self.join(self.dropout(joined))))
        pair = self.dropout(pair)
        by_type = nn.functional.gelu(self.status_in(pair).unsqueeze(1) + self.by_type.unsqueeze(0))
        return self.types(pair), self.status(by_type), self.modes(pair), self.every(pair)

    def open_every(self) -> None:
        """Begin the types by themselves where the one right type stands, for weights of before there were such."""
        with torch.no_grad():
            self.every.weight.copy_(self.types.weight[1:])
            self.every.bias.copy_(self.types.bias[1:])

    def _at(self, states: torch.Tensor, sentence: torch.Tensor, place: torch.Tensor, side: int) -> torch.Tensor:
        found = states[sentence, place.clamp(min=0)]
        return torch.where((place < 0).unsqueeze(-1), self.unnamed[side].unsqueeze(0), found)

    def _attend(
        self, states: torch.Tensor, mask: torch.Tensor, sentence: torch.Tensor, ends: torch.Tensor
    ) -> torch.Tensor:
        size = self.width // HEADS
        pairs = ends.shape[0]
        ask = self.ask(ends).view(pairs, HEADS, 1, size)
        keys = self.key(states)[sentence].view(pairs, -1, HEADS, size).transpose(1, 2)
        values = self.value(states)[sentence].view(pairs, -1, HEADS, size).transpose(1, 2)
        weight = (ask * keys).sum(-1) / size**0.5
        weight = weight.masked_fill(mask[sentence].unsqueeze(1) == 0, -1e4).softmax(-1)
        return (weight.unsqueeze(-1) * values).sum(2).reshape(pairs, self.width)
