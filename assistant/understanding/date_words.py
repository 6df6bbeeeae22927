"""The words for dates, made into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import load


@dataclass(frozen=True, slots=True)
class DateWords:
    """What each word stands for, and the patterns they build."""

    months: dict[str, int]
    too_short: frozenset[str]
    ordinals: tuple[str, ...]
    weekdays: dict[str, int]
    per_month: dict[str, int]
    per_day: dict[str, int]
    days: dict[str, int]
    month_offsets: dict[str, int]
    years: dict[str, int]
    june: int
    day_month: re.Pattern[str]
    month_year: re.Pattern[str]
    numeric: re.Pattern[str]
    weekday: re.Pattern[str]
    summer: re.Pattern[str]
    unit: re.Pattern[str]
    fixed: re.Pattern[str]


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """The lexicon of dates."""
    data = load("dates")
    months, weekdays, per_month, per_day, days, month_offsets, years = (
        {fold_word(word): int(value) for value, words in data[part].items() for word in words}
        for part in (
            "months",
            "weekdays",
            "units_in_months",
            "units_in_days",
            "days_from_today",
            "months_from_now",
            "years_from_now",
        )
    )
    ordinals = tuple(map(fold_word, data["ordinals"]))
    month, year_word = _any(months), _any(years)
    year = rf"(?:[ ,]{{1,2}}(?:i )?(\d{{4}}|'?\d{{2}}(?!\d| ?timer| ?år| ?t\b))|,? ({year_word}))?"
    of_day = r"(\d{1,2})([./-])(\d{1,2})(?:[./ -]{1,2}(\d{4}|\d{2}))?"
    return DateWords(
        months=months,
        too_short=frozenset(map(fold_word, data["too_short_alone"])),
        ordinals=ordinals,
        weekdays=weekdays,
        per_month=per_month,
        per_day=per_day,
        days=days,
        month_offsets=month_offsets,
        years=years,
        june=int(data["summer"]),
        day_month=re.compile(rf"(?<![\w/])(\d{{1,2}}|{_any(ordinals)})(?:\.|te|de|st)? ?(?:i )?({month})\b\.?{year}"),
        month_year=re.compile(rf"(?<!\w)({month})\b\.?{year}"),
        numeric=re.compile(
            rf"(?<![\w/.-])(?:(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})|{of_day})"
            r"(?![\d/]|-\d|\.\d| ?(?:timer|t\b|uger|dage|år\b|procent|%))"
        ),
        weekday=re.compile(rf"(?<!\w)(i|på|nu på|fra|til|sidste|næste) ({_any(weekdays)})\b"),
        summer=re.compile(
            r"(?<!\w)(?:(i|til|sidste|fra|siden|i løbet af|før|efter|næste) )?sommer(?:en)?"
            rf"(?: (\d{{4}})| ({year_word}))?\b"
        ),
        unit=re.compile(rf"\.? ?({_any([*per_month, *per_day])})(?!\w)"),
        fixed=re.compile(rf"(?<!\w)(?:{_any([*days, *month_offsets, *years])})(?!\w)"),
    )


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
