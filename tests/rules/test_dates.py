"""Dates as the law counts them: spans, ages, birthdays on 29 February, and the age of folkepension."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates import Span, births_for_age, full_years, parse_span, reach_age, years_after
from rules.lawbook import load_law

AGES = load_law().ages
days = st.dates(date(1900, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_may_be_a_month_or_a_year(text: str, first: str, last: str) -> None:
    span = parse_span(text)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert str(span) == text


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-2-1", "2023-02-29", "1899", "2101", "2024-01-01T00", " 2024", "２０２４"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_span(text)


def test_a_birthday_on_29_february_is_1_march_in_other_years() -> None:
    assert reach_age(date(1960, 2, 29), 67) == date(2027, 3, 1)
    assert full_years(date(1960, 2, 29), date(2027, 2, 28)) == 66
    assert full_years(date(1960, 2, 29), date(2027, 3, 1)) == 67


def test_half_a_year_from_a_31st_ends_on_the_1st() -> None:
    assert reach_age(date(1954, 3, 31), 65, 6) == date(2019, 10, 1)


def test_two_years_after_29_february_is_28_february() -> None:
    assert years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)


@given(days, st.integers(0, 120))
def test_the_births_of_an_age_are_exactly_those_that_give_it(on: date, age: int) -> None:
    span = births_for_age(age, on)
    assert full_years(span.first, on) == full_years(span.last, on) == age
    assert full_years(span.first - timedelta(days=1), on) == age + 1
    if span.last < on:
        assert full_years(span.last + timedelta(days=1), on) == age - 1


@pytest.mark.parametrize(
    ("born", "as_of", "reached"),
    [
        ("1953-12-31", "2026-11-22", "2018-12-31"),
        ("1954-01-01", "2026-11-22", "2019-07-01"),
        ("1954-07-01", "2026-11-22", "2020-07-01"),
        ("1955-01-01", "2026-11-22", "2021-07-01"),
        ("1955-07-01", "2026-11-22", "2022-07-01"),
        ("1962-12-31", "2026-11-22", "2029-12-31"),
        ("1963-01-01", "2026-11-22", "2031-01-01"),
        ("1967-01-01", "2026-11-22", "2036-01-01"),
        ("1971-01-01", "2026-11-22", "2041-01-01"),
        ("1963-01-01", "2015-12-30", "2030-01-01"),  # 68 years came on 2015-12-31
        ("1967-01-01", "2020-12-30", "2035-01-01"),  # 69 years on 2020-12-31
        ("1971-01-01", "2025-12-30", "2040-01-01"),  # 70 years on 2025-12-31
        ("1959-01-01", "2010-01-01", "2024-07-01"),  # the act of 2006
        ("1958-12-31", "2010-01-01", "2023-12-31"),
    ],
)
def test_the_day_of_folkepension_by_the_law_of_the_day(born: str, as_of: str, reached: str) -> None:
    assert AGES.day_reached(date.fromisoformat(born), date.fromisoformat(as_of)).isoformat() == reached


@given(st.dates(date(1940, 1, 1), date(2008, 1, 1)), st.dates(date(2009, 7, 7), date(2045, 12, 31)))
def test_who_is_born_later_never_reaches_it_earlier(born: date, as_of: date) -> None:
    assert AGES.day_reached(born, as_of) < AGES.day_reached(born + timedelta(days=1), as_of) + timedelta(days=1)


def test_a_span_is_a_day_only_when_it_is_one() -> None:
    assert Span(date(2024, 1, 1), date(2024, 1, 1)).is_day
    assert not parse_span("2024").is_day
