"""Dates in a message, absolute or relative to the day it is written: a day, a month or a year as ISO text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.understanding.date_words import date_words
from assistant.understanding.numbers import NumberMention
from assistant.understanding.spans import DateMention

_YEAR = re.compile(r"(?<![\w/.,-])((?:19|20)\d{2})(?![\w/]|[.,]\d)")
_AGO = re.compile(r" siden\b")
_SINCE = re.compile(r",? (?:og [\w ]{3,20} )?siden\b")
_FOR = re.compile(r"\b(?:det er|for)(?: (?:ca\.?|cirka|nu|præcis|snart|nøjagtigt?|kun))? $")
_IN = re.compile(r"\bom (?:ca\.? |cirka |omkring )?$")
_MOST_MONTHS, _MOST_DAYS = 1200, 36_500
_YEARS_AHEAD = 5
_WEEK = 7


def find_dates(norm: str, numbers: Sequence[NumberMention], today: date) -> tuple[DateMention, ...]:
    """All dates of a folded text, in order, the longer of two that overlap."""
    finders = (_day_months, _numeric, _month_years, _fixed, _weekdays, _summers)
    found = [mention for finder in finders for mention in finder(norm, today)]
    found.extend((*_ago_or_ahead(norm, numbers, today), *_years(norm)))
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def iso_day(year: int, month: int, day: int) -> str | None:
    """A day as ISO text, if there is such a day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def full_year(text: str, today: date) -> int:
    """A year of two or four digits; two digits mean the latest such year not far ahead."""
    year = int(text.lstrip("'"))
    if year > 99:
        return year
    year += today.year // 100 * 100
    return year if year <= today.year + _YEARS_AHEAD else year - 100


def _iso_month(today: date, months: int) -> str:
    """The month so many months from today."""
    index = today.year * 12 + today.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _said_year(digits: str | None, words: str | None, today: date) -> int | None:
    if digits:
        return full_year(digits, today)
    return today.year + date_words().years[words] if words else None


def _day_months(norm: str, today: date) -> Iterator[DateMention]:
    """Find "14. marts 1971" and "den første februar"."""
    words = date_words()
    for match in words.day_month.finditer(norm):
        said = match.group(1)
        day = int(said) if said.isdigit() else words.ordinals.index(said) + 1
        year = _said_year(match.group(3), match.group(4), today)
        yield from _day(day, words.months[match.group(2)], year, match, today)


def _numeric(norm: str, today: date) -> Iterator[DateMention]:
    """Find "1971-03-14", "14/3-71" and "14.3.1971"; without a year only with a stroke."""
    for match in date_words().numeric.finditer(norm):
        if match.group(1):
            year, month, day = map(int, match.group(1, 2, 3))
            yield from _day(day, month, year, match, today)
        elif match.group() != "1/2" and (match.group(7) or match.group(5) == "/"):
            given = full_year(match.group(7), today) if match.group(7) else None
            yield from _day(int(match.group(4)), int(match.group(6)), given, match, today)


def _day(day: int, month: int, year: int | None, match: re.Match[str], today: date) -> Iterator[DateMention]:
    """A day; without a year the last such day and the next."""
    if year is not None:
        yield from _same(iso_day(year, month, day), match)
        return
    this, now = iso_day(today.year, month, day), today.isoformat()
    if this is not None:
        last = this if this <= now else iso_day(today.year - 1, month, day)
        coming = this if this >= now else iso_day(today.year + 1, month, day)
        yield DateMention(match.start(), match.end(), last, coming)


def _same(value: str | None, match: re.Match[str]) -> Iterator[DateMention]:
    """A date that is the same looking forward and back."""
    if value:
        yield DateMention(match.start(), match.end(), value, value)


