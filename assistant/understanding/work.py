"""What a person does now, for whom and in which trade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .lexicon import folded_words, load
from .message import Candidate, Message, is_conditional, is_negated, is_past, is_wished
from .phrases import PhraseBook, compile_phrase
from .signals import read_signals
from .subject import FIRST_OTHER
from .workplace import Found, WorkSlot, place_at, place_branch, trade_at, work_slots, work_words

_NOW = ("present", "is")
_BRANCH_WEIGHTS = {"coming": 70, "present": 60, "own": 55, "is": 50, "training": 30, "trained": 20, "been": 18, "past": 15, "applied": 12}
_EMPLOYED_ANCHORS = ("arbejder", "ansat", "job", "jobbet", "startet", "begyndt", "stilling", "vikariat", "mit arbejde", "arbejdet",
                     "tilbage", "kontrakt", "tilknyttet", "beskæftiget", "arbejde", "stillingen", "virker", "sidder", "står", "underviser", "vikarierer", "medarbejder", "hjælper", "til", "mig", "begyndte", "startede", "foregår", "samme", "er",
                     "arbejdssted", "fritidsjob", "studiejob", "weekendjob", "ungdomsjob", "deltidsjob", "aftenjob", "bijob", "afløser",
                     "timelønnet")
_MODAL = re.compile(r"\b(?:skal|vil|kan|må|kunne|ville|skulle|blive|bliver|få)(?: (?:jeg|snart|nok|gerne|måske|også|på|i|ud|have|få|en|et)){0,3} $")
_ARBEJDER_I = re.compile(r"arbejder (?:jeg |han |hun )?(?:\w+ ){0,2}?(?:i|på|hos|ved|for) (?!fuld|halv|nedsat|deltid|grund|trods|dag\b|øjeblikket|gang|vej|at\b|kryds|ryggen|mit|min\b|sig|mig|\d)\w+")
_IT_IS = re.compile(r"\bdet er (?=(?:en|et) )(?:en|et) ")
_HIRED_BY = re.compile(r"\b(?:kommunen|regionen|staten) har (?:lige |nu )?(?:ansat|fastansat) mig\b")
_COLLEAGUES = re.compile(r"\b(?:kollegerne|kollegaerne|mine kolleger|mine kollegaer)\b")
_SCHOOLS = ("skole", "universitet", "gymnasium", "uddannelse", "akademi", "kursus")
_EMPLOYER_IS = re.compile(r"\b(?:min|hans|hendes|vores) (?:arbejdsgiver|arbejdsplads|chef|virksomhed) er\b|\b(?:firmaet|arbejdspladsen|virksomheden) er\b")
_STRONG = 45
_WEAK = 40


def read_work(message: Message) -> Iterator[Candidate]:
    """Employment, job offer, pension, branch and sector."""
    yield from read_signals(message, "work")
    slots = _kept(message, work_slots(message))
    yield from _employee(message, slots)
    yield from _offers(message, slots)
    yield from _branches(message, slots)
    yield from _sectors(message, slots)
    yield from _public_applications(message, slots)
    yield from _firm(message)
    yield from _employed_words(message)
    yield from _employer_is(message)
    yield from _trade_verbs(message)
    yield from _job_compounds(message)
    yield from _asides(message, slots)
    yield from _educations(message)


def _kept(message: Message, slots: Sequence[WorkSlot]) -> list[WorkSlot]:
    """Slots that state something; a job applied for, wished for or past hides the present reading of the same words."""
    others = [s for s in slots if s.time in ("applied", "coming", "past", "trained", "wished", "training")]
    kept: list[WorkSlot] = []
    for slot in slots:
        if not message.is_about_someone(slot.start) or is_conditional(message, slot.start):
            continue
        if slot.time == "present" and _MODAL.search(message.before(slot.start, 30)) and not (
                "praktik" in slot.anchor or "løntilskud" in slot.anchor):
            continue
        if slot.time not in ("applied", "past", "trained") and re.search(r"\b(?:ikke|ik|aldrig|ingen)\b", slot.anchor):
            continue
        if slot.time == "wished":
            continue
        if slot.time in _NOW and any(_covers(other, slot) for other in others):
            continue
        if slot.time == "present" and "arbejdet" not in slot.anchor and is_past(message, slot.start):
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
            if word in folded_words("trades", "learners") and word not in ("student", "praktikant", "studentermedhjælper"):
                yield Candidate("in_training", True, slot.trade.start, slot.trade.end)
            if word not in folded_words("trades", "learners") and (slot.places or word in work_words().always_employed):
                yield Candidate("employment", "employee", slot.start, slot.end, _STRONG)
        elif slot.time == "present" and slot.anchor.split()[-1] in _EMPLOYED_ANCHORS:
            where = (slot.trade is not None or bool(slot.places)) and not _at_school(slot)
            if slot.anchor.endswith("ansat") or where or (slot.anchor == "arbejder" and _ARBEJDER_I.match(message.norm, slot.start)):
                yield Candidate("employment", "employee", slot.start, slot.end, _STRONG)
            elif slot.anchor in ("har et job", "har job", "har arbejde", "har fast arbejde", "har et arbejde"):
                yield Candidate("employment", "employee", slot.start, slot.end, _WEAK)
        if slot.trade is not None and slot.time == "is" and message.norm[slot.trade.start:slot.trade.end].endswith(("sarbejder", "rarbejder", "iarbejder", "tarbejder", "nearbejder", "medarbejder")):
            yield Candidate("employment", "employee", slot.start, slot.end, _WEAK)
        elif slot.time == "own" and slot.places:
            yield Candidate("employment", "self_employed", slot.start, slot.end, 65)
    for person in message.subjects.persons:
        if person.kind == "employed" and person.number >= FIRST_OTHER:
            yield Candidate("employment", "employee", person.start, person.end, _WEAK)
            place, _ = _place_after(message, person.end)
            if place is not None:
                if place.branch:
                    yield Candidate("branch", place.branch, place.start, place.end, 47, person.start)
                if place.sector:
                    yield Candidate("employer_sector", place.sector, place.start, place.end, 12, person.start)
            trade, _ = trade_at(message, message.token_index(person.end - 1))
            if trade is not None and trade.branch is not None:
                yield Candidate("branch", trade.branch, trade.start, trade.end, 52)


def _at_school(slot: WorkSlot) -> bool:
    """Whether what begins is rather an education ("startede på universitetet")."""
    return slot.trade is None and re.search(r"start|begynd", slot.anchor) is not None and bool(slot.places) \
        and all(p.branch and p.branch.endswith(_SCHOOLS) for p in slot.places)


def _offers(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    """"Skal starte i Vejle Kommune": a job that is told with its trade or place is an offer."""
    for slot in slots:
        if slot.time != "coming" or not (slot.trade or slot.places):
            continue
        told = message.norm[slot.start:slot.end]
        if not _at_school(slot) and not re.search(r"praktik|løntilskud|kursus|kurset|uddannelse|studie", told):
            yield Candidate("has_job_offer", True, slot.start, slot.end, 15)


def _branches(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    for slot in slots:
        weight = _BRANCH_WEIGHTS.get(slot.time)
        if weight is None:
            continue
        if slot.trade is not None and slot.trade.branch is not None:
            yield Candidate("branch", slot.trade.branch, slot.trade.start, slot.trade.end,
                            weight + 5 if slot.trade.specific else 10)
        if slot.time in ("past", "applied", "trained", "been") or _at_school(slot):
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
        told = message.norm[slot.start:slot.end + 40]
        direct = re.match(r"søg\w* (?:kun |noget |nogen |et |en |ikke |gerne |nu |lige nu |hverken |både |private og |også )*(offentlig|kommunal|statslig|regional)\w* (?:stilling|job|arbejde)", told)
        negated = is_negated(message, slot.start) or re.search(r"\b(?:ikke|hverken|aldrig|ingen)\b", message.norm[slot.start:slot.end]) is not None
        if direct:
            negated = negated or re.search(r"\b(?:ikke|hverken)\b", direct.group()) is not None
            yield Candidate("applying_public_job", not negated, slot.start, slot.start + direct.end(), 10)
        for place in slot.places:
            if "samtale" in slot.anchor and "jobcent" in message.norm[place.start:place.end]:
                continue
            if place.sector == "private" and re.search(r"\bkun\b", message.norm[slot.start:place.end]):
                yield Candidate("applying_public_job", False, slot.start, place.end, 5)
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


def _employed_words(message: Message) -> Iterator[Candidate]:
    """"Offentligt ansat", "privatansat": one word for both the work and the employer."""
    for words, sector in load("employers")["employed_words"].items():
        at = message.norm.find(words)
        if at >= 0 and message.is_about_someone(at) and not is_negated(message, at) and not is_conditional(message, at):
            yield Candidate("employment", "employee", at, at + len(words), _STRONG)
            yield Candidate("employer_sector", sector, at, at + len(words), 15)


def _employer_is(message: Message) -> Iterator[Candidate]:
    """"Min arbejdsgiver er en kommune", "firmaet er privat"."""
    for match in _EMPLOYER_IS.finditer(message.norm):
        index = message.token_index(match.end() - 1) + 1
        place, _ = place_at(message, index, message.sentence_at(match.start()).end)
        if place is not None and place.sector and message.is_about_someone(match.start()) | True:
            yield Candidate("employer_sector", place.sector, match.start(), place.end, 12)


def _job_compounds(message: Message) -> Iterator[Candidate]:
    """"Et kontorjob", "rengøringsarbejde": the branch is the first part."""
    for token in message.tokens:
        match = re.fullmatch(r"([\w-]{3,}?)s?-?(?:job|jobbet|arbejde|arbejdet|stilling|vikariat)", token.text)
        branch = place_branch(match.group(1)) if match else None
        if branch is None or not message.is_about_someone(token.start) or is_wished(message, token.start) \
                or is_conditional(message, token.start) or is_negated(message, token.start):
            continue
        before = message.before(token.start, 40)
        if re.search(r"\b(?:søg\w*|få|finde|tilbudt|fået|mistet|mistede|sagt op|havde|til)\b", before):
            continue
        yield Candidate("branch", branch, token.start, token.end, 47)
        if re.search(r"\b(?:har|mit|min|i|laver|med)(?: \w+){0,2} $", before):
            yield Candidate("employment", "employee", token.start, token.end, _WEAK)
            place, _ = _place_after(message, token.end)
            if place is not None and place.sector:
                yield Candidate("employer_sector", place.sector, place.start, place.end, 9)


def _asides(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    """What is added in passing: "det er et privat vvs-firma", "kommunen har ansat mig", colleagues of somebody with a trade."""
    at_work = next((s.start for s in slots if s.time == "present"), None)
    for match in _IT_IS.finditer(message.norm):
        index = message.token_index(match.end() - 1)
        place, _ = place_at(message, index, message.sentence_at(match.start()).end)
        if place is not None and at_work is not None:
            if place.branch:
                yield Candidate("branch", place.branch, place.start, place.end, 30, at_work)
            if place.sector:
                yield Candidate("employer_sector", place.sector, place.start, place.end, 5, at_work)
    for match in _HIRED_BY.finditer(message.norm):
        yield Candidate("employer_sector", "public", match.start(), match.end(), 8, about=message.tokens[-1].start)
    colleagues = _COLLEAGUES.search(message.norm)
    if colleagues and any(s.time == "is" and s.trade for s in slots):
        yield Candidate("employment", "employee", colleagues.start(), colleagues.end(), 36,
                        about=next(s.start for s in slots if s.time == "is" and s.trade))


def _place_after(message: Message, end: int) -> tuple[Found | None, int]:
    index = message.token_index(end - 1) + 1
    if index < len(message.tokens) and message.tokens[index].text in work_words().prepositions:
        return place_at(message, index + 1, message.sentence_at(end - 1).end)
    return None, index


def _educations(message: Message) -> Iterator[Candidate]:
    """"På andet år af tømreruddannelsen": the trade one is trained for."""
    for token in message.tokens:
        if token.text.endswith("uddannelsen") and re.search(r"\b(?:af|på|med) $", message.before(token.start, 6)) \
                and message.is_about_someone(token.start) and not re.search(r"\b(?:starter|begynder|skal|vil|søgt)\b", message.before(token.start, 40)):
            stem = token.text.removesuffix("uddannelsen")
            branch = next((work_words().trades[s] for s in (stem, stem.removesuffix("s"), stem + "e") if s in work_words().trades), None)
            if branch:
                yield Candidate("branch", branch, token.start, token.end, 30)


@lru_cache(maxsize=1)
def _verb_phrases() -> PhraseBook[str]:
    return PhraseBook(compile_phrase(source, branch, {}) for branch, says in load("trades")["verb_phrases"].items() for source in says)


def _trade_verbs(message: Message) -> Iterator[Candidate]:
    """"Jeg kører taxa": the trade as a verb."""
    for hit in _verb_phrases().find(message.norm):
        if message.is_about_someone(hit.start) and not is_negated(message, hit.start) and not is_conditional(message, hit.start):
            yield Candidate("branch", hit.payload, hit.start, hit.end, 45)

