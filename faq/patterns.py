"""The small language of the lexicon: what an editor writes as a way of saying something, and how it is found.

hjælper              the word in any inflection        =hjælper     exactly this form
assistent*           begins so                          *tolk        ends so
hvor lang tid        these words, at most three others between each pair
hvor_længe           these words side by side
en|nogen hjælpe      one or the other
<job>                any word of the word group "job"   <tal>        any number
betale & kommune     both in the sentence, in any order
stol -kørestol       the first, unless the second stands in the sentence
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from faq.text import fold
from faq.words import Token

_GAP = 3
_LETTERS = re.compile(r"[^\W_]+|§|%")
_NUMBER = "<tal>"


class PatternError(ValueError):
    """A line of the lexicon that cannot be read, with what to write instead."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of saying something: chains of (slot, side by side?) that must stand, and slots that must not."""

    meaning: str
    chains: tuple[tuple[tuple[int, bool], ...], ...]
    without: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A meaning recognised in a sentence, and the places of the words that say it."""

    meaning: str
    places: tuple[int, ...]


def pattern_words(text: str, groups: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The whole words a pattern is made of, for the vocabulary."""
    bare = re.sub(r"<[^>]*>", " ", text)
    pieces = re.split(r"[\s|&_]+", bare)
    return tuple(w for piece in pieces if "*" not in piece for w in _LETTERS.findall(piece.lstrip("=-").casefold()))


class Phrasebook:
    """All patterns of a lexicon, indexed so that a sentence only meets those it could match."""

    def __init__(self, groups: Mapping[str, Sequence[str]], key: Callable[[str], str]) -> None:
        self._groups = groups
        self._key = key
        self._slots: dict[str, int] = {}
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._by_surface: dict[str, set[int]] = defaultdict(set)
        self._by_start: dict[str, set[int]] = defaultdict(set)
        self._by_end: dict[str, set[int]] = defaultdict(set)
        self._numbers: set[int] = set()
        self._patterns: list[Pattern] = []
        self._index: dict[int, list[Pattern]] = {}
        self._cache: dict[Token, frozenset[int]] = {}

    def add(self, meaning: str, text: str) -> None:
        """Take in one pattern."""
        kept: list[str] = []
        without: list[str] = []
        for part in text.casefold().split():
            (without if part.startswith("-") and len(part) > 1 else kept).append(part)
        chains: list[list[tuple[int, bool]]] = [[]]
        for part in kept:
            if part == "&":
                chains.append([])
                continue
            for at, piece in enumerate(part.split("_")):
                chains[-1].append((self._slot(piece, text), at > 0))
        if not all(chains):
            raise PatternError(f"»{text}« mangler ord på den ene side af &; skriv ord på begge sider")
        self._patterns.append(
            Pattern(meaning, tuple(map(tuple, chains)), tuple(self._slot(part[1:], text) for part in without))
        )

    def ready(self) -> "Phrasebook":
        """Index each pattern under its rarest slot; call once after the last `add`."""
        used: dict[int, int] = defaultdict(int)
        for pattern in self._patterns:
            for slot in {slot for chain in pattern.chains for slot, _ in chain}:
                used[slot] += 1
        index: dict[int, list[Pattern]] = defaultdict(list)
        for pattern in self._patterns:
            index[min((slot for chain in pattern.chains for slot, _ in chain), key=used.__getitem__)].append(pattern)
        self._index = dict(index)
        return self

    def find(self, tokens: Sequence[Token]) -> tuple[Found, ...]:
        """Every meaning said in one sentence."""
        places: dict[int, list[int]] = defaultdict(list)
        for at, token in enumerate(tokens):
            for slot in self._slots_of(token):
                places[slot].append(at)
        found = []
        for slot in places:
            for pattern in self._index.get(slot, ()):
                where = _match(pattern, places)
                if where:
                    found.append(Found(pattern.meaning, where))
        return tuple(found)

    def _slots_of(self, token: Token) -> frozenset[int]:
        slots = self._cache.get(token)
        if slots is None:
            slots = frozenset(self._look_up(token))
            if len(self._cache) < 20_000:
                self._cache[token] = slots
        return slots

    def _look_up(self, token: Token) -> Iterable[int]:
        for key in (token.key, *token.parts):
            yield from self._by_key.get(key, ())
        word = token.surface
        yield from self._by_surface.get(word, ())
        for cut in range(2, len(word) + 1):
            yield from self._by_start.get(word[:cut], ())
            yield from self._by_end.get(word[-cut:], ())
        if word.isdigit():
            yield from self._numbers

    def _slot(self, piece: str, text: str) -> int:
        slot = self._slots.get(piece)
        if slot is None:
            slot = self._slots[piece] = len(self._slots)
            for way in piece.split("|"):
                self._index_way(way, slot, text)
        return slot

    def _index_way(self, way: str, slot: int, text: str) -> None:
        if way == _NUMBER:
            self._numbers.add(slot)
        elif way.startswith("<") and way.endswith(">"):
            if way[1:-1] not in self._groups:
                raise PatternError(f"»{text}« bruger ordgruppen {way}, som ikke findes; opret den i ord.yaml")
            for word in self._groups[way[1:-1]]:
                self._index_way(word.casefold(), slot, text)
        elif not _LETTERS.search(way):
            raise PatternError(f"»{text}« har en tom plads; fjern den løse streg eller underscore")
        elif way.endswith("*"):
            self._by_start[fold(way[:-1])].add(slot)
        elif way.startswith("*"):
            self._by_end[fold(way[1:])].add(slot)
        elif way.startswith("="):
            self._by_surface[fold(way[1:])].add(slot)
        else:
            self._by_key[self._key(way)].add(slot)


def _match(pattern: Pattern, places: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    """The places of a pattern's words, or nothing where it does not stand."""
    if any(places.get(slot) for slot in pattern.without):
        return ()
    where: list[int] = []
    for chain in pattern.chains:
        part = _match_chain(chain, places)
        if not part:
            return ()
        where += part
    return tuple(where)


def _match_chain(chain: Sequence[tuple[int, bool]], places: Mapping[int, Sequence[int]]) -> tuple[int, ...]:
    paths: list[tuple[int, ...]] = [(at,) for at in places.get(chain[0][0], ())]
    for slot, tight in chain[1:]:
        reach = 1 if tight else _GAP
        spots = places.get(slot, ())
        paths = [(*path, at) for path in paths for at in spots if 0 < at - path[-1] <= reach]
        if not paths:
            return ()
        paths = paths[:8]
    return paths[0] if paths else ()
