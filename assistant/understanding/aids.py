"""The aids a person needs at work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.understanding.aid_words import Aid, aid_after, named_before
from assistant.understanding.clause import is_conditional, is_negated
from assistant.understanding.lexicon import load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.persons import BYSTANDER
from assistant.understanding.phrases import Hit, PhraseBook, compile_phrase
from assistant.understanding.signals import read_signals

_FIRST_MENTION, _WISHED, _NEEDED, _RATHER = 1, 2, 3, 4
_WHOLE_TEXT = 10_000
_ASKS = ("kan ", "må ", "får ")
_INSTEAD = re.compile(r"[^.,;]{0,30}, (?:men (?:kun |derimod |i stedet )?|kun |bare )(?:for |til )?")
_SAME_AGAIN = re.compile(
    r" (?:et|en|den|det|sådan (?:en|et)|også|selv)(?: også| selv)?"
    r"(?:[,.!?]|$| for\b| fordi\b| til\b| men\b| og\b)"
)
_WITHOUT_GOES = re.compile(r",? (?:kan|går|må|er|duer|dur|klarer)\b")
_CANNOT = re.compile(r"\bkan (?:\w+ ){0,2}?(?:ikke|ik) (?:\w+ ){0,4}$")
_GOOD = re.compile(
    r"\b(?:ville|kunne|vil|er) (?:nok |virkelig |godt )?(?:være |kunne )?(?:\w+ )?(?:rart|smart|dejligt|hjælpe|lækkert"
    r"|guld værd|gavne|gøre underværker|en stor hjælp|nødvendigt|nødvendig|afgørende|uundværlig"
    r"|det eneste,? der (?:kan )?hjælpe\w*)\b"
)
_TO_HAVE = re.compile(r" (?:med|at få|at have|hvis jeg (?:fik|havde|kunne få)) ")
_NO_GRANT = re.compile(r"\b(?:kan|få|afslag|ikke)\b")


@lru_cache(maxsize=1)
def _needs() -> PhraseBook[bool]:
    """Words of need; False where they deny it."""
    data = load("aids")
    return PhraseBook(
        compile_phrase(source, part == "need", {}) for part in ("need", "no_need") for source in data[part]
    )


def read_aids(message: Message) -> Iterator[Candidate]:
    """Need of an aid, which one, and what is said about it."""
    for hit in _needs().find(message.norm):
        if _is_spoken_for(message, hit.start) and not is_conditional(message, hit.start):
            yield from _at_need(message, hit)
    yield from _without(message)
    yield from _good_to_have(message)
    yield from _granted(message)
    yield from read_signals(message, "aids")


def _is_spoken_for(message: Message, start: int) -> bool:
    """A bystander may speak for the person: "min læge siger, at jeg bør have …"."""
    return message.is_about_someone(start) or message.owner_at(start) == BYSTANDER


def _needed(aid: Aid, start: int, end: int, weight: int) -> Iterator[Candidate]:
    yield Candidate("needs_aid", True, start, end, weight)
    if aid.name is not None:
        yield Candidate("aid", aid.name, aid.start, aid.end, weight)


def _at_need(message: Message, hit: Hit[bool]) -> Iterator[Candidate]:
    said = message.norm[hit.start : hit.end]
    aid = aid_after(message, hit.end)
    denied = not hit.payload or is_negated(message, hit.start)
    other = _instead(message, aid.end if aid else hit.end) if denied else None
    if other is not None:
        yield from _needed(other, other.start, other.end, _RATHER)
    elif aid is None:
        yield from _same_again(message, hit.end)
    elif (denied or is_negated(message, aid.start)) and "undvære" not in said and " uden" not in said:
        if aid.name is None:
            yield Candidate("needs_aid", False, hit.start, aid.end, _WISHED)
    elif aid.name is not None or "brug" in said or not _asks(message, hit.start, said):
        weight = _NEEDED if aid.name else _FIRST_MENTION
        yield from _needed(aid, hit.start, aid.end, weight)


def _asks(message: Message, start: int, said: str) -> bool:
    """Whether it is a question: "kan jeg få et hjælpemiddel?" is about the scheme, an aid by name tells a need."""
    return message.sentence_at(start).is_question or said.startswith(_ASKS)


def _instead(message: Message, end: int) -> Aid | None:
    """What is needed instead: "ikke brug for …, men for et særligt værktøj"."""
    turn = _INSTEAD.match(message.norm, end)
    aid = aid_after(message, turn.end(), reach=5) if turn else None
    return aid if aid is not None and aid.name else None


def _same_again(message: Message, end: int) -> Iterator[Candidate]:
    """The aid named before: "alle har et hæve-sænkebord, jeg vil også gerne have et"."""
    if not _SAME_AGAIN.match(message.norm, end):
        return
    aid = named_before(message, message.index_after(end), _WHOLE_TEXT, plain_too=False)
    if aid is not None:
        yield from _needed(aid, aid.start, aid.end, _FIRST_MENTION)


def _without(message: Message) -> Iterator[Candidate]:
    """Both need and aid: "uden en skærmlæser kan jeg ikke …"."""
    for token in message.tokens:
        if token.text != "uden" or not message.is_about_someone(token.start):
            continue
        aid = aid_after(message, token.end, reach=4)
        if aid is None or aid.name is None:
            continue
        if _WITHOUT_GOES.match(message.after(aid.end, 40)) or _CANNOT.search(message.before(token.start, 40)):
            yield from _needed(aid, token.start, aid.end, _NEEDED)


def _good_to_have(message: Message) -> Iterator[Candidate]:
    """A wish around the aid: "en bedre stol ville være rart", "det ville være rart med en bedre stol"."""
    for match in _GOOD.finditer(message.norm):
        lead = _TO_HAVE.match(message.norm, match.end())
        aid = aid_after(message, lead.end() - 1, reach=5) if lead else None
        if aid is None or aid.name is None:
            sentence = message.sentence_at(match.start())
            aid = named_before(message, message.token_index(match.start()), 4)
            if aid is None or aid.start < sentence.start or sentence.is_question:
                continue
        if message.owner_at(aid.start) != BYSTANDER:
            yield from _needed(aid, aid.start, aid.end, _WISHED)


def _granted(message: Message) -> Iterator[Candidate]:
    """An aid already granted is named, but no further need: "jeg har en bevilget skærmlæser"."""
    for i, token in enumerate(message.tokens):
        if not token.text.startswith("bevil") or not message.is_about_someone(token.start):
            continue
        if _NO_GRANT.search(message.before(token.start, 40)):
            continue
        aid = aid_after(message, token.end, reach=5) or named_before(message, i, 2)
        if aid is not None and aid.name is not None:
            yield Candidate("aid", aid.name, aid.start, aid.end, _FIRST_MENTION)
