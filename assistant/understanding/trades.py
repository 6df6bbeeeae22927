"""Trades and posts: the word for what somebody works as."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Message

_REACH, _LIST_REACH = 5, 8
_SHORTEST_UNKNOWN, _SHORTEST_SAID = 6, 5
_REDUCED = ("medarbejder", "assistent", "arbejder")


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade as said, with the branch it names (none for "medarbejder"); unspecific ones leave it to the place."""

    word: str
    branch: str | None
    specific: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Trades:
    branches: dict[str, str]
    suffixes: tuple[str, ...]
    places: dict[str, str]
    leads: frozenset[str]
    unspecific: frozenset[str]


@lru_cache(maxsize=1)
def _trades() -> _Trades:
    data = load("trades")
    branches = {fold_word(word): word for word in (*data["trades"], *data["unspecific"])}
    branches.update({fold_word(word): branch for word, branch in data["som_branche"].items()})
    return _Trades(
        branches,
        tuple(sorted(folded_words("trades", "suffixes"), key=len, reverse=True)),
        {fold_word(word): word for word in load("workplaces")["places"]},
        folded_words("trades", "lead_words"),
        folded_words("trades", "unspecific"),
    )


def is_trade(word: str) -> bool:
    """Whether a word is a trade of the lexicon."""
    return word in _trades().branches


def is_specific(word: str) -> bool:
    """Whether a word of the lexicon names a trade by itself."""
    return word not in _trades().unspecific


def leads_to_trade(word: str) -> bool:
    """Whether a word may stand before a trade ("selvstændig", "uddannet")."""
    return word in _trades().leads


def branch_of_trade(text: str) -> str | None:
    """The branch that a word for a trade names: by the lexicon, or by the end of an unknown word."""
    trades = _trades()
    not_trades = folded_words("trades", "not_a_trade")
    for form in (text, text[:-1] if text.endswith(("s", "e", "t")) else text):
        if form in trades.branches and form not in not_trades:
            return trades.branches[form]
    known_otherwise = text in not_trades or text in trades.places or text in trades.leads
    if " " in text or known_otherwise or len(text) < _SHORTEST_UNKNOWN:
        return trades.branches.get(text)
    suffix = next((s for s in trades.suffixes if text.endswith(s) and len(text) > len(s) + 1), None)
    if suffix is None:
        return None
    if suffix in _REDUCED:
        stem = text.removesuffix(suffix).rstrip("-")
        return trades.places.get(stem) or trades.places.get(stem.removesuffix("s")) or text
    return text


def trade_at(message: Message, i: int, *, listed: bool = False, as_said: bool = False) -> tuple[Trade | None, int]:
    """A trade at a word, past adjectives (and, in a list of what somebody is, past an age); and where to read on.

    `as_said` takes an unknown word too, where only a trade can stand ("arbejder som …").
    """
    tokens = message.tokens
    end = message.sentence_at(tokens[max(i - 1, 0)].start).end if i <= len(tokens) and tokens else 0
    for at in range(i, min(len(tokens), i + (_LIST_REACH if listed else _REACH))):
        if tokens[at].start >= end or (not listed and at > i and message.comma_before(at)):
            break
        found = _trade_here(message, at, end)
        if found is not None:
            return found
        if not (leads_to_trade(tokens[at].text) or (listed and _belongs_in_list(message, at))):
            return _unknown(message, at, i) if as_said else (None, i)
    return None, i


def _trade_here(message: Message, at: int, sentence_end: int) -> tuple[Trade, int] | None:
    """A trade of one to three words that begins right here."""
    tokens = message.tokens
    for size in (3, 2, 1):
        last = tokens[at + size - 1] if at + size <= len(tokens) else None
        if last is None or last.end > sentence_end:
            continue
        text = message.norm[tokens[at].start : last.end]
        branch = branch_of_trade(text) if size == 1 or is_trade(text) else None
        if branch is None:
            continue
        never = folded_words("trades", "never_a_branch")
        named = None if text in never or branch in never else branch
        specific = is_specific(text) and is_specific(last.text)
        return Trade(text, named, specific, tokens[at].start, last.end), at + size
    return None


def _unknown(message: Message, at: int, i: int) -> tuple[Trade | None, int]:
    token = message.tokens[at]
    no_trade = token.text in folded_words("trades", "not_after_som") or token.text in folded_words(
        "work_anchors", "stops"
    )
    if no_trade or len(token.text) < _SHORTEST_SAID or not token.text.isalpha():
        return None, i
    return Trade(token.text, token.text, True, token.start, token.end), at + 1


def _belongs_in_list(message: Message, at: int) -> bool:
    word = message.word(at)
    if word == "i":
        return message.word(at - 1) in ("født", "årgang")
    return word in ("år", "gammel") or is_number(message, at)


def is_number(message: Message, at: int) -> bool:
    """Whether a word is a number, or part of one."""
    token = message.tokens[at]
    return token.text.isdigit() or any(n.start <= token.start < n.end for n in message.numbers)
