"""The engine against an independent reading of the law, for every combination of facts and every change of law.

The law is proved in four steps, each of them complete by itself:

1. Readings. A rule sees a number, a date or an age only as a symbol. The tests named `..._is_read_alike` compare the
   symbol with the oracle's own arithmetic: every whole number of a range and every tenth of an hour, birth dates one
   day to each side of every cohort and age limit, graduations and starts one day to each side of the two years; days,
   months and years. What is left are plain answers, and a test says so.
2. Outcomes. `test_every_combination_gives_the_same_outcome` compares the decision diagram, the tables read plainly
   and the oracle over every combination of the facts that any of them reads. Nothing is left out by assumption: all
   get facts that come into being when asked for (`Asking`), and a first question opens a branch for each possible
   answer. What nobody asks for cannot matter, and the branches must add up to the number of all combinations.
3. Tables. `test_the_engine_fires_every_row_as_written` pushes every combination of every table's symbols through
   durable-rules. Its rules look at the symbols of one table each, so tables need not be combined with each other.
4. Conclusions. `test_the_engine_concludes_like_the_diagram` pushes people from the paths of the diagrams through it.

Complete by argument and not by counting: dates and ages reach the oracle only through `under_folkepension` and
`start_in_time` (step 2 replaces both by their result and fails where a date is asked for elsewhere), so the first two
steps multiply to everything. A number stands in step 2 with one value for each combination of bands. The days are the
first and the last of every stretch between two changes, where a change is a day that the scheme, the pension table or
the oracle's own text names.

EXHAUSTIVE=1 does all of this. Without it the three widest schemes walk every path of the diagram instead, so that the
engine's side stays complete, and ask the oracle at two corners of each path only; readings are tried at their edges,
and durable-rules concludes for a part of the paths. Each test prints how much it compared.
"""

from __future__ import annotations

import ast
import itertools
import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from math import prod
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rules.dates import parse_span
from rules.engine import Engine
from rules.facts import FactError, Facts, parse_facts
from rules.judge import Judge, Judgement, SchemeResult
from rules.lawbook import LawBook, Version, load_law
from rules.readings import UNKNOWN
from rules.schema import Row
from rules.tables import first_row
from tests.rules import oracle
from tests.rules.people import DAYS

EXHAUSTIVE = os.environ.get("EXHAUSTIVE") == "1"
LAW = load_law()
SCHEMES = tuple(oracle.JUDGES)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)

Answers = Mapping[str, Sequence[object]]

# One value for each combination of bands: 10 of 37 hours is within the cap, 10 of 0 and 25 of anything are over it.
NUMBERS: Answers = {
    "assistance_hours": (None, 0, 10, 25),
    "weekly_hours": (None, 0, 37),
    "education_months": (None, 17, 18),
    "public_funding_percent": (None, 49, 50),
    "absence_days_expected": (None, 9, 10),
}
# What stands for dates: the answer of the oracle's function, and the symbol of the engine's reading.
AGE: dict[object, str] = {None: UNKNOWN, True: "under", False: "reached"}
START: dict[object, str] = {None: UNKNOWN, "met": "in_time", "unmet": "too_late"}
DATED: dict[str, Mapping[object, str]] = {"pension_age": AGE, "start_deadline": START}
# Facts that no table reads, and why they are there all the same.
CONTEXT = {
    "municipality": "whom to contact",
    "aid": "named in the reply",
    "branch": "named in the reply",
    "employer_sector": "named in the reply",
    "recently_graduated": "shown beside ISB-C4, which it does not settle",
    "decision_received_on": "the deadline of a complaint",
    "had_aid_grant": "the deadline HJ-R3",
    "transition": "the deadline HJ-R3",
    "moving_municipality": "the deadline HJ-R3",
    "applied_on": "the deadline HJ-R3",
}


# --- facts that come into being when they are asked for


