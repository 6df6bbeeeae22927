"""The need of help by a person at work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.clause import is_conditional, is_negated
from assistant.understanding.lexicon import load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.persons import NOBODY, SELF
from assistant.understanding.phrases import Phrase, PhraseBook, compile_phrase


@dataclass(frozen=True, slots=True)
class _Saying:
    value: bool
    weight: int
    unless: PhraseBook[None]


@lru_cache(maxsize=1)
def _sayings() -> PhraseBook[_Saying]:
    data = load("assistance")
    compiled: list[Phrase[_Saying]] = []
    for entry in data["signals"]:
        unless = PhraseBook(compile_phrase(source, None, data["classes"]) for source in entry.get("unless", ()))
        saying = _Saying(bool(entry["value"]), int(entry.get("weight", 0)), unless)
        compiled.extend(compile_phrase(source, saying, data["classes"]) for source in entry["says"])
    return PhraseBook(compiled)


def read_assistance(message: Message) -> Iterator[Candidate]:
    """Need told or denied: "brug for en hjælper", "kan jeg få en tolk?", "ikke brug for en assistent"."""
    for hit in _sayings().find(message.norm):
        saying, sentence = hit.payload, message.sentence_at(hit.start)
        if hit.end > sentence.end or saying.unless.is_in(message.norm[sentence.start : sentence.end]):
            continue
        if message.owner_at(hit.start) == NOBODY or is_conditional(message, hit.start):
            continue
        said = message.norm[hit.start : hit.end]
        without = "uden" in said
        if saying.value and not without and is_negated(message, hit.start):
            continue
        # In "kan min søn få en hjælper?" the person comes after the verb.
        asked = said.startswith(("kan ", "må ")) and message.owner_at(hit.start) == SELF
        about = hit.end - 1 if asked and _is_of_family(message, hit.end - 1) else None
        yield Candidate("needs_personal_assistance", saying.value, hit.start, hit.end, saying.weight, about)


def _is_of_family(message: Message, position: int) -> bool:
    owner = message.owner_at(position)
    return any(person.number == owner and person.kind == "relatives" for person in message.subjects.persons)
