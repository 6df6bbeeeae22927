"""The words and sentences of a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.understanding.folding import Folded
from assistant.understanding.lexicon import folded_words

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_STOP = re.compile(r"[.!?;\n…]+")
_LAST_WORD = re.compile(r"[^\W_]+$")
_NEXT_WORD = re.compile(r"\s*([^\W_]+)")
_LONGEST_ORDINAL = 2


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the folded text between full stops."""

    start: int
    end: int
    is_question: bool


def words(norm: str) -> tuple[Token, ...]:
    """The words of a folded text."""
    return tuple(Token(match.group(), match.start(), match.end()) for match in _WORD.finditer(norm))


def sentences(raw: str, folded: Folded) -> tuple[Sentence, ...]:
    """Split at full stops, but not in dates, decimals and abbreviations."""
    norm = folded.norm
    found: list[Sentence] = []
    begin = 0
    for stop in _STOP.finditer(norm):
        if stop.group() == "." and not _ends_sentence(raw, folded, stop.start()):
            continue
        found.extend(_sentence(norm, begin, stop.start(), "?" in stop.group()))
        begin = stop.end()
    return (*found, *_sentence(norm, begin, len(norm), False))


def _sentence(norm: str, start: int, end: int, is_question: bool) -> Iterator[Sentence]:
    """A sentence without the space before it, if there is anything in it."""
    inside = norm[start:end]
    if inside.strip():
        yield Sentence(start + len(inside) - len(inside.lstrip()), end, is_question)


def _ends_sentence(raw: str, folded: Folded, dot: int) -> bool:
    """Whether a single full stop ends a sentence."""
    norm, after = folded.norm, dot + 1
    before = _LAST_WORD.search(norm[max(0, dot - 20) : dot])
    word = before.group() if before else ""
    if after < len(norm) and norm[after] not in " \n":
        return raw[folded.starts[after]].isupper() and len(word) > _LONGEST_ORDINAL and not word.isdigit()
    if word.isdigit() and len(word) <= _LONGEST_ORDINAL:
        following = _NEXT_WORD.match(norm, after)
        return not (following and following.group(1) in folded_words("sentences", "after_ordinal"))
    return word not in folded_words("sentences", "abbreviations")
