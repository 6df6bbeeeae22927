"""Numbers in a message: digits and Danish numerals in all their spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from assistant.understanding.lexicon import load
from assistant.understanding.text import Token, fold_word

_DIGITS = re.compile(r"(?<![\w.,/-])(\d{1,4})(?:[.,](\d{1,2}))?( ?½| 1/2)?(?![\d/]|[.,]\d)")
_OWN_ID = re.compile(r"\b\d{6}[ .]?-?[ .]?\d{4}\b|\b\d{2}(?: ?\d{2}){3}\b")
_FUZZY_LENGTH = 9
_YEAR_ENDINGS = ("årig", "årige", "årigt")


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
    teens: dict[str, int]
    tens: dict[str, int]
    words: dict[str, float]
    long_words: tuple[str, ...]


@lru_cache(maxsize=1)
def _numerals() -> _Numerals:
    data = load("numerals")
    units, teens, tens = (
        {fold_word(word): value for value, words in data[part].items() for word in words}
        for part in ("units", "teens", "tens")
    )
    known: dict[str, float] = {**units, **teens, **tens}
    for unit, small in units.items():
        for ten, large in tens.items():
            for joint in ("og", "å", "o", "-og-"):
                known[f"{unit}{joint}{ten}"] = small + large
    known.update({fold_word(word): 100 for word in data["hundred"]})
    known.update({word: value for value, words in data["halves"].items() for word in words if " " not in word})
    return _Numerals(units, teens, tens, known, tuple(w for w in known if len(w) >= _FUZZY_LENGTH and "og" in w))


def word_value(word: str) -> float | None:
    """The number that one word names; a long numeral may have one letter wrong."""
    numerals = _numerals()
    value = numerals.words.get(word)
    if value is None and word.endswith(_YEAR_ENDINGS):
        return word_value(word[: word.rindex("årig")])
    if value is None and len(word) >= _FUZZY_LENGTH and "og" in word:
        close = [w for w in numerals.long_words if OSA.distance(word, w, score_cutoff=1) <= 1]
        values = {numerals.words[w] for w in close}
        value = values.pop() if len(values) == 1 else None
    return value


def find_numbers(norm: str, tokens: Sequence[Token]) -> tuple[NumberMention, ...]:
    """All numbers of a folded text, in order; those of a CPR or phone number left out."""
    hidden = [(m.start(), m.end()) for m in _OWN_ID.finditer(norm)]
    found = [
        n for n in [*_digits(norm), *_words(norm, tokens)] if not any(start <= n.start < end for start, end in hidden)
    ]
    return _with_ranges(norm, sorted(found, key=lambda n: n.start))


def _digits(norm: str) -> list[NumberMention]:
    found: list[NumberMention] = []
    for match in _DIGITS.finditer(norm):
        if match.group(2) and len(match.group(2)) == 2 and "." in match.group():
            continue
        value = float(f"{match.group(1)}.{match.group(2) or 0}") + (0.5 if match.group(3) else 0)
        found.append(NumberMention(value, match.start(), match.end()))
    return found


def _words(norm: str, tokens: Sequence[Token]) -> list[NumberMention]:
    found: list[NumberMention] = []
    i = 0
    while i < len(tokens):
        value, used = _numeral_at(norm, tokens, i)
        if value is None:
            i += 1
            continue
        article = used == 1 and value == 1
        last = tokens[i + used - 1]
        end = last.start + last.text.rindex("årig") if last.text.endswith(_YEAR_ENDINGS) else last.end
        found.append(NumberMention(value, tokens[i].start, end, article))
        i += used
    return found


def _numeral_at(norm: str, tokens: Sequence[Token], i: int) -> tuple[float | None, int]:
    numerals = _numerals()
    texts = [token.text for token in tokens[i : i + 6]]
    value = word_value(texts[0])
    used = 1
    joined = _joined(norm, tokens, i)
    if texts[0] in numerals.units and joined >= 3 and texts[1] == "og" and texts[2] in numerals.tens:
        value, used = numerals.units[texts[0]] + numerals.tens[texts[2]], 3
    elif texts[0] in numerals.units and joined >= 2 and texts[1].startswith("og") and texts[1][2:] in numerals.tens:
        value, used = numerals.units[texts[0]] + numerals.tens[texts[1][2:]], 2
    elif (
        len(texts[0]) > 3
        and texts[0].endswith("og")
        and texts[0][:-2] in numerals.units
        and joined >= 2
        and texts[1] in numerals.tens
    ):
        value, used = numerals.units[texts[0][:-2]] + numerals.tens[texts[1]], 2
    if value == 1 and joined >= 2 and texts[1] in ("halvt", "halv"):
        return 0.5, 2
    if (
        value is None
        and texts[0].isdigit()
        and joined >= 3
        and texts[1] in ("en", "et")
        and texts[2] in ("halvt", "halv")
    ):
        return float(texts[0]) + 0.5, 3
    if value is not None and value > 1:
        used = _with_half(texts, used, joined)
        value += 0.5 if used > 1 and texts[used - 1] in ("halvt", "halv") else 0
    return value, used


def _with_half(texts: Sequence[str], used: int, joined: int) -> int:
    rest = texts[used:joined]
    if rest[:2] in (["et", "halvt"], ["en", "halv"]):
        return used + 2
    if rest[:3] in (["og", "et", "halvt"], ["og", "en", "halv"]):
        return used + 3
    return used


def _joined(norm: str, tokens: Sequence[Token], i: int) -> int:
    """How many words from i on stand with only a space or hyphen between."""
    count = 1
    while i + count < min(len(tokens), i + 6):
        if norm[tokens[i + count - 1].end : tokens[i + count].start] not in (" ", "-", " - "):
            break
        count += 1
    return count


def _with_ranges(norm: str, found: Sequence[NumberMention]) -> tuple[NumberMention, ...]:
    """Mark the ends of a range ("15-20", "mellem 15 og 20"): neither is the number meant."""
    ranged: set[int] = set()
    kept: list[NumberMention] = []
    for number in found:
        if kept and kept[-1].end > number.start:
            if number.end > kept[-1].end:
                kept[-1] = number
            continue
        kept.append(number)
    for i, (one, other) in enumerate(zip(kept, kept[1:], strict=False)):
        between = norm[one.end : other.start]
        before = norm[max(0, one.start - 7) : one.start]
        if (between.strip() in ("-", "til", "eller", "/") and "fra " not in before[-4:]) or (
            between.strip() == "og" and before.endswith("mellem ")
        ):
            ranged.update((i, i + 1))
    return tuple(NumberMention(n.value, n.start, n.end, n.is_article, in_range=i in ranged) for i, n in enumerate(kept))
