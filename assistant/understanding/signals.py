"""Facts that a turn of phrase states outright: the lexicon files `signals_*.yaml`, read by one reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import load
from .message import Candidate, Message, Value, is_conditional, is_negated, is_past, is_wished
from .phrases import PhraseBook, compile_phrase


_STATES = frozenset({"employment", "pension", "in_training"})


@dataclass(frozen=True, slots=True)
class Signal:
    """What a group of phrases says, and when it does not."""

    fact: str
    value: Value
    weight: int
    negated: str
    unless: PhraseBook[None]
    of_anyone: bool
    even_wished: bool
    even_conditional: bool
    never_in_question: bool


@lru_cache(maxsize=None)
def _signals(family: str) -> PhraseBook[Signal]:
    data = load(f"signals_{family}")
    classes = data.get("classes", {})
    compiled = []
    for entry in data["signals"]:
        unless = PhraseBook(compile_phrase(source, None, classes) for source in entry.get("unless", ()))
        signal = Signal(entry["fact"], entry["value"], entry.get("weight", 0), entry.get("negated", "drop"), unless,
                        entry.get("of_anyone", False), entry.get("even_wished", False),
                        entry.get("even_conditional", False), entry.get("never_in_question", False))
        compiled.extend(compile_phrase(source, signal, classes) for source in entry["says"])
    return PhraseBook(compiled)


def read_signals(message: Message, family: str) -> Iterator[Candidate]:
    """The facts that phrases of one lexicon file state."""
    for hit in _signals(family).find(message.norm):
        signal = hit.payload
        if not signal.of_anyone and not message.is_about_someone(hit.start):
            continue
        sentence = message.sentence_at(hit.start)
        inside = message.norm[sentence.start:sentence.end]
        if hit.end > sentence.end or signal.unless.is_in(inside):
            continue
        if not signal.even_conditional and is_conditional(message, hit.start):
            continue
        if signal.never_in_question and sentence.is_question:
            continue
        if not signal.even_wished and is_wished(message, hit.start):
            continue
        if signal.fact in _STATES and is_past(message, hit.start):
            continue
        value = signal.value
        if signal.negated != "ignore" and is_negated(message, hit.start):
            if signal.negated != "opposite" or not isinstance(value, bool):
                continue
            value = not value
        yield Candidate(signal.fact, value, hit.start, hit.end, signal.weight)
