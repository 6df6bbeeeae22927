"""Split compounds joined and misspelt key words put right, before anything is read.

Only words of the lexicons are ever written in; everyday words are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from assistant.understanding.folding import Folded, fold_word
from assistant.understanding.inflection import base_forms
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.text import Token, words

_SHORTEST, _SHORTEST_JOINED, _SHORTEST_STEM = 6, 7, 4
# From this length on two letters may be wrong.
_LONG = 13
_SEAMS = (" ", "-/", "/", "/-", "-", "- ")
_WORDS_OF = ("people", "work_anchors", "hours", "age", "grammar", "degree", "graduation")
_SIGNALS = ("work", "training", "aids", "other", "impairment", "person")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """`known` are right as they are; `targets` may be written in; `fuzzy` are the targets by first letter."""

    known: frozenset[str]
    targets: dict[str, str]
    fuzzy: dict[str, tuple[str, ...]]
    slips: dict[str, str]


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    groups = [(shortest, list(found)) for shortest, found in _key_words()]
    targets = {_bare(word): word for _, found in groups for word in found if " " not in word}
    fuzzy: dict[str, dict[str, None]] = {}
    for shortest, found in groups:
        for word in found:
            if word.isalpha() and len(word) >= shortest:
                fuzzy.setdefault(word[0], {})[word] = None
    known = folded_words("spelling", "everyday") | targets.keys() | frozenset(_lexicon_words())
    slips = {fold_word(wrong): fold_word(right) for wrong, right in load("spelling")["slips"].items()}
    return _Vocabulary(known, targets, {letter: tuple(found) for letter, found in fuzzy.items()}, slips)


def _bare(word: str) -> str:
    return word.replace("-", "").replace("'", "")


def _key_words() -> Iterator[tuple[int, Iterator[str]]]:
    """The words worth putting right, with the length from which a slip of the pen is told from another word."""
    diagnoses = [word for group in load("impairments")["groups"] if group["weight"] == 3 for word in group["says"]]
    yield 7, (fold_word(word) for word in diagnoses if word.isalpha())
    yield 6, iter(folded_words("spelling", "keywords"))
    yield 8, map(fold_word, load("trades")["trades"])
    yield 9, map(fold_word, load("workplaces")["places"])
    yield 9, (fold_word(word) for name, others in load("aids")["aids"].items() for word in (name, *others))


def _lexicon_words() -> Iterator[str]:
    """Every word of the lexicons: none of them is a misspelling."""
    yield from _strings(list(load("municipalities")["municipalities"]))
    for name in _WORDS_OF:
        yield from _strings(load(name))
    for family in _SIGNALS:
        yield from _strings([signal["says"] for signal in load(f"signals_{family}")["signals"]])
    yield from _strings([group["says"] for group in load("impairments")["groups"]])
    yield from _strings(load("impairments")["classes"])


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield from (fold_word(part.strip("*?$~")) for part in data.replace("/", " ").split())
    elif isinstance(data, dict):
        yield from _strings(list(data.values()))
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def corrected(folded: Folded) -> Folded:
    """The folded text with key words spelled as in the lexicons."""
    tokens = words(folded.norm)
    changes: list[tuple[int, int, str]] = []
    i = 0
    while i < len(tokens):
        word, size = _joined(folded.norm, tokens, i) or (_put_right(tokens[i].text), 1)
        if word is not None:
            changes.append((tokens[i].start, tokens[i + size - 1].end, word))
        i += size
    return _rewritten(folded, changes) if changes else folded


def _joined(norm: str, tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """Two or three words that are one word of the lexicons when written together."""
    apart = folded_words("spelling", "never_first")
    if tokens[i].text in apart:
        return None
    for size in (3, 2):
        parts = tokens[i : i + size]
        if len(parts) < size or (len(parts[-1].text) <= 3 and parts[-1].text in apart):
            continue
        if any(norm[one.end : other.start] not in _SEAMS for one, other in pairwise(parts)):
            continue
        word = _one_word([part.text for part in parts])
        if word is not None:
            return word, size
    return None


def _one_word(parts: Sequence[str]) -> str | None:
    vocabulary = _vocabulary()
    together = _bare("".join(parts))
    if len(together) < _SHORTEST_JOINED or not together.isalpha():
        return None
    if together in folded_words("spelling", "never_joined"):
        return None
    form = next((form for form in base_forms(together, _SHORTEST_STEM) if form in vocabulary.targets), None)
    if form is not None:
        return vocabulary.targets[form] + (together[len(form) :] if together.startswith(form) else "")
    misspelt = len(parts) == 2 and min(map(len, parts)) > 2 and not all(part in vocabulary.known for part in parts)
    return _closest(together, 1) if misspelt and len(together) > _SHORTEST_JOINED else None


def _put_right(word: str) -> str | None:
    """A misspelt key word as it should be; None if it is right, short or not like one."""
    vocabulary = _vocabulary()
    if word in vocabulary.slips:
        return vocabulary.slips[word]
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    if any(form in vocabulary.known for form in base_forms(word, _SHORTEST_STEM)):
        return None
    return _closest(word, 2 if len(word) >= _LONG else 1)


def _closest(word: str, distance: int) -> str | None:
    """The one word of the lexicons so near, with the same first letter; an ending more or less is no slip."""
    found: dict[str, int] = {}
    for target in _vocabulary().fuzzy.get(word[0], ()):
        if abs(len(target) - len(word)) > distance or target.startswith(word) or word.startswith(target):
            continue
        far = OSA.distance(word, target, score_cutoff=distance)
        if far <= distance:
            found[target] = far
    nearest = [target for target, far in found.items() if far == min(found.values())]
    return nearest[0] if len(nearest) == 1 else None


def _rewritten(folded: Folded, changes: Sequence[tuple[int, int, str]]) -> Folded:
    """The text with words replaced; each new character points to the whole word it replaces."""
    norm: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for start, end, word in (*changes, (len(folded.norm), len(folded.norm), "")):
        norm.append(folded.norm[position:start] + word)
        starts.extend(folded.starts[position:start])
        ends.extend(folded.ends[position:start])
        if word:
            starts.extend([folded.starts[start]] * len(word))
            ends.extend([folded.ends[end - 1]] * len(word))
        position = end
    return Folded("".join(norm), tuple(starts), tuple(ends))
