"""What the shape of a law file cannot show: names that point nowhere, unknown symbols, periods that overlap."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.facts import Fact
from rules.readings import UNKNOWN, Reading
from rules.schema import Condition, Row, Scheme
from rules.yamlfile import Problem, YamlFile


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a law file may use, and the first day the law must cover."""

    facts: Mapping[str, Fact]
    readings: Mapping[str, Reading]
    sources: Collection[str]
    figures: Collection[str]
    first_day: date


def check_scheme(scheme: Scheme, source: YamlFile, known: Known) -> Iterator[Problem]:
    """Every problem in a scheme's file, each with its line and what to write instead."""
    if scheme.id != source.path.stem:
        yield source.problem(("id",), f"«id» skal være filens navn: {source.path.stem}")
    for i, condition in enumerate(scheme.conditions):
        yield from _rows(source, ("conditions", i), condition.rows, known)
        yield from _condition(scheme, source, i, known)
    for i, route in enumerate(scheme.routes):
        yield from _rows(source, ("routes", i), route.rows, known)
    for fact in scheme.signals:
        if fact not in known.facts:
            yield source.problem(("signals",), f"oplysningen «{fact}» står ikke i facts.yaml")
    for figure in scheme.figures:
        if figure not in known.figures:
            yield source.problem(("figures",), f"beløbet «{figure}» står ikke i figures.yaml; skriv det ind dér først")
    for day in {known.first_day, *(basis.from_ for basis in scheme.basis)}:
        if sum(basis.in_force(day) for basis in scheme.basis) != 1:
            yield source.problem(("basis",), f"præcis ét lovgrundlag skal dække {day}; ret «from» og «to»")


def _condition(scheme: Scheme, source: YamlFile, i: int, known: Known) -> Iterator[Problem]:
    condition, at = scheme.conditions[i], ("conditions", i)
    routes = [route.id for route in scheme.routes]
    for tag in condition.sources:
        if tag not in known.sources:
            yield source.problem((*at, "sources"), f"kilden «{tag}» står ikke i sources.yaml; skriv den ind dér først")
    for route in condition.routes:
        if route not in routes:
            yield source.problem((*at, "routes"), f"vejen «{route}» findes ikke; skriv en af {', '.join(routes)}")
    for fact in condition.also_reads:
        if fact not in known.facts:
            yield source.problem((*at, "also_reads"), f"oplysningen «{fact}» står ikke i facts.yaml")
    for other in scheme.conditions[:i]:
        if _overlap(condition, other):
            message = f"«{condition.id}» gælder to gange i samme periode; ret «from», «to» eller «routes»"
            yield source.problem(at, message)


def _overlap(one: Condition, other: Condition) -> bool:
    same = one.id == other.id and (not one.routes or not other.routes or bool(set(one.routes) & set(other.routes)))
    return same and (one.in_force(other.from_) or other.in_force(one.from_))


def _rows(source: YamlFile, loc: tuple[int | str, ...], rows: tuple[Row, ...], known: Known) -> Iterator[Problem]:
    for number, row in enumerate(rows):
        at = (*loc, "rows", number)
        for name, symbols in row.tests.items():
            if name not in known.readings:
                message = f"«{name}» er hverken en oplysning i facts.yaml eller en aflæsning i readings.yaml"
                yield source.problem(at, message)
                continue
            allowed = (*known.readings[name].symbols, UNKNOWN)
            for symbol in symbols:
                if symbol not in allowed:
                    message = f"«{name}» kan ikke være «{symbol}»; skriv en af {', '.join(allowed)}"
                    yield source.problem(at, message)
