"""The aids a person needs at work, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import load
from .message import Candidate, Message, is_conditional, is_negated
from .phrases import PhraseBook, compile_phrase
from .signals import read_signals
from .subject import BYSTANDER
from .text import fold_word

_ENDINGS = ("erne", "ene", "ne", "en", "et", "er", "n", "t", "e", "s", "r")
_REACH = 7


@dataclass(frozen=True, slots=True)
class Aid:
    """A named aid, or (name None) the mere word for one."""

    name: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Aids:
    names: dict[str, str]
    plain: frozenset[str]
    unnamed: frozenset[str]
    suffixes: tuple[str, ...]
    never: frozenset[str]
    persons: frozenset[str]
    need: PhraseBook[bool]
    pleasant: frozenset[str]


@lru_cache(maxsize=1)
def aid_words() -> _Aids:
    """The lexicon of aids."""
    data = load("aids")

    def folded(part: str) -> frozenset[str]:
        return frozenset(fold_word(word) for word in data[part])

    names = {fold_word(word): name for name, others in data["aids"].items() for word in (name, *others)}
    need = PhraseBook([compile_phrase(source, True, {}) for source in data["need"]]
                 + [compile_phrase(source, False, {}) for source in data["no_need"]])
    return _Aids(names, folded("only_when_needed"), folded("unnamed"), tuple(map(fold_word, data["suffixes"])),
                 folded("not_an_aid"), folded("persons"), need, folded("verb_after_wait"))


def read_aids(message: Message) -> Iterator[Candidate]:
    """Need of an aid, which one, and what is said about it."""
    yield from _needs(message)
    yield from _without(message)
    yield from _pleasant(message)
    yield from _granted(message)
    for candidate in read_signals(message, "aids"):
        yield candidate


def aid_at(message: Message, i: int, plain_too: bool) -> Aid | None:
    """An aid named at a word: known by its name, or by the end of a compound."""
    words = aid_words()
    tokens = message.tokens
    for size in (3, 2, 1):
        if i + size > len(tokens):
            continue
        text = message.norm[tokens[i].start:tokens[i + size - 1].end]
        for form in _forms(text):
            name = words.names.get(form)
            if name is not None and (plain_too or form not in words.plain):
                return Aid(name, tokens[i].start, tokens[i + size - 1].end)
    text = tokens[i].text
    if text in words.unnamed:
        return Aid(None, tokens[i].start, tokens[i].end)
    for form in _forms(text):
        if form not in words.never and any(form.endswith(s) and len(form) > len(s) + 2 for s in words.suffixes):
            return Aid(form, tokens[i].start, tokens[i].end)
    return None


def _forms(text: str) -> Iterator[str]:
    yield text
    for ending in _ENDINGS:
        if text.endswith(ending) and len(text) > len(ending) + 2:
            yield text.removesuffix(ending)
            if ending == "er" and text.endswith("mer"):
                yield text.removesuffix("mer")


def _aid_after(message: Message, end: int, reach: int = _REACH) -> Aid | None:
    """The first aid named after a word of need, before the clause turns elsewhere."""
    words = aid_words()
    tokens = message.tokens
    index = message.token_index(end - 1) + 1
    limit = message.sentence_at(end - 1).end
    for i in range(index, min(len(tokens), index + reach)):
        token = tokens[i]
        if token.start >= limit:
            return None
        if i > index and "," in message.norm[tokens[i - 1].end:token.start] and not _is_list(message, i, limit):
            return None
        if token.text in words.persons or token.text in ("at", "men", "fordi", "så", "hvis", "når", "hjælp", "timer", "tid"):
            return None
        if i > index and token.text in ("i", "på", "fra", "af", "der", "som", "hos", "til"):
            return None
        aid = aid_at(message, i, plain_too=True)
        if aid is not None:
            return aid
    return None


def _is_list(message: Message, i: int, limit: int) -> bool:
    """In "en bedre, højere stol" the comma stays within one thing."""
    return any(aid_at(message, j, plain_too=True) for j in range(i, min(i + 2, len(message.tokens)))
               if message.tokens[j].end <= limit)


def _needs(message: Message) -> Iterator[Candidate]:
    for hit in aid_words().need.find(message.norm):
        owner = message.owner_at(hit.start)
        if owner != BYSTANDER and not message.is_about_someone(hit.start) or is_conditional(message, hit.start):
            continue
        aid = _aid_after(message, hit.end)
        if not hit.payload or is_negated(message, hit.start):
            other = _instead(message, aid.end if aid else hit.end)
            if other is not None:
                yield Candidate("needs_aid", True, other.start, other.end, 4)
                yield Candidate("aid", other.name or "", other.start, other.end, 3)
                continue
        if aid is None:
            yield from _same_again(message, hit.end)
            continue
        asked = message.sentence_at(hit.start).is_question or message.norm[hit.start:hit.end].startswith(("kan ", "må ", "får "))
        negative = not hit.payload or is_negated(message, hit.start) or is_negated(message, aid.start)
        if "undvære" in message.norm[hit.start:hit.end] or " uden" in message.norm[hit.start:hit.end]:
            negative = False
        if negative:
            if aid.name is None:
                yield Candidate("needs_aid", False, hit.start, aid.end, 2)
            continue
        if aid.name is None and asked and "brug" not in message.norm[hit.start:hit.end]:
            continue
        yield Candidate("needs_aid", True, hit.start, aid.end, 3 if aid.name else 1)
        if aid.name is not None:
            yield Candidate("aid", aid.name, aid.start, aid.end, 3)


def _without(message: Message) -> Iterator[Candidate]:
    """"Uden en skærmlæser kan jeg ikke …" states both the need and the aid."""
    for i, token in enumerate(message.tokens):
        if token.text != "uden" or not message.is_about_someone(token.start):
            continue
        aid = _aid_after(message, token.end, reach=4)
        if aid is None or aid.name is None:
            continue
        after = message.after(aid.end, 40)
        before = message.before(token.start, 40)
        if re.match(r",? (?:kan|går|må|er|duer|dur|klarer)\b", after) or re.search(r"\bkan (?:\w+ ){0,2}?ikk?e? (?:\w+ ){0,4}$", before):
            yield Candidate("needs_aid", True, token.start, aid.end, 3)
            yield Candidate("aid", aid.name, aid.start, aid.end, 3)


def _pleasant(message: Message) -> Iterator[Candidate]:
    """"En bedre stol ville være rart": the aid comes before the wish."""
    for match in re.finditer(r"\b(?:ville|kunne|vil|er) (?:nok |virkelig |godt )?(?:være |kunne )?(?:\w+ )?(rart|smart|dejligt|hjælpe|lækkert|guld værd|gavne|gøre underværker|en stor hjælp|nødvendigt|nødvendig|afgørende|uundværlig)\b", message.norm):
        sentence = message.sentence_at(match.start())
        index = message.token_index(match.start())
        lead = re.match(r" (?:med|at få|at have|hvis jeg (?:fik|havde|kunne få)) ", message.norm[match.end():])
        aid = _aid_after(message, match.end() + lead.end() - 1, reach=5) if lead else None
        if aid is not None and aid.name is not None:
            yield Candidate("needs_aid", True, match.start(), aid.end, 2)
            yield Candidate("aid", aid.name, aid.start, aid.end, 2)
            continue
        for i in range(index - 1, max(-1, index - 5), -1):
            if message.tokens[i].start < sentence.start:
                break
            aid = aid_at(message, i, plain_too=True)
            if aid is not None and aid.name is not None and message.owner_at(aid.start) != BYSTANDER and not sentence.is_question:
                yield Candidate("needs_aid", True, aid.start, match.end(), 2)
                yield Candidate("aid", aid.name, aid.start, aid.end, 2)
                break


def _granted(message: Message) -> Iterator[Candidate]:
    """"Jeg har en bevilget skærmlæser": the aid is named, a further need is not."""
    for i, token in enumerate(message.tokens):
        if not token.text.startswith(("bevilg", "bevilling")) or not message.is_about_someone(token.start):
            continue
        before = message.before(token.start, 40)
        if re.search(r"\b(?:kan|få|afslag|ikke)\b", before):
            continue
        aid = _aid_after(message, token.end, reach=5) or _aid_before(message, i)
        if aid is not None and aid.name is not None:
            yield Candidate("aid", aid.name, aid.start, aid.end, 1)


def _aid_before(message: Message, i: int) -> Aid | None:
    for j in range(i - 1, max(-1, i - 3), -1):
        aid = aid_at(message, j, plain_too=True)
        if aid is not None:
            return aid
    return None


def _same_again(message: Message, end: int) -> Iterator[Candidate]:
    """"Alle har et hæve-sænkebord, jeg vil også gerne have et": the aid was named before."""
    if not re.match(r" (?:et|en|den|det|sådan (?:en|et)|også|selv)(?: også| selv)?(?:[,.!?]|$| for\b| fordi\b| til\b| men\b| og\b)", message.norm[end:end + 40]) \
            and message.norm[end:].strip(" .!") not in ("en", "et", "den", "det", "sådan en", "sådan et"):
        return
    index = message.token_index(end - 1)
    for i in range(index, -1, -1):
        aid = aid_at(message, i, plain_too=False)
        if aid is not None and aid.name is not None:
            yield Candidate("needs_aid", True, aid.start, aid.end, 1)
            yield Candidate("aid", aid.name, aid.start, aid.end, 1)
            return


def _instead(message: Message, end: int) -> Aid | None:
    """"Ikke brug for …, men for et særligt værktøj"."""
    turn = re.match(r"[^.,;]{0,30}, men (?:kun |derimod |i stedet )?(?:for |til )?", message.norm[end:end + 60])
    aid = _aid_after(message, end + turn.end(), reach=5) if turn else None
    return aid if aid is not None and aid.name else None
