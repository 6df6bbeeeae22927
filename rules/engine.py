"""The only place that talks to durable-rules: one ruleset per version of a scheme, each of its questions asked once.

durable-rules loses firings or crashes when used carelessly. What keeps it right here: no background threads, one lock
and one fresh sid per judgement, an anchor fact first, only equalities on short strings, exclusive regions, and a check
that every table fired exactly once. docs/decisions/0002-durable-rules.md tells why.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from durable.engine import Host

from rules.lawbook import Version
from rules.readings import UNKNOWN, Reading
from rules.tables import regions

MAX_RULES = 1000
_WORST_FIRST = (("unmet", "not_eligible"), ("unknown", "unknown"), ("assess", "assess"))
_BEST_FIRST = (("met", "met"), ("assess", "assess"), ("unknown", "unknown"))
_COUNTED = ("met", "assess", "unknown", "unmet")
_AS_CONDITION = {"eligible": "met", "assess": "assess", "unknown": "unknown", "not_eligible": "unmet"}
_AS_SCHEME = {condition: scheme for scheme, condition in _AS_CONDITION.items()}


class EngineError(RuntimeError):
    """The engine did not give a whole answer; the judgement must not be used."""


class _QuietHost(Host):  # type: ignore[misc]
    """A host without its two background threads: they race with the caller and lose firings."""

    def _run(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class RouteResult:
    """A route that is open for this person, its outcome, and how many of its conditions fail."""

    id: str
    outcome: str
    unmet: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the engine concluded for one class of person under one version of a scheme.

    `rows` has, for every condition of the version, the number of the row of its table that decided.
    """

    outcome: str
    rows: tuple[int, ...]
    routes: tuple[RouteResult, ...]
    shown: str


Symbols = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Route:
    """The conditions that count on a route, by index: alone, or in groups of which the best counts."""

    id: str
    alone: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A version as a ruleset: its name, what each table reads, and the row each table gave for those symbols so far."""

    name: str
    reads: tuple[tuple[str, ...], ...]
    rows: tuple[dict[Symbols, int], ...]
    routes: tuple[_Route, ...]


class Engine:
    """Compiles versions into durable-rules on first use and judges by them. Thread-safe.

    What a table answers depends on the few symbols it reads, and what a fold concludes on its counts. Each such
    question goes through durable-rules once and is remembered: there are some thousands in the whole of the law.
    `remember=False` asks every time anew.
    """

    def __init__(self, readings: Mapping[str, Reading], remember: bool = True) -> None:
        self._readings = readings
        self._remember = remember
        self._host = _QuietHost()
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._fired: list[tuple[object, ...]] = []
        self._compiled: dict[Version, _Compiled] = {}
        self.folds: dict[tuple[object, ...], str] = {}
        # A lock held by another thread at the moment of a fork would stay locked in the child for ever.
        os.register_at_fork(after_in_child=self._after_fork)

    def _after_fork(self) -> None:
        self._lock = threading.Lock()

    def judge(self, version: Version, signs: Mapping[str, str]) -> Verdict:
        """Judge symbols (one for each of `version.reads`); raises `EngineError` unless every table answered once."""
        with self._lock:
            compiled = self._compiled.get(version) or self._compile(version)
            session = _Session(self, compiled)
            try:
                return session.run(version, signs)
            finally:
                session.close()
                if not self._remember:
                    self.folds.clear()
                    for rows in compiled.rows:
                        rows.clear()

    def new_sid(self) -> str:
        return str(next(self._numbers))

    def _compile(self, version: Version) -> _Compiled:
        name = f"{version.scheme.id}_{version.from_:%Y%m%d}"
        rules: dict[str, object] = {"anchor": _rule([{"kind": "anchor"}], self._emit("anchor"))}
        symbols = {sign: frozenset((*self._readings[sign].symbols, UNKNOWN)) for sign in version.reads}
        for number, rows in enumerate(version.tables):
            for part, region in enumerate(regions(rows, symbols)):
                tests = [_among(sign, wanted) for sign, wanted in region.box.items() if wanted != symbols[sign]]
                rules[f"t{number}_{part}"] = _rule(
                    [{"kind": "person"}, *tests], self._emit("table", number, region.row)
                )
        rules |= self._folds()
        if len(rules) > MAX_RULES:
            raise EngineError(f"{name}: {len(rules)} rules; the engine is only safe up to {MAX_RULES}")
        self._host.set_rulesets({name: rules})
        reads = tuple(tuple(dict.fromkeys(sign for row in rows for sign in row.tests)) for rows in version.tables)
        routes = tuple(_route(version, route.id) for route in version.routes)
        self._compiled[version] = _Compiled(name, reads, tuple({} for _ in reads), routes)
        return self._compiled[version]

    def _folds(self) -> dict[str, object]:
        """Rules that conclude from counts: the worst of a route's conditions, the best of alternatives."""
        rules: dict[str, object] = {}
        for kind, order, rest in (("worst", _WORST_FIRST, "eligible"), ("best", _BEST_FIRST, "unmet")):
            for place, (counted, outcome) in enumerate(order):
                none_before: list[Mapping[str, object]] = [{name: 0} for name, _ in order[:place]]
                rules[f"{kind}_{counted}"] = _rule(
                    [{"kind": kind}, *none_before, {"$gt": {counted: 0}}], self._emit("fold", outcome)
                )
            rules[f"{kind}_rest"] = _rule([{"kind": kind}, *({name: 0} for name, _ in order)], self._emit("fold", rest))
        return rules

    def _emit(self, *code: object) -> Callable[[object], None]:
        # Exactly one positional parameter: with a second one the engine takes the action for asynchronous.
        def action(context: object) -> None:
            self._fired.append(code)

        return action

    def push(self, name: str, sid: str, number: int, fact: Mapping[str, object]) -> list[tuple[object, ...]]:
        """Assert one fact and return what fired because of it."""
        self._fired.clear()
        state = self._host.assert_fact(name, {**fact, "sid": sid, "id": str(number)})
        if not isinstance(state, dict) or "exception" in state:
            raise EngineError(f"{name}: {state!r}")
        return list(self._fired)

    def forget(self, name: str, sid: str) -> None:
        self._host.delete_state(name, sid)


