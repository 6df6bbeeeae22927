"""What a person does on the page, and where things are; used by all journeys, with and without JavaScript."""

from __future__ import annotations

from typing import Any

BEGIN = "Hjælp mig med at finde ud af det"
TURN = "#conversation .turn:not(.earlier)"
DYSLEXIA = "Hvad kan jeg få på jobbet, når jeg er ordblind?"


def answered(page: Any, act: Any) -> None:
    """Do something that sends, and wait until its answer is on the page."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        act()
    page.wait_for_load_state()
    page.locator("#progress").wait_for(state="hidden")


def ask(page: Any, message: str) -> None:
    page.fill("#message", message)
    answered(page, page.locator("#ask button[type=submit]").click)


def press(page: Any, name: str) -> None:
    """Press the button of the newest part of the page that is called exactly this."""
    answered(page, page.locator(f"{TURN}, #examples, #tools").get_by_role("button", name=name, exact=True).first.click)


def correct(page: Any, fact: str) -> None:
    answered(page, page.locator(f"#understood button[name=change][value={fact}]").click)


def remove(page: Any, fact: str) -> None:
    answered(page, page.locator(f"#understood button[name=remove][value={fact}]").click)


def asked(page: Any) -> str:
    """The fact that the open question is about."""
    fact: str = page.locator(f"{TURN} input[name=fact]").first.get_attribute("value")
    return fact


def open_menu(page: Any, name: str) -> None:
    page.locator("details.menu:not([open]) summary").filter(has_text=name).click()


def do_not_know(page: Any) -> None:
    """Answer the open question with "ved ikke"."""
    question = page.locator(f"{TURN} .question")
    if question.locator("input[type=radio]").count():
        question.get_by_label("Ved ikke").check()
        answered(page, question.get_by_role("button", name="Send svar").click)
    else:
        answered(page, question.get_by_role("button", name="Ved ikke", exact=True).click)


def to_the_check(page: Any) -> None:
    """Answer "ved ikke" until there is nothing more to ask."""
    for _ in range(60):
        if not page.locator(f"{TURN} .question").count():
            return
        do_not_know(page)
    raise AssertionError("the interview does not end")


def show_result(page: Any) -> None:
    """Go past the look at the answers."""
    answered(page, page.get_by_role("button", name="Vis mit resultat").click)


def to_the_result(page: Any) -> None:
    """The whole interview with "ved ikke", to where each scheme stands."""
    to_the_check(page)
    show_result(page)


def to_the_summary(page: Any) -> None:
    """From the result to the sheet to bring along."""
    page.locator("#result").get_by_role("button", name="Få et resumé").click()
    page.locator(".sheet").wait_for()


def refuse(page: Any, status: int | None) -> None:
    """Let every message sent from now on fail: with a status, or without any answer."""

    def handle(route: Any) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif status is None:
            route.abort()
        else:
            route.fulfill(status=status)

    page.route("**/*", handle)


def focused(page: Any) -> str:
    """What has focus, in a few words."""
    return page.evaluate(
        "(document.activeElement.id || document.activeElement.textContent.trim() || 'body').slice(0, 80)"
    )
