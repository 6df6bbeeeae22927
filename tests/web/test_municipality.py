"""Whose site the guide stands on, over HTTP: in the address, in the body, and on every page that follows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from assistant.settings import ROOT, Settings, SettingsError
from assistant.web import create_app
from tests.web.talk import say

CHAT, CORRECT, WIDGET = "/api/v1/chat", "/api/v1/chat/correct", "/api/v1/widget"
OPENING, WELCOME = "Velkommen hos Job og Vækst. Spørg om støtte til at arbejde.", "Welcome to Job og Vækst."
CONTACT = {"title": "Kontakt os", "url": "https://www.example.dk/kontakt"}
OWN_ID = "proc.kontakt-jobcenter"
SITES = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def odense(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An installation where Odense has told of itself and has an answer of its own."""
    folder = tmp_path_factory.mktemp("municipalities") / "0461"
    (folder / "answers" / "proc").mkdir(parents=True)
    own = {"job_centre": "Job og Vækst", "contact": CONTACT, "checked_on": date(2026, 11, 22)}
    own["opening"] = {"da": OPENING, "en": WELCOME}
    (folder / "municipality.yaml").write_text(yaml.safe_dump(own, allow_unicode=True), "utf-8")
    common = (ROOT / "faq" / "answers" / "proc" / f"{OWN_ID}.yaml").read_text("utf-8")
    changed = common.replace("Du skal have fat i den kommune, du bor i.", "Du skal have fat i Job og Vækst.")
    (folder / "answers" / "proc" / f"{OWN_ID}.yaml").write_text(changed, "utf-8")
    return create_app(Settings(secret_key="tests", rate_limit=None, municipalities=folder.parent)).test_client()


@pytest.fixture(scope="module")
def roedovre() -> FlaskClient:
    """An installation for one municipality."""
    return create_app(Settings(secret_key="tests", rate_limit=None, municipality="Rødovre")).test_client()


def state_in(html: str) -> str:
    found = re.search(r'name="state" value="([^"]+)"', html)
    assert found
    return found[1]


# --- the API


@pytest.mark.parametrize("named", ["0461", "461", "odense", "Odense Kommune"])
def test_the_site_is_named_in_the_body(odense: FlaskClient, named: str) -> None:
    reply = say(odense, "Jeg vil tale med et menneske", municipality=named)
    assert reply["contact"] == {
        "municipality": "Odense Kommune",
        "text": "Kontakt Odense Kommune her: Kontakt os (https://www.example.dk/kontakt). "
        "Bor du i en anden kommune, så kontakt den i stedet.",
        "lead": "Kontakt Odense Kommune her:",
        "note": "Bor du i en anden kommune, så kontakt den i stedet.",
        **CONTACT,
    }
    assert "municipality" not in reply["facts"]


def test_a_municipality_there_is_none_of_is_named_in_the_error(client: FlaskClient) -> None:
    for path, body in ((CHAT, {"message": "Hvad er isbryder?"}), (CORRECT, {"fact": "age"})):
        response = client.post(path, json={**body, "municipality": "Malmø"})
        assert response.status_code == 422
        assert response.get_json()["errors"] == [
            {
                "field": "municipality",
                "message": "Vi kender ikke kommunen. Skriv dens navn eller kode, fx Rødovre eller 0175.",
            }
        ]
    wrong = client.post(CHAT, json={"message": "hej", "municipality": 461})
    assert [error["field"] for error in wrong.get_json()["errors"]] == ["municipality"]
    assert client.post(CHAT, json={"message": "hej", "municipality": "x" * 101}).status_code == 422
    assert client.post(CHAT, json={"message": "Hvad er isbryder?", "municipality": None}).status_code == 200


def test_the_authority_is_named_as_it_is_called_there(client: FlaskClient) -> None:
    reply = say(client, "Jeg er blind og søger job, hvad kan jeg få?", municipality="0175", as_of="2026-02-01")
    assert "kommunen (Arbejdsmarkedscenter)" in str(reply["eligibility"])
    reply = say(client, "Jeg er blind og søger job, hvad kan jeg få?", municipality="0175", as_of="2026-01-31")
    assert "Arbejdsmarkedscenter" not in str(reply["eligibility"])


