"""A small phrase language for the lexicons, compiled to patterns that stay linear.

A phrase is words with single spaces between: `ord` just that word, `ord*` the word and longer ones, `*ord` words
ending so, `a/b` either, `$navn` any word of a class, `x?` may be left out, `~` up to three words between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .text import fold_word

Payload = TypeVar("Payload")
_GAP = r"(?:,? [^\s.!?;]+){0,3}?"
_SEPARATOR = r",?[ ]"


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Payload]):
    """A compiled phrase; a text without any of its needles cannot hold it."""

    pattern: re.Pattern[str]
    needles: tuple[str, ...]
    payload: Payload


@dataclass(frozen=True, slots=True)
class Hit(Generic[Payload]):
    """Where a phrase stands in a folded text."""

    payload: Payload
    start: int
    end: int


def compile_phrase(source: str, payload: Payload, classes: Mapping[str, Sequence[str]]) -> Phrase[Payload]:
    """Turn one phrase of a lexicon into a pattern."""
    pieces: list[str] = []
    needles: tuple[str, ...] = ()
    glue = ""
    for item in source.split():
        if item == "~":
            pieces.append(_GAP)
            continue
        optional = item.endswith("?")
        alternatives = _alternatives(item.removesuffix("?"), classes)
        body = "(?:" + "|".join(_word_pattern(word) for word in alternatives) + ")"
        pieces.append(f"(?:{glue}{body})?" if optional and glue else f"(?:{body}{_SEPARATOR})?" if optional
                      else f"{glue}{body}")
        if not optional:
            needles = _rarer(needles, tuple(word.strip("*") for word in alternatives))
            glue = _SEPARATOR
    return Phrase(re.compile(r"(?<![\w-])" + "".join(pieces) + r"(?!\w)"), needles, payload)


def find_all(phrases: Sequence[Phrase[Payload]], text: str) -> Iterator[Hit[Payload]]:
    """Every place where one of the phrases stands."""
    for phrase in phrases:
        for needle in phrase.needles:
            if needle in text:
                for match in phrase.pattern.finditer(text):
                    yield Hit(phrase.payload, match.start(), match.end())
                break


def _alternatives(item: str, classes: Mapping[str, Sequence[str]]) -> list[str]:
    found: list[str] = []
    for word in item.split("/"):
        found.extend(_alternatives("/".join(classes[word[1:]]), classes) if word.startswith("$") else [fold_word(word)])
    return sorted(found, key=len, reverse=True)


def _word_pattern(word: str) -> str:
    before = r"[\w-]*" if word.startswith("*") else ""
    after = r"[\w-]*" if word.endswith("*") else ""
    return before + re.escape(word.strip("*")) + after


def _rarer(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Of two sets of needles the one that rules out more texts: the longer words."""
    return max(one, other, key=lambda words: (min(map(len, words)), -len(words)) if words else (0, 0))
