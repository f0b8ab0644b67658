"""The page of a feed's event names the articles that its mentions name."""

import detente as dt
from detente.feeds import feed_sheet

PAGE = "https://paper.example/1"


def _line(columns, **cells):
    return "\t".join(cells.get(column, "") for column in columns) + "\n"


def test_the_page_of_an_event_names_who_else_reports_it(tmp_path):
    from starlette.testclient import TestClient
    from web_stores import BASE, PATIENT

    from detente.web.app import make_app

    sheet = next(layout.columns for layout in feed_sheet("gdelt").layouts if len(layout.columns) == 61)
    sides = {"Actor1Code": "RUS", "Actor1CountryCode": "RUS", "Actor2Code": "UKR", "Actor2CountryCode": "UKR"}
    events, mentions = tmp_path / "a.export.CSV", tmp_path / "a.mentions.CSV"
    events.write_text(_line(sheet, GLOBALEVENTID="1", SQLDATE="20220224", EventCode="190", **sides), encoding="utf-8")
    said = {"MentionType": "1", "MentionSourceName": "paper.example", "MentionIdentifier": PAGE, "Confidence": "80"}
    columns = feed_sheet("gdelt-mentions").layouts[0].columns
    mentions.write_text(_line(columns, GLOBALEVENTID="1", **said), encoding="utf-8")
    store = dt.open(tmp_path / "store")
    store.import_feed("gdelt", [events, mentions])
    with TestClient(make_app(store, limits=PATIENT), base_url=BASE) as client:
        page = client.get("/event/gdelt:1").text
    assert f'href="{PAGE}"' in page
    assert "gives no words of it; confidence 0.8" in page
    assert "/document/" not in page
    assert "not kept" not in page
