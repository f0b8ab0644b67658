"""Two records to make briefs from: a chosen one on Russia and Japan in our own words, and an invented feed."""

from dataclasses import replace
from datetime import date

import pytest

from detente.brief import BriefInputs, PairCount, compose_brief, render
from detente.model import (
    Break,
    BreaksResult,
    Brief,
    DescriptionResult,
    Document,
    Dyad,
    Estimate,
    Event,
    Evidence,
    Exchange,
    ForceRow,
    ForcesResult,
    ImpactResult,
    ImpactRow,
    IndexResult,
    IndexRow,
    LedgerEntry,
    LedgerResult,
    Milestone,
    PeriodCount,
    Report,
    parse_partial_date,
)

SHOCK = date(2022, 2, 24)
PAIR = Dyad("RUS", "JPN")
SCORES = {"CONSULT": 2.5, "COOPERATE": 9.5, "MOBILIZE": -5.5, "SANCTION": -6.0, "ACCUSE": -3.0, "AGREE": 2.5}
QUADS = {"CONSULT": 1, "COOPERATE": 2, "MOBILIZE": 4, "SANCTION": 4, "ACCUSE": 3, "AGREE": 1}
ROWS = (  # id, date, source, target, type, publisher, words
    ("e1", "2020-12-01", "RUS", "JPN", "MOBILIZE", "Wire A", "Russia put air-defence missiles on duty on Iturup."),
    ("e2", "2021-04-02", "RUS", "JPN", "COOPERATE", "Wire B", "Japan and Russia settled the salmon quota of 2021."),
    ("e3", "2022-02-27", "JPN", "RUS", "SANCTION", "Wire A", "Japan would freeze the assets of President Putin."),
    ("e4", "2022-03-07", "RUS", "JPN", "SANCTION", "Wire B", "Russia put Japan on a list of unfriendly countries."),
    ("e5", "2022-03", "RUS", "JPN", "MOBILIZE", "Wire C", "Some 3,500 Russian soldiers trained with Su-35 fighters."),
    ("e6", "2022-03-21", "RUS", "JPN", "SANCTION", "Wire B", "Russia broke off talks on a peace treaty with Japan."),
    ("e7", "2022-04-08", "JPN", "RUS", "SANCTION", "Wire A", "Japan expelled eight Russian diplomats over Ukraine."),
    (
        "e8",
        "2022-04-22",
        "RUS",
        "JPN",
        "COOPERATE",
        "Wire B",
        "Japan and Russia still signed the salmon quota of 2022.",
    ),
    ("e9", "2022-04-27", "RUS", "JPN", "SANCTION", "Wire A", "Russia expelled eight Japanese diplomats in answer."),
    ("e10", "2022", "RUS", "JPN", "MOBILIZE", "Wire D", "Russia kept 320 aircraft in the region facing Japan."),
    ("e11", "2022-11", "RUS", "JPN", "ACCUSE", "Wire A", "The ambassador blamed Tokyo for the state of relations."),
)


def make_event(row: tuple[str, ...], **changes: object) -> Event:
    name, when, source, target, kind, publisher, words = row
    span = parse_partial_date(when, "text")
    evidence = Evidence(
        f"d/{name}", 0, len(words), words, publisher=publisher, title=f"On {name}", url=f"https://x.example/{name}"
    )
    report = Report(
        report_id=name,
        source_country=source,
        target_country=target,
        event_type=kind,
        date_start=span.start,
        date_end=span.end,
        date_precision=span.precision,
        date_basis="text",
        source_sector="GOV",
        target_sector="GOV",
        source_basis="text",
        target_basis="text",
        symmetric=kind == "COOPERATE",
        quad=QUADS[kind],
        intensity=SCORES[kind],
        intensity_scale="plover",
        evidence=(evidence,),
    )
    return Event(name, replace(report, **changes), (name,), (evidence,))  # type: ignore[arg-type]


def window(
    label: str, start: date, end: date, ids: tuple[str, ...], ways: tuple[int, int], share: float
) -> PeriodCount:
    kinds = [row[4] for row in ROWS if row[0] in ids]
    return PeriodCount(
        label=label,  # type: ignore[arg-type]
        start=start,
        end=end,
        n=len(ids),
        by_type={kind: kinds.count(kind) for kind in sorted(set(kinds))},
        by_direction={"RUS>JPN": ways[0], "JPN>RUS": ways[1]},
        tone=-1.5,
        conflict_share=share,
        military_share=0.2,
        coercive_share=0.5,
        evidence=ids,
    )


AFTER = ("e3", "e4", "e5", "e6", "e7", "e8", "e9", "e11")


def description() -> DescriptionResult:
    per_year: dict[int, dict[str, int]] = {}
    for row in ROWS:
        kinds = per_year.setdefault(int(row[1][:4]), {})
        kinds[row[4]] = kinds.get(row[4], 0) + 1
    return DescriptionResult(
        dyad=PAIR,
        shock=SHOCK,
        periods=(
            window("before", date(2020, 12, 1), date(2022, 2, 23), ("e1", "e2"), (2, 1), 0.5),
            window("after", SHOCK, date(2022, 12, 31), AFTER, (6, 3), 7 / 8),
        ),
        per_year=per_year,
        milestones=(Milestone("first", "SANCTION", "JPN>RUS", date(2022, 2, 27), "e3"),),
        turns={"suspended": ("e6",), "signed": ("e2", "e8"), "expelled": ("e7", "e9")},
        exchanges=(Exchange("e9", "e7", "in answer", 19),),
        undated=1,
        query="chosen record; RUS <> JPN",
    )


