"""Every language says what the Danish says: nothing missing, nothing out of date, and what is missing is shown in Danish."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant import translating
from assistant.dialogue import Turn, take_turn
from assistant.service import Service, load_service
from assistant.settings import ROOT, Settings
from assistant.state import State
from assistant.texts import DEFAULT, load_texts
from faq.corpus import CorpusError
from faq.lix import lix
from faq.translations import EASY, HIGHEST_EASY_LIX, expected, load_translations, slips

LOCALES, TRANSLATIONS = ROOT / "locales", ROOT / "faq" / "translations"
LANGUAGES = [name for name in load_texts(LOCALES) if name != DEFAULT]
TODAY = date(2026, 11, 22)
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def service() -> Service:
    return load_service(Settings(secret_key="tests"))


def say(service: Service, language: str, message: str, state: State | None = None):  # type: ignore[no-untyped-def]
    return take_turn(service, Turn(state or State(), language, TODAY, TODAY, message))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_or_out_of_date(service: Service, language: str) -> None:
    found = translating.state(service, language, LOCALES)
    assert found == translating.State((), ())


def test_the_languages_promised_are_there(service: Service) -> None:
    assert set(expected(service.corpus)) == set(LANGUAGES)
    assert sorted(expected(service.corpus)["en"]) == sorted(service.corpus)
    assert sorted(expected(service.corpus)[EASY]) == sorted(service.corpus)


def test_no_answer_lost_a_number_and_easy_danish_is_easy(service: Service) -> None:
    assert list(slips(service.corpus, TRANSLATIONS)) == []
    assert max(lix(wording.answer) for wording in service.wordings[EASY].values()) <= HIGHEST_EASY_LIX


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_has_the_placeholders_of_the_danish(service: Service, language: str) -> None:
    texts = service.texts[language]
    for key, text in texts.own.items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(texts.danish[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_given_in_the_language_of_the_page(service: Service, language: str) -> None:
    reply = say(service, language, service.wordings[language]["pa.hvad"].title)
    assert reply.faq[0]["id"] == "pa.hvad"
    assert reply.faq[0]["lang"] == language
    assert service.wordings[language]["pa.hvad"].answer in reply.reply


def test_an_answer_nobody_has_translated_is_danish_and_says_so(service: Service) -> None:
    lacking = replace(service, wordings={})
    reply = say(lacking, "en", "Hvad er personlig assistance på arbejdet?")
    assert reply.faq[0]["lang"] == DEFAULT
    assert service.corpus["pa.hvad"].answer in reply.reply


@pytest.mark.parametrize(
    ("message", "expected_id"),
    [
        ("Can I get a special chair for my bad back at work?", "hm.kontorstol-bord"),
        ("Please tell me about the icebreaker scheme", "ib.hvad"),
        ("I want to complain about a refusal", "proc.klage"),
    ],
)
def test_a_question_in_english_is_offered_answers_in_english(service: Service, message: str, expected_id: str) -> None:
    for language in ("da", "en"):
        reply = say(service, language, message)
        assert reply.kind == "clarify"
        assert expected_id in [entry["id"] for entry in reply.faq]
        assert {entry["lang"] for entry in reply.faq} == {"en"}
        chosen = say(service, language, reply.suggestions[0], reply.state)
        assert chosen.kind == "faq"
        assert chosen.faq[0]["lang"] == "en"


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("I want to kill myself", "en"),
        ("Ich möchte nicht mehr leben", "de"),
        ("Nie chcę już żyć", "pl"),
        ("Я не хочу жити", "uk"),
        ("أريد أن أموت", "ar"),
        ("Artık yaşamak istemiyorum", "tr"),
    ],
)
def test_distress_in_another_language_is_met_in_that_language(service: Service, message: str, language: str) -> None:
    reply = say(service, "da", message)
    assert reply.kind == "crisis"
    assert "112" in reply.reply
    assert "70 201 201" in reply.reply
    assert reply.faq == ()
    assert language in service.texts


def test_a_word_alone_is_no_question(service: Service) -> None:
    assert say(service, "en", "Yes").faq == ()


def test_buttons_typed_in_the_language_of_the_page_are_answers(service: Service) -> None:
    state = say(service, "en", "Jeg er ordblind og har et job. Kan jeg få et program til at læse?").state
    assert state.asked is not None
    told = say(service, "en", service.texts["en"]("answer.dont_know"), state)
    assert told.state.facts[state.asked] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_on_the_page_are_answered_in_its_language(service: Service, language: str) -> None:
    for number in range(1, 5):
        reply = say(service, language, service.texts[language](f"page.example.{number}"))
        assert (reply.kind, reply.faq[0]["lang"]) == ("faq", language)


# --- what an editor is told


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    locales = Path(shutil.copytree(LOCALES, tmp_path / "locales"))
    return locales, Path(shutil.copytree(TRANSLATIONS, tmp_path / "translations"))


def _service(locales: Path, translations: Path) -> Service:
    return load_service(Settings(secret_key="tests", locales=locales, translations=translations))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_changed_danish_text_is_told_until_its_translation_is_accepted(copies: tuple[Path, Path]) -> None:
    locales, translations = copies
    _edit(locales / "da/LC_MESSAGES/interface.po", 'msgstr "Ved ikke"', 'msgstr "Det ved jeg ikke"')
    service = _service(locales, translations)
    assert translating.state(service, "en", locales).outdated == ("answer.dont_know",)
    assert any("answer.dont_know" in line and "en" in line for line in translating.problems(service, *copies))
    translating.accept(service, "en", locales)
    assert translating.state(service, "en", locales).outdated == ()


def test_a_missing_translation_is_told(copies: tuple[Path, Path]) -> None:
    locales, translations = copies
    (translations / "en/pa/pa.hvad.yaml").unlink()
    _edit(locales / "en/LC_MESSAGES/interface.po", 'msgid "answer.dont_know"', 'msgid "answer.gone"')
    assert translating.state(_service(*copies), "en", locales).missing == ("answer.dont_know", "pa.hvad")


def test_a_lost_number_and_a_hard_sentence_are_told_with_their_line(
    copies: tuple[Path, Path], service: Service
) -> None:
    _, translations = copies
    timer = translations / "en/pa/pa.timer.yaml"
    timer.write_text(timer.read_text(encoding="utf-8").replace("37", "many"), encoding="utf-8")
    hard = " ".join(["arbejdsmarkedsforanstaltninger"] * 60)
    _edit(translations / f"{EASY}/pa/pa.hvad.yaml", "answer: |\n", f"answer: |\n  {hard}.\n\n")
    told = [str(problem) for problem in slips(service.corpus, translations)]
    assert any("pa.timer.yaml" in line and "37" in line for line in told)
    assert any("pa.hvad.yaml" in line and "LIX" in line for line in told)


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("id: pa.hvad", "id: pa.andet", "filens navn"),
        ("title:", "titel:", "kendes ikke"),
        ("short:", "short: [a]\nshor:", "mangler eller er ikke en tekst"),
    ],
)
def test_a_broken_translation_is_told_with_its_remedy(
    copies: tuple[Path, Path], service: Service, old: str, new: str, remedy: str
) -> None:
    _, translations = copies
    _edit(translations / "en/pa/pa.hvad.yaml", old, new)
    with pytest.raises(CorpusError) as caught:
        load_translations(service.corpus, translations)
    assert any(problem.file == "pa.hvad.yaml" and remedy in problem.message for problem in caught.value.problems)
