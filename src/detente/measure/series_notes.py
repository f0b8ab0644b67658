"""What a reader must know of the record behind a pair's sums, in sentences."""

import numpy as np

from detente.measure.coverage import record_name
from detente.measure.select import JOINT
from detente.measure.series import PairSeries
from detente.model.results import Selection


def series_notes(series: PairSeries, selection: Selection) -> list[str]:
    """What a reader must know of the record behind the sums, one sentence each."""
    first, last = series.span
    notes = [f"Record: {record_name(selection)}, {first} to {last}; {series.total} dated acts of the pair."]
    if selection.record_kind == "chosen":
        notes.append("A chosen record: the counts measure what was chosen, not how often it happened.")
    for side, codes in zip(selection.dyad, (selection.a_codes, selection.b_codes), strict=True):
        if others := [code for code in codes if code != side]:
            notes.append(f"{side} includes {', '.join(others)}.")
    if selection.record_kind == "feed":
        notes.append(f"Read from the {series.source}.")
    if series.left_out:
        notes.append(
            f"{series.left_out:.0%} of the pair's acts are not state to state and are left out "
            "(`--actors all` counts them)."
        )
    if series.mirrored:
        acts = "1 act is" if series.mirrored == 1 else f"{series.mirrored} acts are"
        notes.append(
            f"{acts} told from both sides (same day, sides swapped, the code of a shared act): once in joint, "
            "once in each direction."
        )
    return notes + _gap_notes(series) + _scale_notes(series)


def _gap_notes(series: PairSeries) -> list[str]:
    notes = []
    if series.partial:
        names = " and ".join(start.isoformat() for start in series.partial)
        notes.append(f"Only part of the {series.every} that begins on {names} is covered: its counts are low.")
    if gaps := int(np.sum(~series.covered)):
        notes.append(f"{gaps} periods in which the record holds nothing at all are gaps, not zeros.")
    if series.undated:
        acts = "act is" if series.undated == 1 else "acts are"
        notes.append(f"{series.undated} {acts} dated no closer than a {series.every} and not counted.")
    return notes


def _scale_notes(series: PairSeries) -> list[str]:
    sums = series.sums[JOINT]
    typed, scored = float(sums["typed"].sum()), float(sums["scored"].sum())
    notes = []
    if series.total and typed < series.total:
        notes.append(f"{series.total - typed:.0f} acts have no event type: volume only.")
    if typed:
        notes.append(
            f"Scale {series.scale}: {scored / typed:.0%} of typed acts are scored."
            if series.scale
            else "No act is scored: no tone and no net sum."
        )
    return notes
