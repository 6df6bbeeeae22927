"""Where a message tells of a job: when it is, as what, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Message
from assistant.understanding.phrases import PhraseBook, compile_phrase
from assistant.understanding.places import Place, place_at
from assistant.understanding.trades import Trade, branch_of_trade, is_number, trade_at

_REACH = 14
_TIMES = ("present", "own", "coming", "past", "applied", "wished", "trained", "training", "been")
_STILL = re.compile(r" (?:jeg |han |hun )?(?:ikke|ik|aldrig)( længere| mere)?\b")
_WITHIN = re.compile(r"(?: [\wæøå-]+){1,3}? inden for ")


@dataclass(frozen=True, slots=True)
class WorkSlot:
    """One place that tells of a job; `time` is a group of `work_anchors.yaml`, or "is" after a copula."""

    time: str
    anchor: str
    start: int
    trade: Trade | None
    places: tuple[Place, ...]

    @property
    def end(self) -> int:
        """Where the last thing told ends."""
        ends = [place.end for place in self.places] + ([self.trade.end] if self.trade else [])
        return max([self.start + len(self.anchor), *ends])


@lru_cache(maxsize=1)
def _anchors() -> PhraseBook[str]:
    data = load("work_anchors")
    return PhraseBook(compile_phrase(source, time, {}) for time in _TIMES for source in data[time])


def _words(part: str) -> frozenset[str]:
    return folded_words("work_anchors", part)


def work_slots(message: Message) -> tuple[WorkSlot, ...]:
    """Every place that tells of a job, with what is said there."""
    found: list[WorkSlot] = []
    for hit in _anchors().find(message.norm):
        time, anchor = hit.payload, message.norm[hit.start : hit.end]
        denied = _STILL.match(message.norm, hit.end) if time == "present" else None
        if denied and not denied.group(1):
            continue
        trade, places = _told(message, time, anchor, hit.end)
        found.append(WorkSlot("past" if denied else time, anchor, hit.start, trade, places))
    return (*found, *_copulas(message))


def _told(message: Message, time: str, anchor: str, end: int) -> tuple[Trade | None, tuple[Place, ...]]:
    """What follows an anchor at once, and then "som <trade>" and "i/på/hos <place>" further on."""
    i = message.index_after(end)
    if time == "own":
        owned = _owned(message, i, anchor, end)
        return None, (owned,) if owned else ()
    trade: Trade | None = None
    place: Place | None = None
    last = message.word(i - 1)
    if anchor.endswith("ansat"):
        trade, after = trade_at(message, i)
        trade, i = (trade, after) if trade is not None and trade.specific else (None, i)
    if last == "som" or time == "trained":
        trade, i = trade_at(message, i)
    elif last in _words("place_follows") or last in _words("prepositions"):
        place, i = place_at(message, i)
    further, places = _further(message, i, anchor, trade is None)
    return trade or further, ((place,) if place else ()) + places


def _owned(message: Message, i: int, anchor: str, end: int) -> Place | None:
    """One's own firm: "egen salon", "eget firma inden for rengøring"; "eget kontor" is none."""
    place, _ = place_at(message, i, firm=True)
    if place is None:
        trail = _WITHIN.match(message.norm, end)
        return place_at(message, message.token_index(trail.end()))[0] if trail else None
    if place.branch in folded_words("workplaces", "not_owned"):
        return None
    return replace(place, sector="private") if "privat" in anchor else place


def _further(message: Message, first: int, anchor: str, want_trade: bool) -> tuple[Trade | None, tuple[Place, ...]]:
    """Read on until the clause turns to something else."""
    end = message.sentence_at(message.tokens[first - 1].start).end if first else 0
    trade: Trade | None = None
    places: list[Place] = []
    i, limit = first, min(len(message.tokens), first + _REACH)
    while i < limit and message.tokens[i].start < end:
        word = message.word(i)
        if word == "som" and want_trade and trade is None:
            trade, i = trade_at(message, i + 1, as_said=anchor.endswith(("arbejder", "ansat", "job", "stilling")))
        elif _opens_place(message, i, anchor):
            known_only = word == "med"
            place, i = place_at(message, i + 1, known_only=known_only)
            places.extend([place] if place else [])
        elif i == first and _passes(word, anchor):
            i += 1
        elif _turns(message, i):
            break
        else:
            i += 1
    return trade, tuple(places)


def _opens_place(message: Message, i: int, anchor: str) -> bool:
    word, before = message.word(i), message.word(i - 1)
    if word in _words("prepositions"):
        return not (word == "ved" and message.word(i + 1) == "siden")
    return (
        (word == "fra" and "tilbud" in anchor)
        or (word == "til" and anchor.startswith("skift"))
        or (word == "for" and before in ("inden", "ansat", "arbejder"))
        or (word == "med" and anchor == "arbejder")
    )