def _month_years(norm: str, today: date) -> Iterator[DateMention]:
    """Find "marts 2025" and "i maj"."""
    words = date_words()
    for match in words.month_year.finditer(norm):
        month = words.months[match.group(1)]
        year = _said_year(match.group(2), match.group(3), today)
        if year is not None:
            yield from _same(f"{year:04d}-{month:02d}", match)
        elif match.group(1) not in words.too_short:
            last = today.year - (month > today.month)
            coming = today.year + (month < today.month)
            yield DateMention(match.start(), match.end(), f"{last}-{month:02d}", f"{coming}-{month:02d}")


def _fixed(norm: str, today: date) -> Iterator[DateMention]:
    """Find "i går", "næste måned" and "sidste år"."""
    words = date_words()
    for match in words.fixed.finditer(norm):
        said = match.group()
        if said in words.days:
            offset, value = words.days[said], (today + timedelta(days=words.days[said])).isoformat()
        elif said in words.month_offsets:
            offset, value = words.month_offsets[said], _iso_month(today, words.month_offsets[said])
        else:
            offset, value = words.years[said], str(today.year + words.years[said])
        yield DateMention(match.start(), match.end(), value if offset <= 0 else None, value if offset >= 0 else None)


def _weekdays(norm: str, today: date) -> Iterator[DateMention]:
    """Find "i mandags" and "på mandag"."""
    for match in date_words().weekday.finditer(norm):
        lead, said = match.group(1), match.group(2)
        wanted = date_words().weekdays[said]
        if lead == "sidste" or (lead == "i" and said.endswith("s")):
            back = (today.weekday() - wanted) % _WEEK or _WEEK
            yield DateMention(match.start(), match.end(), (today - timedelta(days=back)).isoformat(), None)
        elif lead != "i":
            ahead = (wanted - today.weekday()) % _WEEK or _WEEK
            yield DateMention(match.start(), match.end(), None, (today + timedelta(days=ahead)).isoformat())


def _summers(norm: str, today: date) -> Iterator[DateMention]:
    """Find "i sommer", "til sommer", "sidste sommer" and "sommeren 2024": June stands for them."""
    june = date_words().june
    for match in date_words().summer.finditer(norm):
        lead, year = match.group(1), _said_year(match.group(2), match.group(3), today)
        if year is None and lead == "sidste":
            year = today.year - 1
        if year is not None:
            yield from _same(f"{year}-{june:02d}", match)
        elif lead is not None:
            last, coming = today.year - (today.month < june), today.year + (today.month > june)
            yield DateMention(match.start(), match.end(), f"{last}-{june:02d}", f"{coming}-{june:02d}")


def _ago_or_ahead(norm: str, numbers: Sequence[NumberMention], today: date) -> Iterator[DateMention]:
    """Find "for otte måneder siden", "det er et halvt år, siden" and "om tre uger"."""
    for number in numbers:
        unit = date_words().unit.match(norm, number.end)
        if not unit or number.in_range:
            continue
        before = norm[max(0, number.start - 20) : number.start]
        ago = _AGO.match(norm, unit.end()) or (_SINCE.match(norm, unit.end()) if _FOR.search(before) else None)
        ahead = not ago and _IN.search(before) is not None
        if ago or ahead:
            value = _shifted(number.value, unit.group(1), 1 if ahead else -1, today)
            end = ago.end() if ago else unit.end()
            yield DateMention(number.start, end, None if ahead else value, value if ahead else None)


def _shifted(amount: float, unit: str, sign: int, today: date) -> str | None:
    """So many units from today: days to the day, longer units to the month."""
    words = date_words()
    if unit in words.per_month:
        months = int(amount * words.per_month[unit])
        return _iso_month(today, sign * months) if months <= _MOST_MONTHS else None
    days = int(amount * words.per_day[unit])
    if days > _MOST_DAYS:
        return None
    shifted = (today + timedelta(days=sign * days)).isoformat()
    return shifted if words.per_day[unit] == 1 else shifted[: len("2026-11")]


def _years(norm: str) -> Iterator[DateMention]:
    for match in _YEAR.finditer(norm):
        yield from _same(match.group(1), match)
