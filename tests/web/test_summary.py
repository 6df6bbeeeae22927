"""The citizen's summary: the same content as a page, as text and as PDF, from a signed state and nothing else."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from datetime import date

import pytest
from flask.testing import FlaskClient

from assistant.web import summary
from tests.web.talk import say

READER = "Jeg er 62, selvstændig og svagtseende. Kan jeg få en skærmlæser?"
PATHS = ["/resume", "/resume.txt", "/resume.pdf"]


@pytest.fixture
def state(client: FlaskClient) -> str:
    kept: str = say(client, READER)["state"]
    return kept


@pytest.mark.parametrize("path", PATHS[:2])
def test_it_tells_what_was_told_what_it_points_to_and_who_decides(client: FlaskClient, state: str, path: str) -> None:
    told = client.post(path, data={"state": state}).text
    assert "Min alder: 62 år." in told
    assert "Hjælpemidler og mindre arbejdspladsindretning" in told
    assert "kompensationsloven" in told
    assert "Det er vejledning, ikke en afgørelse." in told
    assert "http://localhost/" in told


def test_the_text_is_a_file_of_plain_lines(client: FlaskClient, state: str) -> None:
    response = client.post("/resume.txt", data={"state": state})
    assert response.mimetype == "text/plain"
    assert "attachment" in response.headers["Content-Disposition"]
    assert "<" not in response.text
    assert "&" not in response.text


def test_every_fact_has_a_sentence_in_the_citizens_voice(client: FlaskClient) -> None:
    texts = client.application.extensions["service"].texts
    for fact in client.get("/api/v1/facts").get_json():
        key = f"page.resume.fact.{fact['id']}"
        for needed in (f"{key}.yes", f"{key}.no") if fact["kind"] == "bool" else (key,):
            assert texts["da"].is_translated(needed), needed


def test_a_fact_without_a_sentence_is_told_by_its_label(client: FlaskClient) -> None:
    danish = client.application.extensions["service"].texts["da"]
    told = {"fact": "brand_new", "value": True, "label": "Noget nyt", "text": "Ja"}
    assert summary.sentences([told], danish)[0].text == "Noget nyt: Ja"


def test_the_pdf_is_tagged_titled_and_danish(client: FlaskClient, state: str) -> None:
    if not summary.can_make_pdf():
        pytest.skip("WeasyPrint or its libraries are missing")
    response = client.post("/resume.pdf", data={"state": state})
    assert response.mimetype == "application/pdf"
    assert response.data.startswith(b"%PDF")
    content = _inflated(response.data)
    for sign in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (da)", b"/DisplayDocTitle true", b"pdfuaid", b"/Title"):
        assert sign in content, sign


def _inflated(pdf: bytes) -> bytes:
    """The PDF with its streams unpacked."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompress(stream))
    return b"\n".join(parts)


def test_the_pdf_maker_fetches_nothing(caplog: pytest.LogCaptureFixture) -> None:
    if not summary.can_make_pdf():
        pytest.skip("WeasyPrint or its libraries are missing")
    html = '<title>x</title><img src="file:///etc/passwd" alt=""><img src="http://127.0.0.1:9/x.png" alt=""><p>x'
    assert summary.pdf(html, "@import url('file:///etc/passwd'); p { background: url('http://127.0.0.1:9/') }")
    assert caplog.text.count("Failed to load") >= 2


def test_where_no_pdf_can_be_made_it_is_not_offered(
    client: FlaskClient, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "_weasyprint", lambda: None)
    assert "/resume.pdf" not in client.post("/resume", data={"state": state}).text
    response = client.post("/resume.pdf", data={"state": state})
    assert response.status_code == 503
    assert "PDF kan ikke laves her" in response.text
    with pytest.raises(RuntimeError):
        summary.pdf("<p>", "")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kept", ["nonsense", "x" * 20_000])
def test_only_a_signed_state_is_summed_up(client: FlaskClient, path: str, kept: str) -> None:
    response = client.post(path, data={"state": kept})
    assert response.status_code == 422
    assert "Samtalen er for gammel eller kan ikke læses" in response.text


@pytest.mark.parametrize("path", PATHS)
def test_there_must_be_something_to_sum_up(client: FlaskClient, path: str) -> None:
    response = client.post(path, data={})
    assert response.status_code == 422
    assert "Fortæl lidt om din situation først" in response.text


def test_a_reload_of_the_address_leads_to_the_first_page(client: FlaskClient) -> None:
    response = client.get("/resume?lang=en")
    assert response.status_code == 303
    assert response.headers["Location"] == "/?lang=en"


def test_it_comes_in_the_language_of_the_page(client: FlaskClient, state: str) -> None:
    html = client.post("/resume?lang=en", data={"state": state}).text
    assert "My age: 62" in html
    assert "Show in Danish for the municipality" in html


def test_steps_in_common_are_told_once() -> None:
    schemes = [
        {"id": "a", "outcome": "assess", "next_steps": ["ring", "skriv"]},
        {"id": "b", "outcome": "unknown", "next_steps": ["ring"]},
        {"id": "c", "outcome": "not_eligible", "next_steps": ["ring", "vent"]},
    ]
    told = summary.steps(schemes)
    assert told.common == ["ring"]
    assert told.own == {"a": ["skriv"], "b": []}


def test_the_schemes_asked_about_come_first() -> None:
    outcomes = {"a": "unknown", "b": "not_eligible", "c": "eligible", "d": "unknown"}
    schemes = [{"id": id_, "outcome": outcome} for id_, outcome in outcomes.items()]
    order = summary.arranged(schemes, ("a", "b"))
    assert [[s["id"] for s in group] for group in (order.asked, order.maybe, order.others)] == [
        ["a", "b"],
        ["c"],
        ["d"],
    ]
    assert [s["id"] for s in summary.arranged(schemes, ()).asked] == ["c", "b"]


def test_a_deadline_gone_by_is_only_told_where_the_scheme_may_fit() -> None:
    deadlines = [{"date": "2012-01-01", "date_to": "2012-12-31"}, {"date": "2030-01-01"}]
    closed = {"outcome": "not_eligible", "deadlines": deadlines}
    assert summary.coming(closed, date(2026, 11, 22)) == deadlines[1:]
    assert summary.coming({**closed, "outcome": "assess"}, date(2026, 11, 22)) == deadlines
