"""Which question brings an interview to its end soonest: one answer looked ahead through the decision diagrams.

An interview is about a few schemes and ends when no answer could change the outcome of any of them. For every fact that
still could, its usual answers are tried, and the fact that leaves the fewest questions on average is asked. What is
usual stands in questions.yaml and only ever decides the order: what must be asked follows from the law alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from math import prod
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from rules.diagram import Diagram, Node, _floor
from rules.facts import Facts
from rules.lawbook import LawBook, Version
from rules.readings import NO, YES, Sign
from rules.yamlfile import DataError, Problem, YamlFile, parse

HABITS_FILE = Path(__file__).parent / "questions.yaml"
NARROW = 2  # someone whose talk is about at most so many schemes has asked for them
SAME_TOPIC_IS_WORTH = 0.25  # of a question: what staying with a topic may cost on average
REMEMBERED_CLASSES = 100_000

Chances = Mapping[str, float]


class Usual(BaseModel):
    """What people answer, of 100: when they asked for the scheme, and when the talk is about support at large."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    answers: dict[str, float]
    broad: dict[str, float] | None = None
    why: str

    @field_validator("answers", "broad", mode="before")
    @classmethod
    def _of_hundred(cls, raw: object) -> object:
        if not isinstance(raw, dict) or not all(isinstance(share, int) and share >= 0 for share in raw.values()):
            raise ValueError("skriv hvor mange af 100 der svarer hvad: {true: 80, false: 20}")
        if sum(raw.values()) != 100:
            raise ValueError(f"tallene skal give 100 tilsammen, ikke {sum(raw.values())}")
        return {{True: YES, False: NO}.get(answer, answer): share / 100 for answer, share in raw.items()}


class Habits(BaseModel):
    """What questions.yaml says: usual answers by reading, what other answers take as given, what waits for what."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    usual: dict[str, Usual]
    given: dict[str, dict[str, tuple[str, ...]]]
    after: dict[str, str]


def load_habits(law: LawBook, path: Path = HABITS_FILE) -> Habits:
    """Read and check questions.yaml; raises `DataError` with every name and answer that is unknown."""
    habits, source = parse(path, Habits)
    problems = list(_unknown(habits, source, law))
    if problems:
        raise DataError(problems)
    return habits


def _unknown(habits: Habits, source: YamlFile, law: LawBook) -> Iterable[Problem]:
    answered = [(("usual", name), name, {*usual.answers, *(usual.broad or ())}) for name, usual in habits.usual.items()]
    answered += [(("given", name), name, set()) for name in habits.given]
    answered += [(("given", name), other, set(symbols)) for name in habits.given
                 for other, symbols in habits.given[name].items()]  # fmt: skip
    for at, name, symbols in answered:
        if name not in law.readings:
            yield source.problem(
                at, f"«{name}» er hverken en oplysning i facts.yaml eller en aflæsning i readings.yaml"
            )
        elif symbols - {*law.readings[name].symbols}:
            yield source.problem(at, f"«{name}» kan kun besvares med {', '.join(law.readings[name].symbols)}")
    for fact, first in habits.after.items():
        if {fact, first} - law.vocabulary.keys():
            yield source.problem(("after", fact), f"«{fact}» og «{first}» skal begge stå i facts.yaml")
        if first in habits.after:
            yield source.problem(
                ("after", fact), f"«{first}» venter selv på «{habits.after[first]}»; skriv den i stedet"
            )


@dataclass(frozen=True, slots=True)
class Prospect:
    """What lies ahead for a class of people in one scheme: what still matters, and how much will be asked on average."""

    matters: frozenset[str]
    questions: float


class _Outlook(Diagram):
    """A decision diagram that also tells how much of it is usually walked."""

    def prospect(self, settled: Sequence[str | None], chances: Mapping[str, Chances]) -> Prospect:
        """Which readings matter when these symbols are settled, and how many a usual person is asked for."""
        nodes = self._rest(settled)
        reached = [0.0] * len(nodes)
        if nodes:
            reached[-1] = 1.0
        for node in range(len(nodes) - 1, -1, -1):
            level, children = nodes[node]
            odds = chances[self.signs[level]]
            for symbol, child in zip(self._symbols[level], children, strict=True):
                if child >= 0:
                    reached[child] += reached[node] * odds.get(symbol, 0.0)
        return Prospect(frozenset(self.signs[level] for level, _ in nodes), sum(reached))

    def _rest(self, settled: Sequence[str | None]) -> list[tuple[int, tuple[Node, ...]]]:
        """The diagram with these symbols settled: its nodes numbered anew, children first and the root last."""
        places = [None if symbol is None else self._symbols[i].index(symbol) for i, symbol in enumerate(settled)]
        nodes: list[tuple[int, tuple[Node, ...]]] = []
        numbers: dict[tuple[int, tuple[Node, ...]], Node] = {}
        done: dict[Node, Node] = {}

        def walk(node: Node) -> Node:
            if node < 0:
                return _floor(node)
            if node not in done:
                level, children = self._nodes[node]
                place = places[level]
                if place is not None:
                    done[node] = walk(children[place])
                    return done[node]
                rest = tuple([walk(child) for child in children])
                if rest.count(rest[0]) == len(rest):
                    done[node] = rest[0]
                else:
                    if (level, rest) not in numbers:
                        numbers[level, rest] = len(nodes)
                        nodes.append((level, rest))
                    done[node] = numbers[level, rest]
            return done[node]

        walk(self.root)
        return nodes


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a person stands in one scheme: the symbols that will not change, and the fact each other reading asks for."""

    version: Version
    settled: tuple[str | None, ...]
    asks: Mapping[str, str]
    prospect: Prospect


