"""The texts in easy Danish: none left out, the same placeholders, and sentences that are easy to read."""

from __future__ import annotations

import datetime
import re

import pytest
from babel.messages.pofile import read_po

from assistant.settings import ROOT
from assistant.texts import Texts, load_texts
from faq.lix import lix

DOMAINS = ("interface", "page", "rules", "facts")
EASY_ENOUGH = 30
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")

# What is read as sentences; labels, names, buttons, citations and the files of caseworkers are not.
RUNNING = re.compile(
    r"""
    scheme\..+\.short | condition\..+ | outcome\..+\.summary.* | step\..+ | change\.(?!answer$).+ | deadline\..+
    | amount\..+ | figure\..+\.(known|unknown) | fact\..+\.(question|help) | chat\..+ | error\..+ | notice\..+
    | problem\..+\.detail | compare\..+ | page\.(intro|tagline|begin\.text|footer\..+|cpr\.note|understood\.text)
    | page\.(ask\.hint.* | question\.hint\..+ | check\.text | keep | error\.(choose|answer|state|failed|busy))
    | page\.resume\.(why|intro|unfinished|basis|fact\..+\.(yes|no))
    """,
    re.VERBOSE,
)
# What the program itself knows by its wording: it is said to the assistant, or is a title of an answer.
KEPT = re.compile(r"page\..+\.say|page\.example\.\d|page\.next_step|chat\.begin")


def _catalog(language: str, domain: str) -> dict[str, str]:
    with (ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def _all(language: str) -> dict[str, str]:
    return {key: text for domain in DOMAINS for key, text in _catalog(language, domain).items()}


DANISH, EASY = _all("da"), _all("da-easy")


def _as_read(text: str) -> str:
    """The text with one word for each placeholder, as long as the authority's name where it is that."""
    filled = text.replace("%(authority)s", EASY["authority.municipality"]).replace("%%", "%")
    return PLACEHOLDER.sub("x", filled)


@pytest.fixture(scope="module")
def easy() -> Texts:
    return load_texts(ROOT / "locales")["da-easy"]


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_there_in_the_same_order(domain: str) -> None:
    easy = _catalog("da-easy", domain)

    assert list(easy) == list(_catalog("da", domain))
    assert all(easy.values())


def test_the_placeholders_are_those_of_the_danish_text() -> None:
    wrong = [key for key, text in DANISH.items() if _placeholders(text) != _placeholders(EASY.get(key, ""))]

    assert wrong == []


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_running_texts_are_easy_to_read() -> None:
    hard = {
        key: round(found, 1)
        for key, text in EASY.items()
        if RUNNING.fullmatch(key) and (found := lix(_as_read(text))) > EASY_ENOUGH
    }

    assert hard == {}


def test_what_the_program_knows_by_its_wording_is_left_alone() -> None:
    changed = [key for key, text in DANISH.items() if KEPT.fullmatch(key) and EASY.get(key) != text]

    assert changed == []


def test_no_law_is_cited_that_the_danish_text_does_not_cite() -> None:
    paragraph = re.compile(r"§ \d+(?: [a-z]\b)?(?:, stk\. \d)?|kapitel \d+|[Ll]ov om en aktiv beskæftigelsesindsats")
    differing = {
        key for key, text in DANISH.items() if set(paragraph.findall(text)) != set(paragraph.findall(EASY[key]))
    }

    assert differing == set()


def test_no_number_is_lost_or_added() -> None:
    # A quarter is told in months, a word; every figure, date and amount is the Danish one.
    differing = {key for key, text in DANISH.items() if _numbers(text) != _numbers(EASY[key])}

    assert differing == set()


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def test_a_part_of_a_sentence_fits_where_it_is_put(easy: Texts) -> None:
    answer = easy("change.answer", label="Ansat", value=easy("answer.yes"))
    clause = easy("and").join([easy("reading.pension_age.under"), answer])

    assert easy("change.facts", clause=clause) == (
        "Det kunne ændre sig, hvis du var under alderen for folkepension, og hvis du svarede »Ja« ved »Ansat«."
    )


def test_dates_and_numbers_are_written_the_danish_way(easy: Texts) -> None:
    day = datetime.date(2026, 2, 1)

    assert easy.date(day) == "1. februar 2026"
    assert easy.span(day, day) == "februar 2026"
    assert easy.number(26.54, 2) == "26,54"
