"""Read the facts that a citizen's message states."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .aid_context import read_aid_context
from .aids import read_aids
from .assistance import read_assistance, read_other
from .experience import read_experience
from .graduation import read_education
from .hours import read_hours
from .impairment import read_impairment
from .message import Candidate, Message, Value, prepare
from .person import read_person
from .settle import settled
from .work import read_work

_READERS: tuple[Callable[[Message], Iterator[Candidate]], ...] = (
    read_person, read_impairment, read_work, read_hours, read_education, read_experience, read_aids, read_aid_context, read_assistance, read_other,
)


@dataclass(frozen=True, slots=True)
class FactReading:
    """One fact with its value and the citizen's own words it rests on."""

    fact: str
    value: Value
    evidence: str
    start: int
    end: int


def read_facts(text: str, as_of: datetime.date) -> tuple[FactReading, ...]:
    """The facts stated in a message, at most one reading of each, in the order they were said."""
    message = prepare(text, as_of)
    candidates = [candidate for reader in _READERS for candidate in reader(message)]
    return tuple(_reading(message, candidate) for candidate in settled(message, candidates))


def _reading(message: Message, candidate: Candidate) -> FactReading:
    start, end = message.folded.original_span(candidate.start, candidate.end)
    return FactReading(candidate.fact, candidate.value, message.raw[start:end], start, end)
