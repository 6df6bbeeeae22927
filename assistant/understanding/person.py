"""When a person was born, where they live, and whether they move."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.understanding.clause import is_conditional
from assistant.understanding.dates import full_year, iso_day
from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.signals import read_signals

_REACH, _YOUNGEST = 8, 5
_BORN = re.compile(
    r"\b(?:født|f\.|fødselsdato(?:en)?|fødselsdag(?:en)?|fødselsår(?:et)?)"
    r"(?: (?:er|den|d\.?|i|dato|året|på)){0,3}[ :]{0,2}$"
)
_HAS_YEAR = re.compile(r"\d{2}$|\d{4}")
_SIX_DIGITS = re.compile(r"\b(?:født|fødselsdato(?:en)?)(?: (?:er|den|d\.?))?:? (\d{2})(\d{2})(\d{2}|\d{4})(?![\d-])")
_YEAR_ONLY = re.compile(r"\b(?:født|f\.) (?:i )?'?(\d{2})(?![\d./-])(?!\.? \w*(?:ber|ar|ts|il|aj|ni|li|st)\b)")
_COHORT = re.compile(r"\bårgang '?(\d{4}|\d{2})\b")


@lru_cache(maxsize=1)
def _municipality_names() -> dict[str, str]:
    """Every spelling of a municipality, folded, with its proper name."""
    data = load("municipalities")["municipalities"]
    names = {fold_word(word): name for name, others in data.items() for word in (name, *others)}
    names.update({f"{word}s": name for word, name in list(names.items()) if not word.endswith("s")})
    return names


def read_person(message: Message) -> Iterator[Candidate]:
    """Birth date, municipality and moving."""
    yield from _birth_dates(message)
    yield from _homes(message)
    yield from read_signals(message, "person")


def _birth_dates(message: Message) -> Iterator[Candidate]:
    for mention in message.dates:
        said = message.norm[mention.start : mention.end]
        born = mention.past and _BORN.search(message.before(mention.start, 40)) and _HAS_YEAR.search(said)
        if mention.past and born and message.is_about_someone(mention.start):
            yield Candidate("birth_date", _grown_up(mention.past, message), mention.start, mention.end, 2)
    for match in _SIX_DIGITS.finditer(message.norm):
        day = iso_day(full_year(match.group(3), message.as_of), int(match.group(2)), int(match.group(1)))
        if day:
            yield Candidate("birth_date", _grown_up(day, message), match.start(1), match.end(), 3)
    for pattern in (_YEAR_ONLY, _COHORT):
        for match in pattern.finditer(message.norm):
            if message.is_about_someone(match.start()):
                year = _grown_up(str(full_year(match.group(1), message.as_of)), message)
                yield Candidate("birth_date", year, match.start(), match.end(), 1)


def _grown_up(day: str, message: Message) -> str:
    """Of the two years that two digits can mean, the one in which somebody who writes can be born."""
    year = int(day[:4])
    return f"{year - 100}{day[4:]}" if year > message.as_of.year - _YOUNGEST else day


def _homes(message: Message) -> Iterator[Candidate]:
    for i, token in enumerate(message.tokens):
        name, size = _municipality_at(message, i)
        if name is None or is_conditional(message, token.start):
            continue
        size += message.word(i + size) in ("kommune", "kommunes")
        begin = message.sentence_at(token.start).start
        first = next(j for j in range(max(0, i - _REACH), i + 1) if message.tokens[j].start >= begin)
        lead = [t.text for t in message.tokens[first:i]]
        for fact, about in _meant(lead):
            value = name if fact == "municipality" else True
            position = message.tokens[first + about].start
            yield Candidate(fact, value, token.start, message.tokens[i + size - 1].end, 1, position)


def _municipality_at(message: Message, i: int) -> tuple[str | None, int]:
    for size in (2, 1):
        if i + size <= len(message.tokens):
            text = message.norm[message.tokens[i].start : message.tokens[i + size - 1].end]
            if text in _municipality_names():
                return _municipality_names()[text], size
    return None, 0


def municipality_in(message: Message, i: int) -> str | None:
    """The municipality named at a word."""
    return _municipality_at(message, i)[0]


def _meant(lead: list[str]) -> Iterator[tuple[str, int]]:
    """What the words before the name of a municipality make of it, and at which of them: home, work, or a move."""
    preposition = lead[-1] if lead else ""
    if preposition not in ("i", "på", "til", "fra"):
        return
    moved_at, lives_at, works_at = (_last(lead, part) for part in ("moves", "homes", "works"))
    if moved_at > lives_at:
        moved = lead[moved_at] in folded_words("municipalities", "moved")
        if preposition == ("til" if moved else "fra") or (moved and preposition == "i"):
            yield "municipality", moved_at
        if not moved and preposition in ("til", "fra"):
            yield "moving_municipality", moved_at
    elif lives_at >= 0 and preposition in ("i", "på"):
        both = works_at - lives_at == 2 and lead[works_at - 1] == "og"
        if (works_at < lives_at or both) and not _elsewhere(lead[lives_at + 1 :]) and _still(lead, lives_at):
            yield "municipality", lives_at
    elif preposition == "fra" and lead[-2:-1] in (["er"], ["kommer"]) and lead[-3:-2] in (["jeg"], ["og"], []):
        yield "municipality", 0


def _last(lead: list[str], part: str) -> int:
    words = folded_words("municipalities", part)
    return max((k for k, word in enumerate(lead) if word in words), default=-1)


def _still(lead: list[str], lives_at: int) -> bool:
    """Whether living there lasts: "har boet i" is over, unless with "altid" or "siden"."""
    return lead[lives_at] != "boet" or bool({"altid", "siden", "nu"} & set(lead))


def _elsewhere(between: list[str]) -> bool:
    """Whether the words between turn to another place: "bor …, men er født i", "bor ikke i"."""
    if "ikke" in between:
        return between[-2:] != ["men", "i"] and between[-3:-1] != ["men", "nu"]
    return bool(folded_words("municipalities", "elsewhere") & set(between))
