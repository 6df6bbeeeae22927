"""What a person does now, for whom and in which trade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .message import Candidate, Message, is_conditional, is_negated, is_wished
from .signals import read_signals
from .subject import FIRST_OTHER, WE
from .workplace import Found, WorkSlot, company_at, place_at, place_branch, work_slots, work_words

_NOW = ("present", "is")
_BRANCH_WEIGHTS = {"coming": 70, "present": 60, "is": 50, "training": 30, "trained": 20, "past": 15}
_EMPLOYED_ANCHORS = ("arbejder", "ansat", "job", "jobbet", "startet", "begyndt", "stilling", "vikariat", "mit arbejde", "arbejdet",
                     "tilbage", "kontrakt", "tilknyttet", "beskæftiget", "arbejde", "stillingen", "virker", "sidder")
_STRONG = 45
_WEAK = 40


def read_work(message: Message) -> Iterator[Candidate]:
    """Employment, job offer, pension, branch and sector."""
    yield from read_signals(message, "work")
    slots = _kept(message, work_slots(message))
    yield from _employee(message, slots)
    yield from _branches(message, slots)
    yield from _sectors(message, slots)
    yield from _public_applications(message, slots)
    yield from _firm(message)


def _kept(message: Message, slots: Sequence[WorkSlot]) -> list[WorkSlot]:
    """Slots that state something; a job applied for, wished for or past hides the present reading of the same words."""
    others = [s for s in slots if s.time in ("applied", "coming", "past", "trained", "wished", "training")]
    kept: list[WorkSlot] = []
    for slot in slots:
        if not message.is_about_someone(slot.start) or is_conditional(message, slot.start):
            continue
        if slot.time == "wished":
            continue
        if slot.time in _NOW and any(_covers(other, slot) for other in others):
            continue
        if slot.time in (*_NOW, "coming") and is_wished(message, slot.start):
            continue
        if slot.time != "applied" and is_negated(message, slot.start):
            continue
        kept.append(slot)
    return kept


def _covers(other: WorkSlot, slot: WorkSlot) -> bool:
    """Whether another, stronger reading tells of the same words."""
    if other.time in ("trained", "training"):
        return other.trade is not None and slot.trade is not None and other.trade.start == slot.trade.start and other.time == "trained"
    told = [f for f in (slot.trade, *slot.places) if f is not None]
    theirs = {f.start for f in (other.trade, *other.places) if f is not None}
    overlaps = other.start <= slot.start <= other.end
    return overlaps or any(f.start in theirs for f in told)


def _employee(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    for slot in slots:
        if slot.time == "is" and slot.trade is not None:
            word = message.norm[slot.trade.start:slot.trade.end]
            if slot.places or word in work_words().always_employed:
                yield Candidate("employment", "employee", slot.start, slot.end, _STRONG)
        elif slot.time == "present" and slot.anchor.split()[-1] in _EMPLOYED_ANCHORS:
            where = slot.trade is not None or bool(slot.places)
            if slot.anchor.endswith("ansat") or where:
                yield Candidate("employment", "employee", slot.start, slot.end, _STRONG)
            elif slot.anchor in ("har et job", "har job", "har arbejde", "har fast arbejde", "har et arbejde"):
                yield Candidate("employment", "employee", slot.start, slot.end, _WEAK)
    for person in message.subjects.persons:
        if person.kind == "employed" and person.number >= FIRST_OTHER:
            yield Candidate("employment", "employee", person.start, person.end, _WEAK)


def _branches(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    for slot in slots:
        weight = _BRANCH_WEIGHTS.get(slot.time)
        if weight is None:
            continue
        if slot.trade is not None and slot.trade.branch is not None:
            yield Candidate("branch", slot.trade.branch, slot.trade.start, slot.trade.end,
                            weight + 5 if slot.trade.specific else weight - 10)
        if slot.time == "past":
            continue
        for place in slot.places:
            if place.branch is not None:
                yield Candidate("branch", place.branch, place.start, place.end, min(weight - 2, 48)
                                if slot.time != "coming" else 58)


def _sectors(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    for slot in slots:
        if slot.time not in ("present", "is", "coming", "training"):
            continue
        for place in slot.places:
            if place.sector is not None:
                yield Candidate("employer_sector", place.sector, place.start, place.end, 20 if slot.time == "coming" else 10)


def _public_applications(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    for slot in slots:
        if slot.time != "applied":
            continue
        negated = is_negated(message, slot.start) or " ikke " in f" {message.norm[slot.start:slot.end]} "
        for place in slot.places:
            if place.sector == "public":
                yield Candidate("applying_public_job", not negated, slot.start, place.end, 10 if negated else 0)


def _firm(message: Message) -> Iterator[Candidate]:
    """"Vi er et privat ingeniørfirma": the employer speaks of itself."""
    tokens = message.tokens
    for i in range(1, len(tokens) - 2):
        if tokens[i - 1].text == "vi" and tokens[i].text in ("er", "har", "driver"):
            place, _ = place_at(message, i + 1, message.sentence_at(tokens[i].start).end)
            if place is None or tokens[i + 1].text not in ("en", "et"):
                continue
            if place.branch:
                yield Candidate("branch", place.branch, place.start, place.end, 40)
            if place.sector:
                yield Candidate("employer_sector", place.sector, place.start, place.end, 30)


__all__ = ["Found", "WE", "company_at", "place_branch", "read_work"]
