"""What an answer of the corpus is, and what a match of a question against the corpus gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["question", "keyword", "personal", "lay", "colloquial", "learner", "employer", "caseworker", "long"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: the question as a citizen asks it, the short and the full answer, and what it rests on.

    `schemes` are those the answer is about, `interview` those of them that questions to the person are to settle.
    """

    id: str
    title: str
    short: str
    answer: str
    phrasings: Mapping[Kind, tuple[str, ...]]
    law: tuple[str, ...]
    sources: tuple[str, ...]
    rules: tuple[str, ...]
    schemes: tuple[str, ...]
    interview: tuple[str, ...]
    related: tuple[str, ...]
    reviewed_on: date


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer the question; `score` is 0..1, `evidence` the words that decided."""

    entry_id: str
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """`answer`: the first candidate answers it. `clarify`: it could be one of several. `none`: none is good enough."""

    kind: Literal["answer", "clarify", "none"]
    candidates: tuple[Candidate, ...]
    concepts: tuple[str, ...] = ()
