"""The branch a person works in, and whether the employer is public or private."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.understanding.clause import is_conditional, is_negated, is_wished
from assistant.understanding.employment import WEAK, at_school
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.persons import FIRST_OTHER
from assistant.understanding.phrases import PhraseBook, compile_phrase
from assistant.understanding.places import Place, branch_of_place, place_at
from assistant.understanding.slots import WorkSlot
from assistant.understanding.trades import branch_of_trade, is_trade, trade_at

# What is to come outweighs what is, and that what one was trained for.
_TRADE_WEIGHTS = {"coming": 75, "present": 65, "own": 60, "is": 55, "training": 35, "trained": 25, "been": 23}
_TRADE_WEIGHTS |= {"past": 20, "applied": 17}
_UNSPECIFIC = 10
_PLACE_WEIGHTS = {"coming": 58, "present": 48, "own": 48, "is": 48, "training": 28}
_JOB_COMPOUND = re.compile(r"([\w-]{3,}?)s?-?(?:job|jobbet|arbejde|arbejdet|stilling|vikariat)")
_NOT_HELD = re.compile(r"\b(?:søg\w*|få|finde|tilbudt|fået|mistet|mistede|sagt op|havde|til)\b")
_HELD = re.compile(r"\b(?:har|mit|min|i|laver|med)(?: \w+){0,2} $")
_IT_IS = re.compile(r"\bdet er (?:en|et) ")
_HIRED_BY = re.compile(r"\b(?:kommunen|regionen|staten) har (?:lige |nu )?(?:ansat|fastansat) mig\b")
_EMPLOYER_IS = re.compile(
    r"\b(?:min|hans|hendes|vores) (?:arbejdsgiver|arbejdsplads|chef|virksomhed) er\b"
    r"|\b(?:firmaet|arbejdspladsen|virksomheden) er\b"
)
_WE_ARE = re.compile(r"\bvi (?:er|har|driver) (?=(?:en|et) )")
_TO_COME = re.compile(r"\b(?:starter|begynder|skal|vil|søgt)\b")


def read_branch(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    """Branch and sector wherever they are told."""
    for slot in slots:
        yield from _of_slot(slot)
    yield from _of_employer(message)
    yield from _of_employed(message)
    yield from _in_passing(message, slots)
    yield from _job_compounds(message)
    yield from _trade_verbs(message)
    yield from _educations(message)


def _of_slot(slot: WorkSlot) -> Iterator[Candidate]:
    trade = slot.trade
    if trade is not None and trade.branch is not None and slot.time in _TRADE_WEIGHTS:
        weight = _TRADE_WEIGHTS[slot.time] if trade.specific else _UNSPECIFIC
        yield Candidate("branch", trade.branch, trade.start, trade.end, weight)
    if slot.time not in _PLACE_WEIGHTS:
        return
    for place in slot.places:
        if place.branch is not None and not at_school(slot):
            yield Candidate("branch", place.branch, place.start, place.end, _PLACE_WEIGHTS[slot.time])
        if place.sector is not None:
            weight = 20 if slot.time == "coming" else 10
            yield Candidate("employer_sector", place.sector, place.start, place.end, weight)


def _told(place: Place | None, weight: int, sector_weight: int, about: int | None = None) -> Iterator[Candidate]:
    """A place's branch and sector as candidates."""
    if place is not None and place.branch:
        yield Candidate("branch", place.branch, place.start, place.end, weight, about)
    if place is not None and place.sector:
        yield Candidate("employer_sector", place.sector, place.start, place.end, sector_weight, about)


def _of_employer(message: Message) -> Iterator[Candidate]:
    """The employer as subject: "vi er et privat ingeniørfirma", "min arbejdsgiver er en kommune"."""
    for match in _WE_ARE.finditer(message.norm):
        yield from _told(place_at(message, message.token_index(match.end()))[0], 40, 30)
    for match in _EMPLOYER_IS.finditer(message.norm):
        place, _ = place_at(message, message.index_after(match.end()))
        if place is not None and place.sector:
            yield Candidate("employer_sector", place.sector, match.start(), place.end, 12)


def _of_employed(message: Message) -> Iterator[Candidate]:
    """An employee spoken of: "en ansat i et plejehjem", "vores pædagog"."""
    for person in message.subjects.persons:
        if person.kind != "employed" or person.number < FIRST_OTHER:
            continue
        yield from _told(_place_after(message, person.end), 47, 12, person.start)
        trade, _ = trade_at(message, message.token_index(person.end - 1))
        if trade is not None and trade.branch is not None:
            yield Candidate("branch", trade.branch, trade.start, trade.end, 52)


def _in_passing(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    """What is added after a job was told: "det er et privat vvs-firma"; "kommunen har ansat mig"."""
    at_work = next((slot.start for slot in slots if slot.time == "present"), None)
    if at_work is not None:
        for match in _IT_IS.finditer(message.norm):
            yield from _told(place_at(message, message.token_index(match.end() - 1))[0], 30, 5, at_work)
    for match in _HIRED_BY.finditer(message.norm):
        yield Candidate("employer_sector", "public", match.start(), match.end(), 8, match.end() - 1)


def _place_after(message: Message, end: int) -> Place | None:
    index = message.index_after(end)
    if message.word(index) in folded_words("work_anchors", "prepositions"):
        return place_at(message, index + 1)[0]
    return None


def _job_compounds(message: Message) -> Iterator[Candidate]:
    """Compounds with job: "et kontorjob", "rengøringsarbejde"; the branch is the first part."""
    for token in message.tokens:
        match = _JOB_COMPOUND.fullmatch(token.text)
        branch = branch_of_place(match.group(1)) if match else None
        if branch is None or not _is_held(message, token.start):
            continue
        yield Candidate("branch", branch, token.start, token.end, 47)
        if _HELD.search(message.before(token.start, 40)):
            yield Candidate("employment", "employee", token.start, token.end, WEAK)
            place = _place_after(message, token.end)
            yield from _told(Place(None, place.sector, place.start, place.end) if place else None, 0, 9)


def _is_held(message: Message, start: int) -> bool:
    unsaid = is_wished(message, start) or is_conditional(message, start) or is_negated(message, start)
    return message.is_about_someone(start) and not unsaid and not _NOT_HELD.search(message.before(start, 40))


@lru_cache(maxsize=1)
def _verbs() -> PhraseBook[str]:
    verbs = load("trades")["verb_phrases"]
    return PhraseBook(compile_phrase(source, branch, {}) for branch, says in verbs.items() for source in says)


def _trade_verbs(message: Message) -> Iterator[Candidate]:
    """The trade as a verb: "jeg kører taxa"."""
    for hit in _verbs().find(message.norm):
        unsaid = is_negated(message, hit.start) or is_conditional(message, hit.start)
        if message.is_about_someone(hit.start) and not unsaid:
            yield Candidate("branch", hit.payload, hit.start, hit.end, 45)


def _educations(message: Message) -> Iterator[Candidate]:
    """The trade one is trained for: "på andet år af tømreruddannelsen"."""
    for token in message.tokens:
        if not token.text.endswith("uddannelsen") or not message.is_about_someone(token.start):
            continue
        before = message.before(token.start, 40)
        if not before.endswith((" af ", " på ", " med ")) or _TO_COME.search(before):
            continue
        stem = token.text.removesuffix("uddannelsen")
        trade = next((form for form in (stem, stem.removesuffix("s"), f"{stem}e") if is_trade(form)), None)
        branch = branch_of_trade(trade) if trade else None
        if branch:
            yield Candidate("branch", branch, token.start, token.end, 30)
