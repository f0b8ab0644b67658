"""Turkish and Russian words for an English encoder: stems that start from the vectors of their English glosses.

No small encoder of the three languages could be had, so that an English one gets a vocabulary a language beside its
own: stems from a glossary that the project wrote, endings from the project's own sentences. A stem's vector starts as
the mean of those of its gloss; what endings mean is learned.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import torch
from detente.ontology.gazetteer import read_table
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = set("aeıioöuü")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]", "[unused2]")


def fold_word(word: str, language: str) -> str:
    """A word in the language's own lower case, as the tokenizer sees it."""
    if language == "tr":
        return word.replace("İ", "i").replace("I", "ı").lower()
    return word.lower().replace("ё", "е")


def read_glossary(path: Path, language: str) -> dict[str, list[str]]:
    """Lemma to its English glosses, best first."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        lemma, tab, gloss = line.partition("\t")
        if tab and " " not in lemma.strip():
            found.setdefault(fold_word(lemma.strip(), language), [g.strip() for g in gloss.split(",") if g.strip()])
    return found


def stems_of(glossary: dict[str, list[str]], language: str) -> dict[str, list[str]]:
    """Stem to gloss: what stays the same in a lemma's forms."""
    return _turkish_stems(glossary) if language == "tr" else _russian_stems(glossary)


def _turkish_stems(glossary: dict[str, list[str]]) -> dict[str, list[str]]:
    stems: dict[str, list[str]] = {}
    softer = {"p": "b", "ç": "c", "t": "d", "k": "ğ"}
    for lemma, gloss in glossary.items():
        verb = len(lemma) > 4 and lemma.endswith(("mek", "mak"))
        stem = lemma[:-3] if verb else lemma
        forms = [stem]
        if stem[-1] in softer and len(stem) > 2:
            forms.append(stem[:-1] + softer[stem[-1]])
        if verb and stem[-1] in "ae":  # -yor narrows the vowel
            forms += [stem[:-1] + vowel for vowel in "ıiuü"]
        for form in forms:
            if len(form) > 1:
                stems.setdefault(form, gloss)
    return stems


def _russian_stems(glossary: dict[str, list[str]]) -> dict[str, list[str]]:
    import pymorphy3

    analyser = pymorphy3.MorphAnalyzer(lang="ru")
    stems: dict[str, list[str]] = {}
    for lemma, gloss in glossary.items():
        parse = analyser.parse(lemma)[0]
        forms = sorted(
            {fold_word(form.word, "ru") for form in parse.lexeme if not form.word.startswith(("по-", "наи"))}
        )
        stem = _common_start(forms)
        kept = (
            [stem] if len(stem) >= max(3, len(lemma) - 3) else sorted({form[: max(4, len(form) - 2)] for form in forms})
        )
        for form in [*kept, lemma]:
            stems.setdefault(form, gloss)
    return stems


def name_stems(language: str) -> dict[str, list[str]]:
    """Stems of the names of states and their peoples, from the package's own tables, to English names."""
    english = {row["iso3"]: row["name_en"].lower() for row in read_table("countries.csv")}
    stems: dict[str, list[str]] = {}
    for row in read_table(f"names_{language}.csv"):
        name = fold_word(row["name"], language)
        if row["country"] not in english or not _WORD.fullmatch(name) or len(name) < 3:
            continue
        forms = [fold_word(form.partition(":")[0], language) for form in row["forms"].split("|") if form]
        stem = _common_start([name, *forms]) if language == "ru" else name
        for form in {name, stem if len(stem) > 2 else name}:
            stems.setdefault(form, [english[row["country"]]])
    return stems


def _common_start(words: list[str]) -> str:
    first, last = min(words), max(words)
    size = 0
    while size < min(len(first), len(last)) and first[size] == last[size]:
        size += 1
    return first[:size]


def endings_of(
    texts: list[str], stems: dict[str, list[str]], language: str, least: int = 3
) -> tuple[list[str], list[str]]:
    """What follows stems in texts, and whole words without a stem, each seen at least `least` times."""
    words = Counter(fold_word(word, language) for text in texts for word in _WORD.findall(text))
    endings: Counter[str] = Counter()
    whole = []
    for word, count in words.items():
        size = next((size for size in range(len(word), 1, -1) if word[:size] in stems), 0)
        if size < min(3, len(word)):
            if count >= least:
                whole.append(word)
        elif size < len(word):
            endings[word[size:]] += count
    return [ending for ending, count in endings.items() if count >= least], whole


