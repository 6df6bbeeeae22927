"""What holds for every text: it can be read, quickly, with true evidence and values of the vocabulary."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.understanding import FactReading, read_facts
from rules.facts import parse_facts
from rules.lawbook import LawBook, load_law

HERE = Path(__file__).parent
TODAY = date(2026, 11, 22)
LONGEST_MESSAGE = 2_000
SECONDS_AT_MOST = 0.05
SENTENCES = [case["text"] for case in yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))]
WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
HOSTILE = [
    "a ", "a. ", "ikke ", "jeg er ", "1 ", "12 og ", "en af de ", "i en privat ", "uden ", "aa", "der som ", "1.1.",
    "min søn på 24 ", "(", "0", "jeg har brug for en ", "kan jeg få en ", "for 2 år siden ", "mellem 1 og ", "-", "en-",
    "svært ved at få et job ", "a\u0301", " ", "\n", "tømrer, ", "arbejder som arbejder i ", "hvis jeg ", "alle på ",
    "den 1. maj ", "ondt i min ryg og ", "halv ", "har har har ", "skole ", "ca. ", "x",
]  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> LawBook:
    return load_law()


def _check(text: str, readings: tuple[FactReading, ...], law: LawBook, as_of: date) -> None:
    names = [reading.fact for reading in readings]
    assert len(names) == len(set(names))
    for reading in readings:
        assert 0 <= reading.start < reading.end <= len(text)
        assert reading.evidence == text[reading.start : reading.end]
        parse_facts({reading.fact: reading.value}, law.vocabulary, as_of)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=400), as_of=st.dates(date(2009, 7, 7), date(2045, 12, 31)))
def test_any_text_can_be_read(vocabulary: LawBook, text: str, as_of: date) -> None:
    _check(text, read_facts(text, as_of), vocabulary, as_of)


@settings(max_examples=400, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=40), as_of=st.dates(date(2009, 7, 7), date(2045, 12, 31)))
def test_any_row_of_danish_words_can_be_read(vocabulary: LawBook, words: list[str], as_of: date) -> None:
    text = " ".join(words)
    _check(text, read_facts(text, as_of), vocabulary, as_of)


@settings(max_examples=150, deadline=None)
@given(sentence=st.sampled_from(SENTENCES), before=st.text(" \t\n", max_size=3), case=st.sampled_from([str, str.lower]))
def test_space_around_a_message_changes_nothing(sentence: str, before: str, case: type[str]) -> None:
    def facts(text: str) -> set[tuple[str, object]]:
        return {(reading.fact, reading.value) for reading in read_facts(text, TODAY)}

    text = case(sentence)
    assert facts(before + text + before) == facts(text)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_read_in_no_time(piece: str) -> None:
    text = (piece * LONGEST_MESSAGE)[:LONGEST_MESSAGE]
    read_facts(text, TODAY)
    best = min(_seconds(text) for _ in range(3))
    assert best < SECONDS_AT_MOST


def _seconds(text: str) -> float:
    begin = time.process_time()
    read_facts(text, TODAY)
    return time.process_time() - begin


def test_an_ordinary_message_takes_less_than_three_milliseconds() -> None:
    ordinary = [sentence for sentence in SENTENCES if len(sentence) > 40]
    for sentence in ordinary:
        read_facts(sentence, TODAY)
    begin = time.process_time()
    for sentence in ordinary:
        read_facts(sentence, TODAY)
    assert (time.process_time() - begin) / len(ordinary) < 0.003


@given(st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(0, 9999))
def test_a_cpr_number_is_never_read(day: int, month: int, year: int, last: int) -> None:
    text = f"Jeg er ledig, mit cpr-nummer er {day:02d}{month:02d}{year:02d}-{last:04d}"
    facts = {reading.fact for reading in read_facts(text, TODAY)}
    assert facts == {"employment"}
