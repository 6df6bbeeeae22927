"""The impairment a person states: its kind, whether it lasts, and how much it weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import folded_words, load
from .message import Candidate, Message, is_conditional, is_negated
from .phrases import Hit, PhraseBook, compile_phrase
from .signals import read_signals

_SIGN_LEAD = re.compile(r"\b(?:sidder|bruger|bruge|går|har|havde|med|i|bærer|sad|fået|afhængig af|bundet til|lænket til|på)"
                        r"(?: [\w-]+){0,2} $")
_UNSURE = re.compile(r"\b(?:ved at blive udredt|under udredning|mistanke om|mistænk\w+|venter på at blive udredt|måske har|muligvis|forebygge\w*|undgå|risikerer|bange for)\b[^.]{0,30}$")
_RECOVERED = re.compile(r",? men (?:jeg )?(?:er|har)(?: \w+){0,2} (?:rask|fri|helbredt|overstået)\b")
_NAMED_GENERALLY = re.compile(r"\b(?:sygdom|lidelse|skade|handicap|funktionsnedsættelse|diagnose|tilstand|nedsættelse)\w*\b")
_OWN = re.compile(r"\b(?:mit|mine|min|hans|hendes) (?:\w+ )?$")
_NEED_LEAD = re.compile(r"\b(?:brug for|få|søgt om|søge om|søger om|ansøg\w+ om|mangler|ønsker|behov for|bestilt|købt|søgt|lånt|prøvet)(?: [\w-]+){0,4} $")


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of impairment and how definitely its words point to it."""

    kind: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Degree:
    before: frozenset[str]
    names_only: frozenset[str]
    between: frozenset[str]
    inside: frozenset[str]
    weak_before: frozenset[str]
    says: PhraseBook[None]
    weak: PhraseBook[None]


@lru_cache(maxsize=1)
def _phrases() -> PhraseBook[Named]:
    data = load("impairments")
    compiled = [compile_phrase(source, Named(group["kind"], group["weight"]), data["classes"])
                for group in data["groups"] for source in group["says"]]
    for compound in data["compounds"]:
        joined = "/".join(part + end for part in compound["parts"] for end in compound["ends"])
        compiled.append(compile_phrase(joined, Named(compound["kind"], 3), {}))
    return PhraseBook(compiled)


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return {word: kind for kind, words in load("impairments")["capitals"].items() for word in words}


@lru_cache(maxsize=1)
def _degree() -> _Degree:
    data = load("degree")
    return _Degree(folded_words("degree", "before"), folded_words("degree", "only_before_names"),
                   folded_words("degree", "between"), folded_words("degree", "inside"), folded_words("degree", "weak_before"),
                   PhraseBook(compile_phrase(source, None, {}) for source in data["says"]),
                   PhraseBook(compile_phrase(source, None, {}) for source in data["weak_says"]))


def read_impairment(message: Message) -> Iterator[Candidate]:
    """Kind, permanence and degree of what a person says they have."""
    hits = [hit for hit in _named(message) if _is_stated(message, hit)]
    for hit in hits:
        yield Candidate("impairment", hit.payload.kind, hit.start, hit.end, hit.payload.weight)
    yield from _substantial(message, hits)
    for candidate in read_signals(message, "impairment"):
        asked = message.sentence_at(candidate.start).is_question and not hits
        if candidate.fact == "impairment_permanent" and asked:
            continue
        if candidate.fact != "impairment_permanent" or hits or candidate.weight or _NAMED_GENERALLY.search(message.norm):
            yield candidate


def mentions_impairment(message: Message) -> bool:
    """Whether any impairment is stated of anybody."""
    return any(_is_stated(message, hit) for hit in _named(message))


def _named(message: Message) -> Iterator[Hit[Named]]:
    yield from _phrases().find(message.norm)
    for token in message.tokens:
        if len(token.text) <= 4:
            start, end = message.folded.original_span(token.start, token.end)
            kind = _capitals().get(message.raw[start:end])
            if kind:
                yield Hit(Named(kind, 3), token.start, token.end)


def _is_stated(message: Message, hit: Hit[Named]) -> bool:
    if not message.is_about_someone(hit.start) or is_conditional(message, hit.start):
        return False
    if is_negated(message, hit.start) and not (hit.payload.weight == 1 and message.before(hit.start, 9) in ("uden mit ", "uden min ", "den mine ")):
        return False
    sentence = message.sentence_at(hit.start)
    if hit.end > sentence.end:
        return False
    before = message.before(hit.start, 60)
    if _UNSURE.search(before) or " haft " in before and _RECOVERED.match(message.norm, hit.end):
        return False
    if hit.payload.weight == 1:
        return bool(_SIGN_LEAD.search(before) or _OWN.search(before)) and not _NEED_LEAD.search(before)
    return True


def _near(message: Message, said: Hit[None], hit: Hit[Named]) -> bool:
    """Whether a word of degree is said of an impairment: in its sentence or right after it."""
    return abs(said.start - hit.end) < 60 and hit.start < said.start or message.sentence_at(said.start) == message.sentence_at(hit.start) \
        and abs(said.end - hit.start) < 40


def _substantial(message: Message, hits: list[Hit[Named]]) -> Iterator[Candidate]:
    degree = _degree()
    for hit in hits:
        lead = re.search(r"(?:([\w-]+) )?([\w-]+) $", message.before(hit.start, 40))
        if not lead or is_negated(message, hit.start):
            continue
        word, nearer = lead.group(1) or "", lead.group(2)
        found = word if nearer in degree.between else nearer
        if found in degree.before and (found not in degree.names_only or hit.payload.weight == 3) \
                and not (found == "meget" and word in ("ikke", "så")):
            yield Candidate("impairment_substantial", True, hit.start, hit.end, 1)
        elif found in degree.weak_before and hit.payload.weight == 3:
            yield Candidate("impairment_substantial", False, hit.start, hit.end, 1)
        elif any(inner in degree.inside for inner in message.norm[hit.start:hit.end].split()[1:]):
            yield Candidate("impairment_substantial", True, hit.start, hit.end, 1)
    if not hits:
        return
    for said in degree.says.find(message.norm):
        if message.is_about_someone(said.start):
            denied = is_negated(message, said.start) or re.search(r"\b(?:ikke|hverken|ingen)\b", message.norm[said.start:said.end])
            if not denied or "næsten" in message.norm[said.start:said.end]:
                yield Candidate("impairment_substantial", True, said.start, said.end)
    for said in degree.weak.find(message.norm):
        if message.is_about_someone(said.start) and any(_near(message, said, hit) for hit in hits):
            yield Candidate("impairment_substantial", False, said.start, said.end, 2)
