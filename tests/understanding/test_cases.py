"""Each message gives exactly the facts it states, and the words they rest on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.understanding import read_facts

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
QUESTIONS = yaml.safe_load((HERE / "questions.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_message_gives_the_facts_it_states(case: dict[str, Any]) -> None:
    readings = read_facts(case["text"], case["as_of"])
    assert {reading.fact: reading.value for reading in readings} == case["facts"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_every_fact_rests_on_the_citizens_own_words(case: dict[str, Any]) -> None:
    for reading in read_facts(case["text"], case["as_of"]):
        assert reading.evidence
        assert reading.evidence == case["text"][reading.start : reading.end]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_about_a_scheme_states_nothing(question: str) -> None:
    assert read_facts(question, TODAY) == ()


def test_the_cases_cover_the_vocabulary_that_people_use() -> None:
    told = {fact for case in CASES for fact in case["facts"]}
    assert len(CASES) >= 250
    assert len(told) >= 40


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (
            "Jeg er født i Århus og bor i Aarhus, jeg har løntilskud",
            "Jeg er foedt i Aarhus og bor i Aarhus, jeg har loentilskud",
        ),
        ("Jeg er blevet svagsynet og er på førtidspension", "jeg er blevet svagsynet og er paa foertidspension"),
    ],
)
def test_ae_oe_and_aa_read_like_the_danish_letters(written: str, plain: str) -> None:
    def facts(text: str) -> dict[str, object]:
        return {reading.fact: reading.value for reading in read_facts(text, TODAY)}

    assert facts(written) == facts(plain) != {}


def test_the_evidence_of_a_misspelt_word_is_the_word_as_written() -> None:
    readings = {reading.fact: reading for reading in read_facts("Jeg er ord blind og bruger et læse program", TODAY)}
    assert readings["impairment"].evidence == "ord blind"


def test_a_decomposed_text_reads_like_a_composed_one() -> None:
    text = "Jeg bor i A\u030arhus og er do\u0308v"
    readings = {reading.fact: reading for reading in read_facts(text, TODAY)}
    assert readings["municipality"].value == "Aarhus"
    assert readings["municipality"].evidence == "A\u030arhus"
