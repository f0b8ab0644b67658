"""`detente shocks`, `detente series`, and shocks by name."""


def test_shocks_are_listed(detente):
    ran = detente("shocks", "--shocker", "Russia", "--format", "json")
    names = [item["name"] for item in ran.json["shocks"]]
    assert "ukraine-2022" in names
    assert {item["shocker"] for item in ran.json["shocks"]} == {"RUS"}
    assert all(item["source"] for item in ran.json["shocks"])
    assert detente("shocks", "--kind", "storm").err.startswith("detente: kind 'storm' of shocks: expected one of")


def test_a_shock_is_known_by_its_name_and_a_wrong_one_offers_others(detente, stored):
    for verb in ("impact", "brief", "third-parties"):
        ran = detente(verb, "RUS", "JPN", "--shock", "ukrain")
        assert ran.code == 1
        assert "nearest are ukraine-2022" in ran.err
        assert "`detente shocks` lists all" in ran.err
    ran = detente("impact", "RUS", "JPN", "--shock", "ukraine-2022", "--format", "json")
    assert (ran.json["shock"], ran.json["shocker"]) == ("2022-02-24", "RUS")
    other = detente("impact", "RUS", "JPN", "--shock", "ukraine-2022", "--shocker", "Ukraine", "--format", "json")
    assert other.json["shocker"] == "UKR"


def test_a_brief_names_the_shock_and_shows_the_figures(detente, stored, homes):
    path = homes / "exports.csv"
    path.write_text("from,to,period,value\nJPN,RUS,2022-03,63.5\nJPN,RUS,2022-05,19.5\n", encoding="utf-8")
    said = ("--name", "exports", "--unit", "JPY billion", "--source", "Customs")
    assert detente("series", "add", path, *said).code == 0
    ran = detente("brief", "RUS", "JPN", "--shock", "2022-04-15", "--out", "b.json")
    assert ran.code == 0, ran.err
    import json
    from pathlib import Path

    texts = [item["text"] for item in json.loads(Path("b.json").read_text())["statements"]]
    (line,) = [text for text in texts if text.startswith("Exports, Japan → Russia")]
    assert "a mean of 63.5 JPY billion a month in 1 month before, 19.5 in 1 month after" in line
    assert "Customs" in line


def test_series_needs_its_words(detente, homes):
    path = homes / "x.csv"
    path.write_text("country,period,value\nJPN,2020,1\n", encoding="utf-8")
    assert "without --unit" in detente("series", "add", path, "--name", "x").err
    assert "without a file" in detente("series", "add").err
    assert detente("series", "list").code == 1
