"""Every state of the page against WCAG 2.2 AA: rules that a program can check, keyboard, narrow and enlarged pages."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.steps import (
    BEGIN,
    DYSLEXIA,
    TURN,
    answered,
    ask,
    correct,
    focused,
    open_menu,
    press,
    to_the_check,
    to_the_result,
    to_the_summary,
)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FACTS = "Jeg er født 15. marts 1985, jeg er ordblind og arbejder 20 timer om ugen. Hvad kan jeg få på jobbet?"


def _choice(page: Any) -> None:
    ask(page, DYSLEXIA)
    correct(page, "impairment")


def _number(page: Any) -> None:
    ask(page, FACTS)
    correct(page, "weekly_hours")


def _date(page: Any) -> None:
    ask(page, FACTS)
    correct(page, "birth_date")


def _yes_or_no(page: Any) -> None:
    ask(page, "Jeg er ordblind, og det er varigt. Hvad kan jeg få på jobbet?")
    correct(page, "impairment_permanent")
    expect(page.locator(TURN).get_by_role("button", name="Ja", exact=True)).to_be_visible()


def _clarify(page: Any) -> None:
    ask(page, "fortrinsadgang til job i kommunen")
    expect(page.locator(".reply-clarify")).to_be_visible()


def _result(page: Any) -> None:
    ask(page, DYSLEXIA)
    to_the_result(page)


def _check(page: Any) -> None:
    ask(page, DYSLEXIA)
    to_the_check(page)
    expect(page.get_by_role("heading", name="Tjek dine svar")).to_be_visible()


def _summary(page: Any) -> None:
    _result(page)
    to_the_summary(page)


def _menus(page: Any) -> None:
    open_menu(page, "Visning")


def _result_unfolded(page: Any) -> None:
    _result(page)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


def _error(page: Any) -> None:
    page.click("#ask button[type=submit]")
    expect(page.locator(".error-summary")).to_be_visible()


def _out_of_scope(page: Any) -> None:
    ask(page, "Hvordan bager jeg en kage?")


def _crisis(page: Any) -> None:
    ask(page, "Jeg har lyst til at dø")


STATES: dict[str, Callable[[Any], None]] = {
    "empty": lambda page: None,
    "menu": _menus,
    "faq": lambda page: ask(page, "Hvordan klager jeg over et afslag?"),
    "faq with question": lambda page: ask(page, DYSLEXIA),
    "clarify": _clarify,
    "yes or no": _yes_or_no,
    "choice": _choice,
    "number": _number,
    "date": _date,
    "check": _check,
    "result": _result,
    "summary": _summary,
    "result unfolded": _result_unfolded,
    "error": _error,
    "out of scope": _out_of_scope,
    "crisis": _crisis,
}


@pytest.fixture(scope="module", params=STATES)
def state(open_shared: Any, site: str, doubting_site: str, request: pytest.FixtureRequest) -> Any:
    """A page in one of the states; tests may change its size and colours, not the conversation."""
    page = open_shared(at=doubting_site if request.param == "clarify" else site)
    STATES[request.param](page)
    return page


def _violations(page: Any) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(state: Any, scheme: str) -> None:
    state.emulate_media(color_scheme=scheme)
    assert _violations(state) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_high_contrast(state: Any, scheme: str) -> None:
    state.emulate_media(color_scheme=scheme)
    state.evaluate("document.documentElement.dataset.contrast = 'high'")
    found = _violations(state)
    state.evaluate("delete document.documentElement.dataset.contrast")
    assert found == []


def test_axe_finds_nothing_from_right_to_left(state: Any) -> None:
    state.evaluate("document.documentElement.dir = 'rtl'")
    found = _violations(state)
    state.evaluate("document.documentElement.dir = 'ltr'")
    assert found == []


def test_nothing_scrolls_sideways_from_right_to_left(state: Any) -> None:
    state.set_viewport_size({"width": 320, "height": 640})
    state.evaluate("document.documentElement.dir = 'rtl'")
    width = state.evaluate("document.documentElement.scrollWidth")
    state.evaluate("document.documentElement.dir = 'ltr'")
    assert width <= 320


def test_the_largest_text_fits_a_small_phone(state: Any) -> None:
    state.set_viewport_size({"width": 320, "height": 640})
    state.evaluate("document.documentElement.dataset.size = '6'")
    width = state.evaluate("document.documentElement.scrollWidth")
    state.evaluate("delete document.documentElement.dataset.size")
    assert width <= 320


@pytest.mark.parametrize("path", ["/resume", "/nowhere"])
def test_axe_finds_nothing_where_there_is_no_page(open_page: Any, path: str) -> None:
    page = open_page()
    html = page.evaluate(
        "(path) => fetch(path, {method: path === '/resume' ? 'POST' : 'GET', headers: {Accept: 'text/html'}})"
        ".then((found) => found.text())",
        path,
    )
    page.faults.clear()
    page.evaluate("(html) => document.body.replaceWith(new DOMParser().parseFromString(html, 'text/html').body)", html)
    assert _violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_an_error_page_without_javascript(open_page: Any, scheme: str) -> None:
    plain = open_page(color_scheme=scheme, java_script_enabled=False)
    answered(plain, plain.locator("#ask button[type=submit]").click)
    html = plain.content()
    page = open_page(color_scheme=scheme)
    page.evaluate(
        "(html) => document.body.replaceWith(new DOMParser().parseFromString(html, 'text/html').body)",
        html,
    )
    assert _violations(page) == []


def test_nothing_scrolls_sideways_at_320_pixels(state: Any) -> None:
    state.set_viewport_size({"width": 320, "height": 640})
    assert state.evaluate("document.documentElement.scrollWidth") <= 320


def test_wider_text_spacing_hides_nothing(open_page: Any) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    ask(page, DYSLEXIA)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
        "p { margin-bottom: 2em !important }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough(state: Any, width: int) -> None:
    state.set_viewport_size({"width": width, "height": 800})
    small = state.evaluate(
        """() => [...document.querySelectorAll(
            'button, summary, input:not([type=hidden]), textarea, nav a, .tools a, .radio label')]
        .filter((part) => part.checkVisibility() && !part.closest('.visually-hidden'))
        .map((part) => [part.textContent.trim() || part.id, part.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
        .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
    )
    assert small == []


def test_headings_have_no_gaps(state: Any) -> None:
    levels = state.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')]"
        ".filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_from_question_to_answer_by_keyboard_alone(page: Any) -> None:
    page.keyboard.press("Tab")
    assert focused(page) == "Gå til indholdet"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "message"
    page.keyboard.type(DYSLEXIA)
    answered(page, lambda: page.keyboard.press("Enter"))
    _tab_to(page, lambda: page.evaluate("document.activeElement.value") == "true", "Shift+Tab")
    answered(page, lambda: page.keyboard.press("Enter"))
    _tab_to(page, lambda: page.evaluate("document.activeElement.value") == "impairment", "Tab")
    answered(page, lambda: page.keyboard.press("Enter"))
    _tab_to(page, lambda: page.evaluate("document.activeElement.type") == "radio", "Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.checked")
    page.keyboard.press("Tab")
    assert focused(page) == "Send svar"
    answered(page, lambda: page.keyboard.press("Enter"))
    _tab_to(page, lambda: page.evaluate("document.activeElement.name") == "remove", "Tab")
    answered(page, lambda: page.keyboard.press("Space"))
    expect(page.locator("#understood li")).to_have_count(1)


def _tab_to(page: Any, there: Callable[[], bool], key: str, where: str = "body") -> None:
    if where != "body":
        page.locator(where).focus()
    for _ in range(60):
        page.keyboard.press(key)
        if there():
            return
    pytest.fail("cannot be reached with Tab")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_always_seen(open_page: Any, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    ask(page, DYSLEXIA)
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    seen = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const part = document.activeElement; if (part === document.body) return null;"
            "const style = getComputedStyle(part); const box = part.getBoundingClientRect();"
            "return [style.outlineStyle, parseFloat(style.outlineWidth), box.bottom > 0 && box.top < innerHeight] })()"
        )
        if style is None:
            break
        assert style == ["solid", 3, True], focused(page)
        seen += 1
    assert seen > 8


def test_motion_is_only_for_those_who_want_it(open_page: Any) -> None:
    page = open_page(reduced_motion="reduce")
    press(page, "Hjælp mig med at finde ud af det")
    assert page.evaluate(f"getComputedStyle(document.querySelector('{TURN}')).animationName") == "none"


def test_the_whole_interview_by_keyboard_alone(page: Any) -> None:
    stop = "document.activeElement.value === 'null' || document.activeElement.type === 'radio'"
    _tab_to(page, lambda: focused(page) == BEGIN, "Tab")
    answered(page, lambda: page.keyboard.press("Enter"))
    while page.locator(f"{TURN} .question").count():
        _tab_to(page, lambda: page.evaluate(stop), "Tab", where=TURN)
        if page.evaluate("document.activeElement.type") == "radio":
            page.keyboard.press("ArrowUp")
            assert page.evaluate("document.activeElement.value") == "null"
            page.keyboard.press("Tab")
        answered(page, lambda: page.keyboard.press("Enter"))
    _tab_to(page, lambda: focused(page) == "Vis mit resultat", "Tab")
    answered(page, lambda: page.keyboard.press("Enter"))
    _tab_to(page, lambda: focused(page) == "Få et resumé", "Tab")
    page.keyboard.press("Enter")
    page.locator(".sheet").wait_for()
    _tab_to(page, lambda: focused(page) == "Tilbage til samtalen", "Tab")


def test_on_paper_the_summary_stands_alone(page: Any) -> None:
    _summary(page)
    page.emulate_media(media="print")
    for gone in (".site-header", ".take", ".site-footer"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".sheet")).to_be_visible()


def test_on_paper_there_is_nothing_to_press(page: Any) -> None:
    _result(page)
    page.emulate_media(media="print")
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator("#understood button").first).to_be_hidden()
    expect(page.locator("#result .outcome").first).to_be_visible()
    expect(page.locator("#understood")).to_be_visible()
