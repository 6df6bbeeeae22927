"""The judge and the explanations against the plain evaluator that the tests prove the engine with."""

from __future__ import annotations

from datetime import date

from assistant.presenting import Presenter
from assistant.settings import ROOT
from assistant.texts import DEFAULT, Texts, load_texts
from bench.clock import Contender, Speed, side_by_side
from bench.people import TODAY, Case, crowd
from rules.facts import Facts, parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook, load_law
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

    def __init__(self, desk: Desk, count: int, same: bool = False, cold: bool = False) -> None:
        self.desk, self.count, self.same, self.cold = desk, count, same, cold
        self.people: list[Case] = []
        self.parsed: Parsed = []

    def prepare(self, turn: int) -> None:
        self.people = crowd(self.count, seed=1 if self.same else 1_000 + turn)
        self.parsed = self.desk.parse(self.people)
        if self.same:
            self.judge()
        if self.cold:
            self.desk.forget()

    def judge(self) -> None:
        for facts, as_of in self.parsed:
            if self.cold:
                self.desk.forget()
            self.desk.judge.judge(facts, as_of)

    def explain(self) -> None:
        for facts, as_of in self.parsed:
            if self.cold:
                self.desk.forget()
            self.desk.explain(facts, as_of)

    def plainly(self) -> None:
        for told, as_of in self.people:
            oracle.judge(told, as_of)

    def parsing(self) -> None:
        self.desk.parse(self.people)


def speeds(desk: Desk, cases: int) -> list[Speed]:
    """All lines for the ten schemes; the plain evaluator gives outcomes and conditions, but no words and no `missing`."""
    plain, parsing = _Run(desk, cases), _Run(desk, cases)
    again, again_told = _Run(desk, cases, same=True), _Run(desk, cases, same=True)
    new, new_told = _Run(desk, cases), _Run(desk, cases)
    cold, cold_told = (_Run(desk, max(20, cases // 10), cold=True) for _ in range(2))
    return side_by_side(
        [
            Contender("plain evaluator, outcomes and conditions", cases, plain.plainly, plain.prepare),
            Contender("checking the facts that come in", cases, parsing.parsing, parsing.prepare),
            Contender("judge, people seen before", cases, again.judge, again.prepare),
            Contender("judge, new people", cases, new.judge, new.prepare),
            Contender("judge, every class new", cold.count, cold.judge, cold.prepare),
            Contender("judge and explain, people seen before", cases, again_told.explain, again_told.prepare),
            Contender("judge and explain, new people", cases, new_told.explain, new_told.prepare, ">= 3,000 a second"),
            Contender("judge and explain, every class new", cold_told.count, cold_told.explain, cold_told.prepare),
        ]
    )
