"""Names of sides and pairs as the rows an import keeps."""

from collections.abc import Sequence

from detente.errors import InputError
from detente.feeds import Wanted
from detente.ontology import predecessors, resolve_country


def wanted_rows(only: Sequence[str] = (), dyads: Sequence[str] = ()) -> Wanted:
    """Which rows to keep, by names of countries and organisations; a state brings those it continues.

    Args:
        only: Sides, each a code or name, or several with commas between.
        dyads: Pairs such as `RUS-JPN`, or several with commas between.

    Returns:
        The choice.

    Raises:
        InputError: If a pair is not two sides.
        UnknownCountryError: If a name is unknown.

    Examples:
        >>> sorted(wanted_rows(["RUS,JPN"]).sides)
        ['JPN', 'RUS', 'SUN']
    """
    sides = [_group(name) for name in _split(only)]
    return Wanted(frozenset().union(*sides), tuple(_pair(text) for text in _split(dyads)))


def _pair(text: str) -> tuple[frozenset[str], frozenset[str]]:
    names = [name.strip() for name in text.split("-")]
    if len(names) != 2 or not all(names):
        raise InputError(f"pair {text!r}: expected two sides with a hyphen between, such as RUS-JPN")
    return _group(names[0]), _group(names[1])


def _group(name: str) -> frozenset[str]:
    code = resolve_country(name)
    return frozenset({code, *predecessors(code)})


def _split(texts: Sequence[str]) -> list[str]:
    return [item.strip() for text in texts for item in text.split(",") if item.strip()]
