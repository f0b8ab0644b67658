"""Who may be a donor, by a rule that is fixed before anything is looked at, and why the others may not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.errors import InputError
from detente.measure.donor_panel import DonorPanel, present_code
from detente.measure.donor_ties import structural_ties
from detente.measure.ledger_structural import Structural
from detente.measure.ledger_tables import load_memberships, standing_entries
from detente.model.events import Dyad
from detente.model.impact import LeftOut
from detente.model.results import Selection
from detente.ontology.countries import load_countries

FEWEST_DONORS: Final = 10
FEWEST_COUNTED: Final = 10  # acts that the outcome counts, before the shock
MOST_DONORS: Final = 150
_NAMED: Final = 5
_TIES: Final = ("alliance", "treaty lacking")
_SIDE: Final = "holds a side of the pair"
_SHOCKER: Final = "holds the shocker"
_STILL: Final = "hardly moved before the shock"
_MANY: Final = f"not among the {MOST_DONORS} with most acts before the shock"
_FEW: Final = f"under {FEWEST_COUNTED} acts before the shock that the outcome counts"

RULE: Final = (
    "pairs of states; none that holds a side, the shocker, or a state tied to one of them before the shock (same bloc: "
    "EU, G7, NATO, CSTO, EAEU; ally; war without a peace treaty); at least "
    f"{FEWEST_COUNTED} acts before the shock that the outcome counts, and a series that moves; of those the "
    f"{MOST_DONORS} with most acts"
)
NARROW: Final = "only pairs that hold a side or the shocker are left out"
BUSY: Final = f"the rule, and at least {3 * FEWEST_COUNTED} acts before"


@dataclass(frozen=True, slots=True)
class Struck:
    """States that the shock may have struck: code to the reason."""

    reasons: dict[str, str]
    held: frozenset[str]  # the sides and the shocker

    def reason(self, dyad: Dyad) -> str | None:
        """Why a pair is no donor; None where neither state was struck."""
        found = [self.reasons[code] for code in dyad if code in self.reasons]
        return min(found, key=lambda reason: (reason != _SIDE, reason != _SHOCKER)) if found else None


def find_struck(selection: Selection, shocker: str | None, shock: date, tables: Structural | None = None) -> Struck:
    """The states a shock may have struck, by tables as they stood the day before it.

    Args:
        selection: What was asked.
        shocker: Who launched the shock; an organisation stands for its members.
        shock: UTC date of the shock.
        tables: The user's structural tables: allies, belligerents and rivals beside those of our own tables.

    Returns:
        The states. Blocs come from `memberships.csv`, allies and wars without a peace treaty from `standing.csv`.
    """
    before = shock - timedelta(days=1)
    sides = {*selection.a_codes, *selection.b_codes}
    launched = {shocker} if shocker else set()
    if shocker and shocker.startswith("IGO:"):
        launched = _members(shocker, before)
    held = sides | launched
    reasons: dict[str, str] = {}
    for centre in sorted(held):
        for code, tie in _ties(centre, before):
            reasons.setdefault(code, f"holds a state {tie}")
    for code, tie in structural_ties(tables, held, before) if tables else ():
        reasons.setdefault(code, f"holds a state {tie}")
    reasons |= {present_code(code): _SHOCKER for code in launched}
    reasons |= {present_code(code): _SIDE for code in sides}
    return Struck(reasons, frozenset(present_code(code) for code in held))


def _members(organisation: str, day: date) -> set[str]:
    return {
        item.member
        for item in load_memberships()
        if item.organisation == organisation and item.since <= day and (item.until is None or item.until >= day)
    }


def _ties(centre: str, day: date) -> list[tuple[str, str]]:
    mine = [
        item.organisation
        for item in load_memberships()
        if item.member == centre and item.since <= day and (item.until is None or item.until >= day)
    ]
    found = [
        (code, f"of the same bloc as {centre} ({name.removeprefix('IGO:')})")
        for name in sorted(mine)
        for code in sorted(_members(name, day))
    ]
    for code in sorted(load_countries()):
        if code == centre or code.startswith("IGO:"):
            continue
        kinds = {entry.kind for entry in standing_entries(Dyad(centre, code), day, day)}
        found += [(code, f"tied to {centre} ({kind})") for kind in _TIES if kind in kinds]
    return found


@dataclass(frozen=True, slots=True)
class Donors:
    """Which pairs of a panel are donors for one outcome, and why the others are not."""

    kept: npt.NDArray[np.bool_]
    left_out: tuple[LeftOut, ...]


def choose_donors(
    panel: DonorPanel,
    counted: npt.NDArray[np.float64],
    moving: npt.NDArray[np.bool_],
    struck: Struck,
    *,
    listed: tuple[Dyad, ...] | None = None,
    narrow: bool = False,
    fewest: int = FEWEST_COUNTED,
) -> Donors:
    """Apply the rule.

    Args:
        panel: All pairs of states.
        counted: Acts that the outcome counts, before the shock, (n_dyads,).
        moving: Whether the outcome moves before the shock, (n_dyads,).
        struck: Who may have been struck.
        listed: The user's own donors; the rule then takes away only those that hold a side or the shocker.
        narrow: Whether ties to a side or the shocker do not matter.
        fewest: Fewest acts before the shock.

    Returns:
        The donors, and the pairs left out by reason, most frequent reason first.
    """
    named = {frozenset(dyad) for dyad in listed} if listed is not None else None
    loose = narrow or listed is not None
    why: list[str | None] = []
    for dyad, acts, moves in zip(panel.dyads, counted, moving, strict=True):
        tied_only = not set(dyad) & struck.held
        reason = None if loose and tied_only else struck.reason(dyad)
        if reason is None and named is not None and frozenset(dyad) not in named:
            reason = "not among the donors given"
        if reason is None and acts < fewest:
            reason = _FEW.replace(str(FEWEST_COUNTED), str(fewest))
        why.append(_STILL if reason is None and not moves else reason)
    free = sorted((at for at, reason in enumerate(why) if reason is None), key=lambda at: -counted[at])
    for at in free[MOST_DONORS:]:
        why[at] = _MANY
    return Donors(np.array([reason is None for reason in why], dtype=bool), _count_left_out(panel, why))


def _count_left_out(panel: DonorPanel, why: list[str | None]) -> tuple[LeftOut, ...]:
    busy = panel.sums["joint"]["n"].sum(axis=1)
    found = []
    for reason in dict.fromkeys(item for item in why if item):
        places = sorted((at for at, item in enumerate(why) if item == reason), key=lambda at: -busy[at])
        found.append(LeftOut(reason, len(places), tuple(panel.dyads[at] for at in places[:_NAMED])))
    return tuple(sorted(found, key=lambda item: (-item.n, item.reason)))


def read_donors(text: str, resolve: Callable[[str], str]) -> tuple[Dyad, ...]:
    """Donors as a user lists them: `CHN-JPN,KOR-PRK`.

    Args:
        text: Pairs joined by commas, the sides of each by a hyphen or `>`.
        resolve: From a name to a code.

    Returns:
        The pairs.

    Raises:
        InputError: If a pair does not have two sides.
    """
    pairs = []
    for item in (part.strip() for part in text.split(",")):
        sides = [side.strip() for side in item.replace(">", "-").split("-")]
        if len(sides) != 2 or not all(sides):
            raise InputError(f"donor {item!r}: expected two states joined by a hyphen, such as CHN-JPN")
        one, other = sorted(resolve(side) for side in sides)
        pairs.append(Dyad(one, other))
    return tuple(dict.fromkeys(pairs))
