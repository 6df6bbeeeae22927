"""Amounts set for a year at a time: the verified value of that year, or that there is none; never another year's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rules.schema import Dated
from rules.yamlfile import DataError, Problem, YamlFile, parse


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Row(_Part):
    """The verified values of one year; a part that no source gives for the year is left out."""

    year: int = Field(ge=2009, le=2100)
    values: dict[str, Annotated[Decimal, Field(gt=0)]] = Field(min_length=1)
    sources: tuple[str, ...] = Field(min_length=1)


class Table(Dated):
    """An amount over the years: when the law has it, its unit, its parts, and a row for each verified year."""

    unit: Literal["kr_per_hour", "kr_per_month"]
    parts: tuple[str, ...] = Field(min_length=1)
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Table:
        years = [row.year for row in self.rows]
        twice = sorted({year for year in years if years.count(year) > 1})
        if twice:
            raise ValueError(f"året {twice[0]} står to gange; behold den række, kilden bekræfter")
        unknown = sorted({part for row in self.rows for part in row.values} - set(self.parts))
        if unknown:
            raise ValueError(f"«{unknown[0]}» står ikke i «parts»; skriv en af {', '.join(self.parts)}")
        return self


class _File(_Part):
    checked_on: date
    figures: dict[str, Table]


@dataclass(frozen=True, slots=True)
class Figure:
    """The verified values of an amount for a year, in kroner by part; a part without one is not verified that year."""

    id: str
    year: int
    unit: str
    parts: tuple[str, ...]
    values: Mapping[str, Decimal]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoVerifiedFigure:
    """No source that could be read gives the amount for this year."""

    id: str
    year: int
    unit: str


@dataclass(frozen=True, eq=False)
class Figures:
    """The amounts by id, and the day they were last read against their sources."""

    tables: Mapping[str, Table]
    checked_on: date

    def on(self, ids: Iterable[str], day: date) -> tuple[Figure | NoVerifiedFigure, ...]:
        """Of these amounts, those the law has on a day, for that day's year."""
        return tuple(self.of(id_, day.year) for id_ in ids if self.tables[id_].in_force(day))

    def of(self, id_: str, year: int) -> Figure | NoVerifiedFigure:
        """The amount for exactly this calendar year; raises `KeyError` for an id that is not in figures.yaml."""
        table = self.tables[id_]
        for row in table.rows:
            if row.year == year:
                return Figure(id_, year, table.unit, table.parts, MappingProxyType(row.values), row.sources)
        return NoVerifiedFigure(id_, year, table.unit)


def load_figures(path: Path, known_sources: Collection[str] | None = None) -> Figures:
    """The amounts; raises `DataError` with file, line and remedy. Sources are checked against `known_sources`."""
    content, source = parse(path, _File)
    problems = [] if known_sources is None else list(_unknown_sources(content, source, known_sources))
    if problems:
        raise DataError(problems)
    return Figures(MappingProxyType(content.figures), content.checked_on)


def _unknown_sources(content: _File, source: YamlFile, known: Collection[str]) -> list[Problem]:
    message = "kilden «{}» står ikke i sources.yaml; skriv den ind dér først"
    return [
        source.problem(("figures", id_, "rows", i, "sources"), message.format(tag))
        for id_, table in content.figures.items()
        for i, row in enumerate(table.rows)
        for tag in row.sources
        if tag not in known
    ]
