"""How facts are read before the rules see them: every fact becomes one of a few symbols.

A rule never sees a number or a date, only a symbol such as "under" or "reached". That keeps the rules readable,
the engine safe, and the number of different people small enough to prove the rules over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rules.dates import Span, births_for_age, years_after
from rules.facts import Fact, Facts
from rules.pension_age import PensionAges
from rules.yamlfile import DataError, parse

UNKNOWN = "unknown"
YES, NO = "yes", "no"
FULL_TIME_HOURS = 37
CAP_HOURS = 20


class Band(BaseModel):
    """A named stretch of a number: above `over`, or from `from_`; neither means the rest."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    name: str
    over: float | None = None
    from_: float | None = Field(default=None, alias="from")

    def holds(self, value: float) -> bool:
        if self.over is not None:
            return value > self.over
        return self.from_ is None or value >= self.from_


class ReadingSpec(BaseModel):
    """One entry of readings.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    bands: str | None = None
    in_: tuple[Band, ...] = Field(default=(), alias="in")
    choice_or: str | None = None
    answered_by: dict[str, dict[str, str]] = Field(default_factory=dict)
    computed: Literal["hours_against_cap", "pension_age", "start_within_two_years"] | None = None
    facts: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> ReadingSpec:
        if sum(kind is not None for kind in (self.bands, self.choice_or, self.computed)) != 1:
            raise ValueError("skriv præcis én af «bands», «choice_or» og «computed»")
        return self


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    readings: dict[str, ReadingSpec]


class Sign(NamedTuple):
    """What a reading gave: a symbol, and the facts not given whose answer could still change it, best to ask first.

    A named tuple, because a class of people is remembered by its signs and tuples are quick to compare.
    """

    symbol: str
    open_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A way of reading facts: its name, the facts it reads, the symbols it can give besides `unknown`."""

    name: str
    facts: tuple[str, ...]
    symbols: tuple[str, ...]
    read: Callable[[Facts, date], Sign]


def load_readings(path: Path, vocabulary: Mapping[str, Fact], ages: PensionAges) -> Mapping[str, Reading]:
    """All readings by name: one for every yes/no and choice fact, and those that readings.yaml defines."""
    readings: dict[str, Reading] = {}
    for name, fact in vocabulary.items():
        if fact.kind in ("bool", "choice"):
            symbols = (YES, NO) if fact.kind == "bool" else fact.values
            values = (True, False) if fact.kind == "bool" else fact.values
            signs: dict[object, Sign] = {value: Sign(symbol) for value, symbol in zip(values, symbols, strict=True)}
            readings[name] = Reading(name, (name,), symbols, _plain(name, signs))
    content, source = parse(path, _File)
    for name, spec in content.readings.items():
        for fact_id in (spec.bands, spec.choice_or, *spec.facts, *spec.answered_by):
            if fact_id is not None and fact_id not in vocabulary:
                message = f"oplysningen «{fact_id}» findes ikke i facts.yaml"
                raise DataError([source.problem(("readings", name), message)])
        readings[name] = _build(name, spec, vocabulary, ages)
    return readings


def _build(name: str, spec: ReadingSpec, vocabulary: Mapping[str, Fact], ages: PensionAges) -> Reading:
    if spec.bands is not None:
        return Reading(name, (spec.bands,), tuple(band.name for band in spec.in_), _banded(spec.bands, spec.in_))
    if spec.choice_or is not None:
        read = _choice_or(spec.choice_or, spec.answered_by)
        return Reading(name, (spec.choice_or, *spec.answered_by), vocabulary[spec.choice_or].values, read)
    computed: dict[str, Callable[[Facts, date], Sign]] = {
        "hours_against_cap": hours_against_cap,
        "pension_age": lambda facts, as_of: pension_age(facts, as_of, ages),
        "start_within_two_years": start_within_two_years,
    }
    assert spec.computed is not None
    return Reading(name, spec.facts, spec.symbols, computed[spec.computed])


