"""Dates as people know them: a day, a month or a year, and the arithmetic that the law asks for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """A date known to the day, the month or the year: every day from `first` to `last` is possible."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        if self.is_day:
            return self.first.isoformat()
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return f"{self.first:%Y-%m}" if same_month else f"{self.first:%Y}"


_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def parse_span(text: str) -> Span:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` as a span; raises `ValueError` for anything else."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if not 1900 <= year <= 2100:
        raise ValueError(text)
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    exact = date(year, month, day)
    return Span(exact, exact)


def reach_age(born: date, years: int, months: int = 0) -> date:
    """The day someone reaches an age: a day that the month lacks becomes the 1st of the next (29 Feb -> 1 Mar)."""
    year, month0 = divmod(born.year * 12 + born.month - 1 + years * 12 + months, 12)
    month = month0 + 1
    if born.day > calendar.monthrange(year, month)[1]:
        return date(year, month, calendar.monthrange(year, month)[1]) + timedelta(days=1)
    return date(year, month, born.day)


def years_after(day: date, years: int) -> date:
    """The same day `years` later; from 29 February it is 28 February."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


def full_years(born: date, on: date) -> int:
    """Age in full years on a day, with the birthday of 29 February on 1 March."""
    age = on.year - born.year
    return age if age >= 0 and reach_age(born, age) <= on else age - 1


def births_for_age(age: int, on: date) -> Span:
    """Every birth date that gives `age` full years on the day `on`."""
    last = date(on.year - age, on.month, min(on.day, calendar.monthrange(on.year - age, on.month)[1]))
    while full_years(last, on) < age:
        last -= timedelta(days=1)
    first = date(on.year - age - 1, on.month, min(on.day, calendar.monthrange(on.year - age - 1, on.month)[1]))
    while full_years(first, on) > age:
        first += timedelta(days=1)
    return Span(first, last)
