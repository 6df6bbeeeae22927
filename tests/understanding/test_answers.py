"""Short replies to the interview's questions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding import UNKNOWN_ANSWER, UnknownAnswer, read_answer
from rules.lawbook import LawBook

CASES = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 22)


def _options(law: LawBook, fact: str, kind: str) -> list[str]:
    return [str(value) for value in law.vocabulary[fact].values] if kind == "choice" else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['fact']}: {case['text']}")
def test_a_short_reply_is_understood(law: LawBook, case: dict[str, Any]) -> None:
    options = _options(law, case["fact"], case["kind"])
    answer = read_answer(case["fact"], case["kind"], options, case["text"], TODAY)
    if case.get("unknown"):
        assert answer is UNKNOWN_ANSWER
    else:
        assert answer == case["value"]
        assert isinstance(answer, type(case["value"]))


def test_a_choice_is_one_of_the_options_offered() -> None:
    assert read_answer("employment", "choice", ["student"], "fleksjob", TODAY) is UNKNOWN_ANSWER


def test_the_sentinel_says_its_name() -> None:
    assert isinstance(UNKNOWN_ANSWER, UnknownAnswer)
    assert repr(UNKNOWN_ANSWER) == "UNKNOWN_ANSWER"


@given(st.sampled_from(["yesno", "number", "date", "text"]), st.text(max_size=300))
def test_any_reply_gets_an_answer_of_its_kind(kind: str, text: str) -> None:
    answer = read_answer("hinders_work", kind, [], text, TODAY)
    kinds: dict[str, tuple[type, ...]] = {"yesno": (bool,), "number": (int, float), "date": (str,), "text": (str,)}
    assert answer is None or isinstance(answer, (UnknownAnswer, bool, *kinds[kind]))
