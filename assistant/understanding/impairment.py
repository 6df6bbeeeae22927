"""The impairment a person states, and whether it lasts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.clause import is_conditional, is_negated
from assistant.understanding.degree import read_degree
from assistant.understanding.lexicon import load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.phrases import Hit, PhraseBook, compile_phrase
from assistant.understanding.signals import read_signals

DIAGNOSIS, SIGN = 3, 1
_LONGEST_ABBREVIATION = 4
_SIGN_LEAD = re.compile(
    r"\b(?:sidder|bruger|bruge|går|har|havde|med|i|bærer|sad|fået|afhængig af|bundet til|lænket til|på)"
    r"(?: [\w-]+){0,2} $"
)
_OWN = re.compile(r"\b(?:mit|mine|min|hans|hendes) (?:\w+ )?$")
_WANTED = re.compile(
    r"\b(?:brug for|få|søgt om|søge om|søger om|ansøg\w+ om|mangler|ønsker|behov for|bestilt|købt|søgt|lånt|prøvet)"
    r"(?: [\w-]+){0,4} $"
)
_WITHOUT_OWN = re.compile(r"\buden (?:mit|min|mine) $")
_UNSURE = re.compile(
    r"\b(?:ved at blive udredt|under udredning|mistanke om|mistænk\w+|venter på at blive udredt|måske har|muligvis"
    r"|forebygge\w*|undgå|risikerer|bange for)\b[^.]{0,30}$"
)
_RECOVERED = re.compile(r",? men (?:jeg )?(?:er|har)(?: \w+){0,2} (?:rask|fri|helbredt|overstået)\b")
_NAMED_GENERALLY = re.compile(
    r"\b(?:sygdom|lidelse|skade|handicap|funktionsnedsættelse|diagnose|tilstand|nedsættelse)\w*\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of impairment and how definitely its words point to it."""

    kind: str
    weight: int


@lru_cache(maxsize=1)
def _names() -> PhraseBook[Named]:
    data = load("impairments")
    compiled = [
        compile_phrase(source, Named(group["kind"], group["weight"]), data["classes"])
        for group in data["groups"]
        for source in group["says"]
    ]
    for compound in data["compounds"]:
        joined = "/".join(part + end for part in compound["parts"] for end in compound["ends"])
        compiled.append(compile_phrase(joined, Named(compound["kind"], DIAGNOSIS), {}))
    return PhraseBook(compiled)


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {word: kind for kind, words in load("impairments")["capitals"].items() for word in words}


def read_impairment(message: Message) -> Iterator[Candidate]:
    """Kind, permanence and degree of what a person says they have."""
    hits = [hit for hit in _named(message) if _is_stated(message, hit)]
    for hit in hits:
        yield Candidate("impairment", hit.payload.kind, hit.start, hit.end, hit.payload.weight)
    yield from read_degree(message, [(hit.start, hit.end, hit.payload.weight == DIAGNOSIS) for hit in hits])
    for candidate in read_signals(message, "impairment"):
        if candidate.fact != "impairment_permanent" or _is_of_impairment(message, candidate, bool(hits)):
            yield candidate


def _named(message: Message) -> Iterator[Hit[Named]]:
    yield from _names().find(message.norm)
    for token in message.tokens:
        if len(token.text) <= _LONGEST_ABBREVIATION:
            start, end = message.folded.original_span(token.start, token.end)
            kind = _abbreviations().get(message.raw[start:end])
            if kind:
                yield Hit(Named(kind, DIAGNOSIS), token.start, token.end)


def _is_stated(message: Message, hit: Hit[Named]) -> bool:
    """Whether somebody says they have it: not denied, not feared, not over, not the aid they ask for."""
    if not message.is_about_someone(hit.start) or is_conditional(message, hit.start):
        return False
    before = message.before(hit.start, 60)
    sign = hit.payload.weight == SIGN
    if is_negated(message, hit.start) and not (sign and _WITHOUT_OWN.search(before)):
        return False
    if hit.end > message.sentence_at(hit.start).end or _UNSURE.search(before):
        return False
    if " haft " in before and _RECOVERED.match(message.norm, hit.end):
        return False
    return not sign or bool((_SIGN_LEAD.search(before) or _OWN.search(before)) and not _WANTED.search(before))


def _is_of_impairment(message: Message, candidate: Candidate, named: bool) -> bool:
    """Whether "varig" and the like are said of an impairment: of one named, or outright and not as a question."""
    if named:
        return True
    if message.sentence_at(candidate.start).is_question:
        return False
    return candidate.weight > 0 or _NAMED_GENERALLY.search(message.norm) is not None
