"""The element's files, its words, and which sites may use it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant.settings import Settings, SettingsError, settings_from_environment
from assistant.web import create_app, widget
from tests.web.talk import say

ROOT = Path(__file__).parent.parent.parent
SOURCE = (ROOT / "assistant" / "web" / "static" / "widget.js").read_text(encoding="utf-8")
SITE = "https://www.odense.dk"
OTHER = "https://www.example.org"
CHAT = "/api/v1/chat"


@pytest.fixture(scope="module")
def shared_app() -> Flask:
    return create_app(Settings(secret_key="tests", rate_limit=None, allowed_hosts=(SITE, "https://job.odense.dk")))


@pytest.fixture
def shared(shared_app: Flask) -> FlaskClient:
    return shared_app.test_client()


# --- the files


def test_it_is_small(client: FlaskClient) -> None:
    packed = [client.get(path, headers={"Accept-Encoding": "gzip"}) for path in ("/widget.js", "/widget.css")]
    assert all(response.headers["Content-Encoding"] == "gzip" for response in packed)
    assert sum(len(response.data) for response in packed) < 25_000


@pytest.mark.parametrize("path", ["/widget.js", "/widget.css"])
def test_its_files_may_be_kept_and_are_asked_for_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert first.headers["Vary"] == "Accept-Encoding"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in first.headers
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == first.data
    assert packed.headers["ETag"] != first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_script_knows_the_words_of_every_language(client: FlaskClient, app: Flask) -> None:
    found = re.search(r"const WORDS = (\{.+\});", client.get("/widget.js").text)
    assert found
    words = json.loads(found.group(1))
    assert list(words) == list(app.extensions["service"].texts)
    assert words["da"]["open"] == "Spørg om støtte til job"
    assert all(all(texts.values()) for texts in words.values())


def test_it_makes_no_html_from_strings_and_keeps_nothing() -> None:
    unwanted = (
        "innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\\.write|createContextualFragment|eval\\(|new Function"
        '|localStorage|sessionStorage|indexedDB|document\\.cookie|attachShadow|"style"'
    )
    assert re.findall(unwanted, SOURCE) == []


def test_it_is_given_exactly_the_texts_it_uses() -> None:
    used = set(re.findall(r'"((?:answer|chat|error|page|widget)\.[a-z_.]+)"', SOURCE))
    used |= {f"page.question.hint.{kind}" for kind in ("number", "date", "text")}
    danish = set(re.findall(r'danish\["([a-z_.]+)"\]', SOURCE))
    assert danish == set(widget._DANISH)
    in_both = {"page.next_step"}  # how an answer's last paragraph begins, in Danish and in the language of the page
    assert (used - danish) | in_both == set(widget._TEXTS)


# --- what it fetches when it is opened


def test_the_words_come_in_the_asked_language(client: FlaskClient, app: Flask) -> None:
    for language in app.extensions["service"].texts:
        opened = client.get(f"/api/v1/widget?lang={language}").get_json()
        assert opened["language"] == language
        assert opened["direction"] in ("ltr", "rtl")
        assert all(opened["texts"].values())
        assert opened["danish"]["page.next_step"] == "Næste skridt:"
        assert len(opened["examples"]) == 4
        assert opened["unknown"] == []
    assert "2000" in opened["texts"]["error.too_long"]
    assert client.get("/api/v1/widget?lang=xx").status_code == 422


@pytest.mark.parametrize(("topic", "id_"), [("pa.timer", "pa.timer"), ("pa", "pa.hvad"), ("fa", "fa.hvad")])
def test_a_topic_is_an_answer_or_a_group(client: FlaskClient, topic: str, id_: str) -> None:
    opened = client.get(f"/api/v1/widget?topic={topic}").get_json()
    assert opened["topic"]["id"] == id_
    assert say(client, opened["topic"]["title"])["faq"][0]["id"] == id_


def test_what_there_is_none_of_is_named(client: FlaskClient) -> None:
    opened = client.get("/api/v1/widget", query_string={"topic": "nothing", "municipality": "x" * 81}).get_json()
    assert opened["topic"] is None
    assert opened["municipality"] is None
    assert opened["unknown"] == ["topic", "municipality"]


def test_the_municipality_is_named_and_not_taken_for_the_visitors(client: FlaskClient) -> None:
    opened = client.get("/api/v1/widget", query_string={"municipality": "Odense Kommune", "lang": "da"}).get_json()
    assert opened["municipality"].startswith("Odense Kommune viser guiden her.")
    assert "hvor du bor" in opened["municipality"]
    assert "state" not in opened


# --- correcting what was understood


def test_a_fact_is_taken_back(client: FlaskClient) -> None:
    state = say(client, "Jeg er 57 år og ordblind")["state"]
    reply = client.post("/api/v1/chat/correct", json={"fact": "age", "state": state}).get_json()
    assert "age" not in reply["facts"]
    assert reply["facts"]
    assert reply["next_question"]["fact"] != "age"
    again = client.post("/api/v1/chat/correct", json={"fact": "age", "ask": True, "state": state}).get_json()
    assert again["next_question"]["fact"] == "age"
    assert say(client, "58", again["state"])["facts"]["age"] == 58


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "fact"),
        ({"fact": "age", "state": "x"}, "state"),
        ({"fact": "age", "more": 1}, "more"),
        ({"fact": 1}, "fact"),
    ],
)
def test_a_bad_correction_names_the_field(client: FlaskClient, body: object, field: str) -> None:
    response = client.post("/api/v1/chat/correct", json=body)
    assert response.status_code == 422
    assert field in [error["field"] for error in response.get_json()["errors"]]


# --- which sites may use it


@pytest.mark.parametrize("path", [CHAT, "/api/v1/chat/correct", "/api/v1/widget"])
def test_an_allowed_site_may_ask(shared: FlaskClient, path: str) -> None:
    asked = {"Origin": SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    response = shared.options(path, headers=asked)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == SITE
    assert response.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Origin" in response.headers["Vary"]


def test_an_allowed_site_may_read_the_answer_and_the_error(shared: FlaskClient) -> None:
    for body, status in (({"message": "hej"}, 200), ({"message": ""}, 422), ({"message": "hej", "state": "x"}, 422)):
        response = shared.post(CHAT, json=body, headers={"Origin": SITE})
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize(
    "origin", [OTHER, "null", "https://odense.dk", "http://www.odense.dk", "https://www.odense.dk.x.org"]
)
def test_other_sites_may_not(shared: FlaskClient, origin: str) -> None:
    for response in (
        shared.options(CHAT, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}),
        shared.post(CHAT, json={"message": "hej"}, headers={"Origin": origin}),
    ):
        assert "Access-Control-Allow-Origin" not in response.headers
        assert "Origin" in response.headers["Vary"]


def test_nothing_else_is_shared(shared: FlaskClient) -> None:
    for path in ("/", "/api/v1/faq", "/metrics", "/openapi.json"):
        assert "Access-Control-Allow-Origin" not in shared.get(path, headers={"Origin": SITE}).headers


def test_without_the_setting_no_other_site_may(client: FlaskClient) -> None:
    response = client.post(CHAT, json={"message": "hej"}, headers={"Origin": SITE})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_refusal_can_be_read_and_asking_whether_one_may_does_not_count() -> None:
    app = create_app(Settings(secret_key="x", rate_limit="1/minute", allowed_hosts=(SITE,)))
    client = app.test_client()
    for _ in range(3):
        assert client.options(CHAT, headers={"Origin": SITE}).status_code == 204
        assert client.get("/widget.js").status_code == 200
    assert client.post(CHAT, json={"message": "hej"}, headers={"Origin": SITE}).status_code == 200
    refused = client.post(CHAT, json={"message": "hej"}, headers={"Origin": SITE})
    assert refused.status_code == 429
    assert refused.headers["Access-Control-Allow-Origin"] == SITE
    assert refused.headers["Retry-After"]


def test_only_the_chat_page_may_stand_in_a_frame(shared: FlaskClient, client: FlaskClient) -> None:
    assert f"frame-ancestors 'self' {SITE} https://job.odense.dk" in shared.get("/").headers["Content-Security-Policy"]
    assert client.get("/").headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert shared.get("/api/v1/faq").headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        (" https://www.odense.dk , https://job.odense.dk,", (SITE, "https://job.odense.dk")),
        ("HTTPS://WWW.Odense.DK:443", (SITE,)),
        ("http://localhost:8080", ("http://localhost:8080",)),
        ("https://www.tårnby.dk", ("https://www.xn--trnby-mra.dk",)),
        (f"{SITE},{SITE}", (SITE,)),
    ],
)
def test_allowed_hosts_are_read_as_browsers_name_them(text: str, origins: tuple[str, ...]) -> None:
    assert settings_from_environment({"ALLOWED_HOSTS": text, "SECRET_KEY": "x"}).allowed_hosts == origins


@pytest.mark.parametrize(
    "text",
    [
        *(
            "www.odense.dk",
            "https://www.odense.dk/",
            "https://www.odense.dk/borger",
            "*",
            "https://*.odense.dk",
            "null",
        ),
        *(
            "https://a@odense.dk",
            "https://odense.dk:x",
            "https://odense.dk; script-src *",
            "ftp://odense.dk",
            "https://",
        ),
        *("https://www.odense.dk https://job.odense.dk", "https://odense..dk", "https://odense.dk?", f"{SITE},x"),
    ],
)
def test_a_bad_allowed_host_is_named(text: str) -> None:
    with pytest.raises(SettingsError, match="ALLOWED_HOSTS="):
        settings_from_environment({"ALLOWED_HOSTS": text, "SECRET_KEY": "x"})


# --- the demo and the guide for web managers


@pytest.mark.parametrize("path", ["/demo", "/demo/iframe"])
def test_the_demo_runs_under_a_strict_policy(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<style|style=|<script>|\son\w+=", response.text)


def test_the_guide_for_web_managers_names_every_attribute() -> None:
    guide = (ROOT / "docs" / "widget.md").read_text(encoding="utf-8")
    read = {f"data-{name}" for name in re.findall(r"this\.dataset\.(\w+)", SOURCE)} | {
        "data-municipality",
        "data-topic",
    }
    assert read == {f"data-{name}" for name in ("lang", "municipality", "topic", "color", "position")}
    for name in (*read, "ALLOWED_HOSTS", "script-src", "style-src", "connect-src", "frame-src"):
        assert name in guide
    assert "`ALLOWED_HOSTS`" in (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
