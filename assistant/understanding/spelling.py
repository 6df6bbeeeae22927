"""Split compounds joined and misspelt key words put right, before anything is read.

Only words of the lexicons are ever written in; everyday words are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.text import Folded, Token, fold_word, words

_SHORTEST = 6
_JOINED = 7
_LONG = 13
_ENDINGS = ("erne", "ene", "en", "et", "er", "ne", "n", "t", "e", "s", "r")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    known: frozenset[str]
    targets: dict[str, str]
    fuzzy: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    groups = tuple((shortest, tuple(found)) for shortest, found in _target_words())
    targets = {_bare(word): word for _, found in groups for word in found if " " not in word}
    by_letter: dict[str, list[str]] = {}
    for shortest, found in groups:
        for word in found:
            if word.isalpha() and len(word) >= shortest:
                by_letter.setdefault(word[0], []).append(word)
    known = folded_words("spelling", "everyday") | frozenset(_all_words())
    return _Vocabulary(known, targets, {letter: tuple(dict.fromkeys(found)) for letter, found in by_letter.items()})


@lru_cache(maxsize=1)
def _slips() -> dict[str, str]:
    return {fold_word(wrong): fold_word(right) for wrong, right in load("spelling")["slips"].items()}


def _bare(word: str) -> str:
    return word.replace("-", "").replace("'", "")


def _target_words() -> Iterator[tuple[int, Iterator[str]]]:
    """The words worth putting right, with the length from which a slip of the pen is told from another word."""
    named = [g for g in load("impairments")["groups"] if g["weight"] == 3]
    yield 7, (fold_word(word) for group in named for word in group["says"] if word.isalpha())
    yield 6, iter(folded_words("spelling", "keywords"))
    yield 8, map(fold_word, load("trades")["trades"])
    yield 9, map(fold_word, load("workplaces")["places"])
    yield 9, (fold_word(word) for name, others in load("aids")["aids"].items() for word in (name, *others))


def _all_words() -> Iterator[str]:
    for _, found in _target_words():
        yield from found
    yield from _strings(list(load("municipalities")["municipalities"]))
    for name in ("people", "work_anchors", "hours", "age", "grammar", "degree", "graduation"):
        yield from _strings(load(name))
    for name in ("work", "training", "aids", "other", "impairment", "person"):
        for signal in load(f"signals_{name}")["signals"]:
            yield from _strings(signal["says"])
        for group in load("impairments")["groups"]:
            yield from _strings(group["says"])
    yield from _strings(load("impairments")["classes"])


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        for part in data.replace("/", " ").split():
            yield fold_word(part.strip("*?$~"))
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _strings(value)


def corrected(folded: Folded) -> Folded:
    """The folded text with key words spelled as in the lexicons."""
    tokens = words(folded.norm)
    changes: list[tuple[int, int, str]] = []
    i = 0
    while i < len(tokens):
        joined = _joined(folded.norm, tokens, i)
        if joined is not None:
            word, size = joined
            changes.append((tokens[i].start, tokens[i + size - 1].end, word))
            i += size
            continue
        better = _slips().get(tokens[i].text) or _put_right(tokens[i].text)
        if better is not None:
            changes.append((tokens[i].start, tokens[i].end, better))
        i += 1
    return _rewritten(folded, changes) if changes else folded


def _joined(norm: str, tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """Two or three words that are one word of the lexicons when written together."""
    vocabulary = _vocabulary()
    if tokens[i].text in folded_words("spelling", "never_first"):
        return None
    for size in (3, 2):
        parts = tokens[i : i + size]
        if len(parts) < size or len(parts[-1].text) <= 3 and parts[-1].text in folded_words("spelling", "never_first"):
            continue
        if any(
            norm[a.end : b.start] not in (" ", "-/", "/", "/-", "-", "- ")
            for a, b in zip(parts, parts[1:], strict=False)
        ):
            continue
        together = "".join(_bare(part.text) for part in parts)
        if len(together) < _JOINED or not together.isalpha():
            continue
        for form in _forms(together):
            if form in vocabulary.targets:
                return vocabulary.targets[form] + together[len(form) :], size
        if (
            size == 2
            and min(len(part.text) for part in parts) > 2
            and not all(part.text in vocabulary.known for part in parts)
        ):
            close = _closest(together, 1) if len(together) >= _JOINED + 1 else None
            if close is not None:
                return close, size
    return None


def _put_right(word: str) -> str | None:
    """A misspelt key word as it should be; None if it is right, short or not like one."""
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    known = _vocabulary().known
    if any(form in known or form in _vocabulary().targets for form in _forms(word)):
        return None
    return _closest(word, 2 if len(word) >= _LONG else 1)


def _closest(word: str, distance: int) -> str | None:
    """The one word of the lexicons so near, with the same first letter."""
    best: dict[str, int] = {}
    for target in _vocabulary().fuzzy.get(word[0], ()):
        if abs(len(target) - len(word)) > distance or target.startswith(word) or word.startswith(target):
            continue
        found = OSA.distance(word, target, score_cutoff=distance)
        if found <= distance:
            best[target] = found
    nearest = [target for target, found in best.items() if found == min(best.values())]
    return nearest[0] if len(nearest) == 1 else None


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            yield word.removesuffix(ending)


def _rewritten(folded: Folded, changes: Sequence[tuple[int, int, str]]) -> Folded:
    norm: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for start, end, word in changes:
        norm.append(folded.norm[position:start] + word)
        starts.extend(folded.starts[position:start])
        ends.extend(folded.ends[position:start])
        starts.extend([folded.starts[start]] * len(word))
        ends.extend([folded.ends[end - 1]] * len(word))
        position = end
    norm.append(folded.norm[position:])
    return Folded("".join(norm), (*starts, *folded.starts[position:]), (*ends, *folded.ends[position:]))
