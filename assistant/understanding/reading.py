"""Read the facts that a citizen's message states."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.understanding.age import read_age
from assistant.understanding.aid_context import read_aid_context
from assistant.understanding.aids import read_aids
from assistant.understanding.assistance import read_assistance
from assistant.understanding.experience import read_experience
from assistant.understanding.graduation import read_graduation
from assistant.understanding.hours import read_hours
from assistant.understanding.impairment import read_impairment
from assistant.understanding.job_start import read_job_start
from assistant.understanding.message import Candidate, Message, Value, prepare
from assistant.understanding.person import read_person
from assistant.understanding.records import read_records
from assistant.understanding.schooling import read_schooling
from assistant.understanding.settle import settled
from assistant.understanding.work import read_work

_READERS: tuple[Callable[[Message], Iterator[Candidate]], ...] = (
    read_age,
    read_person,
    read_impairment,
    read_work,
    read_hours,
    read_schooling,
    read_graduation,
    read_job_start,
    read_experience,
    read_aids,
    read_aid_context,
    read_assistance,
    read_records,
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
