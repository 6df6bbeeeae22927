"""The chat page over HTTP, as a browser without JavaScript sends its forms."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from assistant.state import State, StateSigner
from tests.web.talk import say

READER = "Jeg er 62, selvstændig og svagtseende. Kan jeg få en skærmlæser?"


def _state(html: str) -> str:
    found = re.search(r'name="state" value="([^"]*)"', html)
    assert found is not None
    return found[1]


def _post(client: FlaskClient, query: str = "", **form: str) -> str:
    response = client.post(f"/{query}", data=form)
    assert response.status_code == 200
    return response.text


def _to_the_end(client: FlaskClient, html: str) -> str:
    for _ in range(60):
        asked = re.search(r'name="fact" value="([^"]*)"', html)
        if asked is None:
            return html
        html = _post(client, fact=asked[1], answer="null", state=_state(html))
    raise AssertionError("the interview does not end")


def test_a_state_alone_shows_where_the_conversation_stands(client: FlaskClient) -> None:
    reply = say(client, READER)
    html = _post(client, state=reply["state"])
    assert reply["next_question"]["text"] in html
    assert "62 år" in html


def test_an_empty_state_alone_is_the_first_page(client: FlaskClient) -> None:
    assert 'id="intro"' in _post(client, state="")


def test_a_state_alone_in_another_language(client: FlaskClient) -> None:
    html = _post(client, "?lang=en", state=say(client, READER)["state"])
    assert '<html lang="en" dir="ltr">' in html
    assert "What I have understood about you" in html


@pytest.mark.parametrize("state", ["nonsense", "x" * 20_000])
def test_a_state_that_cannot_be_read_is_told_and_what_was_written_stays(client: FlaskClient, state: str) -> None:
    html = _post(client, state=state, message="Kan jeg få hjælp?")
    assert "Samtalen er for gammel eller kan ikke læses" in html
    assert "Kan jeg få hjælp?</textarea>" in html
    assert _state(html) == ""


def test_a_state_from_an_older_law_goes_on_without_what_is_no_longer_known(client: FlaskClient) -> None:
    old = State({"age": 62, "gone": True}, ("age", "gone"), "gone", "gone.answer", ("gone", "hm"))
    html = _post(client, state=StateSigner("tests", 30).sign(old))
    assert "62 år" in html


def test_facts_that_can_no_longer_be_told_are_an_error(client: FlaskClient) -> None:
    old = State({"age": 999}, ("age",))
    assert "kan ikke læses" in _post(client, state=StateSigner("tests", 30).sign(old))


def test_an_error_keeps_the_question_and_what_was_told(client: FlaskClient) -> None:
    reply = say(client, READER)
    html = _post(client, state=reply["state"], message="")
    assert 'href="#message"' in html
    assert reply["next_question"]["text"] in html
    assert "62 år" in html
    assert _state(html)


@pytest.mark.parametrize("form", [{"fact": "nonsense", "answer": "1"}, {"fact": "nonsense", "answer": ""}])
def test_an_unknown_fact_is_no_answer(client: FlaskClient, form: dict[str, str]) -> None:
    assert "Vælg eller skriv et svar" in _post(client, state="", **form)


def test_a_typed_answer_must_answer_the_question(client: FlaskClient) -> None:
    state = _state(_post(client, change="age", state=say(client, READER)["state"]))
    for typed, told in (("200", "0 til 120"), ("banan", "Jeg forstod ikke svaret")):
        html = _post(client, fact="age", answer=typed, state=state)
        assert told in html
        assert 'href="#answer"' in html
        assert f'value="{typed}"' in html
    assert "61 år" in _post(client, fact="age", answer="61", state=state)


def test_a_cpr_number_in_too_long_a_text_is_not_sent_back(client: FlaskClient) -> None:
    html = _post(client, state="", message="Mit nummer er 010190-1234. " * 100)
    assert "1234" not in html


def test_the_result_comes_after_a_look_at_the_answers(client: FlaskClient) -> None:
    end = _to_the_end(client, _post(client, message=READER, state=""))
    assert "Vis mit resultat" in end
    assert 'id="card-hm"' not in end
    shown = _post(client, state=_state(end), show="result")
    assert 'id="card-hm"' in shown
    assert "Vis mit resultat" not in shown


def test_the_api_gives_the_result_at_once(client: FlaskClient) -> None:
    reply = say(client, READER)
    while reply["next_question"]:
        answer = {"fact": reply["next_question"]["fact"], "value": None}
        reply = client.post("/api/v1/chat", json={"answer": answer, "state": reply["state"]}).get_json()
    assert reply["kind"] == "eligibility"


def test_the_api_says_which_paragraph_makes_a_question_be_asked(client: FlaskClient) -> None:
    assert say(client, "Hjælp mig med at finde ud af det")["next_question"]["law"]
    body = {"facts": {"impairment": "vision"}}
    assert client.post("/api/v1/eligibility", json=body).get_json()["next_question"]["law"]


def test_languages_are_links_until_there_is_a_conversation(client: FlaskClient) -> None:
    assert 'href="/?lang=en"' in client.get("/").text
    html = _post(client, message=READER, state="")
    assert 'formaction="/?lang=en"' in html
    assert 'href="/?lang=en"' not in html


def test_the_browser_keeps_the_sign_of_the_site(client: FlaskClient) -> None:
    response = client.get("/favicon.svg")
    assert response.mimetype == "image/svg+xml"
    assert "max-age=86400" in response.headers["Cache-Control"]
    response.close()
