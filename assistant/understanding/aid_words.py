"""The words for aids, and where one stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.folding import fold_word
from assistant.understanding.inflection import base_forms
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Message

_LONGEST_NAME = 3
_REACH = 7
_SHORTEST_THING = 4


@dataclass(frozen=True, slots=True)
class Aid:
    """A named aid, or (name None) the mere word for one."""

    name: str | None
    start: int
    end: int


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    aids = load("aids")["aids"]
    return {fold_word(word): name for name, others in aids.items() for word in (name, *others)}


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """The first words of names of more than one word."""
    return frozenset(name.split(" ")[0] for name in _names() if " " in name)


@lru_cache(maxsize=1)
def _suffixes() -> tuple[str, ...]:
    return tuple(folded_words("aids", "suffixes"))


def aid_at(message: Message, i: int, *, plain_too: bool = True) -> Aid | None:
    """An aid named at a word: known by its name, or by the end of a compound; `plain_too` takes "bil" and "telefon"."""
    tokens = message.tokens
    longest = _LONGEST_NAME if tokens[i].text in _first_words() else 1
    for size in range(min(longest, len(tokens) - i), 0, -1):
        text = message.norm[tokens[i].start : tokens[i + size - 1].end]
        form = next((form for form in base_forms(text) if form in _names()), None)
        if form is not None and (plain_too or form not in folded_words("aids", "only_when_needed")):
            return Aid(_names()[form], tokens[i].start, tokens[i + size - 1].end)
    word = tokens[i]
    if word.text in folded_words("aids", "unnamed"):
        return Aid(None, word.start, word.end)
    if not any(suffix in word.text for suffix in _suffixes()):
        return None
    never = folded_words("aids", "not_an_aid")
    forms = (form for form in base_forms(word.text) if form not in never)
    compound = next((f for f in forms for s in _suffixes() if f.endswith(s) and len(f) > len(s) + 2), None)
    return Aid(compound, word.start, word.end) if compound else None


def aid_after(message: Message, end: int, reach: int = _REACH) -> Aid | None:
    """The first aid named after a word of need, before the clause turns elsewhere."""
    first, limit = message.index_after(end), message.sentence_at(end - 1).end
    for i in range(first, min(len(message.tokens), first + reach)):
        token = message.tokens[i]
        if token.start >= limit or _turns(message, i, first):
            return None
        aid = aid_at(message, i) or _special_at(message, i, first)
        if aid is not None:
            return aid
    return None


def _special_at(message: Message, i: int, first: int) -> Aid | None:
    """An unknown thing that is "særlig" or "elektrisk"."""
    token, special = message.tokens[i], folded_words("aids", "special")
    described = i - first > 1 and message.word(i - 1) in special and token.text not in special
    if not described or len(token.text) < _SHORTEST_THING or not token.text.isalpha():
        return None
    if token.text in folded_words("aids", "no_aid_though_special"):
        return None
    return Aid(token.text, token.start, token.end)


def _turns(message: Message, i: int, first: int) -> bool:
    word = message.word(i)
    if word in folded_words("aids", "persons") or word in folded_words("aids", "stops"):
        return True
    if i == first:
        return False
    # In "en bedre, højere stol" the comma stays within one thing.
    one_thing = any(aid_at(message, j) for j in range(i, min(i + 2, len(message.tokens))))
    return word in folded_words("aids", "later_stops") or (message.comma_before(i) and not one_thing)


def named_before(message: Message, i: int, reach: int, *, plain_too: bool = True) -> Aid | None:
    """The last aid with a name among the words before an index."""
    found = (aid_at(message, j, plain_too=plain_too) for j in range(i - 1, max(-1, i - 1 - reach), -1))
    return next((aid for aid in found if aid is not None and aid.name), None)
