"""A small phrase language for the lexicons, compiled to patterns that stay linear.

A phrase is words with single spaces between: `ord` just that word, `ord*` the word and longer ones, `*ord` words
ending so, `a/b` either, `$navn` any word of a class, `x?` may be left out, `~` up to three words
between, but no negation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from assistant.understanding.folding import fold_word

Payload = TypeVar("Payload")
_GAP = r"(?:,? (?!(?:ikke|ik|aldrig|hverken|ingen)\b)[^\s.!?;]+){0,3}?"
_SEPARATOR = r",?[ ]"
_GRAM = 3
# Nobody says the same thing more often; a text that does is not meant to be read.
_MOST_HITS = 12


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Payload]):
    """A phrase as a pattern; a text without any of its needles cannot hold it."""

    pattern: str
    needles: tuple[str, ...]
    payload: Payload


@dataclass(frozen=True, slots=True)
class Hit(Generic[Payload]):
    """Where a phrase stands in a folded text."""

    payload: Payload
    start: int
    end: int


class PhraseBook(Generic[Payload]):
    """Many phrases, found by the letters their needles begin with, so that a text is not tried against each."""

    def __init__(self, phrases: Iterable[Phrase[Payload]]) -> None:
        # Most phrases are never met: each is compiled when a text first holds its needle.
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._index: dict[str, list[tuple[str, Phrase[Payload]]]] = {}
        for phrase in phrases:
            for needle in phrase.needles:
                self._index.setdefault(needle[:_GRAM], []).append((needle, phrase))
        self._short = frozenset(gram for gram in self._index if len(gram) < _GRAM)

    def find(self, text: str) -> Iterator[Hit[Payload]]:
        """Every place where one of the phrases stands."""
        present = {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)} & self._index.keys()
        tried: set[int] = set()
        for gram in sorted(present | {gram for gram in self._short if gram in text}):
            for needle, phrase in self._index[gram]:
                if id(phrase) in tried or needle not in text:
                    continue
                tried.add(id(phrase))
                for match in islice(self._pattern(phrase).finditer(text), _MOST_HITS):
                    yield Hit(phrase.payload, match.start(), match.end())

    def _pattern(self, phrase: Phrase[Payload]) -> re.Pattern[str]:
        compiled = self._compiled.get(phrase.pattern)
        if compiled is None:
            compiled = self._compiled[phrase.pattern] = re.compile(phrase.pattern)
        return compiled

    def is_in(self, text: str) -> bool:
        """Whether any of the phrases stands in a text."""
        return next(self.find(text), None) is not None


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
        if optional:
            pieces.append(f"(?:{glue}{body})?" if glue else f"(?:{body}{_SEPARATOR})?")
            continue
        pieces.append(glue + body)
        needles = _rarer(needles, tuple(word.strip("*") for word in alternatives))
        glue = _SEPARATOR
    return Phrase(r"(?<![\w-])" + "".join(pieces) + r"(?!\w)", needles, payload)


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
