"""The same person by the law of two days: what differs, why, and what was amended in between."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from assistant.settings import Settings
from rules.compare import Comparison, SchemeComparison, compare
from rules.facts import FactError, Facts, parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook
from tests.rules.people import DAYS, someone

BEFORE, AFTER, TODAY = date(2019, 12, 31), date(2020, 1, 1), date(2026, 11, 22)
# Self-employed beyond pension age with need of an aid: ruled out until the age limit was lifted.
OLDER_SELF_EMPLOYED = {
    "employment": "self_employed",
    "birth_date": "1950-01-01",
    "needs_aid": True,
    "hinders_work": True,
    "impairment_permanent": True,
    "aid_kind": "tool",
    "aid_decisive": True,
    "aid_compensates": True,
    "aid_common_in_branch": False,
    "aid_beyond_employer": True,
}


def of(found: Comparison, scheme: str) -> SchemeComparison:
    return next(one for one in found.schemes if one.id == scheme)


def facts_of(law: LawBook, raw: dict[str, Any]) -> Facts:
    return parse_facts(raw, law.vocabulary, TODAY)


def test_the_lifted_age_limit_is_what_changes_the_outcome(law: LawBook, judge: Judge) -> None:
    aids = of(compare(judge, facts_of(law, OLDER_SELF_EMPLOYED), BEFORE, AFTER), "hm")
    assert (aids.earlier.outcome, aids.later.outcome, aids.changed) == ("not_eligible", "assess", True)
    [limit] = [one for one in aids.conditions if one.only is None]
    assert limit.id == "HJ-C7"
    assert limit.earlier is not None
    assert limit.earlier.outcome == "unmet"
    only = {one.id: one.only for one in aids.conditions if one.only}
    assert only["HJ-LAB"] == "earlier"
    assert only["HJ-C5"] == "later"
    assert aids.earlier.version.basis.act != aids.later.version.basis.act
    assert [change.id for change in aids.amendments] == ["T-2020-01-01b", "T-2020-01-01c", "T-2020-01-01d"]


def test_the_earlier_day_is_outside_and_the_later_inside_what_lies_between(law: LawBook, judge: Judge) -> None:
    facts = facts_of(law, {})
    the_day = of(compare(judge, facts, AFTER - timedelta(days=1), AFTER), "hm")
    after_it = of(compare(judge, facts, AFTER, date(2026, 1, 31)), "hm")
    assert len(the_day.amendments) == 3
    assert after_it.amendments == ()
    assert [change.id for change in of(compare(judge, facts, AFTER, TODAY), "hm").amendments] == ["T-2026-02-01"]


def test_one_day_has_nothing_to_compare(law: LawBook, judge: Judge) -> None:
    found = compare(judge, facts_of(law, OLDER_SELF_EMPLOYED), TODAY, TODAY)
    assert [one.id for one in found.schemes] == list(law.schemes)
    assert all(not one.changed and not one.conditions and not one.amendments for one in found.schemes)


def test_only_the_schemes_asked_for_are_compared_in_that_order(law: LawBook, judge: Judge) -> None:
    found = compare(judge, facts_of(law, {}), BEFORE, AFTER, ["ib", "pa"])
    assert [one.id for one in found.schemes] == ["ib", "pa"]


def test_days_in_the_wrong_order_or_outside_the_law_files_are_errors(law: LawBook, judge: Judge) -> None:
    with pytest.raises(ValueError, match="2020-01-01"):
        compare(judge, facts_of(law, {}), AFTER, BEFORE)
    with pytest.raises(LookupError):
        compare(judge, facts_of(law, {}), date(2009, 7, 6), TODAY)


def test_a_condition_of_another_route_is_not_taken_for_a_change_of_law(law: LawBook, judge: Judge) -> None:
    """Whatever the person and the days: `only` says what the law files say, and nothing that differs is left out."""
    rng = random.Random(5)
    compared = 0
    while compared < 150:
        earlier, later = sorted(rng.sample(DAYS, 2))
        try:
            facts = parse_facts(someone(law, rng, later), law.vocabulary, later)
        except FactError:
            continue
        compared += 1
        for one in compare(judge, facts, earlier, later).schemes:
            listed = {condition.id: condition for condition in one.conditions}
            laws = [{c.id for c in side.version.conditions} for side in (one.earlier, one.later)]
            sides = [{c.condition.id: c.outcome for c in side.conditions} for side in (one.earlier, one.later)]
            for id_ in sides[0].keys() | sides[1].keys():
                outcomes = [side.get(id_, "not_applicable") for side in sides]
                in_law = [id_ in conditions for conditions in laws]
                assert (id_ in listed) == (outcomes[0] != outcomes[1] or in_law[0] != in_law[1]), id_
                if id_ in listed:
                    assert listed[id_].only == {(True, False): "earlier", (False, True): "later"}.get(tuple(in_law))


# --- POST /api/v1/compare


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    from assistant.web import create_app  # noqa: PLC0415 - the law above can be tested without the web

    return create_app(Settings(secret_key="tests", rate_limit=None)).test_client()


def asked(client: FlaskClient, **body: Any) -> Any:
    return client.post("/api/v1/compare", json=body)


def test_the_api_tells_the_difference_in_words(client: FlaskClient) -> None:
    body = {"facts": OLDER_SELF_EMPLOYED, "as_of": "2020-01-01", "compare_to": "2019-12-31", "schemes": ["hm", "p56"]}
    reply = asked(client, **body).get_json()
    assert (reply["as_of"], reply["compare_to"]) == ("2020-01-01", "2019-12-31")
    assert (reply["earlier"], reply["later"]) == ("2019-12-31", "2020-01-01")
    aids, agreement = reply["schemes"]
    assert aids["changed"]
    before, after = "»Passer ikke lige nu« den 31. december 2019", "»Kommunen vurderer« den 1. januar 2020"
    assert aids["text"] == f"Udfaldet er ikke det samme: {before} og {after}."
    assert "LAB" in aids["earlier"]["version"]["law"]
    assert "kompensation" in aids["later"]["version"]["law"]
    limit = next(condition for condition in aids["conditions"] if condition["id"] == "HJ-C7")
    assert (limit["only"], limit["earlier"]["outcome"]) == (None, "unmet")
    assert "LAB" in limit["earlier"]["citation"]
    former = next(condition for condition in aids["conditions"] if condition["id"] == "HJ-LAB")
    assert (former["only"], former["later"]) == ("earlier", None)
    assert former["text"] == "Betingelsen stod i reglerne den 31. december 2019, men ikke den 1. januar 2020."
    assert [amendment["on"] for amendment in aids["amendments"]] == ["2020-01-01"] * 3
    assert all(amendment["text"] and amendment["sources"] for amendment in aids["amendments"])
    assert not agreement["changed"]
    assert any("afgør sagen" in notice for notice in reply["notices"])


def test_the_order_of_the_days_does_not_matter(client: FlaskClient) -> None:
    one = asked(client, facts={}, as_of="2026-11-22", compare_to="2012-01-01").get_json()
    other = asked(client, facts={}, as_of="2012-01-01", compare_to="2026-11-22").get_json()
    assert one["schemes"] == other["schemes"]


def test_an_age_on_the_day_asked_about_does_not_contradict_the_birth_date_on_the_other(client: FlaskClient) -> None:
    facts = {"age": 76, "birth_date": "1950-01-01"}
    assert asked(client, facts=facts, as_of="2026-11-22", compare_to="2010-01-01").status_code == 200
    assert asked(client, facts=facts, as_of="2010-01-01", compare_to="2026-11-22").status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"compare_to": None}, "compare_to"),
        ({"compare_to": "1999-01-01"}, "compare_to"),
        ({"compare_to": "1. maj"}, "compare_to"),
        ({"as_of": "1999-01-01"}, "as_of"),
        ({"schemes": ["hm", "xx"]}, "schemes.1"),
        ({"facts": {"agee": 1}}, "facts.agee"),
        ({"facts": {"birth_date": "2015-01-01"}}, "facts.birth_date"),
        ({"lang": "xx"}, "lang"),
        ({"compare": "2020-01-01"}, "compare"),
    ],
)
def test_what_cannot_be_compared_is_a_problem_that_names_the_field(
    client: FlaskClient, change: dict[str, Any], field: str
) -> None:
    response = asked(client, **{"facts": {}, "as_of": "2026-11-22", "compare_to": "2012-01-01", **change})
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    assert [error["field"] for error in response.get_json()["errors"]] == [field]


def test_the_other_day_must_be_said(client: FlaskClient) -> None:
    response = asked(client, facts={})
    assert (response.status_code, response.get_json()["errors"][0]["field"]) == (422, "compare_to")


def test_the_openapi_document_has_it(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["paths"]["/api/v1/compare"]["post"]["operationId"] == "compareDays"
    request = document["components"]["schemas"]["CompareRequest"]
    assert set(request["required"]) == {"facts", "compare_to"}
    assert request["properties"]["facts"] == {"$ref": "#/components/schemas/Facts"}