class Asking(Mapping[str, object]):
    """Facts about nobody in particular: the first question for a fact opens a branch for each of its answers.

    `advance` goes on to the next person. With a `fill`, facts not asked for so far are answered from it and open no
    branch.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.known: dict[str, object] = {}
        self.fill: Mapping[str, object] | None = None
        self._open: list[tuple[str, int]] = []

    def __getitem__(self, fact: str) -> object:
        if fact in self.known:
            return self.known[fact]
        # Not a KeyError: `Mapping.get` would take it for a fact that is absent.
        assert fact in self.answers, f"{fact} is read, though it should not be"
        if self.fill is not None:
            return self.fill.get(fact)
        self._open.append((fact, 0))
        self.known[fact] = self.answers[fact][0]
        return self.known[fact]

    def get(self, fact: str, default: object = None) -> object:
        return self[fact]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def advance(self) -> bool:
        """Give the last question that has another answer that answer; False when every branch is done."""
        while self._open:
            fact, place = self._open.pop()
            if place + 1 < len(self.answers[fact]):
                self._open.append((fact, place + 1))
                self.known[fact] = self.answers[fact][place + 1]
                return True
            del self.known[fact]
        return False

    def weight(self, whole: int) -> int:
        """How many of the `whole` combinations this branch stands for."""
        return whole // prod(len(self.answers[fact]) for fact in self.known)

    def told(self, fill: Mapping[str, object] | None = None) -> dict[str, object]:
        return {fact: value for fact, value in ({**(fill or {}), **self.known}).items() if value is not None}


class Signs(Mapping[str, str]):
    """The symbols of such a person, each read when it is first looked at; `forget` them before the next person."""

    def __init__(self, law: LawBook, facts: Asking, as_of: date) -> None:
        self._law, self._facts, self._as_of = law, facts, as_of
        self._view = Facts(facts)  # type: ignore[arg-type]
        self._read: dict[str, str] = {}
        self._known: dict[tuple[str, object], str] = {}
        self.forget = self._read.clear

    def __getitem__(self, name: str) -> str:
        symbol = self._read.get(name)
        if symbol is None:
            reading = self._law.readings[name]
            if name in DATED:
                symbol = DATED[name][self._facts[name]]
            elif len(reading.facts) > 1:
                symbol = reading.read(self._view, self._as_of).symbol
            else:  # kept by the fact's value: this line runs some hundred million times
                key = (name, self._facts[reading.facts[0]])
                if key not in self._known:
                    self._known[key] = reading.read(self._view, self._as_of).symbol
                symbol = self._known[key]
            self._read[name] = symbol
        return symbol

    def __iter__(self) -> Iterator[str]:
        return iter(self._law.readings)

    def __len__(self) -> int:
        return len(self._law.readings)


def answers_for(law: LawBook, scheme: str) -> dict[str, Sequence[object]]:
    """Every fact that engine or oracle says the scheme reads, with one answer of each class; absent comes first."""
    named = set(oracle.READS[scheme].split())
    for version in law.versions(scheme):
        for name in version.reads:
            named |= {name} if name in DATED else set(law.readings[name].facts)
    if "age" in named:
        named |= {"pension_age"}
    if "graduated_on" in named:
        named |= {"start_deadline"}
    answers: dict[str, Sequence[object]] = {}
    for fact in sorted(named):
        if fact in DATED:
            answers[fact] = (*DATED[fact],)
        elif fact in NUMBERS:
            answers[fact] = NUMBERS[fact]
        elif law.vocabulary[fact].kind == "bool":
            answers[fact] = (None, True, False)
        elif law.vocabulary[fact].kind == "choice":
            answers[fact] = (None, *law.vocabulary[fact].values)
    return answers


def _no_date(facts: oracle.Facts, fact: str) -> None:
    assert fact in ("graduated_on",), f"{fact} is read as a date outside the functions that are replaced"


@pytest.fixture
def undated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oracle with what it concludes from dates as an answer of its own."""
    monkeypatch.setattr(oracle, "under_folkepension", lambda facts, as_of: facts.get("pension_age"))
    monkeypatch.setattr(oracle, "start_in_time", lambda facts, as_of: facts.get("start_deadline") or "unknown")
    monkeypatch.setattr(oracle, "age_deadline", lambda facts, as_of: [])
    monkeypatch.setattr(oracle, "renewal_deadline", lambda facts, as_of: [])
    monkeypatch.setattr(oracle, "span", _no_date)


# --- days


