"""Help by a person, and the smaller facts about posts, permits, absence and decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .lexicon import load
from .message import Candidate, Message, is_conditional, is_negated
from .phrases import PhraseBook, compile_phrase
from .signals import read_signals
from .subject import NOBODY

_ABSENCE = re.compile(r"[ -]?(?:sygedage|sygefraværsdage|fraværsdage|dage)\b(?: syg\w*| fravær| med fravær| væk)?,? ?(?:om året|årligt|pr\.? år|per år|på et år|i løbet af et år)?")
_FUNDING = re.compile(r" ?(?:procent|pct\.?|%)")
_DECISION = re.compile(r"\b(?:afslag\w*|afgørelse\w*|nej til|brev(?:et)?)\b")
_RECEIVED = re.compile(r"\b(?:fik|fået|modtog|modtaget|kom|kommet|dateret|stemplet)\b")
_APPLIED = re.compile(r"\b(?:søgte|søgt om|har søgt|ansøgte|ansøgt|sendte (?:min |alle mine |en )?(?:ansøgning|papir)\w*|sendt (?:min |en )?ansøgning|indsendte|afleverede (?:min )?ansøgning\w*|min ansøgning er fra|søgte jeg)\b")


@lru_cache(maxsize=1)
def _assistance() -> PhraseBook[tuple[bool, int, PhraseBook[None]]]:
    data = load("assistance")
    compiled = []
    for entry in data["signals"]:
        unless = PhraseBook(compile_phrase(source, None, data["classes"]) for source in entry.get("unless", ()))
        compiled.extend(compile_phrase(source, (bool(entry["value"]), int(entry.get("weight", 0)), unless), data["classes"])
                        for source in entry["says"])
    return PhraseBook(compiled)


def read_assistance(message: Message) -> Iterator[Candidate]:
    """Need of help by a person."""
    for hit in _assistance().find(message.norm):
        value, weight, unless = hit.payload
        sentence = message.sentence_at(hit.start)
        inside = message.norm[sentence.start:sentence.end]
        if hit.end > sentence.end or message.owner_at(hit.start) == NOBODY or is_conditional(message, hit.start):
            continue
        if unless.is_in(inside):
            continue
        if value and is_negated(message, hit.start) and "uden" not in message.norm[hit.start:hit.end]:
            continue
        yield Candidate("needs_personal_assistance", value, hit.start, hit.end, weight)


def read_other(message: Message) -> Iterator[Candidate]:
    """Posts, permits, absence, funding, and the dates of application and decision."""
    yield from read_signals(message, "other")
    yield from _absence(message)
    yield from _funding(message)
    yield from _dated(message)


def _absence(message: Message) -> Iterator[Candidate]:
    for number in message.numbers:
        unit = _ABSENCE.match(message.norm, number.end)
        if not unit or number.in_range or not message.is_about_someone(number.start) or not number.is_whole or number.value > 365:
            continue
        said = message.norm[number.start:unit.end()]
        around = message.before(number.start, 50) + said + message.after(unit.end(), 30)
        yearly = re.search(r"år|årligt", said[3:] + message.after(unit.end(), 25))
        if yearly and re.search(r"syg|fravær", around) and not is_conditional(message, number.start):
            yield Candidate("absence_days_expected", int(number.value), number.start, unit.end())


def _funding(message: Message) -> Iterator[Candidate]:
    for number in message.numbers:
        unit = _FUNDING.match(message.norm, number.end)
        if not unit or number.in_range or not number.is_whole or number.value > 100:
            continue
        sentence = message.sentence_text(number.start)
        if re.search(r"offentlig\w* (?:midler|tilskud|finansier\w*|penge|støtte)|finansier\w* af (?:det offentlige|staten|kommunen)|statstilskud|statsstøtte", sentence) \
                and not message.sentence_at(number.start).is_question:
            yield Candidate("public_funding_percent", int(number.value), number.start, unit.end())


def _dated(message: Message) -> Iterator[Candidate]:
    for mention in message.dates:
        if mention.past is None or mention.past > message.as_of.isoformat() or not message.is_about_someone(mention.start):
            continue
        before, after = message.before(mention.start, 90), message.after(mention.end, 40)
        around = before + after
        clause = before[max(before.rfind(" men "), before.rfind(" og jeg ")) + 1:]
        if _DECISION.search(clause + after) and _RECEIVED.search(clause + after) and len(mention.past) > 4 \
                and not is_negated(message, mention.start):
            yield Candidate("decision_received_on", mention.past, mention.start, mention.end)
        elif _APPLIED.search(clause) and not re.search(r"\b(?:job|stilling\w*|arbejde)\b", clause + after) and not is_negated(message, mention.start) \
                and re.search(r"om|ansøgning|papir|hjælp|hos|kommune|jobcent", around):
            yield Candidate("applied_on", mention.past, mention.start, mention.end)
