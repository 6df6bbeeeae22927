"""The whole law as loaded from rules/law/: vocabulary, readings, schemes, and the version in force on a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rules.checks import Known, check_scheme
from rules.facts import Fact, load_vocabulary
from rules.figures import Figures, load_figures
from rules.pension_age import PensionAges, load_pension_ages
from rules.readings import Reading, load_readings
from rules.schema import Basis, Condition, Dated, DeadlineRule, Route, Row, Scheme, Source
from rules.yamlfile import DataError, Problem, parse

LAW_FOLDER = Path(__file__).parent / "law"


class _Common(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    schemes: tuple[str, ...]
    covers: Dated
    authority_changed_on: date
    check_within_days: int
    deadlines: tuple[DeadlineRule, ...]


class _Sources(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    sources: dict[str, Source]


@dataclass(frozen=True, eq=False)
class Version:
    """A scheme as it stood in a period: the conditions in force, by route."""

    scheme: Scheme
    from_: date
    to: date | None
    basis: Basis
    conditions: tuple[Condition, ...]

    @property
    def routes(self) -> tuple[Route, ...]:
        return self.scheme.routes

    def on_route(self, route: str) -> tuple[int, ...]:
        """Indexes into `conditions` of those that belong to a route."""
        return tuple(i for i, c in enumerate(self.conditions) if not c.routes or route in c.routes)

    @cached_property
    def tables(self) -> tuple[tuple[Row, ...], ...]:
        """Every decision table of the version: the conditions first, then the routes."""
        return tuple(c.rows for c in self.conditions) + tuple(r.rows for r in self.routes)

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The names of the readings that any table looks at, in order of first use: routes, then conditions."""
        ordered = [*(r.rows for r in self.routes), *(c.rows for c in self.conditions)]
        return tuple(dict.fromkeys(name for rows in ordered for row in rows for name in row.tests))


@dataclass(frozen=True, eq=False)
class LawBook:
    """Everything the rules know. Immutable once loaded."""

    vocabulary: Mapping[str, Fact]
    readings: Mapping[str, Reading]
    schemes: Mapping[str, Scheme]
    sources: Mapping[str, Source]
    ages: PensionAges
    figures: Figures
    covers: Dated
    authority_changed_on: date
    check_within_days: int
    deadlines: tuple[DeadlineRule, ...]

    def version(self, scheme_id: str, as_of: date) -> Version:
        """The scheme as it stood on a day; raises `LookupError` outside the dates the law files cover."""
        return self._versions[scheme_id][self._index(scheme_id, as_of)]

    def versions(self, scheme_id: str) -> tuple[Version, ...]:
        """Every version of a scheme, oldest first."""
        return self._versions[scheme_id]

    def _index(self, scheme_id: str, as_of: date) -> int:
        if not self.covers.in_force(as_of):
            raise LookupError(as_of)
        return next(i for i, v in enumerate(self._versions[scheme_id]) if v.to is None or as_of <= v.to)

    @cached_property
    def _versions(self) -> dict[str, tuple[Version, ...]]:
        return {scheme_id: tuple(_versions(scheme, self.covers.from_)) for scheme_id, scheme in self.schemes.items()}

    def overdue(self, today: date) -> list[str]:
        """The law files whose last reading against the law is too old."""
        dates = {f"{s.id}.yaml": s.checked_on for s in self.schemes.values()} | {
            "pension_age.yaml": self.ages.checked_on,
            "figures.yaml": self.figures.checked_on,
        }
        limit = timedelta(days=self.check_within_days)
        return [name for name, checked_on in dates.items() if today - checked_on > limit]


def _versions(scheme: Scheme, start: date) -> Iterator[Version]:
    """Cut the time from `start` at every day where a condition or the act changes."""
    dated: list[Dated] = [*scheme.conditions, *scheme.basis]
    cuts = {start, *(d.from_ for d in dated), *(d.to + timedelta(days=1) for d in dated if d.to)}
    ordered = sorted(cut for cut in cuts if cut >= start)
    for begin, following in zip(ordered, [*ordered[1:], None], strict=True):
        conditions = tuple(c for c in scheme.conditions if c.in_force(begin))
        basis = next(b for b in scheme.basis if b.in_force(begin))
        yield Version(scheme, begin, following - timedelta(days=1) if following else None, basis, conditions)


def load_law(folder: Path = LAW_FOLDER) -> LawBook:
    """Read and check every law file; raises `DataError` with all problems of the schemes at once."""
    vocabulary = load_vocabulary(folder / "facts.yaml")
    ages = load_pension_ages(folder / "pension_age.yaml")
    readings = load_readings(folder / "readings.yaml", vocabulary, ages)
    sources, _ = parse(folder / "sources.yaml", _Sources)
    common, _ = parse(folder / "common.yaml", _Common)
    figures = load_figures(folder / "figures.yaml", sources.sources.keys())
    known = Known(vocabulary, readings, sources.sources.keys(), figures.tables.keys(), common.covers.from_)
    schemes: dict[str, Scheme] = {}
    problems: list[Problem] = []
    for name in common.schemes:
        try:
            scheme, source = parse(folder / "schemes" / f"{name}.yaml", Scheme)
        except DataError as error:
            problems += error.problems
            continue
        schemes[name] = scheme
        problems += check_scheme(scheme, source, known)
    if problems:
        raise DataError(problems)
    return LawBook(vocabulary, readings, schemes, sources.sources, ages, figures, common.covers,
                   common.authority_changed_on, common.check_within_days, common.deadlines)  # fmt: skip
