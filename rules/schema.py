"""The shape of a law file: what may stand in rules/law/schemes/*.yaml, and what each part means."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

ConditionOutcome = Literal["met", "unmet", "assess", "unknown", "note", "not_applicable"]
RouteState = Literal["open", "closed"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Dated(_Part):
    """Something in force from a day until another, or until further notice."""

    from_: date = Field(alias="from")
    to: date | None = None

    def in_force(self, on: date) -> bool:
        return self.from_ <= on and (self.to is None or on <= self.to)

    @model_validator(mode="after")
    def _ordered(self) -> Dated:
        if self.to is not None and self.to < self.from_:
            raise ValueError("«to» ligger før «from»; byt dem om eller ret årstallet")
        return self


class Row(_Part):
    """One line of a decision table: the first whose tests all hold decides. Empty tests: everything else."""

    tests: dict[str, tuple[str, ...]]
    then: str
    why: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _readable(cls, raw: object) -> object:
        """Accept the form editors write: `{if: {fact: value}, then: …}` or `else: …`."""
        if not isinstance(raw, dict):
            raise ValueError("en række skrives {if: {oplysning: værdi}, then: udfald} eller «else: udfald»")
        row = dict(raw)
        if "else" in row:
            if "if" in row or "then" in row:
                raise ValueError("skriv enten «if» og «then», eller «else»")
            return {"tests": {}, "then": row.pop("else"), **row}
        if not row.get("if") or "then" not in row:
            raise ValueError("rækken mangler «if» eller «then»")
        tests = row.pop("if")
        if not isinstance(tests, dict):
            raise ValueError("«if» skrives {oplysning: værdi}")
        return {"tests": {name: _symbols(value) for name, value in tests.items()}, **row}


def _symbols(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple({True: "yes", False: "no"}[item] if isinstance(item, bool) else str(item) for item in values)


class EarlierLaw(_Part):
    """Where the same condition stood until a day."""

    to: date
    law: str


class Condition(Dated):
    """An atomic condition of the digest with its legal basis and its decision table.

    Conditions of one `group` are alternatives: the best of them counts. One that is `alternative_to` another is shown
    but never counts, because the other's table already reads it.
    """

    id: str
    kind: Literal["F", "J", "P"]
    law: str
    earlier_law: EarlierLaw | None = None
    sources: tuple[str, ...]
    routes: tuple[str, ...] = ()
    unverified: Literal["paragraph", "interval", "rule"] | None = None
    alternative_to: str | None = None
    group: str | None = None
    also_reads: tuple[str, ...] = ()
    rows: tuple[Row, ...]

    def law_on(self, day: date) -> str:
        """Act and paragraph as they stood on a day."""
        return self.earlier_law.law if self.earlier_law and day <= self.earlier_law.to else self.law

    @field_validator("rows")
    @classmethod
    def _table(cls, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        allowed = ConditionOutcome.__args__  # type: ignore[attr-defined]
        for row in rows:
            if row.then not in allowed:
                raise ValueError(f"«{row.then}» er ikke et udfald; skriv {', '.join(allowed)}")
        return _ends_in_else(rows)


class Route(_Part):
    """One way into a scheme, and when it is open."""

    id: str
    rows: tuple[Row, ...]

    @field_validator("rows")
    @classmethod
    def _table(cls, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        for row in rows:
            if row.then not in ("open", "closed"):
                raise ValueError(f"«{row.then}» kan ikke stå her; en vej er open eller closed")
        return _ends_in_else(rows)


def _ends_in_else(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    if not rows or rows[-1].tests or any(not row.tests for row in rows[:-1]):
        raise ValueError("den sidste række, og kun den, skal være «else»")
    return rows


def _one_open_route() -> tuple[Route, ...]:
    return (Route.model_validate({"id": "main", "rows": [{"else": "open"}]}),)


class Basis(Dated):
    """The act that the scheme stood in for a period."""

    act: str
    sources: tuple[str, ...]


class Amount(Dated):
    """A figure that follows from the facts by a named formula."""

    id: str
    formula: Literal["hours_cap"]
    facts: tuple[str, ...]
    sources: tuple[str, ...]


class DeadlineRule(Dated):
    """A day that the scheme makes important, computed by a named rule; `route` limits it to one way in."""

    id: str
    kind: Literal["last_start", "renewal_decision", "pension_day", "complaint"]
    route: str | None = None
    sources: tuple[str, ...]


class Change(_Part):
    """A change of law that touched the scheme."""

    id: str
    on: date
    sources: tuple[str, ...]


class Scheme(_Part):
    """A support scheme: its acts by period, its routes and its conditions.

    `signals` are the facts whose mention shows that the talk is about this scheme; `figures` are ids in figures.yaml.
    """

    id: str
    checked_on: date
    wider: bool = False
    basis: tuple[Basis, ...]
    routes: tuple[Route, ...] = Field(default_factory=_one_open_route)
    conditions: tuple[Condition, ...]
    amounts: tuple[Amount, ...] = ()
    figures: tuple[str, ...] = ()
    deadlines: tuple[DeadlineRule, ...] = ()
    changes: tuple[Change, ...] = ()
    next_steps: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()


class Source(_Part):
    """A public page the law was read from."""

    title: str
    publisher: str
    dated: str
    url: str | None = None
