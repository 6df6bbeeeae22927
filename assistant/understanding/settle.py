"""Choose between what the readers saw: whose facts they are, and which reading of a fact holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.understanding.lexicon import folded_words
from assistant.understanding.message import Candidate, Message
from assistant.understanding.persons import FIRST_OTHER, SELF, WE, people

_CORE = frozenset({"age", "impairment", "employment", "birth_date"})
_OF_ONE_BODY = frozenset({"impairment", "age", "impairment_permanent", "impairment_substantial"})
_OF_THE_PLACE = frozenset({"employer_sector", "branch"})
_ONE_VALUE_ONLY = frozenset({"age", "birth_date", "municipality", "weekly_hours"})
_ASKS_SELF = re.compile(r"\s*(?:er|har|opfylder|mangler|tæller|hører) jeg\b[^,]*?(?=,|\bnår\b|\bfordi\b|\bhvis\b|$)")
_ASKS_WHOM = re.compile(r"\b(?:kan|må|skal|får|har|vil|bør|er) (jeg|vi|han|hun|hende|ham)\b")
_JEG = re.compile(r"\bjeg\b")
_RUNS_FIRM = re.compile(
    r"\bvi er (?:en|et)\b|\bjeg (?:er leder|driver|ejer|har (?:en|et) (?:lille |privat\w* |større )?"
    r"\w*(?:salon|butik|firma|klinik|virksomhed|forretning|restaurant|værksted))\b"
)


def settled(message: Message, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """At most one reading per fact, all of the person the question is about, in the order they were said."""
    has_age = any(candidate.fact == "age" for candidate in candidates)
    said = [candidate for candidate in candidates if _is_said(message, candidate, has_age)]
    asked = _asked(message, said)
    kept = [candidate for candidate in said if _belongs(message, candidate, asked)]
    chosen: list[Candidate] = []
    for fact in dict.fromkeys(candidate.fact for candidate in kept):
        chosen.extend(_best([candidate for candidate in kept if candidate.fact == fact]))
    return tuple(sorted(_consistent(chosen), key=lambda candidate: (candidate.start, candidate.fact)))


def _is_said(message: Message, candidate: Candidate, has_age: bool) -> bool:
    """A row of search words states nothing, and "er jeg nyuddannet?" asks."""
    sentence = message.sentence_at(candidate.start)
    asked = _ASKS_SELF.match(message.norm, sentence.start, sentence.end)
    if asked and sentence.is_question and candidate.start < asked.end():
        return False
    parts = ("finite_verbs", "self", "third", "statement_words")
    told = any(token.text in people().sets[part] for token in message.sentence_tokens(sentence) for part in parts)
    return told or has_age


def _belongs(message: Message, candidate: Candidate, asked: int) -> bool:
    """Whether a fact is of the person asked about; those of a firm go with whoever is asked about."""
    owner = message.owner_at(candidate.whose)
    if owner == WE:
        return candidate.fact not in _OF_ONE_BODY
    if owner == asked or SELF < owner < FIRST_OTHER:
        return True
    if candidate.fact not in _OF_THE_PLACE or owner != SELF or asked < FIRST_OTHER:
        return False
    kind = next((person.kind for person in message.subjects.persons if person.number == asked), "")
    return kind in ("employed", "trainees") or _RUNS_FIRM.search(message.norm) is not None


def _asked(message: Message, said: Sequence[Candidate]) -> int:
    """The person whose facts count."""
    children = people().sets["children"]
    others = [p for p in message.subjects.persons if p.kind != "bystanders" and p.noun not in children]
    another = _marked(message, "about_another")
    if not others or (not another and _marked(message, "about_me")):
        return SELF
    introduced = {person.start for person in others}
    core = [c for c in said if c.fact in _CORE and c.start not in introduced]
    facts = {p.number: [c.fact for c in core if message.owner_at(c.whose) == p.number] for p in others}
    best = max(facts, key=lambda number: (len(facts[number]), number))
    if another:
        return best
    mine = {c.fact for c in core if message.owner_at(c.whose) == SELF}
    if not facts[best]:
        return SELF
    ill = "impairment" in facts[best] and "impairment" not in mine
    told = not mine and (facts[best] != ["employment"] or not _JEG.search(message.norm))
    return best if ill or told or _asks_for_other(message) else SELF


def _marked(message: Message, part: str) -> bool:
    return any(marker in message.norm for marker in folded_words("people", part))


def _asks_for_other(message: Message) -> bool:
    asked = [match.group(1) for match in _ASKS_WHOM.finditer(message.norm)]
    return bool(asked) and asked[-1] in ("han", "hun") and "jeg" not in asked


def _best(readings: Sequence[Candidate]) -> Iterable[Candidate]:
    """The heaviest reading, the first of those that agree; none where equally heavy ones contradict each other."""
    top = max(candidate.weight for candidate in readings)
    heaviest = sorted((c for c in readings if c.weight == top), key=lambda c: c.start)
    first = heaviest[0]
    disagree = len({candidate.value for candidate in heaviest}) > 1
    if disagree and (isinstance(first.value, bool) or first.fact in _ONE_VALUE_ONLY):
        return ()
    return (first,)


def _consistent(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what another fact makes idle, and add what one fact always brings with it."""
    facts = {candidate.fact for candidate in chosen}
    kept = [c for c in chosen if not (c.fact == "needs_aid" and c.value is False and "aid" in facts)]
    student = next((c for c in chosen if c.fact == "employment" and c.value == "student"), None)
    if student is not None and "in_training" not in facts:
        kept.append(Candidate("in_training", True, student.start, student.end))
    return kept
