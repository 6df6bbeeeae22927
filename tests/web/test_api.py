"""The HTTP contract: shapes, languages and errors that name the field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from tests.web.talk import say

ELIGIBILITY = "/api/v1/eligibility"
CHAT = "/api/v1/chat"


def test_the_first_question_is_answered_with_the_hours_that_follow(client: FlaskClient) -> None:
    reply = say(client, "hvor mange timer personlig assistance kan jeg få når jeg arbejder 30 timer")
    assert reply["kind"] == "faq"
    assert reply["faq"][0]["id"] == "pa.timer"
    assert reply["facts"]["weekly_hours"] == 30
    assert "16,2" in reply["reply"]
    assert reply["faq"][0]["sources"]


def test_a_question_with_facts_is_understood_and_judged(client: FlaskClient) -> None:
    text = "Jeg er 68 og selvstændig tømrer og har brug for en skærmlæser, kan jeg få den?"
    reply = say(client, text, as_of="2026-11-22")
    facts = reply["facts"]
    assert (facts["age"], facts["employment"], facts["needs_aid"]) == (68, "self_employed", True)
    aids = next(s for s in reply["eligibility"]["schemes"] if s["id"] == "hm")
    assert aids["outcome"] == "unknown"
    assert all(c["outcome"] != "unmet" for c in aids["conditions"])
    assert reply["next_question"]["fact"] in aids["missing"]

    earlier = say(client, text, as_of="2019-06-01")
    aids = next(s for s in earlier["eligibility"]["schemes"] if s["id"] == "hm")
    assert aids["outcome"] == "not_eligible"
    assert [c["id"] for c in aids["conditions"] if c["outcome"] == "unmet"] == ["HJ-C7"]


def test_an_exact_answer_is_taken_and_the_conversation_goes_on(client: FlaskClient) -> None:
    first = say(client, "Jeg er døv og arbejder på en fabrik, kan jeg få en personlig assistent?")
    asked = first["next_question"]
    second = client.post(
        CHAT, json={"answer": {"fact": asked["fact"], "value": None}, "state": first["state"]}
    ).get_json()
    assert second["facts"][asked["fact"]] is None
    assert second["next_question"]["fact"] != asked["fact"]


def test_a_judgement_has_every_part_of_the_contract(client: FlaskClient) -> None:
    facts = {"employment": "employee", "weekly_hours": 30, "birth_date": "1963-05-01"}
    reply = client.post(ELIGIBILITY, json={"facts": facts, "as_of": "2026-11-22"}).get_json()
    assert reply["as_of"] == "2026-11-22"
    assert [s["id"] for s in reply["schemes"]] == [
        "pa", "pu", "hm", "ib", "fa", "fleksjob", "p56", "mentor", "skaanejob", "sps",
    ]  # fmt: skip
    for scheme in reply["schemes"]:
        for key in ("name", "outcome", "summary", "conditions", "missing", "deadlines", "changes", "next_steps"):
            assert key in scheme
        assert set(scheme["version"]) == {"from", "to", "law"}
        for condition in scheme["conditions"]:
            assert condition["text"]
            assert condition["why"]
            assert condition["citation"]
            assert condition["outcome"] in {"met", "unmet", "assess", "unknown", "note", "not_applicable"}
    assert {d["id"]: d["date"] for d in reply["deadlines"]} == {"AGE": "2031-05-01"}
    assert any("kommunen" in notice for notice in reply["notices"])


def test_before_the_reform_the_authority_is_the_jobcentre(client: FlaskClient) -> None:
    before = client.post(ELIGIBILITY, json={"facts": {}, "as_of": "2026-01-31"}).get_json()
    after = client.post(ELIGIBILITY, json={"facts": {}, "as_of": "2026-02-01"}).get_json()
    assert "jobcentret" in before["notices"][0]
    assert "tidligere jobcentret" not in before["notices"][0]
    assert "kommunen (tidligere jobcentret)" in after["notices"][0]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"facts": {"alder": 40}}, "facts.alder"),
        ({"facts": {"age": 121}}, "facts.age"),
        ({"facts": {"age": -1}}, "facts.age"),
        ({"facts": {"age": "40"}}, "facts.age"),
        ({"facts": {"age": True}}, "facts.age"),
        ({"facts": {"age": 40.5}}, "facts.age"),
        ({"facts": {"weekly_hours": 81}}, "facts.weekly_hours"),
        ({"facts": {"weekly_hours": 1e400}}, "facts.weekly_hours"),
        ({"facts": {"has_job_offer": "ja"}}, "facts.has_job_offer"),
        ({"facts": {"has_job_offer": 1}}, "facts.has_job_offer"),
        ({"facts": {"employment": "boss"}}, "facts.employment"),
        ({"facts": {"employment": ["employee"]}}, "facts.employment"),
        ({"facts": {"birth_date": "1990-02-30"}}, "facts.birth_date"),
        ({"facts": {"birth_date": "2030-01-01"}, "as_of": "2026-11-22"}, "facts.birth_date"),
        ({"facts": {"aid": "x" * 201}}, "facts.aid"),
        ({"facts": {"age": 40, "birth_date": "1950-01-01"}}, "facts.age"),
        ({"facts": {"age": 40, "birth_date": "1950-01-01"}}, "facts.birth_date"),
        ({"facts": {"start_on": "2020-01-01", "graduated_on": "2021"}}, "facts.start_on"),
        ({"facts": []}, "facts"),
        ({}, "facts"),
        ({"facts": {}, "as_of": "2009-07-06"}, "as_of"),
        ({"facts": {}, "as_of": "2046-01-01"}, "as_of"),
        ({"facts": {}, "as_of": "i dag"}, "as_of"),
        ({"facts": {}, "as_of": 20261122}, "as_of"),
        ({"facts": {}, "lang": "xx"}, "lang"),
        ({"facts": {}, "schemes": ["pa", "nej"]}, "schemes.1"),
        ({"facts": {}, "schemes": "pa"}, "schemes"),
        ({"facts": {}, "noget": 1}, "noget"),
    ],
)
def test_bad_input_names_the_field(client: FlaskClient, body: dict[str, Any], field: str) -> None:
    response = client.post(ELIGIBILITY, data=json.dumps(body), content_type="application/json")
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == 422
    assert problem["title"]
    assert problem["detail"]
    assert field in [error["field"] for error in problem["errors"]]
    assert all(error["message"] for error in problem["errors"])


@pytest.mark.parametrize("data", [b"", b"{", b"[1,", b"\xff\xfe", b"nej", b"[" * 100_000])
def test_what_is_not_json_is_400(client: FlaskClient, data: bytes) -> None:
    for path in (ELIGIBILITY, CHAT):
        response = client.post(path, data=data, content_type="application/json")
        assert response.status_code == 400
        assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"tekst"'])
def test_json_that_is_no_object_is_422(client: FlaskClient, data: bytes) -> None:
    assert client.post(CHAT, data=data, content_type="application/json").status_code == 422


def test_other_media_types_sizes_methods_and_addresses(client: FlaskClient) -> None:
    assert client.post(CHAT, data="hej").status_code == 415
    large = b'{"message": "' + b"x" * 300_000 + b'"}'
    assert client.post(CHAT, data=large, content_type="application/json").status_code == 413
    assert client.get(CHAT).status_code == 405
    assert client.get("/api/v1/nothing").status_code == 404
    assert client.get("/api/v1/faq/nothing").status_code == 404
    for response in (client.get(CHAT), client.get("/api/v1/nothing")):
        assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"message": "x" * 2001}, "message"),
        ({"message": ""}, "message"),
        ({"message": "  \n "}, "message"),
        ({}, "message"),
        ({"message": "hej", "answer": {"fact": "age", "value": 1}}, "message"),
        ({"message": 5}, "message"),
        ({"message": "hej", "state": "ikke en samtale"}, "state"),
        ({"message": "hej", "state": 5}, "state"),
        ({"message": "hej", "state": "x" * 20_000}, "state"),
        ({"answer": {"fact": "noget", "value": 1}}, "answer.fact"),
        ({"answer": {"fact": "age", "value": 500}}, "answer.value"),
        ({"answer": {"fact": "age"}}, "answer.value"),
        ({"message": "hej", "lang": "klingon"}, "lang"),
    ],
)
def test_a_bad_turn_names_the_field(client: FlaskClient, body: dict[str, Any], field: str) -> None:
    response = client.post(CHAT, json=body)
    assert response.status_code == 422
    assert field in [error["field"] for error in response.get_json()["errors"]]


def test_a_changed_state_is_refused(client: FlaskClient) -> None:
    state = say(client, "Jeg er 57 og ordblind")["state"]
    swapped = ("A" if state[0] != "A" else "B") + state[1:]
    assert client.post(CHAT, json={"message": "hej", "state": swapped}).status_code == 422


def test_the_corpus_and_the_vocabularies(client: FlaskClient) -> None:
    corpus = client.get("/api/v1/faq").get_json()
    assert len(corpus) >= 171
    assert {"id", "title", "answer", "phrasings", "sources", "reviewed_on"} <= set(corpus[0])
    assert client.get("/api/v1/faq/pa.timer").get_json()["id"] == "pa.timer"
    schemes = client.get("/api/v1/schemes").get_json()
    assert len(schemes) == 10
    assert all(scheme["versions"] for scheme in schemes)
    facts = client.get("/api/v1/facts").get_json()
    assert {"age", "employment"} <= {fact["id"] for fact in facts}
    english = client.get("/api/v1/schemes?lang=en").get_json()
    assert english[0]["name"] != schemes[0]["name"]
    assert client.get("/api/v1/schemes?lang=xx").status_code == 422


def test_the_browser_chooses_the_language_and_danish_is_the_default(client: FlaskClient) -> None:
    assert client.get("/api/v1/facts").headers["Content-Language"] == "da"
    assert client.get("/api/v1/facts", headers={"Accept-Language": "en-GB,en"}).headers["Content-Language"] == "en"
    assert client.get("/api/v1/facts", headers={"Accept-Language": "fi"}).headers["Content-Language"] == "da"


def test_the_api_describes_itself(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    validate(document)
    assert "employment" in document["components"]["schemas"]["Facts"]["properties"]


def test_health(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").get_json()["corpus"] >= 171
    assert b"chat_replies" in client.get("/metrics").data


def test_headers_keep_the_page_to_itself(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
