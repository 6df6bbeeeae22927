"""The interview to its end, with and without JavaScript: steps, the look at the answers, the result, the sheet to bring."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    BEGIN,
    TURN,
    answered,
    ask,
    asked,
    correct,
    do_not_know,
    press,
    show_result,
    to_the_check,
    to_the_result,
    to_the_summary,
)

# Somebody who needs a thing and a helper: two schemes are looked at.
BOTH = "Jeg er 62, selvstændig og blind. Jeg har brug for en skærmlæser, og jeg har brug for en personlig assistent."
READER = "Jeg er 62, selvstændig og har brug for en skærmlæser. Hvad kan jeg få på jobbet, når jeg er svagsynet?"


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def either(open_page: Any, request: pytest.FixtureRequest) -> Any:
    return open_page(java_script_enabled=request.param)


def test_each_question_says_its_number_and_the_last_ones_how_many_are_left(either: Any) -> None:
    ask(either, READER)
    left = []
    for number in range(1, 40):
        if not either.locator(f"{TURN} .question").count():
            break
        step = either.locator(f"{TURN} .step").inner_text()
        assert step.startswith(f"Spørgsmål {number}")
        most = re.search(r"højst (\d+) tilbage", step)
        left.append(0 if step.endswith("det sidste") else int(most[1]) if most else None)
        do_not_know(either)
    else:
        pytest.fail("the interview does not end")
    assert left[0] is None
    for place, most in enumerate(left):
        assert most is None or len(left) - place - 1 <= most


def test_the_answers_are_looked_over_before_the_result(either: Any) -> None:
    ask(either, READER)
    to_the_check(either)
    expect(either).to_have_title("Tjek dine svar – Kompensationsguiden")
    expect(either.locator(".check")).to_contain_text("62 år")
    expect(either.locator("#result .scheme, #picture .scheme")).to_have_count(0)
    expect(either.locator("#understood")).to_have_text("")
    answers = either.locator(".check .facts li").count()
    answered(either, either.locator(".check button[value=impairment_permanent]").click)
    assert asked(either) == "impairment_permanent"
    expect(either.locator("#understood .facts li")).to_have_count(answers - 1)
    press(either, "Ja")
    to_the_check(either)
    permanent = either.locator(".check li", has_text="Varig funktionsnedsættelse")
    expect(permanent).to_contain_text("Ja")
    show_result(either)
    expect(either).to_have_title("Sådan ser det ud for dig – Kompensationsguiden")
    expect(either.locator("#result .scheme").first).to_be_visible()
    expect(either.locator(".check")).to_have_count(0)


def test_an_interview_of_one_question_needs_no_look_over(either: Any) -> None:
    ask(either, "Jeg er på førtidspension og vil have et skånejob")
    for _ in range(10):
        if not either.locator(f"{TURN} .question").count():
            break
        first = either.locator(f"{TURN} .step").inner_text().startswith("Spørgsmål 1")
        do_not_know(either)
        if not either.locator(f"{TURN} .question").count():
            expect(either.locator(".check")).to_have_count(0 if first else 1)


def test_back_takes_one_answer_and_leaves_the_others(either: Any) -> None:
    press(either, BEGIN)
    facts = []
    for _ in range(3):
        facts.append(asked(either))
        do_not_know(either)
    press(either, "Gå et skridt tilbage")
    assert asked(either) == facts[-1]
    expect(either.locator(f"{TURN} .step")).to_contain_text("Spørgsmål 3")
    either.locator("#understood summary").click()
    for fact in facts[:2]:
        expect(either.locator(f"#understood button[name=change][value={fact}]")).to_be_visible()


def test_a_card_tells_why_what_would_change_it_and_what_to_do(either: Any) -> None:
    ask(either, BOTH)
    to_the_check(either)
    answered(either, either.locator(".check button[value=needs_personal_assistance]").click)
    press(either, "Nej")
    to_the_result(either)
    closed = either.locator("#card-pa")
    expect(closed).to_contain_text("Passer ikke lige nu")
    expect(closed).to_contain_text("Du kan stadig søge")
    expect(closed.get_by_role("heading", name="Derfor passer det ikke lige nu")).to_be_visible()
    expect(closed.get_by_role("heading", name="Det kan ændre billedet")).to_be_visible()
    expect(closed.locator(".citations")).to_be_hidden()
    closed.get_by_text("Paragrafferne").click()
    expect(closed.locator(".citations")).to_contain_text("kompensationsloven § 4")
    open_ = either.locator("#card-hm")
    expect(open_.get_by_role("heading", name="Det kan du gøre nu")).to_be_visible()
    expect(open_.get_by_role("heading", name="Tag det her med")).to_be_visible()
    expect(either.locator("#result")).to_contain_text("vejledning, ikke en afgørelse")


def test_every_drawing_is_hidden_and_has_words_beside_it(page: Any) -> None:
    press(page, BEGIN)
    to_the_result(page)
    page.locator("#result details.others summary").first.click()
    drawings = page.locator("#result .pictogram")
    expect(drawings).to_have_count(10)
    shapes = page.evaluate("[...document.querySelectorAll('#result .pictogram')].map((part) => part.innerHTML.trim())")
    assert len(set(shapes)) == 10
    assert page.evaluate("[...document.querySelectorAll('svg')].every((part) => part.ariaHidden === 'true')")
    for card in page.locator("#result .scheme[id]").all():
        assert card.locator("h3").inner_text()
        assert card.locator(".outcome strong").inner_text()


def test_the_overview_leads_to_the_cards_and_the_address_stays(page: Any) -> None:
    press(page, BEGIN)
    to_the_result(page)
    address = page.url
    page.locator(".overview a").nth(1).click()
    assert page.evaluate("document.activeElement.id").startswith("card-")
    assert page.url == address


def test_the_summary_is_in_the_citizens_voice(either: Any) -> None:
    ask(either, READER)
    to_the_result(either)
    to_the_summary(either)
    sheet = either.locator(".sheet")
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Min situation og støtte til arbejde")
    for told in ("Min alder: 62 år.", "Jeg har brug for et hjælpemiddel i mit arbejde.", "Det siger guiden til mig"):
        expect(sheet).to_contain_text(told)
    expect(sheet).to_contain_text("kommunen (tidligere jobcentret), der afgør sagen")
    expect(sheet).to_contain_text("http://127.0.0.1:")
    either.get_by_role("button", name="Tilbage til samtalen").click()
    expect(either.locator("#result .scheme").first).to_be_visible()


def test_the_summary_can_be_taken_before_the_end(either: Any) -> None:
    ask(either, READER)
    either.locator("#understood").get_by_role("button", name="Få et resumé").click()
    expect(either.locator(".sheet")).to_contain_text("Jeg har ikke svaret på alle spørgsmål endnu.")
    either.get_by_role("button", name="Tilbage til samtalen").click()
    expect(either.locator(f"{TURN} .question")).to_be_visible()


def test_the_summary_is_saved_as_text_and_pdf(either: Any) -> None:
    ask(either, READER)
    either.locator("#understood").get_by_role("button", name="Få et resumé").click()
    for name, ending in (("Gem som tekst", ".txt"), ("Gem som PDF", ".pdf")):
        button = either.get_by_role("button", name=name)
        if not button.count():
            continue
        with either.expect_download() as download:
            button.click()
        assert download.value.suggested_filename.endswith(ending)


def test_the_summary_is_copied(open_page: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, READER)
    page.locator("#understood").get_by_role("button", name="Få et resumé").click()
    page.get_by_role("button", name="Kopiér").click()
    expect(page.get_by_role("status")).to_have_text("Resuméet er kopieret.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Min situation og støtte til arbejde")
    assert "Min alder: 62 år." in copied


def test_the_print_button_prints(page: Any) -> None:
    ask(page, READER)
    page.locator("#understood").get_by_role("button", name="Få et resumé").click()
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Udskriv").click()
    assert page.evaluate("window.printed")


def test_without_javascript_there_is_no_copying(open_page: Any) -> None:
    plain = open_page(java_script_enabled=False)
    ask(plain, READER)
    plain.locator("#understood").get_by_role("button", name="Få et resumé").click()
    expect(plain.locator("[data-copy], [data-print]").first).to_be_hidden()


def test_what_is_announced_on_the_way_to_the_result(page: Any) -> None:
    page.evaluate(
        "() => { window.told = []; const region = document.getElementById('status');"
        "new MutationObserver(() => region.textContent && told.push(region.textContent))"
        ".observe(region, {childList: true}); }"
    )
    ask(page, READER)
    title = page.locator("#turn-heading").inner_text()
    to_the_check(page)
    show_result(page)
    page.wait_for_timeout(3000)
    told = page.evaluate("told")
    assert told[0].startswith(title)
    assert "Spørgsmål 1. " in told[0]
    result = told[-1]
    assert result.startswith("Sådan ser det ud for dig. ")
    names = page.locator("#result > .eligibility > .scheme h3").all_inner_texts()
    places = [result.index(f"{name}. ") for name in names]
    assert places == sorted(places)


def test_changing_an_answer_at_the_side_keeps_the_others(either: Any) -> None:
    ask(either, READER)
    before = either.locator("#understood .facts li").count()
    correct(either, "age")
    assert asked(either) == "age"
    either.fill("#answer", "61")
    answered(either, either.locator(TURN).get_by_role("button", name="Send svar").click)
    expect(either.locator("#understood")).to_contain_text("61 år")
    expect(either.locator("#understood .facts li")).to_have_count(before)
