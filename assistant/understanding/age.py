"""How old a person is, where they say so; not the ages of children, contracts or courses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.clause import is_conditional
from assistant.understanding.lexicon import folded_words
from assistant.understanding.message import Candidate, Message
from assistant.understanding.numbers import NumberMention
from assistant.understanding.persons import FIRST_OTHER, people
from assistant.understanding.trades import trade_at

_YOUNGEST, _OLDEST = 5, 105
_REACH = 8
_CERTAIN, _LIKELY, _POSSIBLE = 3, 2, 1
_YEARS = re.compile(r"[ -]?(?:års|år|åtig|årig|årrig|årige)\b")
_AFTER_YEARS = re.compile(
    r" (?:siden|fra pension\w*|inde i|tilbage|i faget|som|hos|i samme|erfaring|forsinket|ude|i job|endnu)\b"
)
_AGED = re.compile(r"\balder(?:en)?(?: (?:er|på|af))?[: ]{1,2}$")
_LIMIT = re.compile(r"pensionsalder|aldersgrænse")
_TURNED = re.compile(r"\b(?:er|var) (?:lige |netop |nu |allerede )?(?:fyldt|blevet) $|\bfyldt $")
_NOT_YET = re.compile(r"\b(?:når|ikke|til|først)[ \w]*$")
_BECAME = re.compile(r"\bblev (?:lige )?$")
_WHEN = re.compile(r",? (?:i går|i forgårs|i sidste|i mandags|sidste|for)")
_UNIT = re.compile(r"[ -]?([\w%]+)")
_NEXT_WORD = re.compile(r",? ([\w-]+)")
_PARENT_OF = re.compile(r"\b(?:mor|far|søster|bror|gift|kæreste) (?:til|med) (?!to|tre|fire|fem)\w+ $")
_ALONE = re.compile(r" ?år(?: gammel)?(?:[,.)]| og|$)")


def read_age(message: Message) -> Iterator[Candidate]:
    """Every number that is somebody's age."""
    for number in message.numbers:
        fits = _YOUNGEST <= number.value <= _OLDEST and not number.in_range and not number.is_article
        if not fits or not message.is_about_someone(number.start):
            continue
        years = _YEARS.match(message.norm, number.end)
        end = years.end() if years else number.end
        weight = _weight(message, number, end)
        if weight:
            yield Candidate("age", int(number.value), number.start, end, weight)


def _weight(message: Message, number: NumberMention, end: int) -> int:
    """How surely the number is an age; 0 if it is something else."""
    before = message.before(number.start, 60)
    unit = message.norm[number.end : end]
    if unit.endswith(("ig", "ige")):
        return _CERTAIN if _is_of_person(message, end) else 0
    if (unit and _AFTER_YEARS.match(message.norm, end)) or (not unit and _counts_something(message, end)):
        return 0
    if is_conditional(message, number.start):
        return 0
    if _AGED.search(before):
        return 0 if _LIMIT.search(before) else _CERTAIN
    if _TURNED.search(before):
        return 0 if _NOT_YET.search(before) else _CERTAIN
    if _BECAME.search(before) and _WHEN.match(message.norm, end):
        return _CERTAIN
    return _weight_by_words(message, number) or _weight_alone(message, number, end)


def _weight_by_words(message: Message, number: NumberMention) -> int:
    """Walk back from the number to "er" with its subject, or to a person ("en søn på 24")."""
    index = message.token_index(number.start)
    begin = message.sentence_at(number.start).start
    for at in range(index - 1, max(-1, index - _REACH), -1):
        if message.tokens[at].start < begin:
            return 0
        word = message.word(at)
        earlier = message.word(at - 1) if at and message.tokens[at - 1].start >= begin else ""
        next_to = at == index - 1
        if word == "er" or (next_to and (word == "selv" or (word == "jeg" and earlier == "er"))):
            return _weight_of_subject(message, number, word, earlier)
        if word == "på" and next_to and _is_person_on(message, at, begin):
            return _CERTAIN
        if next_to and message.comma_before(index) and word in people().kinds and _is_other(message, at):
            return _LIKELY
        uncertain = word in folded_words("age", "uncertain") and not (word == "først" and earlier != "er")
        if uncertain or not (word in folded_words("age", "between") or _in_list(message, at, index)):
            return 0
    return 0


def _weight_of_subject(message: Message, number: NumberMention, word: str, earlier: str) -> int:
    if word == "er" and earlier in folded_words("age", "not_a_person"):
        return 0
    if earlier == "der" and message.owner_at(number.start) < FIRST_OTHER:
        return 0
    sets = people().sets
    named = earlier in sets["self"] or earlier in sets["third"] or earlier in people().kinds
    return _CERTAIN if named or earlier in ("og", "men", "") else _LIKELY


def _in_list(message: Message, at: int, index: int) -> bool:
    """In "jeg er tømrer, 52 og …" and "er hørehæmmet og 44" what stands before the number is part of the list."""
    if at == index - 1:
        return message.comma_before(index)
    return message.comma_before(index) or (message.word(index - 1) == "og" and index - at < _REACH - 2)


def _is_other(message: Message, at: int) -> bool:
    return message.owner_at(message.tokens[at].start) >= FIRST_OTHER


def _is_person_on(message: Message, at: int, begin: int) -> bool:
    """Whether it is a person: "en søn på 24", "jeg er tømrer på 29", but not "to børn på 8 og 11"."""
    word = message.word(at - 1)
    if word in folded_words("age", "child_words"):
        return False
    if _PARENT_OF.search(message.norm[begin : message.tokens[at].start]):
        return True
    said_to_be = " er " in message.norm[begin : message.tokens[at].start]
    return word in people().kinds or (said_to_be and trade_at(message, at - 1)[0] is not None)


def _is_of_person(message: Message, end: int) -> bool:
    """Whether the years are a person's: "en 34-årig kvinde", but not "en toårig uddannelse"."""
    following = _NEXT_WORD.match(message.norm, end)
    word = following.group(1) if following else ""
    return not any(part in word for part in folded_words("age", "not_a_person_of_years"))


def _counts_something(message: Message, end: int) -> bool:
    """Whether a unit follows: "37 timer", "3 børn"."""
    following = _UNIT.match(message.norm, end)
    if not following or message.norm[end : end + 1] in (",", ".", ")"):
        return False
    return following.group(1) in folded_words("age", "not_an_age_before_unit")


def _weight_alone(message: Message, number: NumberMention, end: int) -> int:
    """A number of years right after a comma or at the start: "(52 år)", "kvinde, 43 år, …"."""
    if end == number.end or not _ALONE.match(message.norm, number.end):
        return 0
    before = message.before(number.start, 12)
    opened = before.strip() in ("", "(") or before.endswith((", ", "(", "mand ", "kvinde "))
    return _POSSIBLE if opened else 0
