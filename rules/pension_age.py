"""Folkepensionsalder by birth date, by the table in force on a given day (pensionsloven § 1 a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rules.dates import reach_age
from rules.yamlfile import parse


class Row(BaseModel):
    """Everyone born from `born_from` until the next row reaches the age at `years` and `months`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    born_from: date
    years: int
    months: int = 0


class Table(BaseModel):
    """The cohort table as the law stood from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    in_force_from: date
    sources: tuple[str, ...]
    note: str
    rows: tuple[Row, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    checked_on: date
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class PensionAges:
    """All versions of the cohort table, oldest first."""

    tables: tuple[Table, ...]
    checked_on: date

    def table_on(self, as_of: date) -> Table:
        """The table in force on a day; raises `LookupError` before the first."""
        return _latest(self.tables, as_of)

    def day_reached(self, born: date, as_of: date) -> date:
        """The day someone born on `born` reaches folkepensionsalder, by the law as it stood on `as_of`."""
        rows = [row for row in self.table_on(as_of).rows if row.born_from <= born]
        if not rows:
            raise LookupError(born)
        return reach_age(born, rows[-1].years, rows[-1].months)


def _latest(tables: Sequence[Table], as_of: date) -> Table:
    in_force = [table for table in tables if table.in_force_from <= as_of]
    if not in_force:
        raise LookupError(as_of)
    return in_force[-1]


def load_pension_ages(path: Path) -> PensionAges:
    """Read the tables; raises `DataError` for a broken file."""
    content, _ = parse(path, _File)
    return PensionAges(content.tables, content.checked_on)
