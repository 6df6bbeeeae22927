"""Judge the facts about a person by the law of a day: outcomes with every condition, what is missing, and deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from rules.deadlines import Deadline, deadlines
from rules.diagram import Diagram
from rules.engine import Engine, Verdict
from rules.facts import Facts
from rules.lawbook import LawBook, Version
from rules.readings import Sign, hours_cap
from rules.schema import Change, Condition, ConditionOutcome

REMEMBERED_CLASSES = 30_000  # some 2.6 kB each


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One condition's outcome; `why` names the row's own reason where it has one, `facts` are what it reads."""

    condition: Condition
    outcome: ConditionOutcome
    why: str | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmountResult:
    """A figure that follows from the facts: exact, in the unit its formula gives (hours a week)."""

    id: str
    value: Fraction
    facts: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeResult:
    """A scheme judged: its outcome by its best route, and everything needed to explain it.

    `missing` are the facts whose answer could still change the outcome. `openings` is the smallest change of readings that
    would open a scheme that is ruled out, None when it is not ruled out or nothing would.
    """

    version: Version
    outcome: str
    route: str
    conditions: tuple[ConditionResult, ...]
    missing: tuple[str, ...]
    openings: Mapping[str, str] | None
    deadlines: tuple[Deadline, ...]
    amounts: tuple[AmountResult, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All asked schemes judged by the law of one day."""

    as_of: date
    schemes: tuple[SchemeResult, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class _Class:
    """What is the same for everyone whose facts read alike: worked out once, remembered."""

    verdict: Verdict
    conditions: tuple[ConditionResult, ...]
    matters: frozenset[str]
    openings: Mapping[str, str] | None


class Judge:
    """Judges by a law book. Thread-safe; remembers classes of people, never persons."""

    def __init__(self, law: LawBook) -> None:
        self.law = law
        self._engine = Engine(law.readings)
        self._diagrams: dict[Version, Diagram] = {}
        self._remembered = lru_cache(maxsize=REMEMBERED_CLASSES)(self._judge_class)

    def judge(self, facts: Facts, as_of: date, schemes: Iterable[str] | None = None) -> Judgement:
        """Judge validated facts; raises `LookupError` for a day or a scheme the law files do not cover."""
        ids = tuple(self.law.schemes) if schemes is None else tuple(schemes)
        signs: dict[str, Sign] = {}
        results = tuple(self._judge_scheme(self.law.version(id_, as_of), facts, as_of, signs) for id_ in ids)
        common = deadlines(self.law.deadlines, facts, as_of, self.law.ages)
        return Judgement(as_of, results, common)

    def diagram(self, version: Version) -> Diagram:
        """The decision diagram of a version, built on first use."""
        # No lock: two threads may build the same diagram, which is harmless, and a lock could be held across a fork.
        found = self._diagrams.get(version)
        return found or self._diagrams.setdefault(version, Diagram(version, self.law.readings))

    def read(self, version: Version, facts: Facts, as_of: date) -> dict[str, Sign]:
        """The symbols that a version sees of a person."""
        return {name: self.law.readings[name].read(facts, as_of) for name in version.reads}

    def _judge_scheme(self, version: Version, facts: Facts, as_of: date, signs: dict[str, Sign]) -> SchemeResult:
        for name in version.reads:
            if name not in signs:
                signs[name] = self.law.readings[name].read(facts, as_of)
        symbols = tuple(signs[name].symbol for name in version.reads)
        fixed = tuple(not signs[name].open_facts for name in version.reads)
        known = self._remembered(version, symbols, fixed)
        verdict = known.verdict
        rules = tuple(d for d in version.scheme.deadlines if d.route is None or d.route == verdict.shown)
        return SchemeResult(
            version=version,
            outcome=verdict.outcome,
            route=verdict.shown,
            conditions=known.conditions,
            missing=self._facts_of(known.matters, signs),
            openings=known.openings,
            deadlines=deadlines(rules, facts, as_of, self.law.ages),
            amounts=self._amounts(version, facts, as_of),
            changes=tuple(change for change in version.scheme.changes if change.on > as_of),
        )

    def _judge_class(self, version: Version, symbols: tuple[str, ...], fixed: tuple[bool, ...]) -> _Class:
        signs = dict(zip(version.reads, symbols, strict=True))
        verdict = self._engine.judge(version, signs)
        diagram = self.diagram(version)
        settled = {name: symbol for (name, symbol), fix in zip(signs.items(), fixed, strict=True) if fix}
        return _Class(
            verdict=verdict,
            conditions=tuple(
                self._condition(version.conditions[i], verdict.rows[i]) for i in version.on_route(verdict.shown)
            ),
            matters=diagram.matters(settled),
            openings=diagram.openings(signs) if verdict.outcome == "not_eligible" else None,
        )

    def _condition(self, condition: Condition, row: int) -> ConditionResult:
        decided = condition.rows[row]
        names = dict.fromkeys(name for table_row in condition.rows for name in table_row.tests)
        facts = dict.fromkeys(fact for name in names for fact in self.law.readings[name].facts)
        outcome: ConditionOutcome = decided.then  # type: ignore[assignment]
        return ConditionResult(condition, outcome, decided.why, (*facts, *condition.also_reads))

    def _facts_of(self, readings: frozenset[str], signs: Mapping[str, Sign]) -> tuple[str, ...]:
        """The facts behind readings, in the vocabulary's order."""
        named = {fact for name in readings for fact in signs[name].open_facts}
        return tuple(fact for fact in self.law.vocabulary if fact in named)

    def _amounts(self, version: Version, facts: Facts, as_of: date) -> tuple[AmountResult, ...]:
        hours = facts.get("weekly_hours")
        return tuple(
            AmountResult(amount.id, hours_cap(hours), amount.facts, amount.sources)
            for amount in version.scheme.amounts
            if amount.in_force(as_of) and isinstance(hours, int | float) and hours > 0
        )
