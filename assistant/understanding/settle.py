"""Choose between what the readers saw: whose facts they are, and which reading of a fact holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .lexicon import load
from .message import Candidate, Message
from .subject import FIRST_OTHER, SELF, WE, people
from .text import fold_word

_CORE = frozenset({"age", "impairment", "employment", "birth_date"})
_ASKS_SELF = re.compile(r"(?:er|har|opfylder|mangler|tæller|hører) jeg\b[^,]*?(?=,|\bnår\b|\bfordi\b|\bhvis\b|$)")
_OF_THE_PLACE = frozenset({"employer_sector", "branch"})


@lru_cache(maxsize=1)
def _markers() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = load("people")
    return tuple(map(fold_word, data["about_me"])), tuple(map(fold_word, data["about_another"]))


def settled(message: Message, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """At most one reading per fact, all of the person the question is about."""
    everything = [c for c in candidates if _is_said(message, c, candidates)]
    asked = _asked(message, everything)
    kept = [c for c in everything if _belongs(message, c, asked)]
    chosen: list[Candidate] = []
    for fact in dict.fromkeys(c.fact for c in kept):
        best = _best([c for c in kept if c.fact == fact])
        if best is not None:
            chosen.append(best)
    return tuple(sorted(_consistent(chosen), key=lambda c: (c.start, c.fact)))


def _is_said(message: Message, candidate: Candidate, candidates: Sequence[Candidate]) -> bool:
    """A row of search words states nothing, and "er jeg nyuddannet?" asks."""
    sentence = message.sentence_at(candidate.start)
    text = message.norm[sentence.start:sentence.end].strip()
    asked = _ASKS_SELF.match(text)
    if asked and sentence.is_question and candidate.start < sentence.start + len(asked.group()):
        return False
    sets = people().sets
    if any(token.text in sets["finite_verbs"] or token.text in sets["self"] or token.text in sets["third"] or token.text in ("født", "vores")
           for token in message.tokens if sentence.start <= token.start < sentence.end):
        return True
    return any(c.fact == "age" for c in candidates)


def _belongs(message: Message, candidate: Candidate, asked: int) -> bool:
    owner = message.owner_at(candidate.whose)
    if owner == WE and candidate.fact in ("impairment", "age", "impairment_permanent", "impairment_substantial"):
        return False
    if owner == asked or owner in (WE,) or (owner < FIRST_OTHER and owner not in (SELF, WE)):
        return True
    if candidate.fact not in _OF_THE_PLACE or owner != SELF or asked < FIRST_OTHER:
        return False
    kind = next((p.kind for p in message.subjects.persons if p.number == asked), "")
    return kind in ("employed", "trainees") or _is_firm(message)


def _is_firm(message: Message) -> bool:
    return bool(re.search(r"\bvi er (?:en|et)\b|\bjeg (?:er leder|driver|ejer|har (?:en|et) (?:lille |privat\w* |større )?\w*(?:salon|butik|firma|klinik|virksomhed|forretning|restaurant|værksted))\b", message.norm))


def _asked(message: Message, candidates: Sequence[Candidate]) -> int:
    """The person whose facts count."""
    about_me, about_another = _markers()
    others = [p for p in message.subjects.persons if p.kind != "bystanders" and p.noun not in people().sets["children"]]
    if not others:
        return SELF
    if not any(marker in message.norm for marker in about_another):
        if any(marker in message.norm for marker in about_me):
            return SELF
    named = {p.start for p in others}
    core = [c for c in candidates if c.fact in _CORE and c.start not in named]
    counts = {p.number: sum(1 for c in core if message.owner_at(c.whose) == p.number) for p in others}
    best = max(counts, key=lambda number: (counts[number], number))
    if any(marker in message.norm for marker in about_another):
        return best
    mine = {c.fact for c in core if message.owner_at(c.whose) == SELF}
    theirs = {c.fact for c in core if message.owner_at(c.whose) == best}
    if not theirs:
        return SELF
    if _question_is_of_other(message):
        return best
    if "impairment" in theirs and "impairment" not in mine:
        return best
    return SELF if mine else best


def _question_is_of_other(message: Message) -> bool:
    asks = list(re.finditer(r"\b(?:kan|må|skal|får|har|vil|bør|er) (jeg|vi|han|hun|hende|ham)\b", message.norm))
    return bool(asks) and asks[-1].group(1) in ("han", "hun") and not any(m.group(1) == "jeg" for m in asks)


def _best(readings: Sequence[Candidate]) -> Candidate | None:
    """The reading with most weight; if others as heavy say something else, the first (or none where that is a guess)."""
    top = max(c.weight for c in readings)
    heaviest = sorted((c for c in readings if c.weight == top), key=lambda c: c.start)
    values = {c.value for c in heaviest}
    if len(values) > 1 and isinstance(heaviest[0].value, bool):
        return None
    if len(values) > 1 and heaviest[0].fact in ("age", "birth_date", "municipality"):
        return None
    if heaviest[0].fact in ("weekly_hours",):
        return heaviest[0] if len(values) == 1 else None
    return heaviest[0]


def _consistent(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what another chosen fact makes idle."""
    facts = {c.fact: c.value for c in chosen}
    kept: list[Candidate] = []
    for candidate in chosen:
        if candidate.fact == "needs_aid" and candidate.value is False and "aid" in facts:
            continue
        kept.append(candidate)
    student = next((c for c in chosen if c.fact == "employment" and c.value == "student"), None)
    if student is not None and "in_training" not in facts:
        kept.append(Candidate("in_training", True, student.start, student.end))
    return kept