def build_tokenizer(
    base: Tokenizer, first: int, stems: dict[str, list[str]], endings: list[str], whole: list[str], language: str
) -> tuple[Tokenizer, dict[str, int]]:
    """A word-piece tokenizer whose own pieces have rows from `first` on; Latin names fall back on the base's pieces.

    Returns:
        The tokenizer, and the rows of the new pieces.
    """
    letters = {letter for word in [*stems, *endings, *whole] for letter in word}
    fresh = [*stems, *[word for word in whole if word not in stems]]
    fresh += [f"##{ending}" for ending in endings]
    fresh += [f"##{letter}" for letter in sorted(letters)] + sorted(letters)
    rows = {piece: first + number for number, piece in enumerate(dict.fromkeys(fresh))}
    vocabulary = {**{piece: row for piece, row in base.get_vocab().items() if piece.isascii()}, **rows}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=60))
    fold = [normalizers.Replace("İ", "i"), normalizers.Replace("I", "ı")] if language == "tr" else []
    tail = [normalizers.Replace("ё", "е")] if language == "ru" else []
    quotes = [normalizers.Replace(sign, plain) for sign, plain in zip("«»“”„’‘–—", '"""""\'\'--', strict=True)]
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), *quotes, *fold, normalizers.Lowercase(), *tail])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens([token for token in SPECIAL])
    return tokenizer, rows


@torch.no_grad()
def extend_embeddings(
    table: torch.nn.Embedding, base: Tokenizer, rows: dict[str, int], stems: dict[str, list[str]], seed: int = 0
) -> torch.nn.Embedding:
    """A table with the new rows: a stem's is the mean of its glosses', an ending's starts near the table's mean."""
    generator = torch.Generator().manual_seed(seed)
    old = table.weight
    grown = torch.nn.Embedding(max(len(old), max(rows.values()) + 1), old.shape[1], padding_idx=table.padding_idx)
    grown.weight[: len(old)] = old
    middle, spread = old.mean(0), old.std()
    for piece, row in rows.items():
        vectors = []
        for weight, gloss in zip((1.0, 0.5, 0.25), stems.get(piece, [])[:3], strict=False):
            ids = base.encode(gloss, add_special_tokens=False).ids
            vectors.append((weight, old[ids].mean(0)))
        if vectors:
            total = sum(weight for weight, _ in vectors)
            grown.weight[row] = sum(weight * vector for weight, vector in vectors) / total
        else:
            grown.weight[row] = middle + 0.3 * spread * torch.randn(old.shape[1], generator=generator)
    return grown


def languages_of(
    base: Tokenizer, table: torch.nn.Embedding, texts: dict[str, list[str]], folder: Path
) -> tuple[dict[str, Tokenizer], torch.nn.Embedding]:
    """Tokenizers by language and the grown table of vectors.

    Args:
        base: The encoder's own tokenizer, of English.
        table: Its word vectors.
        texts: The project's sentences by language; English is left out.
        folder: Where `glossary_tr.tsv` and `glossary_ru.tsv` lie.
    """
    tokenizers = {"en": base}
    for language in ("tr", "ru"):
        path = folder / f"glossary_{language}.tsv"
        stems = stems_of(read_glossary(path, language), language) if path.exists() else {}
        stems = {**name_stems(language), **stems}
        endings, whole = endings_of(texts.get(language, []), stems, language)
        if not texts.get(language):
            continue
        tokenizers[language], rows = build_tokenizer(base, table.num_embeddings, stems, endings, whole, language)
        table = extend_embeddings(table, base, rows, stems)
        print(f"{language}: {len(stems)} stems, {len(endings)} endings, {len(whole)} whole words", flush=True)
    return tokenizers, table


def save_tokenizers(tokenizers: dict[str, Tokenizer], folder: Path) -> None:
    """Write `tokenizer_en.json` and so on, without white space."""
    for language, tokenizer in tokenizers.items():
        text = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
        (folder / f"tokenizer_{language}.json").write_text(text, encoding="utf-8")


def read_tokenizers(folder: Path) -> dict[str, Tokenizer]:
    """What `save_tokenizers` wrote."""
    return {path.stem[-2:]: Tokenizer.from_file(str(path)) for path in sorted(folder.glob("tokenizer_*.json"))}
