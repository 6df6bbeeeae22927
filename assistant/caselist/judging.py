"""Judge the rows of a list, and find the deadlines in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assistant.caselist.reading import CaseList, Row
from assistant.caselist.spellings import AS_OF, ID, read_day, read_value
from assistant.presenting import Presenter
from assistant.texts import Texts
from rules.deadlines import Deadline
from rules.facts import FactError, FactProblem, Facts, parse_facts
from rules.judge import Judge, Judgement
from rules.lawbook import LawBook

Problem = tuple[str, str]  # the field as the list calls it, and what to write


@dataclass(frozen=True, slots=True)
class Desk:
    """What cases are judged with; `as_of` is the day of those that name none."""

    judge: Judge
    texts: Texts
    as_of: date
    schemes: tuple[str, ...]

    @property
    def law(self) -> LawBook:
        return self.judge.law

    def presenter(self, as_of: date) -> Presenter:
        return Presenter(self.law, self.texts, as_of)


@dataclass(frozen=True, slots=True)
class Case:
    """A row judged, or what is wrong with it."""

    row: Row
    id: str
    as_of: date
    facts: Facts = field(default_factory=Facts)
    judgement: Judgement | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of a case, with the schemes it stands under; none of them where it is common to all."""

    case: Case
    deadline: Deadline
    schemes: tuple[str, ...]


def judge_row(row: Row, cases: CaseList, desk: Desk) -> Case:
    """Judge one row; what is wrong with it comes back in `problems` and never as an exception."""
    id_ = _id(row)
    if row.fault is not None:
        return Case(row, id_, desk.as_of, problems=(("", desk.texts(f"caselist.row.{row.fault}")),))
    as_of, problem = _as_of(row, cases, desk)
    if problem is not None:
        return Case(row, id_, as_of, problems=(problem,))
    vocabulary, choices = desk.law.vocabulary, cases.spellings.choices
    raw = {
        name: read_value(vocabulary[name], cell, choices[name]) if name in vocabulary else cell
        for name, cell in row.cells.items()
        if name not in (ID, AS_OF)
    }
    try:
        facts = parse_facts(raw, vocabulary, as_of)
    except FactError as error:
        problems = tuple((cases.headings.get(p.fact, p.fact), _remedy(p, desk)) for p in error.problems)
        return Case(row, id_, as_of, problems=problems)
    return Case(row, id_, as_of, facts, desk.judge.judge(facts, as_of, desk.schemes))


def _id(row: Row) -> str:
    cell = row.cells.get(ID)
    if isinstance(cell, float):  # a workbook has no whole numbers
        return f"{cell:.15g}"
    return "" if cell is None else str(cell).strip()


def _as_of(row: Row, cases: CaseList, desk: Desk) -> tuple[date, Problem | None]:
    """The day of a row, and what is wrong with it."""
    cell = row.cells.get(AS_OF)
    if cell is None:
        return desk.as_of, None
    heading = cases.headings.get(AS_OF, AS_OF)
    text = cell.isoformat()[:10] if isinstance(cell, date) else cell
    day = read_day(text) if isinstance(text, str) else None
    if day is None:
        return desk.as_of, (heading, desk.texts("caselist.error.day"))
    covers = desk.law.covers
    if not covers.in_force(day):
        return desk.as_of, (heading, desk.texts("error.as_of", first=covers.from_, last=covers.to))
    return day, None


def _remedy(problem: FactProblem, desk: Desk) -> str:
    """What to write instead; a list is written in other words than JSON."""
    params = dict(problem.params)
    if problem.code == "not_choice":
        values = desk.law.vocabulary[problem.fact].values
        params["values"] = "; ".join(desk.texts(f"fact.{problem.fact}.{value}") for value in values)
    own = f"caselist.error.{problem.code}"
    return desk.texts(own if desk.texts.has(own) else f"error.{problem.code}", **params)


def due(case: Case, first: date, last: date) -> Iterator[Due]:
    """The deadlines of a case that may fall from `first` to `last`, each once."""
    if case.judgement is None:
        return
    stands: dict[tuple[str, date, date | None], tuple[Deadline, list[str]]] = {}
    under = [("", case.judgement.deadlines), *((r.version.scheme.id, r.deadlines) for r in case.judgement.schemes)]
    for scheme, deadlines in under:
        for deadline in deadlines:
            key = (deadline.id, deadline.day, deadline.day_to)
            stands.setdefault(key, (deadline, []))[1].append(scheme)
    for deadline, schemes in stands.values():
        if deadline.day <= last and (deadline.day_to or deadline.day) >= first:
            yield Due(case, deadline, tuple(scheme for scheme in schemes if scheme))