def _route(version: Version, route: str) -> _Route:
    alone: list[int] = []
    groups: dict[str, list[int]] = {}
    for index in version.on_route(route):
        condition = version.conditions[index]
        if condition.alternative_to is not None:
            continue  # shown on its own, but counted in the condition it is an alternative to
        (groups.setdefault(condition.group, []) if condition.group else alone).append(index)
    return _Route(route, tuple(alone), tuple(tuple(members) for members in groups.values()))


class _Session:
    """One judgement. It takes a sid of durable-rules only where there is something to ask that was not asked before."""

    def __init__(self, engine: Engine, compiled: _Compiled) -> None:
        self._engine, self._compiled, self._name = engine, compiled, compiled.name
        self._numbers = itertools.count(1)
        self._sid: str | None = None

    def _push(self, fact: Mapping[str, object]) -> list[tuple[object, ...]]:
        if self._sid is None:
            sid = self._engine.new_sid()
            # Deleting a sid for which nothing ever fired frees a wild pointer, so the anchor comes first.
            self._engine.push(self._name, sid, next(self._numbers), {"kind": "anchor"})
            self._sid = sid
        return self._engine.push(self._name, self._sid, next(self._numbers), fact)

    def close(self) -> None:
        if self._sid is not None:
            self._engine.forget(self._name, self._sid)

    def run(self, version: Version, signs: Mapping[str, str]) -> Verdict:
        rows = self._rows(version, signs)
        count = len(version.conditions)
        outcomes = [condition.rows[row].then for condition, row in zip(version.conditions, rows, strict=False)]
        results: list[RouteResult] = []
        for route, table, row in zip(self._compiled.routes, version.routes, rows[count:], strict=True):
            if table.rows[row].then == "open":
                results.append(self._route(route, outcomes))
        if not results:
            raise EngineError(f"{self._name}: no route is open")
        outcome = _AS_SCHEME[self._fold("best", [_AS_CONDITION[result.outcome] for result in results])]
        best = [result for result in results if result.outcome == outcome]
        shown = min(best, key=lambda result: result.unmet)
        return Verdict(outcome, tuple(rows[:count]), tuple(results), shown.id)

    def _rows(self, version: Version, signs: Mapping[str, str]) -> list[int]:
        """The row that decides in each table: as remembered, or else as durable-rules says of all tables at once."""
        asked = [tuple([signs[name] for name in names]) for names in self._compiled.reads]
        rows = [known.get(symbols, -1) for known, symbols in zip(self._compiled.rows, asked, strict=True)]
        if -1 not in rows:
            return rows
        for number, row in self._fire(version, signs).items():
            if self._compiled.rows[number].setdefault(asked[number], row) != row:
                raise EngineError(f"{self._name}: table {number} answers {asked[number]} in two ways")
            rows[number] = row
        return rows

    def _fire(self, version: Version, signs: Mapping[str, str]) -> dict[int, int]:
        fired = self._push({"kind": "person", **{name: signs[name] for name in version.reads}})
        rows: dict[int, int] = {}
        for code in fired:
            _, number, row = code
            assert isinstance(number, int)
            assert isinstance(row, int)
            rows[number] = row
        if len(fired) != len(version.tables) or len(rows) != len(version.tables):
            raise EngineError(f"{self._name}: {len(fired)} firings for {len(version.tables)} tables")
        return rows

    def _route(self, route: _Route, outcomes: list[str]) -> RouteResult:
        """The worst of the route's conditions, where each group of alternatives counts as its best."""
        counted = [outcomes[index] for index in route.alone]
        counted += [self._fold("best", [outcomes[index] for index in members]) for members in route.groups]
        return RouteResult(route.id, self._fold("worst", counted), counted.count("unmet"))

    def _fold(self, kind: str, outcomes: list[str]) -> str:
        counts = tuple([outcomes.count(name) for name in _COUNTED])
        concluded = self._engine.folds.get((kind, *counts))
        if concluded is None:
            fired = self._push({"kind": kind, **dict(zip(_COUNTED, counts, strict=True))})
            if len(fired) != 1:
                raise EngineError(f"{self._name}: {len(fired)} conclusions from {outcomes}")
            concluded = self._engine.folds[(kind, *counts)] = str(fired[0][1])
        return concluded


def _among(sign: str, wanted: frozenset[str]) -> Mapping[str, object]:
    """A test that a symbol is one of a few. The alternatives exclude each other, so the rule fires at most once."""
    tests: list[Mapping[str, object]] = [{sign: symbol} for symbol in sorted(wanted)]
    return tests[0] if len(tests) == 1 else {"$or": tests}


def _rule(tests: list[Mapping[str, object]], action: Callable[[object], None]) -> Mapping[str, object]:
    return {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}], "run": action}
