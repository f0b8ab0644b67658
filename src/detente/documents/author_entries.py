"""The entry of a list that an author and a year name."""

import re
from collections import defaultdict
from collections.abc import Sequence

from detente.documents.blocks import Block
from detente.documents.citations import surname_key
from detente.documents.reference_entry import ENTRY_YEAR, URL, entry_head, split_accessed
from detente.documents.reference_title import QUOTED
from detente.documents.tables import fold

_SEVERAL = re.compile(r"\s(?:and|&|ve|и|et al|vd|и др)[.\s]|;|\.,?\s[^\W\d_][\w’'-]{2,},?\s[^\W\d_]\.")
_PREFIX = 3  # letters by which entries are looked up
_CROWD = 200  # entries of one year and prefix beyond which none is tied: no list of works has them


class AuthorIndex:
    """The entries of a list by year and the first letters of their author."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        """Look at each entry once.

        Args:
            text: The whole document.
            blocks: Entries without a number that a mark names.
        """
        self._heads: dict[tuple[str, str], list[tuple[str, Block]]] = defaultdict(list)
        for block in blocks:
            head = entry_head(text, block)
            self._heads[_year_of(head), fold(head)[:_PREFIX]].append((head, block))

    def entry_of(self, label: str) -> Block | None:
        """The one entry an author–year label fits; None where none or several do."""
        names, _, year = label[1:].rpartition(" ")
        name = names.removesuffix("+")
        heads = self._heads.get((year, name[:_PREFIX]), [])
        if len(heads) > _CROWD:
            return None
        fitting = [(head, block) for head, block in heads if _begins(head, name)]
        if len(fitting) > 1:
            several = names.endswith("+")
            fitting = [(head, block) for head, block in fitting if bool(_SEVERAL.search(_authors_of(head))) == several]
        return fitting[0][1] if len(fitting) == 1 else None


def _begins(entry: str, name: str) -> bool:
    """Whether an entry begins with the name: a surname, or a whole organisation."""
    opening = re.split(r"[,.(]|\s[^\W\d_]\.", entry[:200], maxsplit=1)[0]
    key = surname_key(opening)
    return key == name or key.split(" ")[0] == name or fold(entry).startswith(name + " ")


def _year_of(entry: str) -> str:
    """The year of an entry with its letter (`2023a`), dates of access and addresses aside."""
    _, remaining = split_accessed(URL.sub(" ", entry))
    unquoted = QUOTED.sub(" ", remaining)
    early = re.search(r"\(((?:1[89]|20)\d\d)([a-zа-в]?)[,)]", unquoted[:250])
    found = early or ENTRY_YEAR.search(unquoted)
    return (found[1] + found[2]).lower() if found else ""


def _authors_of(entry: str) -> str:
    found = re.search(r"\(?(?:1[89]|20)\d\d|[“«\"*]", entry)
    return entry[: found.start()] if found else entry[:80]