class Questions:
    """Chooses questions by a law book. Thread-safe; remembers classes of people, never persons."""

    def __init__(self, law: LawBook, habits: Habits | None = None) -> None:
        self.law = law
        self._habits = habits or load_habits(law)
        self._chances = {broad: self._usual(broad) for broad in (False, True)}
        self._outlooks: dict[Version, _Outlook] = {}
        self._prospect = lru_cache(maxsize=REMEMBERED_CLASSES)(self._look_ahead)

    def open_facts(self, facts: Facts, as_of: date, schemes: Collection[str]) -> tuple[str, ...]:
        """The facts that can be asked for and could still change an outcome, in the vocabulary's order."""
        named = {fact for standing in self._standings(facts, as_of, schemes) for fact in standing.asks.values()}
        return tuple(fact for fact in self.law.vocabulary if fact in named)

    def best(self, facts: Facts, as_of: date, schemes: Collection[str], last: str | None = None) -> str | None:
        """The fact to ask for next, or None when no answer could change an outcome.

        The answer to `last` was the last to come in: its topic goes on where that costs next to nothing.
        """
        standings = self._standings(facts, as_of, schemes)
        asked: dict[str, set[str]] = {}
        for standing in standings:
            for name, fact in standing.asks.items():
                asked.setdefault(fact, set()).add(name)
        if not asked:
            return None
        saved = {
            fact: self._saved(names, standings, len(schemes) > NARROW)
            for fact, names in asked.items()
            if self._habits.after.get(fact) not in asked
        }
        enough = max(saved.values()) - SAME_TOPIC_IS_WORTH
        topics = {fact: self.law.vocabulary[fact].topic for fact in (*saved, *([last] if last else []))}
        return min(
            (fact for fact in self.law.vocabulary if saved.get(fact, -1.0) >= enough),
            key=lambda fact: (topics[fact] != topics.get(last or ""), -round(saved[fact], 9)),
        )

    def _saved(self, names: Collection[str], standings: Iterable[_Standing], broad: bool) -> float:
        """How many questions an answer that settles these readings saves on average, counted once for each scheme."""
        touched = [standing for standing in standings if not standing.asks.keys().isdisjoint(names)]
        total = 0.0
        for answers in product(*(self._chances[broad][name].items() for name in names)):
            symbols = {name: symbol for name, (symbol, _) in zip(names, answers, strict=True)}
            left = sum(self._after(standing, symbols, broad).questions for standing in touched)
            total += prod(chance for _, chance in answers) * left
        return sum(standing.prospect.questions for standing in touched) - total

    def _after(self, standing: _Standing, symbols: Mapping[str, str], broad: bool) -> Prospect:
        pairs = zip(standing.version.reads, standing.settled, strict=True)
        settled = tuple([symbols.get(name) if symbol is None else symbol for name, symbol in pairs])
        return self._prospect(standing.version, settled, broad)

    # --- where a person stands

    def _standings(self, facts: Facts, as_of: date, schemes: Collection[str]) -> list[_Standing]:
        """The schemes whose outcome could still change."""
        signs: dict[str, Sign] = {}
        asks: dict[str, str | None] = {}
        standings: list[_Standing] = []
        for scheme in schemes:
            version = self.law.version(scheme, as_of)
            for name in version.reads:
                if name not in signs:
                    signs[name] = self.law.readings[name].read(facts, as_of)
                    asks[name] = self._asks(signs[name], facts)
            settled = tuple(
                None if asks[name] and not self._is_given(name, version, signs) else signs[name].symbol
                for name in version.reads
            )
            prospect = self._prospect(version, settled, len(schemes) > NARROW)
            if prospect.matters:
                waiting = {name: fact for name in prospect.matters if (fact := asks[name])}
                standings.append(_Standing(version, settled, waiting, prospect))
        return standings

    def _asks(self, sign: Sign, facts: Facts) -> str | None:
        """The fact to ask for so that a reading becomes known, if an answer can still make it so."""
        for fact in sign.open_facts:
            answered = fact in facts.known or fact in facts.declined
            if self.law.vocabulary[fact].ask and not answered and self._habits.after.get(fact) not in sign.open_facts:
                return fact
        return None

    def _is_given(self, name: str, version: Version, signs: Mapping[str, Sign]) -> bool:
        """Whether other answers take a reading as given."""
        tests = self._habits.given.get(name)
        return tests is not None and all(
            other in version.reads and signs[other].symbol in symbols for other, symbols in tests.items()
        )

    # --- what lies ahead for everyone who stands there

    def _look_ahead(self, version: Version, settled: tuple[str | None, ...], broad: bool) -> Prospect:
        if version not in self._outlooks:
            self._outlooks[version] = _Outlook(version, self.law.readings)
        return self._outlooks[version].prospect(settled, self._chances[broad])

    def _usual(self, broad: bool) -> dict[str, Chances]:
        """How likely each symbol of each reading is; any is as likely as another where nothing is said."""
        chances: dict[str, Chances] = {}
        for name, reading in self.law.readings.items():
            usual = self._habits.usual.get(name)
            even = dict.fromkeys(reading.symbols, 1 / len(reading.symbols))
            chances[name] = even if usual is None else usual.broad if broad and usual.broad else usual.answers
        return chances
