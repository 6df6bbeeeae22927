"""Workplaces and employers: the branch a place names, and whether it is public or private."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.folding import fold_word
from assistant.understanding.inflection import base_forms
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Message
from assistant.understanding.trades import branch_of_trade, is_specific, is_trade, leads_to_trade

_REACH = 6
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works: the branch it names (or none) and the kind of employer it tells (or none)."""

    branch: str | None
    sector: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Places:
    branches: dict[str, str]
    suffixes: tuple[str, ...]
    dropped: tuple[str, ...]
    kept_whole: frozenset[str]
    silent: frozenset[str]
    public_suffixes: tuple[str, ...]


@lru_cache(maxsize=1)
def _places() -> _Places:
    data = load("workplaces")
    branches = {fold_word(word): word for word in data["places"]}
    branches.update({fold_word(word): branch for word, branch in data["named_otherwise"].items()})
    towns = frozenset(map(fold_word, load("municipalities")["municipalities"]))
    return _Places(
        branches,
        tuple(sorted(folded_words("workplaces", "suffixes"), key=len, reverse=True)),
        tuple(map(fold_word, data["dropped_endings"])),
        folded_words("workplaces", "kept_whole"),
        folded_words("workplaces", "no_branch") | towns,
        tuple(folded_words("employers", "public_suffixes")),
    )


def branch_of_place(word: str) -> str | None:
    """The branch that a word for a workplace names, in any inflection."""
    places = _places()
    if word in places.silent or leads_to_trade(word):
        return None
    known = next((places.branches[form] for form in base_forms(word) if form in places.branches), None)
    if known is not None:
        return known
    for ending in places.dropped:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _branch_of_firm(word, ending)
    forms = [form for form in base_forms(word) if form not in places.silent]
    return next((f for f in forms for s in places.suffixes if f.endswith(s) and len(f) > len(s) + 1), None)


def _branch_of_firm(word: str, ending: str) -> str | None:
    """The trade of a firm ("tømrerfirma": tømrer); an unknown firm keeps its whole name."""
    stem = word.removesuffix(ending).rstrip("-")
    for form in (stem, stem.removesuffix("s"), stem.removesuffix("e")):
        branch = _places().branches.get(form) or (branch_of_trade(form) if is_trade(form) else None)
        if branch:
            return branch
    return word if ending in _places().kept_whole and len(stem) > 2 else None


def place_at(message: Message, i: int, *, known_only: bool = False, firm: bool = False) -> tuple[Place | None, int]:
    """A workplace at a word, past its article and adjectives; and where to read on.

    `known_only` takes only the very next word; `firm` wants a place that names a branch.
    """
    tokens = message.tokens
    if i >= len(tokens):
        return None, i
    end = message.sentence_at(tokens[max(i - 1, 0)].start).end
    sector: str | None = None
    for j in range(i, min(len(tokens), i + _REACH)):
        if tokens[j].start >= end or (j > i and (message.comma_before(j) or _ends_phrase(tokens[j].text))):
            break
        sector = sector_of(message, j) or sector
        branch, is_head = _head(message, j, known_only)
        if is_head and not (
            tokens[j].text in folded_words("workplaces", "adjectives") and branch_of_place(message.word(j + 1))
        ):
            if firm and branch is None:
                break
            size = max(company_at(message, j), 1)
            public = message.word(j + 1) in ("kommune", "kommunes")
            return Place(branch, "public" if public else sector, tokens[i].start, tokens[j + size - 1].end), j + size
        if known_only:
            break
    if sector is None:
        return None, i
    return Place(None, sector, tokens[i].start, tokens[min(i + 1, len(tokens) - 1)].end), i + 1


def _ends_phrase(word: str) -> bool:
    anchors = ("prepositions", "stops", "phrase_ends")
    return any(word in folded_words("work_anchors", part) for part in anchors)


def _head(message: Message, j: int, known_only: bool) -> tuple[str | None, bool]:
    """The branch a word names as workplace, and whether it is the noun of the phrase."""
    word = message.word(j)
    branch = branch_of_place(word)
    if branch is not None or company_at(message, j):
        return branch, True
    if word in folded_words("workplaces", "no_branch") and word not in folded_words("workplaces", "not_a_place"):
        return None, True
    if known_only or leads_to_trade(word) or word in folded_words("workplaces", "not_a_place"):
        return None, False
    trade = branch_of_trade(word)
    return (trade, True) if trade and is_specific(word) else (None, False)


def sector_of(message: Message, j: int) -> str | None:
    """Whether a word tells a public or a private employer."""
    word = message.word(j)
    if word in folded_words("employers", "public_words"):
        return "public"
    if any(word.endswith(suffix) and word != suffix for suffix in _places().public_suffixes):
        return "public"
    if word in folded_words("employers", "private_words") or company_at(message, j):
        return "private"
    return None


def company_at(message: Message, j: int) -> int:
    """How many words from here on name a well-known private company."""
    companies = folded_words("employers", "private_companies")
    for size in range(_LONGEST_NAME, 0, -1):
        if j + size <= len(message.tokens):
            text = message.norm[message.tokens[j].start : message.tokens[j + size - 1].end]
            if text in companies or (size == 1 and text.removesuffix("s") in companies):
                return size
    return 0