def test_a_judgement_names_the_authority_of_the_municipality_told(client: FlaskClient) -> None:
    facts = {"municipality": "Rødovre", "employment": "employee"}
    body = {"facts": facts, "as_of": "2026-11-22"}
    assert "kommunen (Arbejdsmarkedscenter)" in client.post("/api/v1/eligibility", json=body).get_json()["notices"][0]
    compared = client.post("/api/v1/compare", json={**body, "compare_to": "2026-01-31"}).get_json()
    assert "kommunen (Arbejdsmarkedscenter)" in compared["notices"][0]
    elsewhere = {**body, "facts": {**facts, "municipality": "Randers"}}
    reply = client.post("/api/v1/eligibility", json=elsewhere).get_json()
    assert "kommunen (tidligere jobcentret)" in reply["notices"][0]


def test_a_fact_taken_back_leaves_the_site(odense: FlaskClient) -> None:
    first = say(odense, "Jeg bor i Rødovre og er blind. Kan jeg få hjælpemidler?", municipality="0461")
    assert first["contact"]["municipality"] == "Rødovre Kommune"
    body = {"fact": "municipality", "state": first["state"], "municipality": "0461"}
    corrected = odense.post(CORRECT, json=body).get_json()
    assert corrected["contact"]["municipality"] == "Odense Kommune"


def test_its_own_answers_are_those_of_its_site(odense: FlaskClient) -> None:
    def answer(query: str) -> str:
        return str(odense.get(f"/api/v1/faq/{OWN_ID}{query}").get_json()["answer"])

    assert "Job og Vækst" in answer("?kommune=461")
    assert "Job og Vækst" not in answer("")
    assert len(odense.get("/api/v1/faq?kommune=461").get_json()) == len(odense.get("/api/v1/faq").get_json())


def test_the_document_has_the_new_field(client: FlaskClient) -> None:
    schemas = client.get("/openapi.json").get_json()["components"]["schemas"]
    assert "municipality" in schemas["ChatRequest"]["properties"]
    assert "municipality" in schemas["Correction"]["properties"]
    assert "contact" in schemas["ChatReply"]["properties"]
    assert set(schemas["ContactReply"]["properties"]) == {"municipality", "text", "lead", "title", "url", "note"}


# --- the element on other sites


def test_the_element_gets_the_opening_and_what_to_send_along(odense: FlaskClient) -> None:
    def opened(**query: str) -> dict[str, object]:
        found: dict[str, object] = odense.get(WIDGET, query_string=query).get_json()
        return found

    danish = opened(municipality="Odense Kommune", lang="da")
    assert danish["municipality_code"] == "0461"
    assert str(danish["municipality"]).startswith("Odense Kommune viser guiden her.")
    assert danish["texts"]["page.intro"] == OPENING  # type: ignore[index]
    assert opened(municipality="461", lang="en")["texts"]["page.intro"] == WELCOME  # type: ignore[index]
    easy = opened(municipality="461", lang="da-easy")
    assert easy["texts"]["page.intro"] not in (OPENING, WELCOME)  # type: ignore[index]
    strange = opened(municipality="Eksempelby Kommune")
    assert strange["municipality_code"] is None
    assert str(strange["municipality"]).startswith("Eksempelby Kommune viser")
    assert opened()["municipality"] is None


def test_the_element_of_an_installation_for_one_names_it(roedovre: FlaskClient) -> None:
    opened = roedovre.get(WIDGET, query_string={"lang": "da"}).get_json()
    assert opened["municipality_code"] == "0175"
    assert opened["municipality"].startswith("Rødovre Kommune viser guiden her.")


# --- the pages


def test_the_page_says_whose_it_is_and_opens_with_their_words(odense: FlaskClient) -> None:
    html = odense.get("/?kommune=odense&lang=da").text
    assert "Odense Kommune" in html
    assert OPENING in html
    assert WELCOME in odense.get("/?kommune=461&lang=en").text
    plain = odense.get("/?lang=da").text
    assert "Odense Kommune" not in plain
    assert OPENING not in plain


