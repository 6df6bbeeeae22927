"""Which question brings an interview to its end soonest, by looking one answer ahead through the decision diagrams.

An interview is about a few schemes and ends when no answer could change the outcome of any of them. What may be asked
follows from the law alone; of that, the fact is asked whose usual answers leave the fewest questions on average.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from math import prod

from rules.diagram import Diagram, Node, _floor
from rules.facts import Facts
from rules.habits import Chances, Habits, load_habits
from rules.lawbook import LawBook, Version
from rules.readings import Sign

NARROW = 2  # a talk about so many schemes at most: the person asked for them
STAYING_MAY_COST = 0.25  # questions on average that staying with a topic may cost
REMEMBERED_CLASSES = 30_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lies ahead in one scheme: the readings that can still change its outcome, and how many are usually asked."""

    matters: frozenset[str]
    questions: float


@dataclass(frozen=True, slots=True)
class _Standing:
    """A person in one scheme: the symbols that stay as they are (None: open), the facts to ask, and what lies ahead."""

    version: Version
    settled: tuple[str | None, ...]
    asks: Mapping[str, str]
    outlook: Outlook


class Questions:
    """Chooses questions by a law book. Thread-safe; remembers classes of people, never persons."""

    def __init__(self, law: LawBook, habits: Habits | None = None) -> None:
        self.law = law
        self._habits = habits or load_habits(law)
        self._chances = {broad: self._habits.chances(law, broad) for broad in (False, True)}
        self._diagrams: dict[Version, _Walked] = {}
        self._outlook = lru_cache(maxsize=REMEMBERED_CLASSES)(self._look)

    def open_facts(self, facts: Facts, as_of: date, schemes: Collection[str]) -> tuple[str, ...]:
        """The facts that can be asked for and could still change an outcome, in the vocabulary's order."""
        named = {fact for standing in self._standings(facts, as_of, schemes) for fact in standing.asks.values()}
        return tuple(fact for fact in self.law.vocabulary if fact in named)

    def best(self, facts: Facts, as_of: date, schemes: Collection[str], last: str | None = None) -> str | None:
        """The fact to ask for next, or None when no answer could change an outcome.

        `last` is the fact answered last: its topic goes on where that costs next to nothing.
        """
        standings = self._standings(facts, as_of, schemes)
        asked = {fact for standing in standings for fact in standing.asks.values()}
        saved = {
            fact: self._saved(fact, standings, len(schemes) > NARROW)
            for fact in self.law.vocabulary
            if fact in asked and self._habits.after.get(fact) not in asked
        }
        if not saved:
            return None
        topic = self.law.vocabulary[last].topic if last else None
        enough = max(saved.values()) - STAYING_MAY_COST
        going_on = [fact for fact in saved if saved[fact] >= enough and self.law.vocabulary[fact].topic == topic]
        return max(going_on or saved, key=lambda fact: round(saved[fact], 9))

    def _saved(self, fact: str, standings: Iterable[_Standing], broad: bool) -> float:
        """How many questions a usual answer saves, on average and summed over the schemes that wait for the fact."""
        waiting = [standing for standing in standings if fact in standing.asks.values()]
        names = sorted({name for standing in waiting for name, asked in standing.asks.items() if asked == fact})
        left = 0.0
        for answers in product(*(self._chances[broad][name].items() for name in names)):
            symbols = {name: symbol for name, (symbol, _) in zip(names, answers, strict=True)}
            chance = prod(chance for _, chance in answers)
            left += chance * sum(self._if_answered(standing, symbols, broad).questions for standing in waiting)
        return sum(standing.outlook.questions for standing in waiting) - left

    def _if_answered(self, standing: _Standing, symbols: Mapping[str, str], broad: bool) -> Outlook:
        """What would lie ahead if these readings had these symbols."""
        reads = zip(standing.version.reads, standing.settled, strict=True)
        settled = tuple([symbols.get(name) if symbol is None else symbol for name, symbol in reads])
        return self._outlook(standing.version, settled, broad)

    # --- where a person stands

    def _standings(self, facts: Facts, as_of: date, schemes: Collection[str]) -> list[_Standing]:
        """The schemes whose outcome could still change."""
        signs: dict[str, Sign] = {}
        standings: list[_Standing] = []
        for scheme in schemes:
            version = self.law.version(scheme, as_of)
            for name in version.reads:
                if name not in signs:
                    signs[name] = self.law.readings[name].read(facts, as_of)
            asks = {
                name: fact
                for name in version.reads
                if (fact := self._fact_for(signs[name], facts)) and not self._is_given(name, version, signs)
            }
            settled = tuple(None if name in asks else signs[name].symbol for name in version.reads)
            outlook = self._outlook(version, settled, len(schemes) > NARROW)
            if outlook.matters:
                asks = {name: fact for name, fact in asks.items() if name in outlook.matters}
                standings.append(_Standing(version, settled, asks, outlook))
        return standings

    def _fact_for(self, sign: Sign, facts: Facts) -> str | None:
        """The fact to ask for so that a reading becomes known, if an answer can still make it so."""
        for fact in sign.open_facts:
            answered = fact in facts.known or fact in facts.declined
            if self.law.vocabulary[fact].ask and not answered and self._habits.after.get(fact) not in sign.open_facts:
                return fact
        return None

    def _is_given(self, name: str, version: Version, signs: Mapping[str, Sign]) -> bool:
        """Whether other answers that the scheme reads take this one as given."""
        tests = self._habits.given.get(name)
        return tests is not None and all(
            other in version.reads and signs[other].symbol in symbols for other, symbols in tests.items()
        )

    def _look(self, version: Version, settled: tuple[str | None, ...], broad: bool) -> Outlook:
        if version not in self._diagrams:
            self._diagrams[version] = _Walked(version, self.law.readings)
        known = {name: symbol for name, symbol in zip(version.reads, settled, strict=True) if symbol is not None}
        visits = self._diagrams[version].visits(known, self._chances[broad])
        return Outlook(frozenset(visits), sum(visits.values()))


