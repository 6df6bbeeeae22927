"""Dates in a message, absolute or relative to the day it is written: a day, a month or a year as ISO text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assistant.understanding.lexicon import load
from assistant.understanding.numbers import NumberMention
from assistant.understanding.text import fold_word


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written; where no year is said, it differs for what has been and what will be."""

    start: int
    end: int
    past: str | None
    future: str | None

    def seen(self, forward: bool) -> str | None:
        """The date, looking forward or back from today."""
        return self.future if forward else self.past


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    weekdays: dict[str, int]
    per_month: dict[str, int]
    per_day: dict[str, int]
    fixed: tuple[tuple[str, str, int], ...]
    day_month: re.Pattern[str]
    month_year: re.Pattern[str]
    numeric: re.Pattern[str]
    weekday: re.Pattern[str]
    season: re.Pattern[str]
    unit: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load("dates")
    months = _index(data["months"])
    weekdays = _index(data["weekdays"])
    per_month, per_day = _index(data["units_in_months"]), _index(data["units_in_days"])
    fixed = tuple(
        (fold_word(words), part, int(offset))
        for part in ("days_from_today", "months_from_now", "years_from_now")
        for offset, phrases in data[part].items()
        for words in phrases
    )
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    year = r"(?:[ ,]{1,2}(?:i )?(\d{4}|'?\d{2}(?!\d| ?timer| ?år| ?t\b))|,? (sidste år|i fjor|næste år|i år))?"
    ordinals = "|".join(sorted(map(fold_word, data["ordinals"]), key=len, reverse=True))
    units = "|".join(sorted(map(re.escape, [*per_month, *per_day]), key=len, reverse=True))
    return _Words(
        months,
        weekdays,
        per_month,
        per_day,
        fixed,
        re.compile(rf"(?<![\w/])(\d{{1,2}}|{ordinals})(?:\.|te|de|st)? ?(?:i )?({month})\b\.?{year}"),
        re.compile(rf"(?<!\w)({month})\b\.?{year}"),
        re.compile(
            r"(?<![\w/.-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([./-])(\d{1,2})(?:[./ -]{1,2}(\d{4}|\d{2}))?)"
            r"(?![\d/]|-\d|\.\d| ?(?:timer|t\b|uger|dage|år\b|procent|%))"
        ),
        re.compile(rf"(?<!\w)(i|på|nu på|fra|til|sidste|næste) ({'|'.join(weekdays)})\b"),
        re.compile(
            r"(?<!\w)(?:(i|til|sidste|fra|siden|i løbet af|før|efter|næste) )?sommer(?:en)?"
            r"(?: (\d{4})| (sidste år|i fjor|i år|næste år))?\b"
        ),
        re.compile(rf"\.? ?({units})(?!\w)"),
    )


def _index(table: dict[int, list[str]]) -> dict[str, int]:
    return {fold_word(word): int(value) for value, words in table.items() for word in words}


def find_dates(norm: str, numbers: Sequence[NumberMention], today: date) -> tuple[DateMention, ...]:
    """All dates of a folded text, in order, the longer of two that overlap."""
    found = [
        *_day_months(norm, today),
        *_numeric(norm, today),
        *_month_years(norm, today),
        *_fixed(norm, today),
        *_weekdays(norm, today),
        *_summers(norm, today),
        *_ago_or_ahead(norm, numbers, today),
        *_years(norm),
    ]
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


def iso_month(today: date, months: int) -> str | None:
    """The month so many months from today."""
    index = today.year * 12 + today.month - 1 + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}" if 1800 <= index // 12 <= 2200 else None


def full_year(text: str, today: date) -> int:
    """A year of two or four digits; two digits mean the latest such year not far ahead."""
    year = int(text.lstrip("'"))
    if year > 99:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + 5 else century - 100 + year


def _both(value: str | None, start: int, end: int) -> Iterator[DateMention]:
    if value:
        yield DateMention(start, end, value, value)


def _said_year(match: re.Match[str], digits: int, words: int, today: date) -> int | None:
    if match.group(digits):
        return full_year(match.group(digits), today)
    offsets = {"sidste år": -1, "i fjor": -1, "næste år": 1, "i år": 0}
    return today.year + offsets[match.group(words)] if match.group(words) else None


def _day_months(norm: str, today: date) -> Iterator[DateMention]:
    for match in _words().day_month.finditer(norm):
        month = _words().months[match.group(2)]
        year = _said_year(match, 3, 4, today)
        said = match.group(1)
        day = int(said) if said.isdigit() else [fold_word(word) for word in load("dates")["ordinals"]].index(said) + 1
        yield from _day(day, month, year, match.start(), match.end(), today)


def _day(day: int, month: int, year: int | None, start: int, end: int, today: date) -> Iterator[DateMention]:
    if year is not None:
        yield from _both(iso_day(year, month, day), start, end)
        return
    this = iso_day(today.year, month, day)
    if this is None:
        return
    last = this if this <= today.isoformat() else iso_day(today.year - 1, month, day)
    coming = this if this >= today.isoformat() else iso_day(today.year + 1, month, day)
    yield DateMention(start, end, last, coming)


