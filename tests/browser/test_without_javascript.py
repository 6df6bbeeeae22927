"""The whole conversation as plain pages: every turn a form and a new page, with nothing missing but comfort."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.steps import DYSLEXIA, TURN, answered, ask, asked, correct, press, remove, to_the_result


@pytest.fixture
def plain(open_page: Any) -> Any:
    return open_page(java_script_enabled=False)


def test_from_question_to_result(plain: Any) -> None:
    ask(plain, DYSLEXIA)
    expect(plain).to_have_title(f"Svar: {DYSLEXIA} – Kompensationsguiden")
    expect(plain.locator(f"{TURN} .you")).to_have_text(f"Du skrev: {DYSLEXIA}")
    expect(plain.locator("#understood")).to_contain_text("Ordblindhed")
    to_the_result(plain)
    expect(plain).to_have_title("Sådan ser det ud for dig – Kompensationsguiden")
    expect(plain.locator("#result .scheme .outcome").first).to_be_visible()


def test_facts_are_corrected_and_removed(plain: Any) -> None:
    ask(plain, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    correct(plain, "age")
    expect(plain).to_have_title(
        f"Spørgsmål: {plain.locator(f'{TURN} .question h3').inner_text()} – Kompensationsguiden"
    )
    plain.fill("#answer", "35")
    answered(plain, plain.locator(TURN).get_by_role("button", name="Send svar").click)
    expect(plain.locator("#understood")).to_contain_text("35")
    remove(plain, "age")
    expect(plain.locator("#understood button[value=age]")).to_have_count(0)


def test_examples_and_suggestions_are_buttons(plain: Any) -> None:
    press(plain, "Hvordan klager jeg over et afslag?")
    suggestion = plain.locator(f"{TURN} .more button").first
    title = suggestion.inner_text()
    answered(plain, suggestion.click)
    expect(plain.locator(f"{TURN} h2")).to_have_text(title)


def test_an_empty_message_is_an_error_tied_to_the_field(plain: Any) -> None:
    answered(plain, plain.locator("#ask button[type=submit]").click)
    expect(plain).to_have_title("Fejl: Skriv et spørgsmål eller et svar. – Kompensationsguiden")
    expect(plain.locator(".error-summary a")).to_have_attribute("href", "#message")
    expect(plain.locator("#message")).to_have_attribute("aria-invalid", "true")
    expect(plain.locator("#message-error")).to_contain_text("Skriv et spørgsmål eller et svar.")


def test_an_empty_answer_asks_again(plain: Any) -> None:
    ask(plain, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    correct(plain, "age")
    answered(plain, plain.locator(TURN).get_by_role("button", name="Send svar").click)
    expect(plain.locator(".error-summary a")).to_have_attribute("href", "#answer")
    expect(plain.locator("#answer")).to_have_attribute("aria-invalid", "true")


def test_an_answer_that_cannot_be_used_is_told_at_its_field(plain: Any) -> None:
    ask(plain, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    correct(plain, "age")
    plain.fill("#answer", "200")
    answered(plain, plain.locator(TURN).get_by_role("button", name="Send svar").click)
    expect(plain.locator(".error-summary a")).to_have_attribute("href", "#answer")
    expect(plain.locator("#answer")).to_have_value("200")
    expect(plain.locator("#answer-error")).to_contain_text("0 til 120")


def test_an_error_forgets_neither_the_question_nor_what_was_told(plain: Any) -> None:
    ask(plain, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    fact = asked(plain)
    answered(plain, plain.locator("#ask button[type=submit]").click)
    expect(plain.locator(".error-summary a")).to_have_attribute("href", "#message")
    assert asked(plain) == fact
    expect(plain.locator("#understood")).to_contain_text("Ordblindhed")
    expect(plain.locator(f"{TURN} [aria-invalid]")).to_have_count(0)
    press(plain, "Ved ikke")
    expect(plain.locator("#understood")).to_contain_text("Ordblindhed")


def test_too_long_a_text_is_kept_and_explained(plain: Any) -> None:
    plain.fill("#message", "Kan jeg få hjælp? " * 150)
    answered(plain, plain.locator("#ask button[type=submit]").click)
    expect(plain.locator(".error-summary")).to_contain_text("2000")
    assert plain.locator("#message").input_value().startswith("Kan jeg få hjælp?")


def test_a_cpr_number_is_not_shown_again(plain: Any) -> None:
    ask(plain, "Mit nummer er 010190-1234")
    expect(plain.locator("main")).to_contain_text("cpr-nummer fjernet")
    assert "1234" not in plain.locator("main").inner_text()


def test_the_language_is_kept(open_page: Any) -> None:
    page = open_page("/?lang=en", java_script_enabled=False)
    press(page, "Help me find out")
    assert "lang=en" in page.url
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_needs_javascript_is_not_there(plain: Any) -> None:
    ask(plain, DYSLEXIA)
    expect(plain.locator("[data-read], [data-print], [data-script]").first).to_be_hidden()