@pytest.fixture(scope="session")
def chosen_inputs() -> BriefInputs:
    events = tuple(make_event(row) for row in ROWS)
    planned = make_event(
        ("e12", "2022-09-01", "RUS", "JPN", "AGREE", "Wire D", "A visit was planned for the autumn."), status="future"
    )
    row = "sanction", "unfriendly list", "RUS", "JPN", "in force", date(2022, 3, 7), None, None, ("e4",)
    return BriefInputs(
        dyad=PAIR,
        names={"RUS": "Russia", "JPN": "Japan", "CHN": "China"},
        shock=SHOCK,
        shock_name="the full-scale invasion of Ukraine",
        shocker="RUS",
        record="Twelve sentences on Russia and Japan, written for a test.",
        record_kind="chosen",
        events=(*events, planned),
        documents={
            f"d/{event.event_id}": Document(
                f"d/{event.event_id}",
                event.evidence[0].quote,
                title=event.evidence[0].title,
                url=event.evidence[0].url,
                published=parse_partial_date("2022-12"),
                note="summary in our own words",
            )
            for event in (*events, planned)
        },
        description=description(),
        ledger=LedgerResult(PAIR, date(2022, 12, 31), None, (LedgerEntry(*row),), 11),  # type: ignore[arg-type]
        forces=ForcesResult(
            PAIR,
            (
                ForceRow("RUS", "soldiers", "troops", 3500, None, None, "e5", "eastern Russia"),
                ForceRow("RUS", "Su-35", "aircraft", None, None, None, "e5"),
            ),
        ),
        others=(PairCount(Dyad("JPN", "CHN"), 4, 9),),
        version="0.0.test",
        coder="test 1",
    )


@pytest.fixture(scope="session")
def chosen_brief(chosen_inputs: BriefInputs) -> Brief:
    return compose_brief(chosen_inputs)


def index_row(month: int, conflict: float) -> IndexRow:
    nothing = Estimate(None, None, None)
    return IndexRow(
        period=date(2021 + (month - 1) // 12, (month - 1) % 12 + 1, 1),
        direction="joint",
        n=int(conflict) + 2,
        volume=Estimate(conflict + 2, conflict, conflict + 5),
        conflict_volume=Estimate(conflict, max(conflict - 2, 0), conflict + 3),
        cooperation_volume=Estimate(2.0, 0.8, 4.0),
        tone=nothing,
        conflict_share=nothing,
        military_share=nothing,
        coercive_share=nothing,
        net=nothing,
    )


def impact_row(direction: str, **changes: object) -> ImpactRow:
    row = ImpactRow(
        outcome="conflict_volume",
        direction=direction,
        estimator="before-after",
        effect=5.5,
        low=2.0,
        high=9.25,
        level=0.9,
        p_value=0.04,
        p_floor=0.02,
        n_before=40,
        n_after=60,
        unit="acts per month",
        before=2.5,
        after=8.0,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def feed_inputs(chosen_inputs: BriefInputs) -> BriefInputs:
    quoteless = tuple(
        replace(
            event,
            evidence=(),
            report=replace(event.report, evidence=(), record_kind="feed", feed="icews", cameo="163", source_row=n),
        )
        for n, event in enumerate(chosen_inputs.events[:9])
        if event.report.date_precision == "day"
    )
    span = date(2022, 2, 1), date(2022, 4, 1)
    found = Break(date(2022, 3, 1), *span, 0.92, 5.2, 1, "joint", "level", "conflict_volume", "rbeast", agrees=True)
    mood = impact_row("joint", outcome="tone", effect=-1.25, low=-2.0, high=-0.5, p_value=0.09, unit="score per act")
    rows = (
        impact_row("joint"),
        impact_row("RUS>JPN", effect=1.5, low=-1.0, high=4.0, p_value=0.4),
        mood,
        impact_row("joint", estimator="before-after, coverage-adjusted", effect=-0.5, low=-2.0, high=1.0),
    )
    months = [*range(1, 6), *range(8, 25)]  # the feed has no file for two months
    periods = tuple(index_row(month, 3 + 5 * (month > 13)) for month in months)
    carried = replace(found, evidence=("e3", "e4"))
    return replace(
        chosen_inputs,
        record="The ICEWS feed, 2021 to 2022.",
        record_kind="feed",
        events=quoteless,
        documents={},
        description=None,
        ledger=None,
        forces=None,
        others=(),
        index=IndexResult(PAIR, "icews", "feed", "month", "goldstein", periods),
        breaks=BreaksResult(PAIR, "icews", "feed", "month", (carried,)),
        impact=ImpactResult(
            dyad=PAIR,
            feed="icews",
            record_kind="feed",
            shock=SHOCK,
            shocker="RUS",
            every="month",
            donors=(),
            headline="conflict_volume",
            results=rows,
            range=(-0.5, 5.5),
            notes=("coverage of the whole feed moved by 4%",),
            query="detente impact RUS JPN 2022-02-24 --feed icews",
        ),
    )


@pytest.fixture(scope="session")
def feed_brief(feed_inputs: BriefInputs) -> Brief:
    return compose_brief(feed_inputs)


@pytest.fixture(scope="session")
def chosen_page(chosen_brief: Brief) -> str:
    return render(chosen_brief, "html")


@pytest.fixture(scope="session")
def feed_page(feed_brief: Brief) -> str:
    return render(feed_brief, "html")
