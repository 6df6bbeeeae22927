"""How a clause colours its words: denied, only supposed, over, or merely wished for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Message

_CONDITION_REACH = 12
_PAST_REACH = 50
_WISH_REACH = 60
_BEFORE_NOW = re.compile(r"[\w ]{0,30}\b(?:før|tidligere|engang)\b")
_CONTRAST = re.compile(r"\b(?:men|nu)\b")


@dataclass(frozen=True, slots=True)
class _Grammar:
    negations: frozenset[str]
    harmless: frozenset[str]
    stops: frozenset[str]
    reach: int
    causes: frozenset[str]
    persons: frozenset[str]
    wishes: tuple[str, ...]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    return _Grammar(
        folded_words("grammar", "negations"),
        folded_words("grammar", "not_negating_when_followed_by"),
        folded_words("grammar", "negation_stops"),
        int(load("grammar")["negation_reach"]),
        folded_words("grammar", "causes"),
        folded_words("grammar", "persons"),
        tuple(map(fold_word, load("grammar")["wishes"])),
    )


def is_negated(message: Message, start: int) -> bool:
    """Whether a negation reaches the words at a position: "ikke", "hverken … eller", "ingen" before them."""
    grammar = _grammar()
    index = message.token_index(start)
    begin = message.sentence_at(start).start
    if index < len(message.tokens) and message.tokens[index].text in grammar.causes:
        return False
    either = False
    for at in range(index - 1, max(-1, index - 1 - grammar.reach), -1):
        token, following = message.tokens[at], message.tokens[at + 1]
        if token.start < begin or ("," in message.norm[token.end : following.start] and not either):
            return False
        if token.text in grammar.negations and not (token.text == "uden" and index - at > 2):
            return not (index - at > 1 and following.text in grammar.harmless)
        if token.text == "at" and at and message.tokens[at - 1].text == "uden":
            return True
        if token.text in grammar.stops or (token.text == "og" and not either and following.text != "heller"):
            return False
        either = either or token.text == "eller"
    return False


def is_conditional(message: Message, start: int) -> bool:
    """Whether the words stand in a clause of condition ("hvis jeg …", "vente, til jeg …", "om jeg …")."""
    grammar = _grammar()
    conditions = folded_words("grammar", "conditions")
    index = message.token_index(start)
    begin = message.sentence_at(start).start
    for at in range(min(index, len(message.tokens) - 1) - 1, max(-1, index - _CONDITION_REACH), -1):
        token, following = message.tokens[at], message.tokens[at + 1]
        if token.start < begin:
            return False
        if token.text in conditions:
            return True
        if following.text in grammar.persons and token.text in folded_words("grammar", "conditions_with_a_person"):
            return not (at and message.tokens[at - 1].text in ("selv", "som"))
        if "," in message.norm[token.end : following.start] or token.text in ("men", "når", "fordi"):
            return False
    return False


def is_past(message: Message, start: int) -> bool:
    """Whether a state is told as over ("var sygemeldt", "har været selvstændig, men …")."""
    before = message.before(start, _PAST_REACH)
    begin = max(before.rfind(cut) for cut in (",", " men ", " og jeg ", " nu "))
    clause = f" {before[begin + 1 :]}"
    if any(f" {past} " in clause for past in folded_words("grammar", "pasts")):
        return True
    if " været " not in clause:
        return False
    after = message.after(start, 120)
    if _BEFORE_NOW.match(after):
        return True
    return _CONTRAST.search(after) is not None and " siden" not in after


def is_wished(message: Message, start: int) -> bool:
    """Whether the words stand after a wish in the same clause ("vil gerne …")."""
    before = message.before(start, _WISH_REACH)
    clause = before[max(before.rfind(cut) for cut in (",", " men ", " og jeg ")) + 1 :]
    return any(wish in clause for wish in _grammar().wishes)
