"""What a person does now, and a job on its way, as the words about jobs tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.understanding.clause import is_conditional, is_negated, is_past, is_wished
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.persons import FIRST_OTHER
from assistant.understanding.slots import WorkSlot

OWN_FIRM, STRONG, WEAK, IN_PASSING = 65, 45, 40, 36
_HIDING = ("applied", "coming", "past", "trained", "wished", "training")
_NOW = ("present", "is")
_MODAL = re.compile(
    r"\b(?:skal|vil|kan|må|kunne|ville|skulle|blive|bliver|få)"
    r"(?: (?:jeg|snart|nok|gerne|måske|også|på|i|ud|have|få|en|et)){0,3} $"
)
_WORKS_SOMEWHERE = re.compile(
    r"arbejder (?:jeg |han |hun )?(?:\w+ ){0,2}?(?:i|på|hos|ved|for) (?!fuld|halv|nedsat|deltid|grund|trods|dag\b"
    r"|øjeblikket|gang|vej|at\b|kryds|ryggen|mit|min\b|sig|mig|\d)\w+"
)
_HAS_JOB = re.compile(r"har (?:et |fast |et fast )?(?:job|arbejde)")
_NOT_A_JOB = re.compile(r"praktik|løntilskud|kursus|kurset|uddannelse|studie|lære\b|læreplads|elev")
_NO = re.compile(r"\b(?:ikke|ik|aldrig|ingen|hverken)\b")
_ONCE = re.compile(r"\b(?:før|tidligere|engang|men|nu)\b")
_COLLEAGUES = re.compile(r"\b(?:kollegerne|kollegaerne|mine kolleger|mine kollegaer)\b")


def stated_slots(message: Message, slots: Sequence[WorkSlot]) -> list[WorkSlot]:
    """Slots that state something; a job applied for, wished for or past hides the present reading of the same words."""
    timed = [_timed(message, slot) for slot in slots]
    hiding = [slot for slot in timed if slot.time in _HIDING]
    return [slot for slot in timed if _is_stated(message, slot) and not _is_hidden(slot, hiding)]


def _timed(message: Message, slot: WorkSlot) -> WorkSlot:
    """Put "har været ansat …, men" among what is past."""
    over = slot.time == "present" and "været" in slot.anchor and _ONCE.search(message.after(slot.start, 80))
    return replace(slot, time="past") if over else slot


def _is_stated(message: Message, slot: WorkSlot) -> bool:
    start = slot.start
    if slot.time == "wished" or not message.is_about_someone(start) or is_conditional(message, start):
        return False
    if slot.time != "applied" and is_negated(message, start):
        return False
    if slot.time not in ("applied", "past", "trained") and slot.anchor != "ingen" and _NO.search(slot.anchor):
        return False
    if slot.time in (*_NOW, "coming") and is_wished(message, start):
        return False
    return slot.time != "present" or _is_present(message, slot)


def _is_present(message: Message, slot: WorkSlot) -> bool:
    """Whether the words really tell of now: not "var", not "skal", not for nothing."""
    if "frivillig" in message.after(slot.start, 40):
        return False
    offered = "praktik" in slot.anchor or "løntilskud" in slot.anchor
    if not offered and _MODAL.search(message.before(slot.start, 30)):
        return False
    lasting = "arbejdet" in slot.anchor or "samme" in slot.anchor
    return lasting or not is_past(message, slot.start)


def _is_hidden(slot: WorkSlot, hiding: Sequence[WorkSlot]) -> bool:
    return slot.time in _NOW and any(_covers(other, slot) for other in hiding)


def _covers(other: WorkSlot, slot: WorkSlot) -> bool:
    """Whether another, stronger reading tells of the same words."""
    if other.time == "training":
        return False
    if other.time == "trained":
        return other.trade is not None and slot.trade is not None and other.trade.start == slot.trade.start
    told = [found.start for found in (slot.trade, *slot.places) if found is not None]
    theirs = {found.start for found in (other.trade, *other.places) if found is not None}
    return other.start <= slot.start <= other.end or any(start in theirs for start in told)


def read_employment(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    """Employee, self-employed, in training, and the offer of a job."""
    for slot in slots:
        yield from _now(message, slot)
        told = (slot.trade or slot.places) and not at_school(slot)
        if slot.time == "coming" and told and not _NOT_A_JOB.search(message.norm[slot.start : slot.end]):
            yield Candidate("has_job_offer", True, slot.start, slot.end, 15)
    for person in message.subjects.persons:
        if person.kind == "employed" and person.number >= FIRST_OTHER:
            yield Candidate("employment", "employee", person.start, person.end, WEAK)
    yield from _by_word(message)
    yield from _with_colleagues(message, slots)


def _now(message: Message, slot: WorkSlot) -> Iterator[Candidate]:
    if slot.time == "own" and slot.places:
        yield Candidate("employment", "self_employed", slot.start, slot.end, OWN_FIRM)
    elif slot.time == "is" and slot.trade is not None:
        yield from _by_trade(slot, slot.trade.word)
    elif slot.time == "present" and slot.anchor.split()[-1] in folded_words("work_anchors", "employed"):
        somewhere = (slot.trade is not None or bool(slot.places)) and not at_school(slot)
        somewhere = somewhere or (slot.anchor == "arbejder" and bool(_WORKS_SOMEWHERE.match(message.norm, slot.start)))
        if somewhere or slot.anchor.endswith("ansat"):
            yield Candidate("employment", "employee", slot.start, slot.end, STRONG)
        elif _HAS_JOB.fullmatch(slot.anchor):
            yield Candidate("employment", "employee", slot.start, slot.end, WEAK)


def _by_trade(slot: WorkSlot, word: str) -> Iterator[Candidate]:
    """A trade alone tells no employment, but a trade with its place does, and so do a few posts."""
    if word in folded_words("trades", "learners"):
        if word not in folded_words("trades", "employed_learners"):
            yield Candidate("in_training", True, slot.start, slot.end)
    elif slot.places or word in folded_words("trades", "always_employed"):
        yield Candidate("employment", "employee", slot.start, slot.end, STRONG)
    elif word.endswith(tuple(folded_words("trades", "always_employed_suffixes"))):
        yield Candidate("employment", "employee", slot.start, slot.end, WEAK)


def _by_word(message: Message) -> Iterator[Candidate]:
    """One word for both work and employer: "offentligt ansat", "privatansat"."""
    for words, sector in load("employers")["employed_words"].items():
        at = message.norm.find(words)
        if at < 0 or not message.is_about_someone(at) or is_negated(message, at) or is_conditional(message, at):
            continue
        yield Candidate("employment", "employee", at, at + len(words), STRONG)
        yield Candidate("employer_sector", sector, at, at + len(words), 15)


def _with_colleagues(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    """Somebody with a trade who speaks of the colleagues is employed."""
    colleagues = _COLLEAGUES.search(message.norm)
    own_trade = next((slot.start for slot in slots if slot.time == "is" and slot.trade), None)
    if colleagues and own_trade is not None:
        yield Candidate("employment", "employee", colleagues.start(), colleagues.end(), IN_PASSING, own_trade)


def at_school(slot: WorkSlot) -> bool:
    """Whether what begins is rather an education ("startede på universitetet")."""
    if slot.trade is not None or not slot.places or not re.search(r"start|begynd", slot.anchor):
        return False
    schools = tuple(folded_words("workplaces", "schools"))
    return all(place.branch and place.branch.endswith(schools) for place in slot.places)
