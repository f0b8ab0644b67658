"""A file whose codes are WEIS under the name of a CAMEO feed is refused with the counts."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detente.errors import FeedError
from detente.feeds import read_feed
from detente.ontology.codes import detect_system

GULF = Path(__file__).resolve().parents[2] / "../shared/data/keds/gulf.parquet"
COUNTS = "9,730 of 54,466 events have codes that exist only in WEIS, 0 only in CAMEO, 0 in neither"
WIDTH = 58


@pytest.mark.data
@pytest.mark.skipif(not GULF.exists(), reason="development data absent")
def test_the_set_published_as_cameo_is_refused_with_the_evidence(tmp_path):
    codes = pq.read_table(GULF, columns=["code"])["code"].to_pylist()
    counted = {code: codes.count(code) for code in set(codes)}
    assert sum(n for code, n in counted.items() if code[:2] in {"21", "22"}) == 8_044  # roots that CAMEO has not
    assert detect_system(counted).evidence.startswith(COUNTS)

    def line(number: int, code: str) -> str:
        cells = [""] * WIDTH
        cells[0], cells[1], cells[5], cells[15], cells[26] = str(number), "19900802", "IRQ", "KUW", code
        return "\t".join(cells)

    file = tmp_path / "gulf.export.CSV"
    file.write_text("".join(f"{line(number, code)}\n" for number, code in enumerate(codes)), encoding="utf-8")
    with pytest.raises(FeedError, match=COUNTS):
        read_feed("gdelt", file)
