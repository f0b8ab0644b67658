"""The same story twice: documents whose words are nearly the same, whole or cut short.

Words are cut to stems of six letters and taken three by three (shingles; Broder, 1997). Two documents are
likened by resemblance (shared shingles over all) and containment (shared over those of the shorter). Pairs are
looked up by shingles they share, so that most of the pairs are never compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.documents.tables import fold
from detente.model import Document

RESEMBLANCE: Final = 0.25
"""Share of all shingles from which two documents tell one story in nearly one wording."""
CONTAINMENT: Final = 0.50
"""Share of the shorter one's shingles from which it is a cut of the longer one."""
LEAST_SHARED: Final = 8
"""Shingles that must be shared: a quoted title or formula has fewer."""
CROWD: Final = 50
"""Documents with one shingle beyond which it links only neighbours: a crowd of copies, or furniture."""

_WORD = re.compile(r"[^\W_]+")
_STEM = 6
_Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two documents that tell one story in nearly the same words.

    Attributes:
        first: Id of the one that stands first in the input.
        second: Id of the other.
        similarity: The larger of the two shares, from 0 to 1.
        resemblance: Shared shingles over all shingles of both.
        containment: Shared shingles over those of the shorter.
    """

    first: str
    second: str
    similarity: float
    resemblance: float
    containment: float


def find_near_duplicates(documents: Sequence[Document], *, known: Sequence[Document] = ()) -> tuple[NearDuplicate, ...]:
    """Pairs of documents with nearly the same text: reprints, agency copies, cuts, light rewritings.

    Only the sentences of the body count, not furniture and references. In a crowd of more than 50 copies each
    is paired with its neighbours, so that the crowd hangs together without all its pairs. Two accounts in
    their own words do not match, nor does a translation.

    Args:
        documents: Documents to look among.
        known: Others, that are paired with `documents` but not among themselves.

    Returns:
        Pairs with `resemblance` of 0.25 or `containment` of 0.5 and eight shared shingles, in order of the input.
    """
    everything = [*documents, *known]
    sets = [_shingles(document) for document in everything]
    fresh = len(documents)
    found = (
        _compare(everything[a], everything[b], sets[a], sets[b])
        for a, b in _candidates(sets)
        if a < fresh and everything[a].id != everything[b].id
    )
    return tuple(pair for pair in found if pair is not None)


def _compare(one: Document, other: Document, mine: _Hashes, theirs: _Hashes) -> NearDuplicate | None:
    shared = int(np.intersect1d(mine, theirs, assume_unique=True).size)
    if shared < LEAST_SHARED and not (shared and mine.size == theirs.size == shared):
        return None
    resemblance = shared / (mine.size + theirs.size - shared)
    containment = shared / min(mine.size, theirs.size)
    if resemblance < RESEMBLANCE and containment < CONTAINMENT:
        return None
    return NearDuplicate(one.id, other.id, max(resemblance, containment), resemblance, containment)


def _shingles(document: Document) -> _Hashes:
    """Hashes of every three words that stand together in the body, each once, sorted."""
    body = " ".join(document.text[sentence.start : sentence.end] for sentence in document.sentences)
    words = [word[:_STEM] for word in _WORD.findall(fold(body or document.text))]
    if not words:
        return np.empty(0, dtype=np.uint64)
    codes = np.fromiter((_code(word) for word in words), dtype=np.uint64, count=len(words))
    if codes.size < 3:
        return np.unique(codes)
    first, second, third = codes[:-2], codes[1:-1], codes[2:]
    mixed = (first * np.uint64(0x9E3779B97F4A7C15)) ^ (second * np.uint64(0xC2B2AE3D27D4EB4F)) ^ (third >> np.uint64(1))
    return np.unique(mixed * np.uint64(0xFF51AFD7ED558CCD))


def _code(word: str) -> int:
    """Up to six letters as a number that is the same on every machine; letters of our scripts stay apart."""
    code = 1
    for letter in word:
        code = (code * 1_000_003 + ord(letter)) & 0xFFFFFFFFFFFFFFFF
    return code


def _candidates(sets: Sequence[_Hashes]) -> list[tuple[int, int]]:
    """Pairs of places that share enough shingles to be compared, in order."""
    if len(sets) < 2:
        return []
    owners = np.repeat(np.arange(len(sets), dtype=np.int64), [item.size for item in sets])
    hashes = np.concatenate(sets)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    keys = np.concatenate([*_shared(hashes, owners, len(sets))] or [np.empty(0, dtype=np.int64)])
    pairs, counts = np.unique(keys, return_counts=True)
    sizes = np.array([item.size for item in sets])
    first, second = np.divmod(pairs, len(sets))
    shorter = np.minimum(sizes[first], sizes[second])
    # what is left out is under half of what either threshold asks; furniture shared by crowds may hide some
    kept = counts >= np.minimum(LEAST_SHARED, np.maximum(1, shorter // 8))
    return [(int(a), int(b)) for a, b in zip(first[kept], second[kept], strict=True)]


def _shared(hashes: _Hashes, owners: npt.NDArray[np.int64], total: int) -> Iterable[npt.NDArray[np.int64]]:
    """For each distance in the sorted list, the pairs that share a shingle at it, as one number a pair."""
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    lengths = np.diff(np.append(starts, hashes.size))
    crowd = np.repeat(lengths, lengths)
    for distance in range(1, CROWD):
        same = hashes[distance:] == hashes[:-distance]
        if not same.any():
            break
        if distance > 1:
            same &= crowd[distance:] <= CROWD
        yield owners[:-distance][same] * total + owners[distance:][same]


def groups_of(pairs: Iterable[NearDuplicate]) -> Iterator[frozenset[str]]:
    """Ids of documents that tell one story, whole groups, in order of their first pair."""
    member: dict[str, set[str]] = {}
    for pair in pairs:
        joined = member.get(pair.first, {pair.first}) | member.get(pair.second, {pair.second})
        for document_id in joined:
            member[document_id] = joined
    seen: set[int] = set()
    for group in member.values():
        if id(group) not in seen:
            seen.add(id(group))
            yield frozenset(group)