def test_every_way_onward_keeps_the_site(odense: FlaskClient) -> None:
    first = odense.get("/?kommune=Odense&lang=da").text
    message = "Jeg er blind og arbejder på et kontor. Kan jeg få en skærmlæser?"
    second = odense.post("/?kommune=0461&lang=da", data={"message": message}).text
    third = odense.post("/resume?kommune=0461&lang=da", data={"state": state_in(second)}).text
    for html in (first, second, third):
        ways = re.findall(r'(?:action|formaction|href)="(/(?:resume[^"]*)?(?:[?][^"]*)?(?:#[^"]*)?)"', html)
        assert ways
        assert [way for way in ways if "kommune=0461" not in way] == []
        assert "Odense Kommune" in html
    assert "kommune" not in odense.get("/?lang=da").text.split("<main")[1].split('id="message"')[0]


def test_the_way_to_people_is_a_link(odense: FlaskClient) -> None:
    html = odense.post("/?kommune=0461&lang=da", data={"message": "Tal med et menneske"}).text
    assert 'href="https://www.example.dk/kontakt"' in html
    assert "Kontakt Odense Kommune her:" in html
    anywhere = odense.post("/?lang=da", data={"message": "Tal med et menneske"}).text
    assert 'href="https://www.borger.dk"' in anywhere


def test_the_result_and_the_summary_show_whom_to_turn_to(odense: FlaskClient) -> None:
    facts = "Jeg bor i Odense, er blind og ansat 37 timer. Jeg vil se om det passer til mig"
    first = odense.post("/?lang=da", data={"message": facts}).text
    result = odense.post("/?lang=da", data={"message": "Hvad kan jeg få", "state": state_in(first)}).text
    sheet = odense.post("/resume?lang=da", data={"state": state_in(result)}).text
    assert "Kontakt Odense Kommune her:" in sheet
    assert CONTACT["url"] in sheet
    assert "kommunen (Job og Vækst)" in sheet
    text = odense.post("/resume.txt?lang=da", data={"state": state_in(result)}).text
    assert f"Kontakt Odense Kommune her: {CONTACT['title']} ({CONTACT['url']})." in text


def test_a_municipality_there_is_none_of_is_told_on_a_page(client: FlaskClient) -> None:
    response = client.get("/?kommune=Malmø&lang=da")
    assert response.status_code == 422
    assert response.mimetype == "text/html"
    assert "Vi kender ikke kommunen." in response.text
    assert "kommune=" not in response.text
    assert SITES not in client.get(f"/?kommune={SITES}&lang=da").text


def test_an_installation_can_be_for_one_and_a_page_for_another(roedovre: FlaskClient) -> None:
    assert "Rødovre Kommune" in roedovre.get("/?lang=da").text
    assert "kommune=0175" not in roedovre.get("/?lang=da").text
    other = roedovre.get("/?lang=da&kommune=Aarhus").text
    assert "Aarhus Kommune" in other
    assert "Rødovre Kommune" not in other
    assert say(roedovre, "Tal med et menneske")["contact"]["municipality"] == "Rødovre Kommune"
    assert say(roedovre, "Tal med et menneske", municipality="751")["contact"]["municipality"] == "Aarhus Kommune"


def test_a_setting_that_names_none_is_told(app: Flask) -> None:
    with pytest.raises(SettingsError, match="MUNICIPALITY='Malmø'"):
        create_app(Settings(secret_key="x", municipality="Malmø"), app.extensions["service"])


def test_the_check_counts_the_folders_and_tells_what_is_old(tmp_path: Path) -> None:
    (tmp_path / "0461").mkdir()
    (tmp_path / "0461" / "municipality.yaml").write_text("checked_on: 2001-01-01\n", "utf-8")
    old = create_app(Settings(secret_key="x", municipalities=tmp_path))
    result = old.test_cli_runner().invoke(args=["check"])
    assert result.exit_code == 1
    assert "0461/municipality.yaml: er ikke set efter længe" in result.output
