"""Read a short reply to a question the guide has asked; everything longer is a message of its own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, final

from rapidfuzz import fuzz, process

from assistant.understanding.aid_words import aid_at
from assistant.understanding.dates import full_year, iso_day
from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Message, Value, prepare
from assistant.understanding.person import municipality_in
from assistant.understanding.places import branch_of_place
from assistant.understanding.reading import read_facts
from assistant.understanding.trades import branch_of_trade

_ALIKE = 88
_LONGEST_ANSWER = 12
_LOOKS_AHEAD = frozenset({"start_on"})
_NOT_A_WORD = re.compile(r"[^\w?]+")
_SIX_DIGITS = re.compile(r"\b(\d{2})(\d{2})(\d{2}|\d{4})(?![\d-]| \d)")
_YEARS = re.compile(r" ?års?\b")


@final
class UnknownAnswer:
    """The text does not answer the question."""

    def __repr__(self) -> str:
        return "UNKNOWN_ANSWER"


UNKNOWN_ANSWER: Final = UnknownAnswer()
Answer = Value | None | UnknownAnswer


def read_answer(fact: str, kind: str, options: Sequence[str], text: str, as_of: datetime.date) -> Answer:
    """The value that a reply gives, None for "ved ikke", or `UNKNOWN_ANSWER` when it answers something else.

    `kind` is yesno, choice, number, date or text; `options` are the values of a choice.
    """
    spoken = _plain(text)
    # What the reply states in so many words beats its yes or no: "nej, det er midlertidigt".
    stated = {reading.fact: reading.value for reading in read_facts(text, as_of)}.get(fact)
    if stated is not None and (not options or stated in options):
        return stated
    if _is_one_of(spoken, "ved_ikke"):
        return None
    if kind == "choice":
        return _choice(fact, options, spoken)
    if kind == "yesno":
        return _yes_or_no(spoken)
    if not spoken or "?" in text or len(spoken.split()) > _LONGEST_ANSWER:
        return UNKNOWN_ANSWER
    message = prepare(text, as_of)
    readers: Mapping[str, Callable[[str, Message], Answer]] = {"number": _number, "date": _date}
    return readers.get(kind, _text)(fact, message)


def _plain(text: str) -> str:
    return _NOT_A_WORD.sub(" ", fold_word(text)).strip()


@cache
def _ways(name: str) -> tuple[str, ...]:
    """Ways to say yes, no or "ved ikke"."""
    return tuple(map(_plain, load("short_answers")[name]))


@lru_cache(maxsize=1)
def _choices() -> Mapping[str, Mapping[str, str]]:
    """For each fact what its choices are called."""
    said = load("short_answers")["valg"]
    return {
        fact: {_plain(way): option for option, ways in options.items() for way in ways}
        for fact, options in said.items()
    }


def _is_one_of(spoken: str, name: str) -> bool:
    return process.extractOne(spoken, _ways(name), scorer=fuzz.ratio, score_cutoff=_ALIKE) is not None


def _yes_or_no(spoken: str) -> Answer:
    """The reply as a whole, or else its first word if the rest is no question of its own."""
    yes, no = _is_one_of(spoken, "ja"), _is_one_of(spoken, "nej")
    if yes != no:
        return yes
    first = spoken.split(maxsplit=1)[0] if spoken else ""
    if "?" in spoken:
        return UNKNOWN_ANSWER
    if first in folded_words("short_answers", "begynder_ja"):
        return True
    return False if first in folded_words("short_answers", "begynder_nej") else UNKNOWN_ANSWER


def _choice(fact: str, options: Sequence[str], spoken: str) -> Answer:
    """The option whose usual words the reply is, or the only one whose words it holds."""
    usable = {way: option for way, option in _choices().get(fact, {}).items() if option in options}
    found = process.extractOne(spoken, usable.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if found:
        return usable[found[0]]
    if "?" in spoken or len(spoken.split()) > _LONGEST_ANSWER:
        return UNKNOWN_ANSWER
    held = {option for way, option in usable.items() if f" {way} " in f" {spoken} "}
    return held.pop() if len(held) == 1 else UNKNOWN_ANSWER


def _number(fact: str, message: Message) -> Answer:
    numbers = [
        mention for mention in message.numbers if not mention.is_article or _YEARS.match(message.norm, mention.end)
    ]
    if len({mention.value for mention in numbers}) != 1 or any(mention.in_range for mention in numbers):
        return UNKNOWN_ANSWER
    value = numbers[0].value
    if fact == "education_months" and _YEARS.match(message.norm, numbers[0].end):
        value *= 12
    return int(value) if value == int(value) else value


def _date(fact: str, message: Message) -> Answer:
    seen = {mention.seen(forward=fact in _LOOKS_AHEAD) for mention in message.dates} - {None}
    digits = _SIX_DIGITS.search(message.norm)
    if not seen and digits:
        seen = {iso_day(full_year(digits.group(3), message.as_of), int(digits.group(2)), int(digits.group(1)))} - {None}
    return seen.pop() if len(seen) == 1 else UNKNOWN_ANSWER


def _text(fact: str, message: Message) -> Answer:
    """Words of one's own, in the form the readers give them: a municipality, a trade, an aid."""
    indexes = range(len(message.tokens))
    named: Value | None = None
    if fact == "municipality":
        named = next((name for i in indexes if (name := municipality_in(message, i))), None)
    elif fact == "branch":
        words = [token.text for token in message.tokens]
        named = next((branch for word in words if (branch := branch_of_trade(word) or branch_of_place(word))), None)
    elif fact == "aid":
        named = next((aid.name for i in indexes if (aid := aid_at(message, i)) and aid.name), None)
    return named or message.raw.strip() or UNKNOWN_ANSWER
