"""The chart of an answer as a file: HTML that opens offline, SVG, PNG, PDF or its Vega-Lite specification."""

from pathlib import Path
from typing import Final

from detente.api.answers import Answer
from detente.errors import InputError

ENDINGS: Final = (".html", ".svg", ".png", ".pdf", ".json")


def check_figure_path(path: Path) -> Path:
    """The path, if a figure can be written there.

    Raises:
        InputError: If the ending is none of a figure's, or there is no such folder.
    """
    if path.suffix.lower() not in ENDINGS:
        raise InputError(
            f"{path}: a figure is written as {', '.join(ENDINGS)}, by the name's ending; give another name"
        )
    if not path.absolute().parent.is_dir():
        raise InputError(
            f"{path}: cannot be written, there is no folder {path.parent}; make it or choose another place"
        )
    return path


def save_figure(answer: Answer, path: Path) -> Path:
    """Write the chart of an answer.

    Args:
        answer: Of a measure that has a chart.
        path: Where to; the ending decides the form.

    Returns:
        The path.

    Raises:
        InputError: If it cannot be written there, there is no chart, or what draws it is not installed.
        DataError: If the answer holds nothing to draw.
    """
    chart = answer.plot()
    kind = check_figure_path(path).suffix.lower().removeprefix(".")
    try:
        # A page that carries its own scripts opens without a network.
        chart.save(str(path), format=kind, **({"inline": True} if kind == "html" else {}))
    except ImportError as error:
        raise InputError(
            f"{path}: a figure as {kind} needs vl-convert: install it with `pip install 'detente[plot]'`"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from error
    return path
