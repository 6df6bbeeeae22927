"""The vocabulary of facts about a person, and the check of what comes in from outside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from rules.dates import Span, full_years, parse_span
from rules.yamlfile import parse

Value = bool | int | float | str | Span
MAX_TEXT = 200


class Fact(BaseModel):
    """One fact of the vocabulary: its kind, its limits, and how the interview groups it.

    `fixed` is what a person cannot change: an age, a day of graduation.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["bool", "int", "number", "date", "choice", "text"]
    topic: str
    values: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    ask: bool = True
    fixed: bool = False
    unit: Literal["hours", "days", "months", "years", "percent"] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Fact:
        if (self.kind == "choice") != bool(self.values):
            raise ValueError("en oplysning af typen choice skal have «values», og kun den")
        if self.kind in ("int", "number") and (self.min is None or self.max is None):
            raise ValueError("et tal skal have «min» og «max»")
        return self


class _FactsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    facts: dict[str, Fact]


def load_vocabulary(path: Path) -> Mapping[str, Fact]:
    """The facts by id, in the order of the file."""
    content, _ = parse(path, _FactsFile)
    return MappingProxyType(content.facts)


@dataclass(frozen=True, slots=True)
class Facts:
    """Validated facts about one person; `declined` are those answered with "ved ikke"."""

    known: Mapping[str, Value] = field(default_factory=dict)
    declined: frozenset[str] = frozenset()

    def get(self, fact: str) -> Value | None:
        return self.known.get(fact)


@dataclass(frozen=True, slots=True)
class FactProblem:
    """A fact that cannot be used. `code` and `params` name the text that explains it."""

    fact: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class FactError(ValueError):
    """One or more facts from outside are wrong; `problems` names each."""

    def __init__(self, problems: Iterable[FactProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{problem.fact}: {problem.code}" for problem in self.problems))


def parse_facts(raw: Mapping[str, object], vocabulary: Mapping[str, Fact], as_of: date) -> Facts:
    """Check facts as JSON gives them; raises `FactError` that names every field that is wrong.

    Dates are strings `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None means "asked, not known".
    """
    known: dict[str, Value] = {}
    declined: set[str] = set()
    problems: list[FactProblem] = []
    for name, value in raw.items():
        if name not in vocabulary:
            problems.append(FactProblem(name, "unknown_fact"))
        elif value is None:
            declined.add(name)
        else:
            read = _read_value(name, vocabulary[name], value)
            if isinstance(read, FactProblem):
                problems.append(read)
            else:
                known[name] = read
    problems.extend(_contradictions(known, as_of))
    if problems:
        raise FactError(problems)
    return Facts(MappingProxyType(known), frozenset(declined))


def _read_value(name: str, fact: Fact, value: object) -> Value | FactProblem:
    if fact.kind == "bool":
        return value if isinstance(value, bool) else FactProblem(name, "not_bool")
    if fact.kind == "choice":
        if isinstance(value, str) and value in fact.values:
            return value
        return FactProblem(name, "not_choice", {"values": ", ".join(fact.values)})
    if fact.kind == "text":
        if not isinstance(value, str) or not value.strip():
            return FactProblem(name, "not_text", {"max": MAX_TEXT})
        return value.strip() if len(value) <= MAX_TEXT else FactProblem(name, "too_long", {"max": MAX_TEXT})
    if fact.kind == "date":
        try:
            return parse_span(value) if isinstance(value, str) else FactProblem(name, "not_date")
        except ValueError:
            return FactProblem(name, "not_date")
    return _read_number(name, fact, value)


def _read_number(name: str, fact: Fact, value: object) -> Value | FactProblem:
    assert fact.min is not None
    assert fact.max is not None
    limits = {"min": int(fact.min), "max": int(fact.max)}
    if isinstance(value, bool) or not isinstance(value, int | float):
        return FactProblem(name, "not_number", limits)
    if isinstance(value, float) and not math.isfinite(value):
        return FactProblem(name, "not_number", limits)
    if not fact.min <= value <= fact.max:
        return FactProblem(name, "out_of_range", limits)
    if fact.kind == "int":
        return int(value) if value == int(value) else FactProblem(name, "not_int", limits)
    return value


def _contradictions(known: Mapping[str, Value], as_of: date) -> list[FactProblem]:
    """Facts that cannot both be true. Only whole spans count, and `age` one year off is tolerated."""
    problems: list[FactProblem] = []
    born, age = known.get("birth_date"), known.get("age")
    if isinstance(born, Span) and born.first > as_of:
        problems.append(FactProblem("birth_date", "born_after_as_of", {"as_of": as_of}))
    elif isinstance(born, Span) and isinstance(age, int):
        oldest, youngest = full_years(born.first, as_of), full_years(min(born.last, as_of), as_of)
        if not youngest - 1 <= age <= oldest + 1:
            params = {"age": age, "birth_date": str(born)}
            problems += [
                FactProblem("age", "age_against_birth", params),
                FactProblem("birth_date", "age_against_birth", params),
            ]
    start, graduated = known.get("start_on"), known.get("graduated_on")
    if isinstance(start, Span) and isinstance(graduated, Span) and start.last < graduated.first:
        params = {"start_on": str(start), "graduated_on": str(graduated)}
        problems += [FactProblem(name, "start_before_graduation", params) for name in ("start_on", "graduated_on")]
    return problems
