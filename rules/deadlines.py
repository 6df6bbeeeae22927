"""Days that follow from the facts: when something must be done by, or when a right ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rules.dates import Span, years_after
from rules.facts import Facts
from rules.pension_age import PensionAges
from rules.schema import DeadlineRule

FOUR_WEEKS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`day` is the last safe one; `day_to` the last possible one where the fact was only a month or a year."""

    id: str
    kind: str
    day: date
    day_to: date | None
    sources: tuple[str, ...]


def deadlines(rules: Iterable[DeadlineRule], facts: Facts, as_of: date, ages: PensionAges) -> tuple[Deadline, ...]:
    """The deadlines in force on `as_of` that the facts are enough for. They are not moved for weekends."""
    found = []
    for rule in rules:
        span = _KINDS[rule.kind](facts, as_of, ages) if rule.in_force(as_of) else None
        if span is not None:
            found.append(Deadline(rule.id, rule.kind, span.first, None if span.is_day else span.last, rule.sources))
    return tuple(found)


def _last_start(facts: Facts, as_of: date, ages: PensionAges) -> Span | None:
    graduated = facts.get("graduated_on")
    if not isinstance(graduated, Span):
        return None
    return Span(years_after(graduated.first, 2), years_after(graduated.last, 2))


def _renewal_decision(facts: Facts, as_of: date, ages: PensionAges) -> Span | None:
    applied = facts.get("applied_on")
    moves = facts.get("transition") is not None or facts.get("moving_municipality") is True
    if facts.get("had_aid_grant") is not True or not moves or not isinstance(applied, Span):
        return None
    return Span(applied.first + FOUR_WEEKS, applied.last + FOUR_WEEKS)


def _pension_day(facts: Facts, as_of: date, ages: PensionAges) -> Span | None:
    born = facts.get("birth_date")
    if not isinstance(born, Span):
        return None
    return Span(ages.day_reached(born.first, as_of), ages.day_reached(born.last, as_of))


def _complaint(facts: Facts, as_of: date, ages: PensionAges) -> Span | None:
    received = facts.get("decision_received_on")
    if not isinstance(received, Span):
        return None
    return Span(received.first + FOUR_WEEKS, received.last + FOUR_WEEKS)


_KINDS: dict[str, Callable[[Facts, date, PensionAges], Span | None]] = {
    "last_start": _last_start,
    "renewal_decision": _renewal_decision,
    "pension_day": _pension_day,
    "complaint": _complaint,
}
