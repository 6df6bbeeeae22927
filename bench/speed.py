"""The judge and the explanations against the plain evaluator that the tests prove the engine with."""

from __future__ import annotations

from datetime import date

from assistant.presenting import Presenter
from assistant.settings import ROOT
from assistant.texts import DEFAULT, Texts, load_texts
from bench.clock import Contender, Speed, side_by_side
from bench.people import TODAY, Case, crowd
from rules.engine import Engine
from rules.facts import Facts, parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook, Version, load_law
from tests.rules import oracle

Parsed = list[tuple[Facts, date]]


class Desk:
    """What a running server has: the law, a judge that has served people before, and the Danish texts."""

    def __init__(self, served: int = 5_000) -> None:
        self.law: LawBook = load_law()
        self.judge = Judge(self.law)
        self.texts: Texts = load_texts(ROOT / "locales")[DEFAULT]
        for facts, as_of in self.parse(crowd(served, seed=0)):
            self.explain(facts, as_of)

    def parse(self, people: list[Case]) -> Parsed:
        return [(parse_facts(told, self.law.vocabulary, as_of), as_of) for told, as_of in people]

    def explain(self, facts: Facts, as_of: date) -> dict[str, object]:
        """Everything that the API answers about one person."""
        return Presenter(self.law, self.texts, as_of).judgement(self.judge.judge(facts, as_of), TODAY)

    def forget(self) -> None:
        """Every class of people is new again; what is compiled stays."""
        self.judge._remembered.cache_clear()


class _Run:
    """The people of one line of the table, and what is done to each."""

    def __init__(self, desk: Desk, count: int, seed: int, forget: bool = False) -> None:
        self.desk, self.count, self.seed, self.forget = desk, count, seed, forget
        self.people: list[Case] = []
        self.parsed: Parsed = []

    def new(self, turn: int) -> None:
        """Other people in every turn."""
        self.people = crowd(self.count, self.seed + turn)
        self.parsed = self.desk.parse(self.people)

    def same(self, turn: int) -> None:
        """The same people in every turn, and they have been here before."""
        self.new(0)
        self.explain()

    def plainly(self) -> None:
        for told, as_of in self.people:
            oracle.judge(told, as_of)

    def parse(self) -> None:
        self.desk.parse(self.people)

    def judge(self) -> None:
        for facts, as_of in self.parsed:
            if self.forget:
                self.desk.forget()
            self.desk.judge.judge(facts, as_of)

    def explain(self) -> None:
        for facts, as_of in self.parsed:
            if self.forget:
                self.desk.forget()
            self.desk.explain(facts, as_of)


class _Alone:
    """durable-rules without any memory of classes: every scheme of every person is asserted anew."""

    def __init__(self, desk: Desk, count: int, seed: int) -> None:
        self.law, self.judge, self.engine = desk.law, desk.judge, Engine(desk.law.readings, remember=False)
        self.people = _Run(desk, count, seed)
        self.read: list[tuple[Version, dict[str, str]]] = []

    def new(self, turn: int) -> None:
        self.people.new(turn)
        self.read = []
        for facts, as_of in self.people.parsed:
            for scheme in self.law.schemes:
                version = self.law.version(scheme, as_of)
                signs = self.judge.read(version, facts, as_of)
                self.read.append((version, {name: sign.symbol for name, sign in signs.items()}))
        self.assert_all()  # so that no turn compiles a version

    def assert_all(self) -> None:
        for version, symbols in self.read:
            self.engine.judge(version, symbols)


def speeds(desk: Desk, cases: int) -> list[Speed]:
    """All lines for the ten schemes. The plain evaluator gives outcomes and conditions, no words and no `missing`."""
    few = max(20, cases // 10)
    forgetful = Desk(served=200)
    plain, again = _Run(desk, cases, 1_000), _Run(desk, cases, 2_000)
    new, told = _Run(desk, cases, 3_000), _Run(desk, cases, 4_000)
    alone = _Alone(desk, few, 7_000)
    cold, cold_told = _Run(forgetful, few, 5_000, forget=True), _Run(forgetful, few, 6_000, forget=True)
    return side_by_side(
        [
            Contender("plain evaluator: outcomes and conditions", cases, plain.plainly, plain.new),
            Contender("checking the facts that come in", cases, plain.parse, plain.new),
            Contender("durable-rules alone: nothing remembered", few, alone.assert_all, alone.new),
            Contender("judge: people seen before", cases, again.judge, again.same),
            Contender("judge: new people", cases, new.judge, new.new),
            Contender("judge: every class new", few, cold.judge, cold.new),
            Contender("judge and explain: people seen before", cases, again.explain, again.same),
            Contender("judge and explain: new people", cases, told.explain, told.new, ">= 3,000 a second"),
            Contender("judge and explain: every class new", few, cold_told.explain, cold_told.new),
        ]
    )
