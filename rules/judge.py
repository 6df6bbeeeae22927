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
from rules.readings import UNKNOWN, Reading, Sign, hours_cap
from rules.schema import Amount, Change, Condition, ConditionOutcome

REMEMBERED_CLASSES = 30_000  # some 2.6 kB each
REMEMBERED_DAYS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class ConditionResult:
    """One condition's outcome; `why` names the row's own reason where it has one, `facts` are what it reads.

    A judge makes one for each row of each table and gives the same one to everybody, so that it is put into words once.
    """

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
    would open a scheme that is ruled out, None when it is not ruled out or nothing would; `out_of_reach` when some of it
    is what the person cannot change.
    """

    version: Version
    outcome: str
    route: str
    conditions: tuple[ConditionResult, ...]
    missing: tuple[str, ...]
    openings: Mapping[str, str] | None
    out_of_reach: bool
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
    missing: tuple[str, ...]
    openings: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class _SchemeOn:
    """A scheme on a day: its version, the amounts in force, and the changes ahead, the same for everybody."""

    version: Version
    amounts: tuple[Amount, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """The asked schemes on a day, and every reading that any of them needs."""

    schemes: tuple[_SchemeOn, ...]
    readings: tuple[Reading, ...]


class Judge:
    """Judges by a law book. Thread-safe; remembers classes of people, never persons."""

    def __init__(self, law: LawBook) -> None:
        self.law = law
        self._engine = Engine(law.readings)
        self._diagrams: dict[Version, Diagram] = {}
        self._conditions: dict[tuple[Version, int, int], ConditionResult] = {}
        self._rank = {fact: place for place, fact in enumerate(law.vocabulary)}
        self._remembered = lru_cache(maxsize=REMEMBERED_CLASSES)(self._judge_class)
        self._days = lru_cache(maxsize=REMEMBERED_DAYS)(self._day)

    def judge(self, facts: Facts, as_of: date, schemes: Iterable[str] | None = None) -> Judgement:
        """Judge validated facts; raises `LookupError` for a day or a scheme the law files do not cover."""
        day = self._days(as_of, tuple(self.law.schemes) if schemes is None else tuple(schemes))
        signs = {reading.name: reading.read(facts, as_of) for reading in day.readings}
        results = tuple([self._judge_scheme(scheme, signs, facts, as_of) for scheme in day.schemes])
        common = deadlines(self.law.deadlines, facts, as_of, self.law.ages)
        return Judgement(as_of, results, common)

    def _day(self, as_of: date, ids: tuple[str, ...]) -> _Day:
        versions = [self.law.version(id_, as_of) for id_ in ids]
        names = dict.fromkeys(name for version in versions for name in version.reads)
        return _Day(
            tuple(
                _SchemeOn(
                    version,
                    tuple(amount for amount in version.scheme.amounts if amount.in_force(as_of)),
                    tuple(change for change in version.scheme.changes if change.on > as_of),
                )
                for version in versions
            ),
            tuple(self.law.readings[name] for name in names),
        )

    def diagram(self, version: Version) -> Diagram:
        """The decision diagram of a version, built on first use."""
        # No lock: two threads may build the same diagram, which is harmless, and a lock could be held across a fork.
        found = self._diagrams.get(version)
        return found or self._diagrams.setdefault(version, Diagram(version, self.law.readings))

    def read(self, version: Version, facts: Facts, as_of: date) -> dict[str, Sign]:
        """The symbols that a version sees of a person."""
        return {name: self.law.readings[name].read(facts, as_of) for name in version.reads}

    def _judge_scheme(self, scheme: _SchemeOn, signs: Mapping[str, Sign], facts: Facts, as_of: date) -> SchemeResult:
        version = scheme.version
        known = self._remembered(version, tuple([signs[name] for name in version.reads]))
        verdict = known.verdict
        rules = [d for d in version.scheme.deadlines if d.route is None or d.route == verdict.shown]
        return SchemeResult(
            version=version,
            outcome=verdict.outcome,
            route=verdict.shown,
            conditions=known.conditions,
            missing=known.missing,
            openings=known.openings,
            out_of_reach=self._is_out_of_reach(known.openings or {}, facts, as_of),
            deadlines=deadlines(rules, facts, as_of, self.law.ages) if rules else (),
            amounts=_amounts(scheme.amounts, facts) if scheme.amounts else (),
            changes=scheme.changes,
        )

    def _is_out_of_reach(self, openings: Mapping[str, str], facts: Facts, as_of: date) -> bool:
        """Whether something that would open the scheme is ruled out by what the person cannot change."""
        fixed = Facts({fact: value for fact, value in facts.known.items() if self.law.vocabulary[fact].fixed})
        signs = {name: self.law.readings[name].read(fixed, as_of).symbol for name in openings}
        return any(signs[name] not in (UNKNOWN, wanted) for name, wanted in openings.items())

    def _judge_class(self, version: Version, read: tuple[Sign, ...]) -> _Class:
        signs = dict(zip(version.reads, read, strict=True))
        symbols = {name: sign.symbol for name, sign in signs.items()}
        verdict = self._engine.judge(version, symbols)
        diagram = self.diagram(version)
        matters = diagram.matters({name: sign.symbol for name, sign in signs.items() if not sign.open_facts})
        missing = {fact for name in matters for fact in signs[name].open_facts}
        return _Class(
            verdict=verdict,
            conditions=tuple(self._condition(version, i, verdict.rows[i]) for i in version.on_route(verdict.shown)),
            missing=tuple(sorted(missing, key=self._rank.__getitem__)),
            openings=diagram.openings(symbols) if verdict.outcome == "not_eligible" else None,
        )

    def _condition(self, version: Version, index: int, row: int) -> ConditionResult:
        found = self._conditions.get((version, index, row))
        if found is not None:
            return found
        condition = version.conditions[index]
        decided = condition.rows[row]
        names = dict.fromkeys(name for table_row in condition.rows for name in table_row.tests)
        facts = dict.fromkeys(fact for name in names for fact in self.law.readings[name].facts)
        outcome: ConditionOutcome = decided.then  # type: ignore[assignment]
        result = ConditionResult(condition, outcome, decided.why, (*facts, *condition.also_reads))
        return self._conditions.setdefault((version, index, row), result)


def _amounts(amounts: Iterable[Amount], facts: Facts) -> tuple[AmountResult, ...]:
    hours = facts.get("weekly_hours")
    if not isinstance(hours, int | float) or hours <= 0:
        return ()
    return tuple(AmountResult(amount.id, hours_cap(hours), amount.facts, amount.sources) for amount in amounts)
