"""Posts and permits, and what has a number or a date: absence, public funding, application and decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.clause import is_conditional, is_negated
from assistant.understanding.message import Candidate, Message
from assistant.understanding.signals import read_signals
from assistant.understanding.spans import DateMention

_DAYS_OF_YEAR, _ALL = 365, 100
_YEAR_ALONE = len("2026")
_DAYS = re.compile(
    r"[ -]?(?:sygedage|sygefraværsdage|fraværsdage|dage)\b(?: syg\w*| fravær| med fravær| væk)?"
    r",? ?(?:om året|årligt|pr\.? år|per år|på et år|i løbet af et år)?"
)
_YEARLY = re.compile(r"\bår|årligt")
_ILL = re.compile(r"syg|fravær")
_PERCENT = re.compile(r" ?(?:procent|pct\.?|%)")
_FUNDED = re.compile(
    r"offentlig\w* (?:midler|tilskud|finansier\w*|penge|støtte)|finansier\w* af (?:det offentlige|staten|kommunen)"
    r"|statstilskud|statsstøtte"
)
_DECISION = re.compile(r"\b(?:afslag\w*|afgørelse\w*|nej til|brev(?:et)?)\b")
_RECEIVED = re.compile(r"\b(?:fik|fået|modtog|modtaget|kom|kommet|dateret|stemplet)\b")
_APPLIED = re.compile(
    r"\b(?:søgte|søgt om|har søgt|ansøgte|ansøgt|sendte (?:min |alle mine |en )?(?:ansøgning|papir)\w*"
    r"|sendt (?:min |en )?ansøgning|indsendte|afleverede (?:min )?ansøgning\w*|min ansøgning er fra)\b"
)
_FOR_A_JOB = re.compile(r"\b(?:job|stilling\w*|arbejde)\b")
_FOR_SUPPORT = re.compile(r"\bom\b|ansøgning|papir|hjælp|\bhos\b|kommune|jobcent")


def read_records(message: Message) -> Iterator[Candidate]:
    """Posts, permits, absence, funding, and the dates of application and decision."""
    yield from read_signals(message, "other")
    yield from _absence(message)
    yield from _funding(message)
    for mention in message.dates:
        yield from _dated(message, mention)


def _absence(message: Message) -> Iterator[Candidate]:
    for number in message.numbers:
        unit = _DAYS.match(message.norm, number.end)
        if not unit or number.in_range or not number.is_whole or number.value > _DAYS_OF_YEAR:
            continue
        after = message.norm[number.end : unit.end()] + message.after(unit.end(), 25)
        ill = _ILL.search(message.before(number.start, 50) + after)
        stated = message.is_about_someone(number.start) and not is_conditional(message, number.start)
        if stated and ill and _YEARLY.search(after):
            yield Candidate("absence_days_expected", int(number.value), number.start, unit.end())


def _funding(message: Message) -> Iterator[Candidate]:
    for number in message.numbers:
        unit = _PERCENT.match(message.norm, number.end)
        if not unit or number.in_range or not number.is_whole or number.value > _ALL:
            continue
        asked = message.sentence_at(number.start).is_question
        if not asked and _FUNDED.search(message.sentence_text(number.start)):
            yield Candidate("public_funding_percent", int(number.value), number.start, unit.end())


def _dated(message: Message, mention: DateMention) -> Iterator[Candidate]:
    """A day in the past by which a decision came or an application went."""
    day = mention.past
    if day is None or day > message.as_of.isoformat() or not message.is_about_someone(mention.start):
        return
    if is_negated(message, mention.start):
        return
    before, after = message.before(mention.start, 90), message.after(mention.end, 40)
    clause = before[max(before.rfind(cut) for cut in (" men ", " og jeg ", ",")) + 1 :]
    told = clause + after.split(",")[0]
    if _DECISION.search(told) and _RECEIVED.search(told):
        if len(day) > _YEAR_ALONE:
            yield Candidate("decision_received_on", day, mention.start, mention.end)
    elif _APPLIED.search(clause) and _FOR_SUPPORT.search(before + after) and not _FOR_A_JOB.search(told):
        yield Candidate("applied_on", day, mention.start, mention.end)
