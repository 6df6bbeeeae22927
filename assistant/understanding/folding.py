"""One spelling for a citizen's text (lower case, one form of æ, ø and å, plain marks), with the way back to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_PAIRS = {"aa": "å", "ae": "æ", "oe": "ø"}
_LETTERS = {"ä": "æ", "ö": "ø", "é": "e", "è": "e", "ê": "e", "á": "a", "à": "a", "ó": "o", "ü": "y", "í": "i"}
_MARKS = {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "»": '"', "«": '"'}
_DASHES = dict.fromkeys("–—‐‑−", "-")
_PLAIN = str.maketrans(_LETTERS | _MARKS | _DASHES)
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_LINE_ENDS = frozenset("\n\r\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts[i]` and `ends[i]` say where its character i stands in the original."""

    norm: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span behind a span of the folded text."""
        return self.starts[start], self.ends[end - 1]


def fold_word(word: str) -> str:
    """A word of a lexicon, spelled as the folded text spells it."""
    return fold(word).norm


def fold(raw: str) -> Folded:
    """Fold a text; every step keeps the offsets."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for char, start, end in _composed(raw):
        if char in _INVISIBLE:
            continue
        if char.isspace():
            space = "\n" if char in _LINE_ENDS else " "
            if chars and chars[-1] in " \n":
                chars[-1] = max(space, chars[-1], key=" \n".index)
                continue
            char_out = space
        else:
            char_out = char
        pair = _PAIRS.get(chars[-1] + char_out) if chars else None
        if pair:
            chars[-1], ends[-1] = pair, end
            continue
        chars.append(char_out)
        starts.append(start)
        ends.append(end)
    return Folded("".join(chars), tuple(starts), tuple(ends))


def _composed(raw: str) -> Iterator[tuple[str, int, int]]:
    """Each character with its combining marks as one plain lower-case character."""
    if raw.isascii():
        yield from ((char.lower().translate(_PLAIN), i, i + 1) for i, char in enumerate(raw))
        return
    i, size = 0, len(raw)
    while i < size:
        j = i + 1
        while j < size and unicodedata.combining(raw[j]):
            j += 1
        one = raw[i] if j == i + 1 else unicodedata.normalize("NFC", raw[i:j])[:1]
        # Some capitals become two characters in lower case; offsets need just one.
        yield (one.lower()[:1] or one).translate(_PLAIN), i, j
        i = j
