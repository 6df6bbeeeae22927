"""Danish words: the base form that spellings share, the parts of compounds, and repair of split and misspelt words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import simplemma
from rapidfuzz import process
from rapidfuzz.distance import OSA

from faq.text import fold, unfoldings

_CACHE = 20_000
_SHORTEST_REPAIR = 4
_SHORTEST_JOIN = 6
_LONGEST_JOIN = 4
_LONG_COMPOUND = 12  # so long a word with one slip is hardly two words
_PREFIX = 7


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a message: as written (folded), its key (shared base form) and the keys of its parts."""

    surface: str
    key: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordData:
    """What an editor can say about words: everyday spellings, base forms, small words."""

    spellings: Mapping[str, str] = field(default_factory=dict)
    base_forms: Mapping[str, str] = field(default_factory=dict)
    function_words: frozenset[str] = frozenset()


@lru_cache(maxsize=_CACHE)
def in_dictionary(word: str) -> bool:
    """Whether the word, as written, is a Danish dictionary word or one of its forms."""
    return word.isdigit() or simplemma.is_known(word, lang="da")


@lru_cache(maxsize=_CACHE)
def unfolded(word: str) -> str:
    """The word with æ, ø and å put back where only that gives a dictionary word."""
    if in_dictionary(word):
        return word
    return next((way for way in unfoldings(word) if in_dictionary(way)), word)


@lru_cache(maxsize=_CACHE)
def _lemma(word: str) -> str:
    return simplemma.lemmatize(unfolded(word), lang="da").casefold()


def _without_final_e(word: str) -> str:
    """Nouns and verbs of one root share a key: hjælp/hjælpe, støtte/støt."""
    return word[:-1] if len(word) > 4 and word.endswith("e") and not word.endswith("ee") else word


class Words:
    """The words this guide knows, and how to read a message in them."""

    def __init__(self, data: WordData, lexicon_words: Iterable[str], corpus_words: Iterable[str] = ()) -> None:
        self._data = data
        self._base = {fold(word): fold(base) for word, base in data.base_forms.items()}
        self._spellings = {fold(word): tuple(fold(w) for w in out.split()) for word, out in data.spellings.items()}
        self._function = frozenset(map(fold, data.function_words))
        self._whole = frozenset(self.key(word) for word in lexicon_words)
        surfaces = {fold(word) for word in (*lexicon_words, *corpus_words)}
        self._vocabulary = frozenset(surfaces | self._whole)
        self._repairs = sorted(
            word for word in self._vocabulary if len(word) >= _SHORTEST_REPAIR and not word.isdigit()
        )
        self._joins = frozenset(word for word in self._vocabulary if len(word) >= _SHORTEST_JOIN)
        self._join_starts = frozenset(word[:_PREFIX] for word in self._joins)
        self._cache: dict[str, Token] = {}

    @property
    def function_words(self) -> frozenset[str]:
        """Small words that carry no meaning of their own, folded."""
        return self._function

    def key(self, word: str) -> str:
        """The base form under which all spellings and inflections of a word meet."""
        folded = fold(word)
        base = self._base.get(folded)
        if base is not None:
            return base
        lemma = fold(_lemma(word))
        return _without_final_e(self._base.get(lemma, lemma))

    def knows(self, word: str) -> bool:
        """Whether a word needs no repair."""
        return fold(word) in self._vocabulary or in_dictionary(unfolded(word))

    def read(self, written: Collection[str]) -> tuple[Token, ...]:
        """The tokens of one sentence: everyday spellings read, split compounds joined, typos repaired."""
        return tuple(token for token, _ in self.read_with_source(written))

    def read_with_source(self, written: Collection[str]) -> tuple[tuple[Token, str], ...]:
        """The same, each token with the word or words it was read from, as they were written."""
        flat = [(part, word) for word in written for part in self._spellings.get(fold(word), (word,))]
        pieces = [part for part, _ in flat]
        tokens: list[tuple[Token, str]] = []
        at = 0
        while at < len(flat):
            width, word = self._joined(pieces, at)
            source = " ".join(dict.fromkeys(original for _, original in flat[at : at + width]))
            tokens.append((self._token(word), source))
            at += width
        return tuple(tokens)

    def _joined(self, flat: list[str], at: int) -> tuple[int, str]:
        """How many words from here are one compound written apart, and that compound."""
        for width in range(min(_LONGEST_JOIN, len(flat) - at), 1, -1):
            pieces = flat[at : at + width]
            whole = fold("".join(pieces))
            if whole[:_PREFIX] not in self._join_starts:
                continue
            rest = fold("".join(pieces[1:]))
            if fold(pieces[0]) in self._function and (rest in self._vocabulary or self.key(rest) in self._vocabulary):
                continue
            if whole in self._joins or self.key(whole) in self._joins:
                return width, whole
        for width in (3, 2):
            pieces = flat[at : at + width]
            if len(pieces) == width and not all(self.knows(piece) for piece in pieces):
                whole = fold("".join(pieces))
                found = self._nearest(whole, 0.87) if len(whole) >= _SHORTEST_JOIN + 2 else None
                long = len(whole) >= _LONG_COMPOUND and self._nearest(whole, 0.92)
                if found and (long or not any(self._near_itself(piece) for piece in pieces)):
                    return width, found
        return 1, flat[at]

    def _near_itself(self, piece: str) -> bool:
        return len(piece) > 5 and (self.knows(piece) or self._nearest(fold(piece), 0.8) is not None)

    def _nearest(self, folded: str, cutoff: float) -> str | None:
        found = process.extractOne(folded, self._repairs, scorer=OSA.normalized_similarity, score_cutoff=cutoff)
        return found[0] if found else None

    def _token(self, word: str) -> Token:
        token = self._cache.get(word)
        if token is None:
            token = self._make_token(word)
            if len(self._cache) < _CACHE:
                self._cache[word] = token
        return token

    def _make_token(self, word: str) -> Token:
        folded = fold(word)
        if not self.knows(word) and len(folded) >= _SHORTEST_REPAIR:
            parts = self._parts(folded)
            if not parts:
                cutoff = 0.74 if len(folded) < 6 else 0.78
                folded = self._nearest(folded, cutoff) or folded
        key = self.key(word) if folded == fold(word) else self.key(folded)
        return Token(folded, key, () if key in self._whole else self._parts(folded))

    def _parts(self, folded: str) -> tuple[str, ...]:
        """Keys of the two parts of a compound, where at least one is a word of this guide."""
        best: tuple[int, tuple[str, ...]] = (0, ())
        for cut in range(3, len(folded) - 2):
            head, tail = folded[:cut], folded[cut:]
            for first in (head, head[:-1] if head[-1] in "se" and cut > 4 else ""):
                score = self._part_score(first) + self._part_score(tail) if first else 0
                if score > best[0] and self._part_score(first) and self._part_score(tail):
                    best = (score, (self.key(first), self.key(tail)))
        return best[1] if best[0] >= 10 else ()

    def _part_score(self, part: str) -> int:
        if len(part) < 3:
            return 0
        if part in self._vocabulary or self.key(part) in self._whole:
            return len(part) + 4 * (len(part) > 3)
        return len(part) if in_dictionary(unfolded(part)) else 0
