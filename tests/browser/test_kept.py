"""A conversation kept in the address, in another language, and in the reader's own view: nothing is lost on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LANGUAGES
from tests.browser.steps import (
    BEGIN,
    DYSLEXIA,
    TURN,
    answered,
    ask,
    asked,
    do_not_know,
    focused,
    open_menu,
    press,
    to_the_check,
    to_the_result,
)

KEPT = re.compile(r"/#s=[\w.-]+(&show=result)?$")


def test_the_address_keeps_the_conversation_over_a_reload(page: Any) -> None:
    press(page, BEGIN)
    do_not_know(page)
    fact = asked(page)
    assert KEPT.search(page.url)
    page.reload()
    expect(page.locator(f"{TURN} .step")).to_contain_text("Spørgsmål 2")
    assert asked(page) == fact
    expect(page.locator("#understood .facts li")).to_have_count(1)
    do_not_know(page)
    expect(page.locator(f"{TURN} .step")).to_contain_text("Spørgsmål 3")


def test_a_kept_link_goes_on_from_the_result(page: Any, open_page: Any) -> None:
    ask(page, DYSLEXIA)
    to_the_result(page)
    other = open_page("/#" + page.url.partition("#")[2])
    expect(other.locator("#result .scheme").first).to_be_visible()
    expect(other).to_have_title("Sådan ser det ud for dig – Kompensationsguiden")
    assert KEPT.search(other.url)


def test_a_kept_link_goes_on_from_the_look_at_the_answers(page: Any, open_page: Any) -> None:
    ask(page, DYSLEXIA)
    to_the_check(page)
    other = open_page("/#" + page.url.partition("#")[2])
    expect(other.get_by_role("heading", name="Tjek dine svar")).to_be_visible()


def test_another_link_in_the_same_window_goes_on_from_there(page: Any, open_page: Any) -> None:
    press(page, BEGIN)
    kept = page.url.partition("#")[2]
    other = open_page()
    ask(other, DYSLEXIA)
    other.evaluate("(kept) => { location.hash = kept }", kept)
    expect(other.locator(f"{TURN} .you")).to_have_count(0)
    assert asked(other) == asked(page)


def test_an_answer_without_facts_comes_back_as_well(page: Any) -> None:
    ask(page, "Hvordan klager jeg over et afslag?")
    title = page.locator(f"{TURN} h2").inner_text()
    page.reload()
    expect(page.locator(f"{TURN} h2")).to_have_text(title)


@pytest.mark.parametrize("kept", ["nonsense", "x" * 20_000])
def test_a_link_that_cannot_be_read_says_so_and_goes_on(open_page: Any, kept: str) -> None:
    page = open_page(f"/#s={kept}")
    expect(page.locator(".error-summary")).to_contain_text("Samtalen er for gammel eller kan ikke læses")
    assert "#" not in page.url
    ask(page, DYSLEXIA)
    expect(page.locator(f"{TURN} h2")).to_have_text(DYSLEXIA)
    expect(page.locator(".error-summary")).to_have_count(0)


def test_begin_again_clears_the_address(page: Any) -> None:
    ask(page, DYSLEXIA)
    page.get_by_role("link", name="Begynd forfra").click()
    expect(page.locator("#examples button")).to_have_count(5)
    assert "#" not in page.url


def test_begin_again_in_words_clears_the_address_too(page: Any) -> None:
    ask(page, DYSLEXIA)
    assert KEPT.search(page.url)
    ask(page, "start forfra")
    assert "#" not in page.url


def test_skipping_to_the_content_does_not_touch_the_address(page: Any) -> None:
    press(page, BEGIN)
    address = page.url
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "main"
    assert page.url == address


# --- languages


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_another_language_keeps_the_conversation(open_page: Any, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    ask(page, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    fact = asked(page)
    open_menu(page, "Dansk")
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert asked(page) == fact
    expect(page.locator("#understood")).to_contain_text("Dyslexia")
    if script:
        assert re.search(r"\?lang=en#s=", page.url)
        page.reload()
        assert asked(page) == fact


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_another_language_keeps_the_result(open_page: Any, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    ask(page, DYSLEXIA)
    to_the_result(page)
    open_menu(page, "Dansk")
    page.get_by_role("button", name="English", exact=True).click()
    expect(page).to_have_title("How it looks for you – Kompensationsguiden")
    expect(page.locator("#result .scheme").first).to_be_visible()


def test_the_summary_can_be_had_in_danish_from_another_language(open_page: Any) -> None:
    page = open_page("/?lang=en")
    ask(page, DYSLEXIA)
    page.locator("#understood").get_by_role("button", name="Get a summary").click()
    expect(page.locator(".sheet h1")).to_have_text("My situation and support for work")
    page.get_by_role("button", name="Show in Danish").click()
    expect(page.locator(".sheet h1")).to_have_text("Min situation og støtte til arbejde")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_eight_languages_fit_a_small_phone(open_page: Any, many_languages_site: str, script: bool) -> None:
    page = open_page(at=many_languages_site, viewport={"width": 320, "height": 640}, java_script_enabled=script)
    open_menu(page, "Dansk")
    links = page.locator("#languages a")
    assert links.all_inner_texts() == ["Dansk", "Let at læse", "English", *links.all_inner_texts()[3:]]
    assert sorted(links.all_inner_texts()) == sorted(LANGUAGES.values())
    for link in links.all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["height"] >= 44
    expect(page.get_by_role("link", name="العربية")).to_have_attribute("lang", "ar")
    expect(page.get_by_role("link", name="Let at læse").first).to_have_attribute("lang", "da")


def test_arabic_is_written_from_right_to_left(open_page: Any, many_languages_site: str) -> None:
    page = open_page("/?lang=ar", at=many_languages_site, viewport={"width": 320, "height": 640})
    html = page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ar")
    ask(page, DYSLEXIA)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    danish = page.locator(f"{TURN} [lang=da]").first
    expect(danish).to_have_attribute("dir", "ltr")


def test_easy_danish_is_danish_to_a_screen_reader(open_page: Any, many_languages_site: str) -> None:
    page = open_page("/?lang=da-easy", at=many_languages_site)
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


# --- the reader's own view


def _stored(page: Any) -> dict[str, str]:
    stored: dict[str, str] = page.evaluate("({...localStorage})")
    return stored


def test_larger_text_is_kept_once_chosen(page: Any) -> None:
    assert _stored(page) == {}
    open_menu(page, "Visning")
    assert _stored(page) == {}
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Større").click()
    page.get_by_role("button", name="Større").click()
    expect(page.get_by_role("status")).to_have_text("Teksten er nu 125 procent.")
    assert page.evaluate(size) == pytest.approx(before * 1.25)
    page.reload()
    assert page.evaluate(size) == pytest.approx(before * 1.25)
    open_menu(page, "Visning")
    page.get_by_role("button", name="Normal").click()
    assert page.evaluate(size) == pytest.approx(before)
    assert _stored(page) == {}


def test_high_contrast_is_kept_once_chosen(page: Any) -> None:
    open_menu(page, "Visning")
    button = page.get_by_role("button", name="Kraftige farver")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("Kraftige farver er slået til.")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    open_menu(page, "Visning")
    page.get_by_role("button", name="Kraftige farver").click()
    assert _stored(page) == {}


def test_a_browser_that_remembers_nothing_still_shows_larger_text(open_page: Any) -> None:
    page = open_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.reload()
    open_menu(page, "Visning")
    page.get_by_role("button", name="Større").click()
    expect(page.locator("html")).to_have_attribute("data-size", "2")


def test_easy_to_read_is_a_switch_that_keeps_the_conversation(open_page: Any, many_languages_site: str) -> None:
    page = open_page(at=many_languages_site)
    press(page, BEGIN)
    fact = asked(page)
    open_menu(page, "Visning")
    page.locator("#view-easy button").click()
    expect(page).to_have_url(re.compile(r"lang=da-easy"))
    assert asked(page) == fact
    open_menu(page, "Visning")
    page.locator("#view-easy button").click()
    expect(page).to_have_url(re.compile(r"lang=da(#|$)"))
    assert asked(page) == fact


def test_a_menu_closes_with_escape(page: Any) -> None:
    open_menu(page, "Visning")
    page.get_by_role("button", name="Større").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#view")).not_to_have_attribute("open", "")
    assert focused(page) == "Visning"


def test_without_javascript_there_is_no_view_menu(open_page: Any) -> None:
    plain = open_page(java_script_enabled=False)
    expect(plain.locator("#view")).to_be_hidden()


# --- reading aloud

VOICES = "speechSynthesis.getVoices = () => %s.map((lang) => ({lang, name: lang}))"
SPEAK = (
    "window.spoken = []; window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"
    "speechSynthesis.speak = (part) => spoken.push([part.lang, part.text]); speechSynthesis.cancel = () => {};"
)


def test_each_part_is_read_in_its_own_language(open_page: Any, many_languages_site: str) -> None:
    page = open_page("/?lang=tr", at=many_languages_site)
    page.evaluate(SPEAK + VOICES % "['da-DK', 'tr-TR']")
    ask(page, DYSLEXIA)
    page.locator(f"{TURN} [data-read]").click()
    spoken = page.evaluate("spoken")
    assert ["da-DK", DYSLEXIA] in spoken


def test_what_no_voice_can_read_is_not_offered(page: Any) -> None:
    page.evaluate(SPEAK + VOICES % "['fr-FR']")
    ask(page, DYSLEXIA)
    expect(page.locator(f"{TURN} [data-read]")).to_be_hidden()


def test_the_answers_can_be_read_aloud_before_the_result(page: Any) -> None:
    page.evaluate(SPEAK + VOICES % "['da-DK']")
    ask(page, DYSLEXIA)
    to_the_check(page)
    page.locator(f"{TURN} [data-read]").click()
    assert page.evaluate("spoken")[0] == ["da-DK", "Tjek dine svar"]


def test_a_wrong_answer_is_told_at_its_field_and_the_rest_stays(open_page: Any) -> None:
    page = open_page()
    ask(page, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    answered(page, page.locator("#understood button[name=change][value=age]").click)
    page.fill("#answer", "200")
    answered(page, page.locator(TURN).get_by_role("button", name="Send svar").click)
    expect(page.locator(f"{TURN} .error-summary")).to_contain_text("0 til 120")
    expect(page.locator("#answer")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#answer")).to_have_value("200")
    expect(page.locator("#understood")).to_contain_text("Ordblindhed")