def _numeric(norm: str, today: date) -> Iterator[DateMention]:
    for match in _words().numeric.finditer(norm):
        if match.group(1):
            yield from _both(iso_day(*map(int, match.group(1, 2, 3))), match.start(), match.end())
            continue
        day, mark, month, year = int(match.group(4)), match.group(5), int(match.group(6)), match.group(7)
        if not 1 <= month <= 12 or not 1 <= day <= 31 or (year is None and mark != "/") or match.group() == "1/2":
            continue
        yield from _day(day, month, full_year(year, today) if year else None, match.start(), match.end(), today)


def _month_years(norm: str, today: date) -> Iterator[DateMention]:
    for match in _words().month_year.finditer(norm):
        if match.group(1) in ("mar", "jul.", "dec", "sep", "jan", "feb") and not match.group(2):
            continue
        month = _words().months[match.group(1)]
        year = _said_year(match, 2, 3, today)
        if year is not None:
            yield from _both(f"{year:04d}-{month:02d}", match.start(), match.end())
            continue
        last = today.year if month <= today.month else today.year - 1
        coming = today.year if month >= today.month else today.year + 1
        yield DateMention(match.start(), match.end(), f"{last}-{month:02d}", f"{coming}-{month:02d}")


def _fixed(norm: str, today: date) -> Iterator[DateMention]:
    for words, part, offset in _words().fixed:
        at = norm.find(words)
        while at >= 0:
            end = at + len(words)
            if not (at and norm[at - 1].isalnum()) and not norm[end : end + 1].isalnum():
                value = _offset_value(part, offset, today)
                yield DateMention(at, end, value if offset <= 0 else None, value if offset >= 0 else None)
            at = norm.find(words, end)


def _offset_value(part: str, offset: int, today: date) -> str | None:
    if part == "days_from_today":
        return (today + timedelta(days=offset)).isoformat()
    return iso_month(today, offset) if part == "months_from_now" else f"{today.year + offset}"


def _weekdays(norm: str, today: date) -> Iterator[DateMention]:
    for match in _words().weekday.finditer(norm):
        wanted, lead = _words().weekdays[match.group(2)], match.group(1)
        if match.group(2).endswith("s") and lead == "i" or lead == "sidste":
            back = (today.weekday() - wanted) % 7 or 7
            yield DateMention(match.start(), match.end(), (today - timedelta(days=back)).isoformat(), None)
        elif lead != "i":
            ahead = (wanted - today.weekday()) % 7 or 7
            yield DateMention(match.start(), match.end(), None, (today + timedelta(days=ahead)).isoformat())


def _summers(norm: str, today: date) -> Iterator[DateMention]:
    june = int(load("dates")["summer"])
    for match in _words().season.finditer(norm):
        lead, said = match.group(1), _said_year(match, 2, 3, today)
        if said is not None:
            yield from _both(f"{said}-{june:02d}", match.start(), match.end())
        elif lead == "sidste":
            yield DateMention(match.start(), match.end(), f"{today.year - 1}-{june:02d}", None)
        elif lead is not None:
            last = today.year if today.month >= june else today.year - 1
            coming = today.year if today.month <= june else today.year + 1
            yield DateMention(match.start(), match.end(), f"{last}-{june:02d}", f"{coming}-{june:02d}")


def _ago_or_ahead(norm: str, numbers: Sequence[NumberMention], today: date) -> Iterator[DateMention]:
    words = _words()
    for number in numbers:
        match = words.unit.match(norm, number.end)
        if not match or number.in_range:
            continue
        unit, end = match.group(1), match.end()
        ago = re.compile(r" siden\b").match(norm, end)
        ahead = re.search(r"\bom (?:ca\.? |cirka |omkring )?$", norm[max(0, number.start - 14) : number.start])
        if not ago and not ahead:
            ago = re.search(
                r"\b(?:det er|for)(?: (?:ca\.?|cirka|nu|præcis|snart|nøjagtigt?|kun))? $",
                norm[max(0, number.start - 20) : number.start],
            ) and re.compile(r",? (?:og [\w ]{3,20} )?siden\b").match(norm, end)
        if ago or ahead:
            value = _shifted(number.value, unit, bool(ahead), today)
            yield DateMention(
                number.start, ago.end() if ago else end, None if ahead else value, value if ahead else None
            )


def _shifted(value: float, unit: str, forward: bool, today: date) -> str | None:
    words, sign = _words(), 1 if forward else -1
    if unit in words.per_month:
        months = value * words.per_month[unit]
        return iso_month(today, sign * int(months)) if months < 1200 else None
    days = int(value * words.per_day[unit])
    if days > 36500:
        return None
    shifted = today + timedelta(days=sign * days)
    return shifted.isoformat() if words.per_day[unit] == 1 else shifted.isoformat()[:7]


def _years(norm: str) -> Iterator[DateMention]:
    for match in re.finditer(r"(?<![\w/.,-])((?:19|20)\d{2})(?![\w/]|[.,]\d)", norm):
        yield from _both(match.group(1), match.start(), match.end())
