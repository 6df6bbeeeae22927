"""The conversation with JavaScript: answered in place, focus stays, screen readers are told, nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.redaction import redact
from tests.browser.steps import (
    BEGIN,
    DYSLEXIA,
    TURN,
    answered,
    ask,
    correct,
    do_not_know,
    focused,
    press,
    refuse,
    remove,
    to_the_result,
)


def test_first_page_says_what_it_is_and_how_to_begin(page: Any) -> None:
    expect(page).to_have_title("Spørg om støtte til at arbejde med et handicap – Kompensationsguiden")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_label("Skriv dit spørgsmål")).to_be_visible()
    expect(page.locator("#examples button")).to_have_count(5)
    expect(page.get_by_role("contentinfo")).to_contain_text("Det er kommunen, der afgør din sag")
    expect(page.get_by_role("status")).to_have_text("")


def test_every_example_is_answered(page: Any) -> None:
    for number in range(4):
        page.goto(page.url.partition("#")[0])
        example = page.locator("#examples .choices-list button").nth(number)
        title = example.inner_text()
        answered(page, example.click)
        expect(page.locator(f"{TURN} h2")).to_have_text(title)


def test_an_answer_comes_with_law_sources_and_a_date(page: Any) -> None:
    ask(page, DYSLEXIA)
    expect(page).to_have_title(f"Svar: {DYSLEXIA} – Kompensationsguiden")
    expect(page.locator(f"{TURN} .you")).to_have_text(f"Du skrev: {DYSLEXIA}")
    behind = page.locator(f"{TURN} details.behind")
    expect(behind.locator("a").first).to_be_hidden()
    behind.locator("summary").click()
    expect(behind).to_contain_text("kompensationsloven")
    expect(behind.locator("a").first).to_have_attribute("rel", "noopener")
    expect(behind.locator("time")).to_have_attribute("datetime", re.compile(r"^\d{4}-\d\d-\d\d$"))


def test_the_text_of_the_law_is_not_told_twice(page: Any) -> None:
    ask(page, DYSLEXIA)
    expect(page.locator(f"{TURN} .reply-text")).not_to_contain_text("Det bygger på:")
    expect(page.locator(f"{TURN} .reply-text")).not_to_contain_text("Jeg svarer på:")


def test_earlier_turns_stay_above_and_can_no_longer_be_pressed(page: Any) -> None:
    ask(page, DYSLEXIA)
    ask(page, "Hvordan klager jeg over et afslag?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn.earlier .you")).to_have_text(f"Du skrev: {DYSLEXIA}")
    expect(page.locator(".turn.earlier").locator("button[type=submit], input")).to_have_count(0)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)")
    assert len(ids) == len(set(ids))


def test_a_question_is_answered_by_button(page: Any) -> None:
    ask(page, DYSLEXIA)
    asked = page.locator(f"{TURN} .question h3").inner_text()
    do_not_know(page)
    earlier = page.locator(".turn.earlier").last
    expect(earlier).to_contain_text(asked)
    expect(earlier).to_contain_text("Ved ikke")
    expect(page.locator("#understood")).to_contain_text("Ved ikke")
    expect(page.locator(f"{TURN} .question h3")).not_to_have_text(asked)


def test_a_question_says_why_it_is_asked_and_by_which_paragraph(page: Any) -> None:
    press(page, BEGIN)
    why = page.locator(f"{TURN} details.why")
    expect(why.locator("li").first).to_be_hidden()
    why.get_by_text("Hvorfor spørger I?").click()
    expect(why.locator("p").first).to_be_visible()
    expect(why.locator("li").first).to_have_text(re.compile("kompensationsloven"))


def test_radio_buttons_do_not_send_by_themselves(page: Any) -> None:
    ask(page, DYSLEXIA)
    correct(page, "impairment")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator(f"{TURN} input[type=radio]").nth(1).check()
    page.wait_for_timeout(300)
    assert sent == []
    answered(page, page.locator(TURN).get_by_role("button", name="Send svar").click)
    expect(page.locator("#understood")).to_contain_text("Slags funktionsnedsættelse")


def test_a_number_can_be_typed(page: Any) -> None:
    ask(page, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    correct(page, "age")
    page.fill("#answer", "35")
    answered(page, lambda: page.press("#answer", "Enter"))
    expect(page.locator("#understood")).to_contain_text("35")


def test_an_answer_can_be_written_in_the_large_box(page: Any) -> None:
    ask(page, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    correct(page, "age")
    expect(page.get_by_label("Eller skriv dit svar eller et nyt spørgsmål her")).to_be_visible()
    ask(page, "36")
    expect(page.locator("#understood")).to_contain_text("36")


def test_correcting_a_fact_asks_its_question_again(page: Any) -> None:
    ask(page, DYSLEXIA)
    correct(page, "impairment")
    expect(page.locator(f"{TURN} input[name=fact]").first).to_have_value("impairment")
    expect(page.locator("#understood button[value=impairment]")).to_have_count(0)


def test_removing_a_fact_takes_it_off_the_list(page: Any) -> None:
    ask(page, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    remove(page, "age")
    expect(page.locator("#understood button[value=age]")).to_have_count(0)
    expect(page.locator("#understood button[value=impairment]")).to_have_count(2)


def test_the_interview_ends_in_a_result(page: Any) -> None:
    ask(page, DYSLEXIA)
    to_the_result(page)
    expect(page).to_have_title("Sådan ser det ud for dig – Kompensationsguiden")
    first = page.locator("#result .scheme").first
    expect(first.locator(".outcome")).to_be_visible()
    first.get_by_text("Se alle betingelser").click()
    expect(first.locator(".conditions").first).to_be_visible()
    first.get_by_text("Paragrafferne").click()
    expect(first.locator(".citations")).to_contain_text("gælder fra")
    expect(page.locator("#result")).to_contain_text("vejledning, ikke en afgørelse")


def test_not_applicable_conditions_are_not_shown(page: Any) -> None:
    ask(page, DYSLEXIA)
    to_the_result(page)
    expect(page.locator("#result")).not_to_contain_text("Denne betingelse gælder ikke i din situation")


# --- screen readers and focus


def test_the_answer_is_announced_and_focus_stays_in_the_box(page: Any) -> None:
    page.focus("#message")
    page.keyboard.type(DYSLEXIA)
    answered(page, lambda: page.keyboard.press("Enter"))
    expect(page.get_by_role("status")).to_contain_text(DYSLEXIA)
    expect(page.get_by_role("status")).to_contain_text(page.locator(f"{TURN} .question h3").inner_text())
    assert focused(page) == "message"
    expect(page.locator("#message")).to_have_value("")


def test_focus_stays_on_the_pressed_answer(page: Any) -> None:
    press(page, BEGIN)
    while page.locator(f"{TURN} input[type=radio], {TURN} #answer").count():
        do_not_know(page)
    pressed = page.locator(TURN).get_by_role("button", name="Ved ikke", exact=True)
    pressed.focus()
    answered(page, lambda: page.keyboard.press("Enter"))
    assert focused(page) == "Ved ikke"
    assert page.evaluate("document.activeElement.closest('.turn').classList.contains('earlier')")
    assert page.evaluate("document.activeElement.getAttribute('aria-disabled')") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.earlier') && document.activeElement !== document.body")
    expect(page.locator(".turn.earlier").last).to_contain_text("Du svarede: Ved ikke")
    expect(page.locator(".turn.earlier button[aria-disabled]")).to_have_count(0)


def test_when_what_was_pressed_goes_away_the_answer_has_focus(page: Any) -> None:
    ask(page, DYSLEXIA)
    page.focus("#understood button[name=change]")
    answered(page, lambda: page.keyboard.press("Enter"))
    assert focused(page) == "answer-area"


def test_the_live_region_keeps_each_text_for_a_second(page: Any) -> None:
    page.evaluate(
        "() => { window.told = []; const region = document.getElementById('status');"
        "new MutationObserver(() => told.push([Date.now(), region.textContent])).observe(region, {childList: true}); }"
    )
    ask(page, "mit nummer er 010190-1234")
    page.wait_for_timeout(3500)
    told = [(at, text) for at, text in page.evaluate("told") if text]
    assert len(told) == 2
    assert "cpr-nummer" in told[0][1]
    assert told[1][0] - told[0][0] >= 1000


# --- faults and mishaps


def test_an_empty_message_is_an_error_tied_to_the_field(page: Any) -> None:
    page.click("#ask button[type=submit]")
    link = page.locator(".error-summary a")
    expect(link).to_have_text("Skriv et spørgsmål eller et svar.")
    expect(page.locator("#message")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#message")).to_have_accessible_description(re.compile("Skriv et spørgsmål eller et svar"))
    expect(page.get_by_role("status")).to_contain_text("Skriv et spørgsmål eller et svar.")
    link.click()
    assert focused(page) == "message"
    ask(page, DYSLEXIA)
    expect(page.locator(".error-summary")).to_have_count(0)
    expect(page.locator("#message")).not_to_have_attribute("aria-invalid", "true")


def test_a_choice_must_be_made_before_it_is_sent(page: Any) -> None:
    ask(page, DYSLEXIA)
    correct(page, "impairment")
    page.locator(TURN).get_by_role("button", name="Send svar").click()
    expect(page.locator(f"{TURN} .error-summary")).to_contain_text("Vælg eller skriv et svar")


def test_typed_text_survives_a_failure(page: Any) -> None:
    refuse(page, None)
    page.fill("#message", "Kan jeg få hjælp?")
    page.click("#ask button[type=submit]")
    expect(page.locator(".error-summary")).to_contain_text("Beskeden kom ikke frem")
    expect(page.locator("#message")).to_have_value("Kan jeg få hjælp?")
    expect(page.get_by_role("status")).to_contain_text("Beskeden kom ikke frem")
    page.faults.clear()
    page.unroute("**/*")
    answered(page, page.locator("#ask button[type=submit]").click)
    expect(page.locator(".error-summary")).to_have_count(0)


@pytest.mark.parametrize(("status", "told"), [(429, "Vent et minut"), (500, "Beskeden kom ikke frem")])
def test_a_refusal_is_told_in_plain_words(page: Any, status: int, told: str) -> None:
    refuse(page, status)
    page.fill("#message", "Kan jeg få hjælp?")
    page.click("#ask button[type=submit]")
    expect(page.locator(".error-summary")).to_contain_text(told)
    expect(page.locator("#message")).to_have_value("Kan jeg få hjælp?")
    page.faults.clear()


def test_an_unreadable_conversation_begins_again(page: Any) -> None:
    page.evaluate("document.querySelectorAll('[name=state]').forEach((state) => { state.value = 'nonsense' })")
    page.fill("#message", DYSLEXIA)
    answered(page, page.locator("#ask button[type=submit]").click)
    expect(page.locator(".error-summary")).to_contain_text("Skriv dit spørgsmål igen")
    expect(page.locator("#message")).to_have_value(DYSLEXIA)
    answered(page, page.locator("#ask button[type=submit]").click)
    expect(page.locator(f"{TURN} h2")).to_have_text(DYSLEXIA)


def test_pressing_twice_sends_once(page: Any) -> None:
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.fill("#message", DYSLEXIA)
    page.focus("#message")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(f"{TURN} h2")).to_have_text(DYSLEXIA)
    assert len(sent) == 1


def test_shift_and_enter_makes_a_new_line(page: Any) -> None:
    page.focus("#message")
    page.keyboard.type("a")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("b")
    expect(page.locator("#message")).to_have_value("a\nb")


@pytest.mark.parametrize(
    "number",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "01.01.90-1234",
        "01 01 90 12 34",
        "010190–1234",
        "٠١٠١٩٠-١٢٣٤",
        "０１０１９０－１２３４",
    ],
)
def test_a_cpr_number_never_leaves_the_browser(page: Any, number: str) -> None:
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    ask(page, f"Mit nummer er {number}, kan jeg få hjælp?")
    assert len(sent) == 1
    assert "1234" not in sent[0]
    assert "cpr-nummer+fjernet" in sent[0]
    expect(page.locator(f"{TURN} .note").first).to_contain_text("ligner et cpr-nummer")
    expect(page.get_by_role("status")).to_contain_text("ligner et cpr-nummer")
    assert redact(number).found


@pytest.mark.parametrize("text", ["Ring på 70 20 12 34", "Jeg er født 15.3.1985", "12 timer af 37", "sag 999999-1234"])
def test_other_numbers_are_sent_as_they_are(page: Any, text: str) -> None:
    ask(page, text)
    expect(page.locator(f"{TURN} .you")).to_have_text(f"Du skrev: {text}")
    assert not redact(text).found


def test_reading_aloud_starts_and_stops(page: Any) -> None:
    page.evaluate(
        "() => { window.spoken = []; speechSynthesis.speak = (part) => spoken.push([part.lang, part.text]); }"
    )
    ask(page, DYSLEXIA)
    button = page.locator(f"{TURN} [data-read]")
    button.click()
    expect(button).to_have_text("Stop oplæsning")
    spoken = page.evaluate("spoken")
    assert spoken[0] == ["da", DYSLEXIA]
    assert page.locator(f"{TURN} .question h3").inner_text() in [text for _, text in spoken]
    button.click()
    expect(button).to_have_text("Læs højt")


def test_a_page_in_another_language_marks_what_is_danish(open_page: Any, many_languages_site: str) -> None:
    page = open_page("/?lang=en", at=many_languages_site)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    answered(page, page.get_by_role("button", name="How do I complain about a refusal?").click)
    expect(page.locator(f"{TURN} h2")).to_have_attribute("lang", "da")
    expect(page.locator(f"{TURN} .reply-text p").first).to_have_attribute("lang", "da")
    ask(page, DYSLEXIA)
    expect(page.get_by_label("Or write your answer or a new question here")).to_be_visible()
    expect(page.locator("#understood")).to_contain_text("What I have understood about you")


def test_a_translated_answer_is_in_the_language_of_the_page(open_page: Any) -> None:
    page = open_page("/?lang=en")
    answered(page, page.get_by_role("button", name="How do I complain about a refusal?").click)
    expect(page.locator(f"{TURN} h2")).to_have_text("How do I complain about a refusal?")
    expect(page.locator(f"{TURN} h2")).not_to_have_attribute("lang", "da")
    expect(page.locator(f"{TURN} .behind ul").first).to_have_attribute("lang", "da")


def test_in_doubt_it_offers_what_may_be_meant(open_page: Any, doubting_site: str) -> None:
    page = open_page(at=doubting_site)
    ask(page, "fortrinsadgang til job i kommunen")
    expect(page).to_have_title("Hvad mener du? – Kompensationsguiden")
    offers = page.locator(f"{TURN} .more button")
    expect(offers).to_have_count(3)
    title = offers.first.inner_text()
    expect(page.get_by_role("status")).to_contain_text(title)
    answered(page, offers.first.click)
    expect(page.locator(f"{TURN} h2")).to_have_text(title)
    expect(page.locator(".turn.earlier .more")).to_contain_text(title)


def test_begin_again_forgets(page: Any) -> None:
    ask(page, DYSLEXIA)
    page.get_by_role("link", name="Begynd forfra").click()
    expect(page.locator("#examples button")).to_have_count(5)
    expect(page.locator("#understood")).to_have_text("")
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