@cache
def oracle_days() -> frozenset[date]:
    """Every day that stands in the oracle's text."""
    assert oracle.__file__ is not None
    found = set()
    for node in ast.walk(ast.parse(Path(oracle.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "date":
            parts = [part.value for part in node.args if isinstance(part, ast.Constant)]
            if len(parts) == 3:
                found.add(date(*(int(str(part)) for part in parts)))
    return frozenset(found)


def change_days(law: LawBook, scheme: str) -> list[date]:
    """The first and last day of every stretch in which nothing about the scheme changes."""
    last = law.covers.to
    assert last is not None
    changes = {version.from_ for version in law.versions(scheme)} | oracle_days()
    changes |= {table.in_force_from for table in law.ages.tables}
    changes |= {d.from_ for d in (*law.schemes[scheme].deadlines, *law.schemes[scheme].amounts)}
    days = {day for change in changes for day in (change - DAY, change)} | {law.covers.from_, TODAY, last}
    return sorted(day for day in days if law.covers.in_force(day))


# --- comparing


@dataclass
class Count:
    """What has been compared: oracle calls, the combinations they stand for, and where the two differ."""

    runs: int = 0
    combinations: int = 0
    conditions: int = 0
    differing: int = 0
    examples: list[str] = field(default_factory=list)

    def differ(self, told: str) -> None:
        self.differing += 1
        self.examples = sorted([*self.examples, told], key=len)[:5]


SILENT = {"note", "not_applicable"}
# PA-C1 is told beside its two parts, W-56-C4 as a judgement; the oracle lists both as open readings.
TOLD_OTHERWISE = {"PA-C1", "W-56-C4"}


class Tables:
    """A version's tables read plainly, row by row, with the results kept by symbols."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.routes = [(route.id, self._table(route.rows)) for route in version.routes]
        self.conditions = [(c.id, c.routes, self._table(c.rows)) for c in version.conditions]

    @staticmethod
    def _table(rows: tuple[Row, ...]) -> Callable[[Mapping[str, str]], str]:
        names = tuple(dict.fromkeys(name for row in rows for name in row.tests))
        known: dict[tuple[str, ...], str] = {}
        if len({row.then for row in rows}) == 1:
            return lambda signs: rows[0].then

        def outcome(signs: Mapping[str, str]) -> str:
            key = tuple([signs[name] for name in names])
            if key not in known:
                known[key] = rows[first_row(rows, signs)].then
            return known[key]

        return outcome

    def outcomes(self, signs: Mapping[str, str]) -> dict[str, set[str]]:
        """Condition by condition, what the tables say on the routes that are open."""
        opened = {id_ for id_, table in self.routes if table(signs) == "open"}
        found: dict[str, set[str]] = {}
        for id_, routes, table in self.conditions:
            if not routes or opened.intersection(routes):
                found.setdefault(id_, set()).add(table(signs))
        return found


def conditions_that_differ(tables: Tables, signs: Mapping[str, str], verdict: oracle.SchemeVerdict) -> Iterator[str]:
    """Conditions of the oracle's shown route that the tables tell otherwise, on any open route."""
    ours = tables.outcomes(signs)
    one_route = len(tables.version.routes) == 1
    for id_ in {*verdict.conditions, *(ours if one_route else ())} - TOLD_OTHERWISE:
        theirs = verdict.conditions.get(id_, "not_applicable")
        said = ours.get(id_, {"not_applicable"})
        if theirs not in said and not (theirs in SILENT and said & SILENT):
            yield f"{id_}: {sorted(said)} against {theirs}"


def corners(answers: Answers) -> list[Mapping[str, object]]:
    """Ways to answer what a path leaves open: all in favour, all against, and not at all."""
    favour = {fact: oracle.FAVOURABLE.get(fact) for fact in answers}
    against = {
        fact: next((answer for answer in reversed(answers[fact]) if answer != favour[fact]), None) for fact in answers
    }
    return [favour, against, {}]


def compare(
    law: LawBook, judge: Judge, scheme: str, as_of: date, whole: bool, fills: Sequence[Mapping[str, object]]
) -> Count:
    """Diagram, tables and oracle for every combination of answers; or, not `whole`, for every path of the diagram."""
    version = law.version(scheme, as_of)
    diagram, tables, verdict_of = judge.diagram(version), Tables(version), oracle.JUDGES[scheme]
    asking = Asking(answers_for(law, scheme))
    signs = Signs(law, asking, as_of)
    every = prod(len(classes) for classes in asking.answers.values())
    count = Count()
    while True:
        signs.forget()
        if whole:  # the oracle asks first, so that every combination it can tell apart is a branch of its own
            verdict = verdict_of(asking, as_of)
        outcome = diagram.outcome(signs)
        count.combinations += asking.weight(every)
        for fill in [{}] if whole else fills:
            asking.fill = fill
            signs.forget()
            if not whole:
                verdict = verdict_of(asking, as_of)
            count.runs += 1
            count.conditions += len(verdict.conditions)
            if verdict.outcome != outcome:
                count.differ(f"{as_of} {scheme}: {outcome} against {verdict.outcome}, {asking.told(fill)}")
            for told in conditions_that_differ(tables, signs, verdict):
                count.differ(f"{as_of} {scheme} {told}, {asking.told(fill)}")
            asking.fill = None
        if not asking.advance():
            break
    assert count.combinations == every, "the branches do not add up to all combinations"
    return count


def show(capsys: pytest.CaptureFixture[str], told: str) -> None:
    with capsys.disabled():
        print(f" [{told}]", end="")


WIDE = {"pa", "pu", "hm"}  # hundreds of thousands of combinations for the oracle on each day, or millions


def plan(law: LawBook, scheme: str) -> Iterator[tuple[date, bool, int]]:
    """The days to compare on, whether to ask the oracle about every combination, and else at how many corners."""
    first_days = {version.from_ for version in law.versions(scheme)}
    for day in change_days(law, scheme):
        if EXHAUSTIVE:
            yield day, True, 0
        elif scheme not in WIDE:
            yield day, day in first_days, 3
        elif day in first_days:
            yield day, False, 2
        elif day + DAY in first_days or day == TODAY:
            yield day, False, 1


@pytest.mark.usefixtures("undated")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_combination_gives_the_same_outcome(
    law: LawBook, judge: Judge, scheme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fills = corners(answers_for(law, scheme))
    counts = [compare(law, judge, scheme, day, whole, fills[:number]) for day, whole, number in plan(law, scheme)]
    runs, combinations = sum(count.runs for count in counts), sum(count.combinations for count in counts)
    conditions = sum(count.conditions for count in counts)
    show(capsys, f"{len(counts)} days, {runs:,} verdicts of the oracle for {combinations:,} combinations, "
                 f"{conditions:,} conditions")  # fmt: skip
    differing = sum(count.differing for count in counts)
    assert differing == 0, "\n".join([f"{differing} differ, such as:", *(e for c in counts for e in c.examples)])


# --- readings: numbers, dates and ages against the oracle's own arithmetic


def _read(law: LawBook, name: str, told: Mapping[str, object], as_of: date) -> str:
    known = {fact: parse_span(value) if isinstance(value, str) else value for fact, value in told.items()}
    return law.readings[name].read(Facts(known), as_of).symbol  # type: ignore[arg-type]


def _student(hours: object) -> bool | None:
    return oracle.has_work_or_offer({"employment": "student", "has_job_offer": False, "weekly_hours": hours})


# Banded readings: the fact, what the oracle makes of it, and the symbol that goes with each of its results.
BANDS: dict[str, tuple[str, Callable[[object], object], dict[object, str]]] = {
    "works_hours": ("weekly_hours", _student, {True: "some", False: "none", None: UNKNOWN}),
    "asks_hours": (
        "assistance_hours",
        lambda hours: oracle.need_of_assistance({"assistance_hours": hours}),
        {"assess": "some", "unknown": "none"},  # no hours asked for says as little as none told
    ),
    "education_length": (
        "education_months",
        lambda months: oracle.judge_ib({"education_months": months}, TODAY).conditions["ISB-C2"],
        {"met": "long", "unmet": "short"},
    ),
    "funding": (
        "public_funding_percent",
        lambda percent: oracle.public_employer({"public_funding_percent": percent, "applying_public_job": False}),
        {"met": "half_or_more", "unmet": "under_half"},
    ),
    "absence": (
        "absence_days_expected",
        lambda days: oracle.judge_p56({"absence_days_expected": days}, TODAY).conditions["W-56-C1"],
        {"assess": "ten_or_more", "unmet": "under_ten"},
    ),
}


@pytest.mark.parametrize("name", BANDS)
def test_every_number_is_read_alike(law: LawBook, name: str) -> None:
    """Every whole number of the range, and every tenth where the fact is no whole number."""
    fact, judged, symbols = BANDS[name]
    spec = law.vocabulary[fact]
    assert spec.min is not None
    assert spec.max is not None
    parts = 10 if spec.kind == "number" else 1
    for number in range(int(spec.min) * parts, int(spec.max) * parts + 1):
        value = number / parts if number % parts else number // parts
        assert _read(law, name, {fact: value}, TODAY) == symbols[judged(value)], value
    assert _read(law, name, {}, TODAY) == UNKNOWN


def test_every_working_time_gives_the_same_cap(law: LawBook, capsys: pytest.CaptureFixture[str]) -> None:
    """PA-L1f over hours of assistance and working hours; all tenths of both with EXHAUSTIVE=1."""
    symbols = {"met": "within", "unmet": "over", "unknown": UNKNOWN}
    tenths = [number / 10 for number in range(801)]
    asked: list[object] = [None, *(tenths if EXHAUSTIVE else [*tenths[:212], 30, 36.9, 37, 80])]
    working: list[object] = [None, *(tenths if EXHAUSTIVE else [*tenths[::25], 0.1, 36.9, 37, 37.1, 18.5, 9.25, 29.97])]
    compared = 0
    for need, hours in itertools.product(asked, working):
        told = {f: v for f, v in (("assistance_hours", need), ("weekly_hours", hours)) if v is not None}
        expected = oracle.hours_of_assistance({**told, "several_or_severe": False}, TODAY)
        assert _read(law, "hours_against_cap", told, TODAY) == symbols[expected], told
        compared += 1
    show(capsys, f"{compared:,} pairs of hours")


def births(law: LawBook, as_of: date) -> set[date]:
    """Birth dates one and two days to each side of every cohort and of every age limit on the day."""
    edges = {row.born_from for table in law.ages.tables for row in table.rows if row.born_from.year >= 1900}
    for age in {(row.years, row.months) for table in law.ages.tables for row in table.rows}:
        edges.add(oracle.add_months(as_of, -12 * age[0] - age[1]))
    edges |= {date(1960, 2, 29), date(1956, 2, 29), date(1954, 8, 31), date(1900, 1, 1), oracle.years_from(as_of, -18)}
    return {edge + number * DAY for edge in edges for number in range(-2, 3) if edge.year > 1900 or number >= 0}


def test_every_age_is_read_alike(law: LawBook, capsys: pytest.CaptureFixture[str]) -> None:
    """Birth dates as days, months and years, ages, and both; with EXHAUSTIVE=1 every day someone may have been born."""
    compared = 0
    for as_of in change_days(law, "hm"):
        days = births(law, as_of)
        if EXHAUSTIVE:
            days |= {date(1938, 1, 1) + number * DAY for number in range((date(1985, 1, 1) - date(1938, 1, 1)).days)}
        dates = sorted(text for day in days if day <= as_of for text in {f"{day}", f"{day:%Y-%m}", f"{day:%Y}"})
        ages = range(121) if EXHAUSTIVE else [0, 17, 40, *range(59, 72), 90, 120]
        people: list[dict[str, object]] = [{}]
        people += [{"birth_date": text} for text in sorted(set(dates))]
        people += [{"age": age} for age in ages]
        people += [
            {"birth_date": text, "age": age}
            for text in dates[:: len(dates) // 9]
            for age in (17, 64, 65, 66, 67, 68, 69, 90)
        ]
        for told in people:
            assert _read(law, "pension_age", told, as_of) == AGE[oracle.under_folkepension(told, as_of)], (told, as_of)
            compared += 1
        oracle.folkepension_span.cache_clear()
    show(capsys, f"{compared:,} ages")


def test_every_graduation_is_read_alike(law: LawBook, capsys: pytest.CaptureFixture[str]) -> None:
    """Graduation and start as days, months and years around as_of and the two years to each side of it."""
    compared = 0
    spread = 2 if EXHAUSTIVE else 1
    for as_of in {*change_days(law, "ib"), date(2024, 2, 29), date(2024, 2, 28), date(2026, 2, 28), date(2026, 3, 1)}:
        around = [oracle.years_from(as_of, years) for years in (-4, -2, 0, 2)]
        days = {day + number * DAY for day in around for number in range(-spread, spread + 1)}
        days |= {date(year, 2, 29) for year in (2008, 2012, 2016, 2020, 2024, 2028) if abs(year - as_of.year) < 5}
        dates = sorted(text for text in {t for day in days for t in (f"{day}", f"{day:%Y-%m}", f"{day:%Y}")})
        for graduated, start in itertools.product([None, *dates], repeat=2):
            told = {f: v for f, v in (("graduated_on", graduated), ("start_on", start)) if v is not None}
            if oracle.contradictions(told, as_of):
                continue  # refused before it comes to a reading
            expected = START[{"unknown": None}.get(found := oracle.start_in_time(told, as_of), found)]
            assert _read(law, "start_deadline", told, as_of) == expected, (told, as_of)
            compared += 1
    show(capsys, f"{compared:,} graduations")


def test_no_reading_is_left_out(law: LawBook) -> None:
    """Every reading is either compared above or is a plain answer, which stands in every combination."""
    compared = {*BANDS, *DATED, "hours_against_cap"}
    plain = {name for name, spec in law.vocabulary.items() if spec.kind in ("bool", "choice")} | {"pension_now"}
    assert set(law.readings) == compared | plain


# --- durable-rules against the tables and the diagram


def _versions(law: LawBook) -> list[Version]:
    return [version for scheme in law.schemes for version in law.versions(scheme)]


def _combinations(law: LawBook, rows: tuple[Row, ...]) -> tuple[tuple[str, ...], set[tuple[str, ...]]]:
    names = tuple(dict.fromkeys(name for row in rows for name in row.tests))
    return names, set(itertools.product(*((*law.readings[name].symbols, UNKNOWN) for name in names)))


def test_the_engine_fires_every_row_as_written(law: LawBook, capsys: pytest.CaptureFixture[str]) -> None:
    """Every combination of the symbols of every table, through durable-rules."""
    engine, rng = Engine(law.readings, remember=False), random.Random(3)
    runs = total = 0
    for version in _versions(law):
        left = [_combinations(law, rows) for rows in version.tables]
        total += sum(len(combinations) for _, combinations in left)
        while any(combinations for _, combinations in left):
            names, most = max(left, key=lambda item: len(item[1]))
            signs = {name: rng.choice((*law.readings[name].symbols, UNKNOWN)) for name in version.reads}
            signs |= zip(names, next(iter(most)), strict=True)
            verdict = engine.judge(version, signs)
            runs += 1
            assert verdict.rows == tuple(first_row(c.rows, signs) for c in version.conditions), signs
            opened = {r.id for r in version.routes if r.rows[first_row(r.rows, signs)].then == "open"}
            assert {result.id for result in verdict.routes} == opened, signs
            for names, combinations in left:
                combinations.discard(tuple(signs[name] for name in names))
    show(capsys, f"{total:,} combinations of {len(_versions(law))} versions in {runs:,} judgements")


@pytest.mark.usefixtures("undated")
def test_the_engine_concludes_like_the_diagram(law: LawBook, judge: Judge, capsys: pytest.CaptureFixture[str]) -> None:
    """A person from each path of each diagram, through durable-rules; a part of them without EXHAUSTIVE=1."""
    engine, rng = Engine(law.readings, remember=False), random.Random(4)
    paths = concluded = 0
    for version in _versions(law):
        every = 1 if EXHAUSTIVE else 101 if version.scheme.id in WIDE else 7
        for outcome, asking, signs in walk(law, judge, version):
            paths += 1
            if paths % every == 0:
                asking.fill = {fact: rng.choice(classes) for fact, classes in asking.answers.items()}
                verdict = engine.judge(version, {name: signs[name] for name in version.reads})
                assert verdict.outcome == outcome, asking.told(asking.fill)
                asking.fill = None
                concluded += 1
    show(capsys, f"{concluded:,} of {paths:,} paths")


# --- what the tables as a whole can and cannot say


def walk(law: LawBook, judge: Judge, version: Version) -> Iterator[tuple[str, Asking, Signs]]:
    """Every path that a person can take through a version's diagram, with its outcome."""
    diagram, asking = judge.diagram(version), Asking(answers_for(law, version.scheme.id))
    signs = Signs(law, asking, version.from_)
    while True:
        signs.forget()
        yield diagram.outcome(signs), asking, signs
        if not asking.advance():
            return


ALL_BUT_ELIGIBLE = {"not_eligible", "unknown", "assess"}
REACHED = {
    "fa": {*ALL_BUT_ELIGIBLE, "eligible"},  # a right to the interview by facts alone, since 2020-01-01
    "mentor": {"assess"},  # always the municipality's assessment
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_outcome_can_be_reached(law: LawBook, judge: Judge, scheme: str) -> None:
    """Each scheme can be open, ruled out and in doubt; only `fa` is ever certain, and a wider scheme never."""
    reached = {version: {outcome for outcome, *_ in walk(law, judge, version)} for version in law.versions(scheme)}
    assert reached[law.versions(scheme)[-1]] == REACHED.get(scheme, ALL_BUT_ELIGIBLE)
    for version, outcomes in reached.items():
        if not version.reads:
            assert outcomes == {"assess"}
        elif scheme == "fa" and version.from_ < date(2020, 1, 1):
            assert outcomes == ALL_BUT_ELIGIBLE
        else:
            assert outcomes == REACHED.get(scheme, ALL_BUT_ELIGIBLE)


def test_no_fact_is_read_by_nobody(law: LawBook) -> None:
    """What no table reads is context, and each such fact says what it is for."""
    read = {f for version in _versions(law) for name in version.reads for f in law.readings[name].facts}
    assert set(law.vocabulary) - read == set(CONTEXT)


# Where keeping silent is not the same as not knowing. Elsewhere, leaving a fact out can only make an outcome unknown.
SILENCE_COUNTS = {
    ("pa", "needs_personal_assistance"): "hours above 0 answer for it (decision 31)",
    ("pu", "needs_personal_assistance"): "hours above 0 answer for it (decision 31)",
    ("pu", "in_lab_offer"): "route PAT opens by it, or by the status (decision 23)",
    ("hm", "in_lab_offer"): "route T opens by it, or by the status (decision 23)",
    ("hm", "needs_aid"): "under LAB only a no counts (decision 25)",
    ("hm", "aid_kind"): "under LAB only private life and treatment count (decision 25)",
    ("ib", "impairment_permanent"): "counts only where it fails (decision 14)",
    ("fa", "impairment_permanent"): "counts only where it fails (decision 14)",
    ("fa", "permit"): "the permit route opens by it (decision 23)",
    ("fa", "public_funding_percent"): "half or more is enough whatever was said of the employer (decision 13)",
    ("fleksjob", "pension"): "a pensioner's status answers it (decision 32)",
    ("skaanejob", "pension"): "a pensioner's status answers it (decision 32)",
    ("sps", "employment"): "a student is in education, whatever else is said (decision 30)",
    ("sps", "in_training"): "the kind of training answers it (decision 30)",
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_leaving_a_fact_out_only_makes_an_outcome_unknown(law: LawBook, judge: Judge, scheme: str) -> None:
    """For every combination and every fact: unknown never becomes met by silence, nor ruled out better than unknown.

    Where a scheme has several routes, silence about the best of them leaves the next one's outcome.
    """
    found = set()
    versions = law.versions(scheme) if EXHAUSTIVE else {law.versions(scheme)[0], law.versions(scheme)[-1]}
    for version, fact in itertools.product(versions, answers_for(law, scheme)):
        for told, asking, signs in walk(law, judge, version):
            if asking.known.get(fact) is None:
                continue
            kept, asking.known[fact] = asking.known[fact], None
            signs.forget()
            silent = judge.diagram(version).outcome(signs)
            asking.known[fact] = kept
            assert silent != "eligible" or told != "unknown"
            if silent not in (told, "unknown") and (told, silent) != ("eligible", "assess"):
                found.add((scheme, fact))
                break
    assert found == {pair for pair in SILENCE_COUNTS if pair[0] == scheme}


# --- people drawn by hypothesis, through the whole of the judge

drawn = settings(max_examples=400 if EXHAUSTIVE else 60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
as_ofs = st.sampled_from(DAYS) | st.dates(date(2009, 7, 7), date(2045, 12, 31))


@st.composite
def people(draw: st.DrawFn) -> tuple[dict[str, object], date]:
    """Facts at their classes and edges, any of them left out, that do not contradict each other."""
    as_of = draw(as_ofs)
    names = draw(st.lists(st.sampled_from(sorted(LAW.vocabulary)), unique=True))
    told = {name: draw(_answers(name, as_of)) for name in names}
    assume(not oracle.contradictions(told, as_of))
    return told, as_of


def _answers(name: str, as_of: date) -> st.SearchStrategy[object]:
    spec = LAW.vocabulary[name]
    if spec.kind == "bool":
        return st.booleans()
    if spec.kind == "choice":
        return st.sampled_from(spec.values)
    if spec.kind == "text":
        return st.sampled_from(["tømrer", "en skærmlæser", "0101", "x" * 200])
    if spec.kind == "date":
        edges = [day for day in oracle.representatives(name, as_of) if isinstance(day, str)] or [as_of.isoformat()]
        return st.sampled_from(edges).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
    assert spec.min is not None
    assert spec.max is not None
    whole = st.integers(int(spec.min), int(spec.max))
    edges_and_more = whole | st.sampled_from(oracle.representatives(name, as_of))
    return edges_and_more if spec.kind == "int" else edges_and_more | whole.map(lambda tenths: tenths / 10)


def judged(judge: Judge, told: Mapping[str, object], as_of: date) -> Judgement:
    return judge.judge(parse_facts(told, judge.law.vocabulary, as_of), as_of)


def by_scheme(judgement: Judgement) -> dict[str, SchemeResult]:
    return {result.version.scheme.id: result for result in judgement.schemes}


def reasons(result: SchemeResult) -> tuple[object, ...]:
    """All of a result that goes by the readings alone."""
    return result.outcome, result.route, result.conditions, result.missing, result.openings


@drawn
@given(people(), st.randoms())
def test_the_order_of_facts_is_irrelevant(
    judge: Judge, person: tuple[dict[str, object], date], chance: random.Random
) -> None:
    told, as_of = person
    names = list(told)
    chance.shuffle(names)
    assert judged(judge, {name: told[name] for name in names}, as_of) == judged(judge, told, as_of)


@drawn
@given(people())
def test_null_is_the_same_as_absent(judge: Judge, person: tuple[dict[str, object], date]) -> None:
    told, as_of = person
    with_nulls = {name: told.get(name) for name in judge.law.vocabulary}
    assert judged(judge, with_nulls, as_of) == judged(judge, told, as_of)


@drawn
@given(people(), people())
def test_facts_a_scheme_does_not_read_change_nothing(
    judge: Judge, person: tuple[dict[str, object], date], other: tuple[dict[str, object], date]
) -> None:
    told, as_of = person
    for scheme, result in by_scheme(judged(judge, told, as_of)).items():
        read = {f for name in result.version.reads for f in judge.law.readings[name].facts}
        more = told | {fact: value for fact, value in other[0].items() if fact not in read}
        try:
            changed = judged(judge, more, as_of)
        except FactError:
            continue  # the two people together contradict each other
        assert reasons(by_scheme(changed)[scheme]) == reasons(result)


@drawn
@given(people(), st.data())
def test_what_is_not_missing_cannot_change_the_outcome(
    judge: Judge, person: tuple[dict[str, object], date], data: st.DataObject
) -> None:
    """However many of the facts that are neither given nor missing are told now, and whatever they say."""
    told, as_of = person
    for scheme, result in by_scheme(judged(judge, told, as_of)).items():
        more = dict(told)
        for fact in set(oracle.READS[scheme].split()) - set(told) - set(result.missing):
            answer = data.draw(st.none() | _answers(fact, as_of))
            planned = fact != "start_on" or parse_span(str(answer or as_of)).first >= as_of
            if answer is not None and planned and oracle.possible({**more, fact: answer}, as_of, told):
                more[fact] = answer
        assert by_scheme(judged(judge, more, as_of))[scheme].outcome == result.outcome, more


# Facts that answer an age or a date together, so that leaving one out is no plain silence.
ANSWERED_TOGETHER = {"birth_date", "age", "graduated_on", "start_on"}


@drawn
@given(people())
def test_leaving_one_out_of_a_person_only_makes_outcomes_unknown(
    judge: Judge, person: tuple[dict[str, object], date]
) -> None:
    """The same as above for whole people with their dates, through the whole of the judge."""
    told, as_of = person
    before = by_scheme(judged(judge, told, as_of))
    for fact in set(told) - ANSWERED_TOGETHER:
        silent = by_scheme(judged(judge, {name: told[name] for name in told if name != fact}, as_of))
        for scheme in SCHEMES:
            if (scheme, fact) not in SILENCE_COUNTS:
                assert silent[scheme].outcome in (before[scheme].outcome, "unknown"), (scheme, fact)


def _in_time_order(judge: Judge, reading: str, told: Mapping[str, object], days: Sequence[date], order: str) -> None:
    places = [order.split().index(_read(judge.law, reading, told, day)) for day in sorted(days)]
    assert places == sorted(places), (told, days)


@drawn
@given(st.dates(date(2007, 1, 1), date(2046, 1, 1)), st.sampled_from([10, 7, 4]), st.lists(as_ofs, min_size=2))
def test_a_graduate_is_in_time_and_later_too_late_never_back(
    judge: Judge, graduated: date, length: int, days: list[date]
) -> None:
    told = {"graduated_on": graduated.isoformat()[:length]}
    _in_time_order(judge, "start_deadline", told, days, "in_time unknown too_late")


@drawn
@given(st.dates(date(2007, 1, 1), date(2046, 1, 1)), st.dates(date(2007, 1, 1), date(2046, 1, 1)), st.lists(as_ofs))
def test_a_planned_start_does_not_age(judge: Judge, graduated: date, start: date, days: list[date]) -> None:
    told = {"graduated_on": graduated.isoformat(), "start_on": start.isoformat()}
    assert len({_read(judge.law, "start_deadline", told, day) for day in days}) <= 1


@drawn
@given(st.dates(date(1920, 1, 1), date(2009, 7, 7)), st.sampled_from([10, 7, 4]), st.lists(as_ofs, min_size=2))
def test_nobody_grows_younger_than_folkepensionsalder(judge: Judge, born: date, length: int, days: list[date]) -> None:
    """Also across the days on which the age was raised: it was raised in time for those it concerned."""
    told = {"birth_date": born.isoformat()[:length]}
    days = [day for day in days if day.year >= born.year + 1]
    _in_time_order(judge, "pension_age", told, days, "under unknown reached")
