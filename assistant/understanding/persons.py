"""The persons a message brings in: "min søn", "vores medarbejder", "en kvinde på 36"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.text import Token

SELF, WE, NOBODY, BYSTANDER, FIRST_OTHER = 0, 1, 2, 3, 4
_KINDS = ("clients", "trainees", "employed", "bystanders", "relatives")
_DETERMINER_REACH = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Another person in the message."""

    number: int
    noun: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _People:
    sets: dict[str, frozenset[str]]
    kinds: dict[str, str]
    trades: frozenset[str]
    posts: tuple[str, ...]


@lru_cache(maxsize=1)
def people() -> _People:
    """The lexicon of persons: its lists by name, and the kind of person each noun names."""
    sets = {name: frozenset(fold_word(word) for word in words) for name, words in load("people").items()}
    kinds = {word: kind for kind in _KINDS for word in sets[kind]}
    trades = frozenset(map(fold_word, load("trades")["trades"])) - kinds.keys()
    return _People(sets, kinds, trades, tuple(folded_words("trades", "suffixes")))


def person_at(tokens: Sequence[Token], i: int, first: int, number: int) -> Person | None:
    """The person that a noun with its determiner brings in."""
    lexicon, noun = people(), tokens[i].text
    kind = lexicon.kinds.get(noun)
    if kind is None and not _works(noun):
        return None
    lead = _determiner_before(tokens, i, first)
    if lead is None:
        return None
    determiner = tokens[lead].text
    before = tokens[lead - 1].text if lead > first else ""
    earlier = tokens[lead - 2].text if lead - 1 > first else ""
    ours = determiner in lexicon.sets["ours"] and kind in (None, "bystanders")
    hired = before in lexicon.sets["hiring"] and kind in ("clients", "relatives")
    if ours or hired:
        kind = "employed"
    if kind is None or not _is_introduced(tokens, i, determiner, before, earlier, kind):
        return None
    return Person(number, noun, tokens[lead].start, tokens[i].end, kind)


def _works(noun: str) -> bool:
    """Whether a noun names a post: "vores produktionsleder", "en af vores projektledere"."""
    return any(form in people().trades or form.endswith(people().posts) for form in (noun, noun.removesuffix("e")))


def _determiner_before(tokens: Sequence[Token], i: int, first: int) -> int | None:
    """The determiner before a noun, with only adjectives between."""
    sets = people().sets
    for j in range(i - 1, max(first, i - 1 - _DETERMINER_REACH) - 1, -1):
        if tokens[j].text in sets["determiners"]:
            return j
        if tokens[j].text in sets["prepositions"] or tokens[j].text in ("som", "der", "at", "og"):
            return None
    return None


def _is_introduced(tokens: Sequence[Token], i: int, determiner: str, before: str, earlier: str, kind: str) -> bool:
    """Tell "vi har en ansat på 36" from the writer ("jeg er en kvinde på 36") and from anybody ("kan en ansat …")."""
    sets = people().sets
    if determiner in sets["articles"]:
        if before in ("er", "som") and earlier in ("jeg", "selv", "er", ""):
            return False
        after = tokens[i + 1].text if i + 1 < len(tokens) else ""
        presented = after in sets["presented_after"] or before in sets["presented_before"]
        return presented or kind not in ("employed", "clients", "trainees")
    return kind == "relatives" or determiner not in sets["counting"]


def person_follows(tokens: Sequence[Token], i: int, last: int) -> bool:
    """Whether a noun for a person follows a determiner within three words, with no verb between."""
    lexicon = people()
    ours = tokens[i].text in lexicon.sets["ours"]
    for j in range(i + 1, min(i + 1 + _DETERMINER_REACH, last + 1)):
        word = tokens[j].text
        if word in lexicon.kinds or (ours and _works(word)):
            return True
        if word in lexicon.sets["finite_verbs"]:
            return False
    return False