def _passes(word: str, anchor: str) -> bool:
    """After an inverted verb the subject comes; after "mit job" comes "er"."""
    return word in folded_words("grammar", "persons") or word == "vi" or (word == "er" and anchor.startswith("mi"))


def _turns(message: Message, i: int) -> bool:
    word, following = message.word(i), message.word(i + 1)
    if word == "ved" or (word in _words("stops") and word != "inden"):
        return True
    return word == "og" and (not following or following in _words("stops") or following in _words("clause_openers"))


def _copulas(message: Message) -> Iterator[WorkSlot]:
    """A trade in the list of what somebody is: "jeg er 68 og selvstændig tømrer i …"."""
    for i, token in enumerate(message.tokens):
        opens = _opens_telegram(message, i)
        if not (opens or _is_copula(message, i)) or not message.is_about_someone(token.start):
            continue
        first = i if opens else i + 2 if message.word(i + 1) in folded_words("grammar", "persons") else i + 1
        trade, after = trade_at(message, first, listed=True)
        if trade is None:
            continue
        leads = {t.text for t in message.tokens[i + 1 : after]}
        if "pensioneret" in leads:
            continue
        if trade.branch is None and message.word(after) == "og":
            other, later = trade_at(message, after + 1, listed=True)
            trade, after = (other, later) if other is not None else (trade, after)
        if not trade.specific and message.word(after) == "som":
            other, later = trade_at(message, after + 1)
            trade, after = (other, later) if other is not None else (trade, after)
        place = _place_of_trade(message, after, trade) or _place_in_adjective(message, i + 1, trade, leads)
        time = "trained" if leads & _words("trained_adjectives") else "is"
        yield WorkSlot(time, trade.word, token.start, trade, (place,) if place else ())


def _is_copula(message: Message, i: int) -> bool:
    word, before = message.word(i), message.word(i - 1)
    if word == "er":
        return before not in _words("not_a_person")
    at_start = message.tokens[i].start == message.sentence_at(message.tokens[i].start).start
    return word == "som" and (at_start or before == "nu")


def _opens_telegram(message: Message, i: int) -> bool:
    """Whether a word opens a telegram like "59 år, tømrer, slidt ryg" or "kvinde, 43 år, lærer"."""
    token = message.tokens[i]
    if token.start != message.sentence_at(token.start).start:
        return False
    reach = 25 if token.text == "født" else 6
    if "," not in message.norm[token.end : token.end + reach]:
        return False
    return token.text in ("kvinde", "mand", "født") or is_number(message, i) or branch_of_trade(token.text) is not None


def _place_of_trade(message: Message, after: int, trade: Trade) -> Place | None:
    """The workplace right after a trade: "i en kommune", ", 37 timer, i …", "inden for it", "af en vuggestue"."""
    i = _past_hours(message, after)
    end = message.sentence_at(trade.start).end
    if i + 1 >= len(message.tokens) or message.tokens[i].start >= end:
        return None
    word, following = message.word(i), message.word(i + 1)
    heads = trade.word in _words("heads") and word in ("af", "for")
    if word == "inden" and following == "for":
        return place_at(message, i + 2)[0]
    if word not in _words("prepositions") and not heads:
        return None
    place, _ = place_at(message, i + 1)
    somewhere = word == "hos" or (word in ("i", "på", "ved") and following in ("en", "et", "den", "det"))
    if place is None and somewhere:
        return Place(None, None, message.tokens[i].start, message.tokens[i + 1].end)
    if (
        place is not None
        and place.sector is None
        and message.word(message.index_after(place.end)) in _words("prepositions")
    ):
        # "På et hospital i regionen": the second place tells whose the first one is.
        wider, _ = place_at(message, message.index_after(place.end) + 1)
        return replace(place, sector=wider.sector) if wider is not None else place
    return place


def _place_in_adjective(message: Message, i: int, trade: Trade, leads: set[str]) -> Place | None:
    """The employer told before the trade: "kommunal hjemmehjælper"."""
    sectors = load("employers")["adjectives"]
    sector = next((sectors[word] for word in sorted(leads) if word in sectors), None)
    return Place(None, sector, message.tokens[i].start, trade.end) if sector else None


def _past_hours(message: Message, i: int) -> int:
    """In "it-konsulent, 37 timer, i …" the hours between trade and place are stepped over."""
    at = i
    while at < min(len(message.tokens), i + 5) and (
        is_number(message, at) or message.word(at) in _words("hours_between")
    ):
        at += 1
    return at if message.word(at) in _words("prepositions") else i
