"""Find the answers that fit a question in another language, by how people ask for them in that language.

It never answers by itself: a handful of phrasings is enough to offer the likely answers, not to be sure of one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from faq.translations import Wordings

OFFERED = 3
FEWEST_WORDS = 2
LIKE_ENOUGH = 0.3
_WORD = re.compile(r"\w+")
_SAME_LETTER = str.maketrans({"ı": "i", "ى": "ي", "ة": "ه"})
# Arabic writes "the", "and", "with" and "for" in one with the word.
_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل|[وب])(?=[\u0621-\u064a]{3})")
UNKNOWN = 6.0  # what a word that no phrasing has counts against a match
STEM = 5  # letters of a word that are looked at: endings differ, and no language here has its own grammar


class ForeignFinder:
    """The answers of one language. Read-only, so threads can share it."""

    def __init__(self, wordings: Wordings) -> None:
        ways = [(id_, way) for id_, wording in wordings.items() for way in (wording.title, *wording.asked)]
        counts = Counter(stem for _, way in ways for stem in set(_stems(way)))
        # A word that stands in every other question says little; one that stands in few says much.
        self._weight = {stem: math.log(len(ways) / count) + 0.1 for stem, count in counts.items()}
        self._ways = [(id_, self._vector(way)) for id_, way in ways]

    def _vector(self, text: str) -> Mapping[str, float]:
        weights = {stem: self._weight.get(stem, UNKNOWN) for stem in _stems(text)}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {stem: weight / length for stem, weight in weights.items()}

    def find(self, text: str) -> list[tuple[str, float]]:
        """Up to three answers as (id, likeness 0..1), best first; none where nothing is like enough or too little is said."""
        asked = self._vector(text)
        if len(asked) < FEWEST_WORDS:
            return []
        best: dict[str, float] = {}
        for id_, way in self._ways:
            likeness = sum(weight * way[stem] for stem, weight in asked.items() if stem in way)
            best[id_] = max(best.get(id_, 0.0), likeness)
        near = sorted(best.items(), key=lambda item: -item[1])
        return [(id_, likeness) for id_, likeness in near[:OFFERED] if likeness >= LIKE_ENOUGH]


def _stems(text: str) -> list[str]:
    """The beginnings of the words without accents: many type without the letters of their language."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME_LETTER)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return [_ARTICLE.sub("", word)[:STEM] for word in _WORD.findall(bare)]
