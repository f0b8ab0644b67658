"""The description of the twins is true: each path answers what it says, whatever is asked."""

import pytest
from web_stores import serving

from detente.web.openapi import describe_twins
from detente.web.routes import ADDRESSES


def test_every_twin_is_described(client) -> None:
    found = client.get("/openapi.json").json()
    assert found == describe_twins(found["info"]["version"])
    twins = [item for item in ADDRESSES if item.twinned]
    assert len(found["paths"]) == len(twins)
    assert len({item["get"]["operationId"] for item in found["paths"].values()}) == len(twins)


def test_twins_hold_what_the_description_requires(client) -> None:
    for address in ADDRESSES:
        if "{id" in address.path or address.path == "/search" or not address.twinned:
            continue
        path = address.twin.format(a="RUS", b="JPN")
        needed = {"shock": "2019-02-14", "as_of": "2022-05-01", "a": "RUS"}
        query = {item.name: needed[item.name] for item in address.parameters if item.required}
        if path.endswith("third-parties.json"):
            query["every"] = "year"
        answer = client.get(path, params=query)
        assert answer.status_code == 200, (path, answer.text)
        assert set(address.holds) <= set(answer.json()), path


@pytest.mark.slow
def test_schemathesis_finds_nothing(store) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")
    from schemathesis import checks

    for address in serving(store.tables.path):
        schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
        told = ["status_code_conformance", "content_type_conformance", "response_schema_conformance"]
        wanted = [checks.not_a_server_error, *checks.CHECKS.get_by_names(told)]
        for operation in schema.get_all_operations():
            check_operation(operation.ok(), wanted)


def check_operation(operation, wanted) -> None:
    """Ask one path for whatever its description allows."""
    from hypothesis import HealthCheck, Phase, given, settings

    @settings(
        max_examples=12,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(case=operation.as_strategy())
    def check(case) -> None:
        case.validate_response(case.call(timeout=300), checks=wanted)

    check()