def _plain(fact: str, signs: Mapping[object, Sign]) -> Callable[[Facts, date], Sign]:
    unknown = Sign(UNKNOWN, (fact,))

    def read(facts: Facts, as_of: date) -> Sign:
        value = facts.get(fact)
        return unknown if value is None else signs[value]

    return read


def _banded(fact: str, bands: tuple[Band, ...]) -> Callable[[Facts, date], Sign]:
    unknown = Sign(UNKNOWN, (fact,))

    def read(facts: Facts, as_of: date) -> Sign:
        value = facts.get(fact)
        if not isinstance(value, int | float):
            return unknown
        return Sign(next(band.name for band in bands if band.holds(value)))

    return read


def _choice_or(fact: str, answered_by: Mapping[str, Mapping[str, str]]) -> Callable[[Facts, date], Sign]:
    def read(facts: Facts, as_of: date) -> Sign:
        value = facts.get(fact)
        if isinstance(value, str):
            return Sign(value)
        for other, answers in answered_by.items():
            symbol = answers.get(str(facts.get(other)))
            if symbol is not None:
                return Sign(symbol)
        return Sign(UNKNOWN, (fact, *(other for other in answered_by if facts.get(other) is None)))

    return read


def hours_cap(weekly_hours: float) -> Fraction:
    """The most hours of personal assistance a week, exact: 20 x hours / 37, never above 20 (PA-L1f)."""
    return min(Fraction(CAP_HOURS), Fraction(CAP_HOURS) * Fraction(str(weekly_hours)) / FULL_TIME_HOURS)


def hours_against_cap(facts: Facts, as_of: date) -> Sign:
    """`within` or `over` the cap; none is within it and more than 20 hours over it, whatever
    the working time."""
    need, hours = facts.get("assistance_hours"), facts.get("weekly_hours")
    absent = tuple(name for name, value in (("weekly_hours", hours), ("assistance_hours", need)) if value is None)
    if need == 0:
        return Sign("within")
    if isinstance(need, int | float) and need > CAP_HOURS:
        return Sign("over")
    if not isinstance(need, int | float) or not isinstance(hours, int | float):
        return Sign(UNKNOWN, absent)
    return Sign("over" if Fraction(str(need)) > hours_cap(hours) else "within")


def pension_age(facts: Facts, as_of: date, ages: PensionAges) -> Sign:
    """`under` or `reached` folkepensionsalder, from the birth date, or from the age only where that decides."""
    born, age = facts.get("birth_date"), facts.get("age")
    if isinstance(born, Span):
        possible = Span(born.first, min(born.last, as_of))
    elif isinstance(age, int):
        possible = births_for_age(age, as_of)
    else:
        return Sign(UNKNOWN, ("age", "birth_date"))
    if ages.day_reached(possible.last, as_of) <= as_of:
        return Sign("reached")
    if ages.day_reached(possible.first, as_of) > as_of:
        return Sign("under")
    return Sign(UNKNOWN, ("birth_date",))


def start_within_two_years(facts: Facts, as_of: date) -> Sign:
    """`in_time` when the job starts at most two years after graduation, whatever day of the spans it was.

    Without a start date it is `as_of`, or, for a graduation still ahead, its last possible day.
    """
    graduated, start = facts.get("graduated_on"), facts.get("start_on")
    if not isinstance(graduated, Span):
        return Sign(UNKNOWN, ("graduated_on",) if isinstance(start, Span) else ("graduated_on", "start_on"))
    open_facts: tuple[str, ...] = ()
    if not isinstance(start, Span):
        begins = max(as_of, graduated.last)
        start, open_facts = Span(begins, begins), ("start_on",)
    if start.last <= years_after(graduated.first, 2):
        return Sign("in_time", open_facts)
    if start.first > years_after(graduated.last, 2):
        return Sign("too_late")  # a planned start lies ahead, so naming one would not help
    vague = tuple(name for name, span in (("graduated_on", graduated), ("start_on", start)) if not span.is_day)
    return Sign(UNKNOWN, vague + open_facts)
