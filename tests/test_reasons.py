"""Every outcome is explained: to a citizen and to a caseworker alike, and with what would change it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import pytest
import yaml
from flask.testing import FlaskClient

from assistant.presenting import Presenter
from assistant.settings import ROOT, Settings
from assistant.state import State, StateSigner
from assistant.texts import load_texts
from assistant.web import create_app
from rules.facts import parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook

TODAY = date(2026, 11, 22)
TEXTS = load_texts(ROOT / "locales")
CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))


def _cases() -> list[dict[str, object]]:
    cases = [case for path in CASES for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return [case for case in cases if "expect" in case]  # the others expect their facts to be refused


def _changes(law: LawBook, judge: Judge, scheme: str, **facts: object) -> list[dict[str, object]]:
    parsed = parse_facts(facts, law.vocabulary, TODAY)
    told = Presenter(law, TEXTS["da"], TODAY).judgement(judge.judge(parsed, TODAY, [scheme]), TODAY)
    changes: list[dict[str, object]] = told["schemes"][0]["changes"]
    return [change for change in changes if "facts" in change]


def test_what_nobody_can_change_is_told_as_such(law: LawBook, judge: Judge) -> None:
    (change,) = _changes(law, judge, "fleksjob", age=70)
    assert change["fixed"] is True
    assert "ikke noget, du selv kan ændre" in str(change["text"])


def test_what_a_person_can_change_is_told_as_a_possibility(law: LawBook, judge: Judge) -> None:
    (change,) = _changes(law, judge, "pa", employment="employee", needs_personal_assistance=False)
    assert change["fixed"] is False
    assert str(change["text"]).startswith("Det kunne ændre billedet, hvis")


def test_a_start_that_can_still_be_moved_is_not_told_as_fixed(law: LawBook, judge: Judge) -> None:
    (late,) = _changes(law, judge, "ib", graduated_on="2025-06-30", start_on="2028-01-01")
    assert late["fixed"] is False
    (gone,) = _changes(law, judge, "ib", graduated_on="2021-06-30", start_on="2028-01-01")
    assert gone["fixed"] is True


def test_citizen_and_caseworker_are_told_of_the_same_conditions(law: LawBook, judge: Judge) -> None:
    """Every condition that counts has its reason in plain words and its law, period and source, in every scenario."""
    compared = 0
    for case in _cases():
        as_of = date.fromisoformat(str(case["as_of"]))
        facts = parse_facts(case["facts"], law.vocabulary, as_of)  # type: ignore[arg-type]
        told = Presenter(law, TEXTS["da"], as_of).judgement(judge.judge(facts, as_of), TODAY)
        for scheme in told["schemes"]:
            for condition in scheme["conditions"]:
                assert condition["text"], condition["id"]
                assert condition["why"], condition["id"]
                assert condition["citation"].startswith(condition["law"]), condition["id"]
                assert "gælder fra" in condition["citation"] or "gjaldt fra" in condition["citation"]
                assert re.search(r"kilder: S\d+", condition["citation"])
                compared += 1
    assert compared > 10_000


def test_judgement_is_called_judgement(law: LawBook, judge: Judge) -> None:
    """Where the law leaves it to the municipality, the reason says who judges, and the summary does not promise."""
    seen: Counter[str] = Counter()
    for case in _cases():
        as_of = date.fromisoformat(str(case["as_of"]))
        facts = parse_facts(case["facts"], law.vocabulary, as_of)  # type: ignore[arg-type]
        presenter = Presenter(law, TEXTS["da"], as_of)
        for scheme in presenter.judgement(judge.judge(facts, as_of), TODAY)["schemes"]:
            for condition in scheme["conditions"]:
                if condition["outcome"] == "assess":
                    seen[condition["id"]] += 1
                    words = ("vurder", "afklares", "afgør", "skøn", "ser på", presenter.authority, "skolen")
                    assert any(word in condition["why"] for word in words), (condition["id"], condition["why"])
    assert len(seen) > 20


class _Page(HTMLParser):
    """For each card of a page how many conditions the citizen is told of, and which the caseworker is."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: list[tuple[str, int]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "section" and "scheme" in classes:
            self.lists.append(("scheme", 0))
        if tag in ("ul", "ol"):
            self._open.append(next((c for c in classes if c in ("conditions", "citations")), ""))
        if tag == "li" and self._open and self._open[-1]:
            self.lists.append((self._open[-1], 1))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._open:
            self._open.pop()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(Settings(secret_key="tests", rate_limit=None)).test_client()


def test_the_page_names_the_same_conditions_to_both(client: FlaskClient) -> None:
    signer = StateSigner("tests", 30)
    state = State().with_fact("employment", "employee").with_fact("needs_aid", True).with_fact("age", 45)
    page = client.post("/", data={"state": signer.sign(state), "message": "hvad kan jeg få"}).get_data(as_text=True)
    parser = _Page()
    parser.feed(page)
    cards: list[Counter[str]] = []
    for name, number in parser.lists:
        if name == "scheme":
            cards.append(Counter())
        elif cards:
            cards[-1][name] += number
    assert len(cards) >= 5
    assert all(card["conditions"] == card["citations"] > 0 for card in cards), cards
