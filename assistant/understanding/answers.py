"""Read a short reply to a question the guide has asked; everything longer is a message of its own."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml
from rapidfuzz import fuzz, process

from assistant.understanding.message import prepare
from assistant.understanding.reading import read_facts

ALIKE = 88
LONGEST_ANSWER = 12


class UnknownAnswer:
    """The text does not answer the question."""


UNKNOWN_ANSWER: Final = UnknownAnswer()
Answer = bool | int | float | str | None | UnknownAnswer


def read_answer(fact: str, kind: str, options: Sequence[str], text: str, as_of: datetime.date) -> Answer:
    """The value that a reply gives, None for "ved ikke", or `UNKNOWN_ANSWER` when it answers something else.

    `kind` is yesno, choice, number, date or text; `options` are the values of a choice.
    """
    spoken = _plain(text)
    # What the reply states in so many words beats its yes or no: "nej, det er midlertidigt".
    stated = {reading.fact: reading.value for reading in read_facts(text, as_of)}
    if fact in stated:
        return stated[fact]
    if _is_one_of(spoken, "ved_ikke"):
        return None
    if text.rstrip().endswith("?") or len(spoken.split()) > LONGEST_ANSWER:
        return UNKNOWN_ANSWER
    if kind == "yesno":
        return _yes_or_no(spoken)
    if kind == "choice":
        return _choice(fact, options, spoken)
    if kind == "number":
        return _number(text, as_of)
    if kind == "date":
        return _date(text, as_of)
    return text.strip() or UNKNOWN_ANSWER


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[^\w?]+", " ", text).split())


@lru_cache(maxsize=1)
def _lexicon() -> Mapping[str, Any]:
    path = Path(__file__).parent / "lexicon" / "short_answers.yaml"
    content: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _is_one_of(spoken: str, name: str) -> bool:
    ways = [_plain(way) for way in _lexicon()[name]]
    return process.extractOne(spoken, ways, scorer=fuzz.ratio, score_cutoff=ALIKE) is not None


def _yes_or_no(spoken: str) -> Answer:
    yes, no = _is_one_of(spoken, "ja"), _is_one_of(spoken, "nej")
    if yes != no:
        return yes
    first = spoken.split(maxsplit=1)[0] if spoken else ""
    if first in ("ja", "jo", "jep", "nej", "næ", "niks"):
        return first in ("ja", "jo", "jep")
    return UNKNOWN_ANSWER


def _choice(fact: str, options: Sequence[str], spoken: str) -> Answer:
    ways = {_plain(way): option for option, said in _lexicon()["valg"].get(fact, {}).items() for way in said}
    usable = {way: option for way, option in ways.items() if option in options}
    found = process.extractOne(spoken, usable.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return usable[found[0]] if found else UNKNOWN_ANSWER


def _number(text: str, as_of: datetime.date) -> Answer:
    message = prepare(text, as_of)
    numbers = {mention.value for mention in message.numbers if not mention.is_article}
    if len(numbers) != 1:
        return UNKNOWN_ANSWER
    value = numbers.pop()
    return int(value) if value == int(value) else value


def _date(text: str, as_of: datetime.date) -> Answer:
    mentions = {mention.seen(forward=False) for mention in prepare(text, as_of).dates} - {None}
    return mentions.pop() if len(mentions) == 1 else UNKNOWN_ANSWER
