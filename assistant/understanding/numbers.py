"""Numbers in a message: digits and Danish numerals in all their spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.text import Token

_DIGITS = re.compile(r"(?<![\w.,/])(?<!\D-)(\d{1,4})(?:[.,](\d{1,2}))?( ?½| 1/2)?(?![\d/]|[.,]\d)")
# A CPR or telephone number is no number of anything.
_PERSONAL = re.compile(r"\b\d{6}[ .]?-?[ .]?\d{4}\b|\b\d{2}(?: ?\d{2}){3}\b")
_YEARS_OLD = "årig"
_LONG_WORD = 9
_REACH = 6
_JOINTS = ("og", "å", "o", "-og-")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as written; an article ("en", "et") counts one only where a unit follows."""

    value: float
    start: int
    end: int
    is_article: bool = False
    in_range: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it has no fraction."""
        return self.value == int(self.value)


@dataclass(frozen=True, slots=True)
class _Numerals:
    units: dict[str, int]
    tens: dict[str, int]
    words: dict[str, float]
    compounds: tuple[str, ...]


@lru_cache(maxsize=1)
def _numerals() -> _Numerals:
    data = load("numerals")
    units, teens, tens, hundred, halves = (
        {fold_word(word): value for value, words in data[part].items() for word in words}
        for part in ("units", "teens", "tens", "hundred", "halves")
    )
    compounds: dict[str, float] = {
        f"{unit}{joint}{ten}": small + large
        for unit, small in units.items()
        for ten, large in tens.items()
        for joint in _JOINTS
    }
    long_ones = tuple(word for word in compounds if len(word) >= _LONG_WORD and "og" in word)
    return _Numerals(units, tens, {**units, **teens, **tens, **hundred, **halves, **compounds}, long_ones)


def word_value(word: str) -> float | None:
    """The number that one word names; a long numeral may have one letter wrong."""
    numerals = _numerals()
    if word in numerals.words:
        return numerals.words[word]
    if _YEARS_OLD in word and word.rindex(_YEARS_OLD) >= len(word) - len(_YEARS_OLD) - 2:
        return numerals.words.get(word[: word.rindex(_YEARS_OLD)])
    if len(word) < _LONG_WORD or "og" not in word:
        return None
    near = {numerals.words[known] for known in numerals.compounds if OSA.distance(word, known, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 else None


def find_numbers(norm: str, tokens: Sequence[Token]) -> tuple[NumberMention, ...]:
    """All numbers of a folded text, in order; those of a CPR or phone number left out."""
    hidden = {i for match in _PERSONAL.finditer(norm) for i in range(match.start(), match.end())}
    found = [n for n in (*_digits(norm), *_words(norm, tokens)) if n.start not in hidden]
    longest: list[NumberMention] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if not longest or longest[-1].end <= number.start:
            longest.append(number)
    ranged = _ranged(norm, longest)
    return tuple(replace(number, in_range=i in ranged) for i, number in enumerate(longest))


def _digits(norm: str) -> Iterator[NumberMention]:
    for match in _DIGITS.finditer(norm):
        is_clock_or_date = match.group(2) and len(match.group(2)) > 1 and "." in match.group()
        if not is_clock_or_date:
            half = 0.5 if match.group(3) else 0
            yield NumberMention(float(f"{match.group(1)}.{match.group(2) or 0}") + half, match.start(), match.end())


def _words(norm: str, tokens: Sequence[Token]) -> Iterator[NumberMention]:
    i = 0
    while i < len(tokens):
        value, used = _numeral_at(_joined(norm, tokens, i))
        if value is not None:
            last = tokens[i + used - 1]
            cut = last.text.rindex(_YEARS_OLD) if _YEARS_OLD in last.text else len(last.text)
            yield NumberMention(value, tokens[i].start, last.start + cut, used == 1 and value == 1)
        i += used


def _joined(norm: str, tokens: Sequence[Token], i: int) -> list[str]:
    """The words from i on with only a space or hyphen between."""
    texts = [tokens[i].text]
    for one, other in pairwise(tokens[i : i + _REACH]):
        if norm[one.end : other.start] not in (" ", "-", " - "):
            break
        texts.append(other.text)
    return texts


def _numeral_at(texts: Sequence[str]) -> tuple[float | None, int]:
    """The number that words begin with, and how many of them it takes."""
    numerals = _numerals()
    first, second, third = (*texts, "", "")[:3]
    halves = folded_words("numerals", "half")
    if first in numerals.units and second == "og" and third in numerals.tens:
        return numerals.units[first] + numerals.tens[third], 3
    if first in numerals.units and second.startswith("og") and second[2:] in numerals.tens:
        return numerals.units[first] + numerals.tens[second[2:]], 2
    if first.endswith("og") and first[:-2] in numerals.units and second in numerals.tens:
        return numerals.units[first[:-2]] + numerals.tens[second], 2
    value = word_value(first)
    if value == 1 and second in halves:
        return 0.5, 2
    if value is None and first.isdigit() and second in ("en", "et") and third in halves:
        return float(first) + 0.5, 3
    if value is None or value <= 1:
        return value, 1
    return _with_half(value, texts)


def _with_half(value: float, texts: Sequence[str]) -> tuple[float, int]:
    """Add what "tre et halvt" and "to og et halvt" add."""
    rest = list(texts[1:4])
    skip = 1 if rest[:1] == ["og"] else 0
    if rest[skip : skip + 1] in (["et"], ["en"]) and rest[skip + 1 : skip + 2] in (["halvt"], ["halv"]):
        return value + 0.5, 3 + skip
    return value, 1


def _ranged(norm: str, numbers: Sequence[NumberMention]) -> set[int]:
    """Which numbers are ends of a range ("15-20", "mellem 15 og 20"): neither is the number meant."""
    ranged: set[int] = set()
    for i, (one, other) in enumerate(pairwise(numbers)):
        between = norm[one.end : other.start].strip()
        before = norm[max(0, one.start - 7) : one.start]
        spanned = between in ("-", "til", "eller", "/") and not before.endswith("fra ")
        if spanned or (between == "og" and before == "mellem "):
            ranged |= {i, i + 1}
    return ranged