class _Walked(Diagram):
    """A decision diagram that knows how much of it is usually walked."""

    def visits(self, settled: Mapping[str, str], chances: Mapping[str, Chances]) -> Mapping[str, float]:
        """How often each reading that still matters is looked at, when these are settled and others come as usual."""
        nodes = self._rest(settled)
        reached = [0.0] * len(nodes)
        reached[-1:] = [1.0] * bool(nodes)
        visits: dict[str, float] = {}
        for node in range(len(nodes) - 1, -1, -1):
            level, children = nodes[node]
            name = self.signs[level]
            visits[name] = visits.get(name, 0.0) + reached[node]
            for symbol, child in zip(self._symbols[level], children, strict=True):
                if child >= 0:
                    reached[child] += reached[node] * chances[name].get(symbol, 0.0)
        return visits

    def _rest(self, settled: Mapping[str, str]) -> list[tuple[int, tuple[Node, ...]]]:
        """The nodes left when these symbols are settled, numbered anew: children before parents, the root last."""
        nodes: dict[tuple[int, tuple[Node, ...]], Node] = {}
        done: dict[Node, Node] = {}

        def walk(node: Node) -> Node:
            if node < 0:
                return _floor(node)
            if node not in done:
                level, children = self._nodes[node]
                symbol = settled.get(self.signs[level])
                if symbol is not None:
                    done[node] = walk(children[self._symbols[level].index(symbol)])
                else:
                    rest = tuple([walk(child) for child in children])
                    same = rest.count(rest[0]) == len(rest)
                    done[node] = rest[0] if same else nodes.setdefault((level, rest), len(nodes))
            return done[node]

        walk(self.root)
        return list(nodes)
