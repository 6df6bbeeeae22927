"""Facts that a turn of phrase states outright: the lexicon files `signals_*.yaml`, read by one reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.understanding.clause import is_conditional, is_negated, is_past, is_wished
from assistant.understanding.lexicon import load
from assistant.understanding.message import Candidate, Message, Value
from assistant.understanding.phrases import Hit, Phrase, PhraseBook, compile_phrase

_STATES = frozenset({"employment", "pension", "in_training"})


@dataclass(frozen=True, slots=True)
class Signal:
    """What a group of phrases says, and when it does not.

    `negated` tells what "ikke" does: drop the fact, turn it to its opposite, or (ignore) nothing.
    """

    fact: str
    value: Value
    weight: int
    negated: str
    unless: PhraseBook[None]
    of_anyone: bool
    never_in_question: bool


@cache
def _signals(family: str) -> PhraseBook[Signal]:
    data = load(f"signals_{family}")
    classes = data.get("classes", {})
    compiled: list[Phrase[Signal]] = []
    for entry in data["signals"]:
        signal = Signal(
            entry["fact"],
            entry["value"],
            entry.get("weight", 0),
            entry.get("negated", "drop"),
            PhraseBook(compile_phrase(source, None, classes) for source in entry.get("unless", ())),
            entry.get("of_anyone", False),
            entry.get("never_in_question", False),
        )
        compiled.extend(compile_phrase(source, signal, classes) for source in entry["says"])
    return PhraseBook(compiled)


def read_signals(message: Message, family: str) -> Iterator[Candidate]:
    """The facts that phrases of one lexicon file state."""
    for hit in _signals(family).find(message.norm):
        signal, value = hit.payload, hit.payload.value
        if not _is_stated(message, hit):
            continue
        if signal.negated != "ignore" and is_negated(message, hit.start):
            if signal.negated != "opposite":
                continue
            value = not value
        yield Candidate(signal.fact, value, hit.start, hit.end, signal.weight)


def _is_stated(message: Message, hit: Hit[Signal]) -> bool:
    """Whether the phrase says something of somebody, now and for real."""
    signal, sentence = hit.payload, message.sentence_at(hit.start)
    if not signal.of_anyone and not message.is_about_someone(hit.start):
        return False
    if hit.end > sentence.end or (signal.never_in_question and sentence.is_question):
        return False
    if is_conditional(message, hit.start) or is_wished(message, hit.start):
        return False
    if signal.fact in _STATES and is_past(message, hit.start):
        return False
    return not signal.unless.is_in(message.norm[sentence.start : sentence.end])
