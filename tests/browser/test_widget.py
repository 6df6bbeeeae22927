"""The guide as an element on another site: a real second origin with a strict policy, and every state of the element."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from assistant.service import Service
from assistant.settings import Settings
from assistant.texts import DEFAULT, Texts
from assistant.web import create_app
from tests.browser.conftest import SETTINGS, Opener, _opening
from tests.browser.steps import DYSLEXIA
from tests.browser.test_accessibility import _violations as violations_of

FACTS = "Jeg er født 15. marts 1985, jeg er ordblind og arbejder 20 timer om ugen. Hvad kan jeg få på jobbet?"
TOPIC = "Hvad er personlig assistance på arbejdet?"
PANEL = "dialog.kc-panel"
NEWEST = f"{PANEL} .kc-turn:last-child"
# What a site could say of its own buttons and headings, as strongly as sites do.
SITE_CSS = """
:root { color-scheme: light dark; } body { margin: 1rem; font-family: monospace; background: #fff; color: #222; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } a { color: #9cf; } }
#main button { background: #f0f; color: #f0f; border-radius: 0; text-transform: uppercase; font-size: 9px; }
#main h2, #main h3 { color: #f0f; font-size: 9px; } #main p { margin: 99px; } #main * { letter-spacing: 0; }
#main textarea { display: none; } main { min-height: 150vh; }
"""
PAGES = {
    "/": "<kompensation-chat></kompensation-chat>",
    "/topic": '<kompensation-chat data-topic="pa"></kompensation-chat>',
    "/inline": '<kompensation-chat data-position="inline"></kompensation-chat>',
    "/inline-topic": '<kompensation-chat data-position="inline" data-topic="pa.timer"></kompensation-chat>',
    "/two-inline": '<kompensation-chat data-position="inline"></kompensation-chat>' * 2,
    "/two": '<kompensation-chat></kompensation-chat><kompensation-chat data-position="bottom-left"></kompensation-chat>',
    "/english": '<kompensation-chat data-lang="en"></kompensation-chat>',
    "/rtl": '<kompensation-chat data-lang="ar"></kompensation-chat>',
    "/unknown": '<kompensation-chat data-lang="xx" data-topic="nothing" data-color="red"></kompensation-chat>',
    "/yellow": '<kompensation-chat data-color="#ffdd00"></kompensation-chat>',
    "/grey": '<kompensation-chat data-color="#777"></kompensation-chat>',
}


class Sites:
    """The site of a municipality and the guide it may show, each on an origin of its own."""

    def __init__(self, service: Service) -> None:
        self.host = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.origin = f"http://127.0.0.1:{self.host.server_port}"
        settings = Settings(SETTINGS.secret_key, rate_limit=None, allowed_hosts=(self.origin,))
        arabic = Texts("ar", {}, service.texts[DEFAULT].danish)
        known = replace(service, texts={**service.texts, "ar": arabic})
        self.server = make_server("127.0.0.1", 0, create_app(settings, known), threaded=True)
        self.guide = f"http://127.0.0.1:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sites = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                kind, body = sites.answer(self.path)
                content = body.encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Content-Security-Policy", sites.policy)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        return Handler

    @property
    def policy(self) -> str:
        own, ours = self.origin, self.guide
        return (
            f"default-src 'none'; script-src {own} {ours}; style-src {own} {ours}; connect-src {ours}; frame-src {ours}; "
            "img-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )

    def answer(self, path: str) -> tuple[str, str]:
        if path == "/site.css":
            return "text/css", SITE_CSS
        body = PAGES.get(path, "")
        if path == "/frame":
            body = f'<iframe src="{self.guide}/" title="Guiden" width="600" height="600"></iframe>'
        return "text/html; charset=utf-8", (
            '<!doctype html><html lang="da"><head><title>Kommune</title><link rel="stylesheet" href="/site.css">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<script src="{self.guide}/widget.js" defer></script></head><body><header><a href="/">Forside</a></header>'
            f'<main id="main"><h1>Handicap og job</h1>{body}</main></body></html>'
        )


@contextmanager
def _serving(*servers: Any) -> Iterator[None]:
    threads = [threading.Thread(target=server.serve_forever, daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    yield
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def sites(service: Service) -> Iterator[Sites]:
    found = Sites(service)
    with _serving(found.host, found.server):
        yield found


@pytest.fixture
def visit(browser: Any, sites: Sites) -> Iterator[Opener]:
    """Open a page of the municipality's site; fails if the policy, a script or another host complained."""
    with _opening(browser, sites.origin) as opener:
        yield opener


@pytest.fixture(scope="module")
def visit_shared(browser: Any, sites: Sites) -> Iterator[Opener]:
    with _opening(browser, sites.origin) as opener:
        yield opener


def opened(page: Any) -> Any:
    page.locator(".kc-launcher").first.click()
    page.locator(f"{PANEL}[open] .kc-field").wait_for()
    return page


def answered(page: Any, act: Callable[[], object], panel: str = PANEL) -> None:
    with page.expect_response(lambda response: "/api/v1/chat" in response.url and response.request.method == "POST"):
        act()
    page.locator(f"{panel} .kc-ask > .kc-progress").first.wait_for(state="hidden")


def ask(page: Any, message: str, panel: str = PANEL) -> None:
    page.locator(f"{panel} .kc-field").first.fill(message)
    answered(page, page.locator(f"{panel} .kc-send").first.click, panel)


def press(page: Any, name: str, within: str = NEWEST) -> None:
    answered(page, page.locator(within).get_by_role("button", name=name, exact=True).first.click)


def tool(page: Any, name: str) -> None:
    answered(page, page.locator(f"{PANEL} .kc-ask").get_by_role("button", name=name, exact=True).click)


def correct(page: Any, label: str, name: str = "Ret") -> None:
    understood = page.locator(f"{PANEL} .kc-fold").last
    if not understood.locator("ul").is_visible():
        understood.locator("summary").click()
    answered(page, understood.get_by_role("button", name=re.compile(f"^{name} ?: {label}$")).click)


def to_the_result(page: Any) -> None:
    for _ in range(60):
        question = page.locator(f"{NEWEST} .kc-question")
        if not question.count():
            return
        answered(page, question.get_by_role("button", name="Ved ikke", exact=True).click)
    raise AssertionError("the interview does not end")


def refuse(page: Any, status: int | None) -> None:
    """Let every message sent from now on fail: with a status, or without any answer."""

    def handle(route: Any) -> None:
        if route.request.method == "GET":
            route.continue_()
        elif status is None:
            route.abort()
        else:
            headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
            route.fulfill(status=status, headers=headers, json={})

    page.route("**/api/v1/chat", handle)


def _violations(page: Any) -> list[str]:
    """What axe finds; its own styles, which the policy refuses, are no fault of the page."""
    before = len(page.faults)
    found = violations_of(page)
    page.wait_for_timeout(50)
    del page.faults[before:]
    return found


def in_panel(page: Any) -> bool:
    return page.evaluate(f"document.querySelector('{PANEL}').contains(document.activeElement)")


def focused(page: Any) -> str:
    return page.evaluate("(document.activeElement.textContent.trim() || document.activeElement.tagName).slice(0, 80)")


# --- what it asks for, and what it leaves behind


def test_before_it_is_opened_only_its_own_files_are_fetched(visit: Opener, sites: Sites) -> None:
    page = visit("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(sites.guide)))
    page.reload()
    expect(page.locator(".kc-launcher")).to_be_visible()
    assert [url for url in asked if not url.startswith("http")] == ["/widget.js", "/widget.css"]
    asked.clear()
    opened(page)
    assert asked == ["/api/v1/widget?lang=da"]


def test_no_cookie_and_no_storage_ever(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, FACTS)
    kept = "localStorage.length + sessionStorage.length + document.cookie.length"
    assert page.evaluate(kept) == 0
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert page.context.cookies() == []
    assert page.locator("kompensation-chat [style]").count() == 0
    assert page.locator("style").count() == 0


def test_a_conversation_from_question_to_result(visit: Opener) -> None:
    page = opened(visit("/"))
    press(page, TOPIC, f"{PANEL} .kc-intro")
    expect(page.locator(f"{NEWEST} h3").first).to_have_text(TOPIC)
    expect(page.locator(NEWEST)).to_contain_text("Næste skridt:")
    page.locator(NEWEST).get_by_text("Loven og kilderne bag").click()
    source = page.locator(f"{NEWEST} a").first
    expect(source).to_have_attribute("target", "_blank")
    expect(source).to_contain_text("(åbner i et nyt vindue)")
    press(page, "Se om det passer til mig")
    asked = page.locator(f"{NEWEST} .kc-question h4").inner_text()
    press(page, "Ved ikke")
    page.locator(f"{PANEL} .kc-field").focus()
    expect(page.locator(f"{PANEL} .kc-log")).to_contain_text(asked)
    expect(page.locator(f"{PANEL} .kc-you").last).to_have_text("Du svarede: Ved ikke")
    to_the_result(page)
    expect(page.locator(f"{NEWEST} h3").first).to_have_text("Sådan ser det ud for dig")
    card = page.locator(f"{NEWEST} .kc-scheme[open]").first
    expect(card.locator(".kc-outcome")).to_be_visible()
    card.get_by_text("Paragrafferne").click()
    expect(card.locator("[lang=da], ul").last).to_contain_text("§")
    expect(page.locator(NEWEST)).to_contain_text("vejledning, ikke en afgørelse")


def test_what_is_understood_can_be_corrected_and_removed(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, FACTS)
    understood = page.locator(f"{PANEL} .kc-fold").last
    before = understood.locator("li").count()
    correct(page, _label(understood, 2))
    expect(understood.locator("li")).to_have_count(before - 1)
    expect(page.locator(f"{NEWEST} .kc-question")).to_be_visible()
    correct(page, _label(understood, 0), "Fjern")
    expect(understood.locator("li")).to_have_count(before - 2)


def _label(understood: Any, number: int) -> str:
    return understood.locator("li strong").nth(number).text_content().rstrip(":")


def test_a_number_is_typed_in_the_box(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    correct(page, "Din alder")
    ask(page, "36")
    expect(page.locator(f"{PANEL} .kc-facts")).to_contain_text("36")


def test_the_full_page_goes_on_with_the_conversation(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, FACTS)
    expect(page.locator(f"{PANEL} .kc-facts")).to_contain_text("20")
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Åbn guiden på en hel side").click()
    expect(opening.value.locator("#understood")).to_contain_text("20")
    page.locator(PANEL).get_by_role("button", name="Begynd forfra").click()
    expect(page.locator(f"{PANEL} .kc-turn")).to_have_count(0)
    assert "#" not in page.get_by_role("link", name="Åbn guiden på en hel side").get_attribute("href")


def test_back_again_and_a_human(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, FACTS)
    tool(page, "Gå et skridt tilbage")
    expect(page.locator(f"{NEWEST} .kc-you")).to_have_text("Du skrev: Gå et skridt tilbage")
    tool(page, "Tal med et menneske")
    expect(page.locator(NEWEST)).to_contain_text("Kontakt den kommune, hvor du bor")
    page.locator(PANEL).get_by_role("button", name="Begynd forfra").click()
    expect(page.locator(f"{PANEL} .kc-turn")).to_have_count(0)
    expect(page.locator(f"{PANEL} .kc-fold").last).to_be_hidden()
    expect(page.locator(f"{PANEL} .kc-intro .kc-choice")).to_have_count(5)
    assert in_panel(page)
    expect(page.get_by_role("status")).to_contain_text("Vi begynder forfra")


# --- attributes


def test_it_opens_on_the_topic_of_the_page(visit: Opener) -> None:
    page = opened(visit("/topic"))
    expect(page.locator(f"{NEWEST} h3").first).to_have_text(TOPIC)
    expect(page.locator(f"{NEWEST} .kc-you")).to_have_count(0)


def test_inline_it_is_part_of_the_page(visit: Opener) -> None:
    page = visit("/inline")
    expect(page.locator(".kc-inline .kc-field")).to_be_visible()
    expect(page.locator(".kc-launcher")).to_have_count(0)
    assert focused(page).startswith("Forside")
    ask(page, DYSLEXIA, ".kc-inline")
    expect(page.locator(".kc-inline .kc-turn h3").first).to_have_text(DYSLEXIA)
    page.keyboard.press("Escape")
    expect(page.locator(".kc-inline .kc-turn")).to_have_count(1)


def test_inline_it_shows_the_topic_without_taking_over(visit: Opener) -> None:
    page = visit("/inline-topic")
    expect(page.locator(".kc-turn h3").first).to_contain_text("timers personlig assistance")
    expect(page.get_by_role("status")).to_have_text("")
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.activeElement === document.body")


def test_english_marks_what_is_danish(visit: Opener) -> None:
    page = visit("/english")
    expect(page.locator(".kc")).to_have_attribute("lang", "en")
    expect(page.locator(".kc-launcher")).to_have_text("Ask about support at work")
    opened(page)
    press(page, "How do I complain about a refusal?", f"{PANEL} .kc-intro")
    answer = page.locator(f"{NEWEST} h3").first
    assert answer.get_attribute("lang") == "da" or "Hvordan" not in answer.inner_text()


def test_unknown_attributes_are_told_the_web_manager_only(visit: Opener) -> None:
    page = opened(visit("/unknown"))
    expect(page.locator(".kc")).to_have_attribute("lang", "da")
    told = [fault for fault in page.faults if fault.startswith("kompensation-chat:")]
    assert [fault.split('"')[0] for fault in told] == [
        "kompensation-chat: data-lang=",
        "kompensation-chat: data-color=",
        "kompensation-chat: data-topic=",
    ]
    page.faults.clear()


@pytest.mark.parametrize("path", ["/yellow", "/grey"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_colour_can_be_read(visit: Opener, path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme)
    assert _violations(page) == []
    opened(page)
    ask(page, FACTS)
    assert _violations(page) == []


def test_the_sites_font_is_used_and_nothing_else_of_its_style(visit: Opener) -> None:
    page = opened(visit("/"))
    style = page.evaluate(
        "[...document.querySelectorAll('.kc-launcher, .kc-title, .kc-intro p, .kc-send, .kc-field')].map((part) => {"
        "const s = getComputedStyle(part);"
        "return [s.fontFamily, s.textTransform, s.color === 'rgb(255, 0, 255)', parseFloat(s.fontSize) >= 15,"
        " parseFloat(s.marginTop) < 20] })"
    )
    assert style
    assert all(part == ["monospace", "none", False, True, True] for part in style)
    expect(page.locator(f"{PANEL} .kc-field")).to_be_visible()


# --- several on a page


def test_two_in_a_page_have_names_of_their_own(visit: Opener) -> None:
    page = visit("/two-inline")
    expect(page.locator(".kc-field")).to_have_count(2)
    assert _violations(page) == []


def test_two_on_a_page_know_nothing_of_each_other(visit: Opener) -> None:
    page = visit("/two")
    first, second = page.locator("kompensation-chat").all()
    first.locator(".kc-launcher").click()
    first.locator(".kc-field").wait_for()
    second.locator(".kc-launcher").click()
    second.locator(".kc-field").wait_for()
    second.locator(".kc-field").fill(DYSLEXIA)
    answered(page, second.locator(".kc-send").click, "kompensation-chat:last-child")
    first.locator(".kc-field").fill("Hvordan klager jeg over et afslag?")
    answered(page, first.locator(".kc-send").click)
    expect(second.locator(".kc-turn h3").first).to_have_text(DYSLEXIA)
    expect(first.locator(".kc-turn h3").first).to_have_text("Hvordan klager jeg over et afslag?")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((part) => part.id)")
    assert len(ids) == len(set(ids))
    page.keyboard.press("Escape")
    expect(first.locator("dialog")).to_be_hidden()
    expect(second.locator("dialog")).to_be_visible()


# --- focus, keyboard and what a screen reader is told


def test_opening_and_closing_moves_focus_in_and_back(visit: Opener) -> None:
    page = visit("/")
    page.locator(".kc-launcher").focus()
    page.keyboard.press("Enter")
    page.locator(f"{PANEL} .kc-field").wait_for()
    assert focused(page) == "Kompensationsguiden"
    expect(page.locator(PANEL)).to_have_accessible_name("Kompensationsguiden")
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    assert focused(page) == "Spørg om støtte til job"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "Luk"
    page.keyboard.press("Enter")
    assert focused(page) == "Spørg om støtte til job"


def test_on_a_wide_screen_the_page_stays_in_use(visit: Opener) -> None:
    page = opened(visit("/"))
    page.get_by_role("link", name="Forside").focus()
    assert focused(page) == "Forside"
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_visible()


@pytest.mark.parametrize("size", [(320, 640), (320, 256)], ids=["phone", "enlarged"])
def test_where_it_covers_the_page_the_keyboard_stays_in_it(visit: Opener, size: tuple[int, int]) -> None:
    page = opened(visit("/", viewport={"width": size[0], "height": size[1]}))
    assert page.evaluate(f"document.querySelector('{PANEL}').matches(':modal')")
    for _ in range(30):
        page.keyboard.press("Tab")
        assert in_panel(page) or focused(page) == "BODY" or page.evaluate("document.activeElement === document.body")
    page.locator(f"{PANEL} .kc-field").focus()
    page.keyboard.press("Escape")
    assert focused(page) == "Spørg om støtte til job"


def test_a_turned_phone_keeps_what_was_typed_and_where(visit: Opener) -> None:
    page = opened(visit("/"))
    field = page.locator(f"{PANEL} .kc-field")
    field.fill("Kan jeg få")
    page.set_viewport_size({"width": 360, "height": 700})
    page.wait_for_function(f"document.querySelector('{PANEL}').matches(':modal')")
    expect(field).to_be_focused()
    expect(field).to_have_value("Kan jeg få")
    expect(page.locator(".kc-launcher")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()


def test_from_question_to_answer_by_keyboard_alone(visit: Opener) -> None:
    page = visit("/")
    _tab_to(page, "Spørg om støtte til job")
    page.keyboard.press("Enter")
    page.locator(f"{PANEL} .kc-field").wait_for()
    _tab_to(page, "TEXTAREA")
    page.keyboard.type(DYSLEXIA)
    answered(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(f"{PANEL} .kc-field")).to_be_focused()
    expect(page.locator(f"{PANEL} .kc-field")).to_have_value("")
    _tab_to(page, "Ja", "Shift+Tab")
    answered(page, lambda: page.keyboard.press("Enter"))
    assert focused(page) == "Ja"
    assert page.evaluate("document.activeElement.getAttribute('aria-disabled')") == "true"
    page.keyboard.press("Enter")
    _tab_to(page, "Ved ikke")
    expect(page.locator(f"{PANEL} .kc-you").last).to_have_text("Du svarede: Ja")
    expect(page.locator(f"{PANEL} [aria-disabled]")).to_have_count(0)


def _tab_to(page: Any, name: str, key: str = "Tab") -> None:
    for _ in range(40):
        page.keyboard.press(key)
        if focused(page) == name:
            return
    pytest.fail(f"«{name}» cannot be reached with {key}")


def test_an_answer_never_takes_focus_from_one_who_types(visit: Opener) -> None:
    page = visit("/topic")
    page.route("**/api/v1/chat", lambda route: (page.wait_for_timeout(800), route.continue_()))
    page.locator(".kc-launcher").click()
    field = page.locator(f"{PANEL} .kc-field")
    field.wait_for()
    field.focus()
    page.keyboard.type("Er det")
    expect(page.locator(f"{NEWEST} h3").first).to_have_text(TOPIC)
    page.keyboard.type(" for mig?")
    expect(field).to_be_focused()
    expect(field).to_have_value("Er det for mig?")


def test_when_what_was_pressed_goes_away_the_answer_has_focus(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, FACTS)
    understood = page.locator(f"{PANEL} .kc-fold").last
    understood.locator("summary").click()
    understood.locator("button").first.focus()
    answered(page, lambda: page.keyboard.press("Enter"))
    assert page.evaluate("document.activeElement.classList.contains('kc-turn')")


def test_each_text_is_announced_by_itself_and_left_for_a_second(visit: Opener) -> None:
    page = opened(visit("/"))
    page.wait_for_timeout(1500)
    page.evaluate(
        f"() => {{ window.told = []; const region = document.querySelector('{PANEL} [role=status]');"
        "new MutationObserver(() => told.push([Date.now(), region.textContent])).observe(region, {childList: true}); }"
    )
    ask(page, "mit nummer er 010190-1234. " + DYSLEXIA)
    question = page.locator(f"{NEWEST} .kc-question h4").inner_text()
    page.wait_for_timeout(3500)
    told = [(at, text) for at, text in page.evaluate("told") if text]
    assert len(told) == 2
    assert "cpr-nummer" in told[0][1]
    assert DYSLEXIA in told[1][1]
    assert question in told[1][1]
    assert "kompensationsloven" not in told[1][1]
    assert told[1][0] - told[0][0] >= 1000


def test_closed_it_is_silent(visit: Opener) -> None:
    page = opened(visit("/"))
    page.route("**/api/v1/chat", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.locator(f"{PANEL} .kc-field").fill(DYSLEXIA)
    with page.expect_response("**/api/v1/chat"):
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
    page.wait_for_timeout(400)
    assert page.locator(f"{PANEL} [role=status]").text_content() == ""
    page.locator(".kc-launcher").click()
    expect(page.locator(f"{NEWEST} h3").first).to_have_text(DYSLEXIA)


# --- mishaps


@pytest.mark.parametrize(
    ("status", "told"),
    [(None, "Beskeden kom ikke frem"), (429, "Vent et minut"), (500, "Beskeden kom ikke frem")],
    ids=["no answer", "too many", "fault"],
)
def test_what_was_typed_survives_a_failure(visit: Opener, status: int | None, told: str) -> None:
    page = opened(visit("/"))
    refuse(page, status)
    field = page.locator(f"{PANEL} .kc-field")
    field.fill(DYSLEXIA)
    page.keyboard.press("Enter")
    expect(page.locator(f"{PANEL} .kc-error")).to_contain_text(told)
    expect(page.get_by_role("status")).to_contain_text(told)
    expect(field).to_have_value(DYSLEXIA)
    expect(field).to_be_focused()
    page.faults.clear()
    page.unroute("**/api/v1/chat")
    answered(page, page.locator(f"{PANEL} .kc-error").get_by_role("button", name="Prøv igen").click)
    expect(page.locator(f"{NEWEST} h3").first).to_have_text(DYSLEXIA)
    expect(page.locator(f"{PANEL} .kc-error")).to_have_count(0)
    expect(field).to_have_value("")
    assert in_panel(page)


def test_without_a_network_it_says_so(visit: Opener) -> None:
    page = opened(visit("/"))
    page.context.set_offline(True)
    page.locator(f"{PANEL} .kc-field").fill(DYSLEXIA)
    page.keyboard.press("Enter")
    expect(page.locator(f"{PANEL} .kc-error")).to_contain_text("ikke forbindelse til nettet")
    page.context.set_offline(False)
    page.faults.clear()


def test_an_answer_by_button_can_be_sent_again(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, FACTS)
    asked = page.locator(f"{NEWEST} .kc-question h4").inner_text()
    refuse(page, None)
    page.locator(NEWEST).get_by_role("button", name="Ved ikke", exact=True).click()
    expect(page.locator(f"{PANEL} .kc-error")).to_be_visible()
    page.faults.clear()
    page.unroute("**/api/v1/chat")
    answered(page, page.locator(f"{PANEL} .kc-error").get_by_role("button", name="Prøv igen").click)
    expect(page.locator(f"{NEWEST} .kc-question h4")).not_to_have_text(asked)


def test_an_unreadable_conversation_begins_again(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, FACTS)
    page.evaluate("document.querySelector('kompensation-chat').state = 'nonsense'")
    field = page.locator(f"{PANEL} .kc-field")
    ask(page, "Hvordan klager jeg over et afslag?")
    expect(page.locator(f"{PANEL} .kc-error")).to_contain_text("begynder vi forfra")
    expect(field).to_have_value("Hvordan klager jeg over et afslag?")
    page.faults.clear()
    answered(page, page.locator(f"{PANEL} .kc-error").get_by_role("button", name="Prøv igen").click)
    expect(page.locator(f"{NEWEST} h3").first).to_have_text("Hvordan klager jeg over et afslag?")


def test_an_empty_message_is_an_error_tied_to_the_field(visit: Opener) -> None:
    page = opened(visit("/"))
    page.locator(f"{PANEL} .kc-send").click()
    field = page.locator(f"{PANEL} .kc-field")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Skriv et spørgsmål eller et svar"))
    ask(page, DYSLEXIA)
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_when_the_texts_cannot_be_fetched_there_is_a_way_on(visit: Opener) -> None:
    page = visit("/")
    page.route("**/api/v1/widget*", lambda route: route.abort())
    page.locator(".kc-launcher").click()
    expect(page.locator(f"{PANEL} .kc-error")).to_have_text("Guiden kan ikke hentes lige nu.")
    expect(page.locator(PANEL).get_by_role("link")).to_contain_text("Åbn guiden på en hel side")
    assert _violations(page) == []
    page.faults.clear()
    page.unroute("**/api/v1/widget*")
    page.locator(PANEL).get_by_role("button", name="Prøv igen").click()
    expect(page.locator(f"{PANEL} .kc-field")).to_be_visible()
    assert in_panel(page)


def test_a_site_that_is_not_allowed_gets_nothing(visit: Opener, sites: Sites) -> None:
    page = visit("/", at=sites.origin.replace("127.0.0.1", "localhost"))
    page.locator(".kc-launcher").click()
    expect(page.locator(f"{PANEL} .kc-error")).to_have_text("Guiden kan ikke hentes lige nu.")
    assert any("Access-Control-Allow-Origin" in fault for fault in page.faults)
    page.faults.clear()


@pytest.mark.parametrize("number", ["010190-1234", "010190–1234", "٠١٠١٩٠-١٢٣٤", "0101901234"])
def test_a_cpr_number_never_leaves_the_browser(visit: Opener, number: str) -> None:
    page = opened(visit("/"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    ask(page, f"Mit nummer er {number}, kan jeg få hjælp?")
    assert len(sent) == 1
    assert "1234" not in sent[0]
    assert "cpr-nummer fjernet" in sent[0]
    expect(page.locator(f"{NEWEST} .kc-note")).to_contain_text("ligner et cpr-nummer")


def test_pressing_twice_sends_once(visit: Opener) -> None:
    page = opened(visit("/"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator(f"{PANEL} .kc-field").fill(DYSLEXIA)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(f"{NEWEST} h3").first).to_have_text(DYSLEXIA)
    assert len(sent) == 1


# --- every state against WCAG 2.2 AA


def _choice(page: Any) -> None:
    ask(opened(page), DYSLEXIA)
    correct(page, "Slags funktionsnedsættelse")


def _number(page: Any) -> None:
    ask(opened(page), "Jeg er 34 år og ordblind. Hvad kan jeg få på jobbet?")
    correct(page, "Din alder")


def _unfolded(page: Any) -> None:
    ask(opened(page), DYSLEXIA)
    to_the_result(page)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")


def _error(page: Any) -> None:
    opened(page).locator(f"{PANEL} .kc-send").click()
    expect(page.locator(f"{PANEL} .kc-error")).to_be_visible()


STATES: dict[str, Callable[[Any], object]] = {
    "closed": lambda page: expect(page.locator(".kc-launcher")).to_be_visible(),
    "opened": opened,
    "answer and question": lambda page: ask(opened(page), DYSLEXIA),
    "choice": _choice,
    "number": _number,
    "result unfolded": _unfolded,
    "error": _error,
    "cpr": lambda page: ask(opened(page), "Mit nummer er 010190-1234, kan jeg få hjælp?"),
    "crisis": lambda page: ask(opened(page), "Jeg har lyst til at dø"),
}


@pytest.fixture(scope="module", params=[*STATES, "inline", "right to left"])
def state(visit_shared: Opener, request: pytest.FixtureRequest) -> Any:
    """A page in one of the states; tests may change its size and colours, not the conversation."""
    if request.param == "inline":
        page = visit_shared("/inline")
        ask(page, FACTS, ".kc-inline")
    elif request.param == "right to left":
        page = opened(visit_shared("/rtl"))
        ask(page, DYSLEXIA)
    else:
        page = visit_shared("/")
        STATES[request.param](page)
    return page


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(state: Any, scheme: str, width: int) -> None:
    state.emulate_media(color_scheme=scheme)
    state.set_viewport_size({"width": width, "height": 720})
    state.wait_for_timeout(100)
    assert _violations(state) == []
    assert state.evaluate("document.documentElement.scrollWidth") <= width
    body = "document.querySelector('.kc-body')"
    assert state.evaluate(f"{body}.scrollWidth <= {body}.clientWidth")


def test_targets_are_large_enough(state: Any) -> None:
    small = state.evaluate(
        """() => [...document.querySelectorAll('.kc button, .kc summary, .kc textarea')]
        .filter((part) => part.checkVisibility())
        .map((part) => [part.textContent.trim(), part.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
    )
    assert small == []


def test_headings_have_no_gaps(state: Any) -> None:
    levels = state.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]"
        ".filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]))"
    )
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_reads_from_right_to_left(visit: Opener) -> None:
    page = opened(visit("/rtl"))
    expect(page.locator(".kc")).to_have_attribute("dir", "rtl")
    ask(page, DYSLEXIA)
    answer = page.locator(f"{NEWEST} h3").first
    expect(answer).to_have_attribute("lang", "da")
    expect(answer).to_have_attribute("dir", "ltr")
    title, close = (page.locator(f"{PANEL} {part}").bounding_box() for part in (".kc-title", ".kc-close"))
    assert title["x"] > close["x"]


def test_focus_is_always_seen(visit: Opener) -> None:
    page = opened(visit("/"))
    ask(page, DYSLEXIA)
    page.locator(f"{PANEL} .kc-close").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if not in_panel(page):
            break
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth] })()"
        )
        assert style == ["solid", "3px"], focused(page)


def test_forced_colours_keep_the_edges(visit: Opener) -> None:
    page = opened(visit("/", forced_colors="active"))
    ask(page, DYSLEXIA)
    width = "getComputedStyle(document.querySelector('dialog .kc-you')).borderTopWidth"
    assert page.evaluate(width) == "1px"


# --- in a frame, and the demo


def test_the_chat_page_works_in_a_frame_of_an_allowed_site(visit: Opener) -> None:
    page = visit("/frame")
    frame = page.frame_locator("iframe")
    frame.locator("#message").fill(DYSLEXIA)
    frame.locator("#ask button[type=submit]").click()
    expect(frame.locator("#conversation h2").first).to_have_text(DYSLEXIA)


def test_the_chat_page_refuses_other_frames(visit: Opener, sites: Sites) -> None:
    page = visit("/frame", at=sites.origin.replace("127.0.0.1", "localhost"))
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in fault for fault in page.faults)
    page.faults.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_demo_page(open_page: Opener, scheme: str, width: int) -> None:
    page = open_page("/demo", color_scheme=scheme, viewport={"width": width, "height": 800})
    expect(page.locator(".kc-inline .kc-field")).to_be_visible()
    assert _violations(page) == []
    opened(page)
    expect(page.locator(f"{NEWEST} h3").first).to_have_text(TOPIC)
    assert _violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_demo_in_a_frame(open_page: Opener) -> None:
    page = open_page("/demo/iframe")
    expect(page.frame_locator("iframe").locator("#message")).to_be_visible()
