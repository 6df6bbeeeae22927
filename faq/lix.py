"""How hard a Danish text is to read, by LIX: words a sentence, plus the percentage of words longer than six letters."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# A sentence ends at a mark before a capital, or with its line; "1. januar" and "f.eks." do not end one.
_END = re.compile(r"[.!?](?=\s+[\"“»(]?[A-ZÆØÅ0-9])(?<!\d\.)|\n+")
LONG = 6


def lix(text: str) -> float:
    """The LIX of a text: about 25 is easy, 45 is hard. A text without words is 0."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in _END.split(text) if _WORD.search(part))
    long_words = sum(len(word) > LONG for word in words)
    return len(words) / sentences + 100 * long_words / len(words)
