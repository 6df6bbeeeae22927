"""Which question brings an interview to its end soonest, by looking one answer ahead through the decision diagrams.

An interview is about a few schemes and ends when no answer could change the outcome of any of them. What may be asked
follows from the law alone; of that, the fact is asked whose usual answers leave the fewest questions on average.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from math import prod

from rules.diagram import Diagram, Nodes, settle
from rules.facts import Facts
from rules.habits import Habits, load_habits
from rules.lawbook import LawBook, Version
from rules.readings import Sign

NARROW = 2  # a talk about so many schemes at most: the person asked for them
STAYING_MAY_COST = 0.25  # questions on average that staying with a topic may cost
REMEMBERED_CLASSES = 30_000


class Questions:
    """Chooses questions by a law book. Thread-safe; remembers classes of people, never persons."""

    def __init__(self, law: LawBook, habits: Habits | None = None) -> None:
        self.law = law
        self._habits = habits or load_habits(law)
        self._chances = {broad: self._habits.chances(law, broad) for broad in (False, True)}
        self._diagrams: dict[Version, Diagram] = {}
        self._remembered = lru_cache(maxsize=REMEMBERED_CLASSES)(self._saved_in_class)

    def open_facts(self, facts: Facts, as_of: date, schemes: Collection[str]) -> tuple[str, ...]:
        """The facts that can be asked for and could still change an outcome, in the vocabulary's order."""
        return tuple(self._saved(facts, as_of, schemes))

    def best(self, facts: Facts, as_of: date, schemes: Collection[str], last: str | None = None) -> str | None:
        """The fact to ask for next, or None when no answer could change an outcome.

        `last` is the fact answered last: its topic goes on where that costs next to nothing.
        """
        saved = self._saved(facts, as_of, schemes)
        ready = [fact for fact in saved if self._habits.after.get(fact) not in saved]
        if not ready:
            return None
        enough = max(saved[fact] for fact in ready) - STAYING_MAY_COST
        topic = self.law.vocabulary[last].topic if last else None
        going_on = [fact for fact in ready if saved[fact] >= enough and self.law.vocabulary[fact].topic == topic]
        return max(going_on or ready, key=lambda fact: round(saved[fact], 9))

    def _saved(self, facts: Facts, as_of: date, schemes: Collection[str]) -> dict[str, float]:
        """For each open fact, in the vocabulary's order, how many questions its answer usually saves, over all schemes."""
        signs: dict[str, Sign] = {}
        saved: dict[str, float] = {}
        for scheme in schemes:
            version = self.law.version(scheme, as_of)
            for name in version.reads:
                if name not in signs:
                    signs[name] = self.law.readings[name].read(facts, as_of)
            asks = tuple([self._asked_for(name, version, signs, facts) for name in version.reads])
            settled = tuple(
                [None if fact else signs[name].symbol for name, fact in zip(version.reads, asks, strict=True)]
            )
            for fact, questions in self._remembered(version, settled, asks, len(schemes) > NARROW).items():
                saved[fact] = saved.get(fact, 0.0) + questions
        return {fact: saved[fact] for fact in self.law.vocabulary if fact in saved}

    def _asked_for(self, name: str, version: Version, signs: Mapping[str, Sign], facts: Facts) -> str | None:
        """The fact to ask for so that a reading becomes known; None when that is known, taken as given or cannot be."""
        for fact in signs[name].open_facts:
            answered = fact in facts.known or fact in facts.declined
            waits = self._habits.after.get(fact) in signs[name].open_facts
            if self.law.vocabulary[fact].ask and not answered and not waits:
                return None if self._is_given(name, version, signs) else fact
        return None

    def _is_given(self, name: str, version: Version, signs: Mapping[str, Sign]) -> bool:
        """Whether other answers that the scheme reads take this one as given."""
        tests = self._habits.given.get(name)
        return tests is not None and all(
            other in version.reads and signs[other].symbol in symbols for other, symbols in tests.items()
        )

    def _saved_in_class(
        self, version: Version, settled: tuple[str | None, ...], asks: tuple[str | None, ...], broad: bool
    ) -> Mapping[str, float]:
        if version not in self._diagrams:
            self._diagrams[version] = Diagram(version, self.law.readings)
        diagram, chances = self._diagrams[version], self._chances[broad]
        odds = [[chances[name].get(symbol, 0.0) for symbol in symbols] for name, symbols in diagram.symbols.items()]
        nodes = diagram.rest(
            {name: symbol for name, symbol in zip(version.reads, settled, strict=True) if symbol is not None}
        )
        levels: dict[str, list[int]] = {}
        for level in sorted({level for level, _ in nodes}):
            levels.setdefault(asks[level] or "", []).append(level)
        ahead = _length(nodes, odds)
        return {fact: ahead - _length_after(nodes, mine, odds) for fact, mine in levels.items()}


def _length(nodes: Nodes, odds: Sequence[Sequence[float]]) -> float:
    """How many nodes are passed on average from the root to an outcome."""
    reached = [0.0] * len(nodes)
    reached[-1:] = [1.0] * bool(nodes)
    for node in range(len(nodes) - 1, -1, -1):
        level, children = nodes[node]
        for chance, child in zip(odds[level], children, strict=True):
            if child >= 0:
                reached[child] += reached[node] * chance
    return sum(reached)


def _length_after(nodes: Nodes, levels: Sequence[int], odds: Sequence[Sequence[float]]) -> float:
    """The same after one more answer, which settles these levels."""
    total = 0.0
    for answer in product(*(range(len(odds[level])) for level in levels)):
        chance = prod(odds[level][place] for level, place in zip(levels, answer, strict=True))
        if chance:
            known = dict(zip(levels, answer, strict=True))
            total += chance * _length(settle(nodes, len(nodes) - 1, known), odds)
    return total
