"""durable-rules behind its wrapper: right under threads, after a fork, and never half an answer."""

from __future__ import annotations

import multiprocessing
import random
import threading
from datetime import date
from multiprocessing.connection import Connection

import pytest

from rules.engine import Engine, EngineError
from rules.facts import FactError, Facts, parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook, Version
from rules.readings import UNKNOWN
from rules.tables import first_row, regions
from tests.rules.people import DAYS, someone

TODAY = date(2026, 11, 22)


def _random_signs(law: LawBook, version: Version, rng: random.Random) -> dict[str, str]:
    return {name: rng.choice((*law.readings[name].symbols, UNKNOWN)) for name in version.reads}


def _versions(law: LawBook) -> list[Version]:
    return [version for scheme in law.schemes for version in law.versions(scheme)]


def test_the_engine_reads_every_table_as_written(law: LawBook, judge: Judge) -> None:
    """durable-rules, the decision diagram and a plain reading of the tables give the same, for every version."""
    rng = random.Random(1)
    engine = Engine(law.readings, remember=False)
    for version in _versions(law):
        diagram = judge.diagram(version)
        for _ in range(150):
            signs = _random_signs(law, version, rng)
            verdict = engine.judge(version, signs)
            assert verdict.rows == tuple(first_row(c.rows, signs) for c in version.conditions)
            assert verdict.outcome == diagram.outcome(signs)


def test_regions_cover_every_combination_exactly_once(law: LawBook) -> None:
    rng = random.Random(2)
    for version in _versions(law):
        symbols = {name: frozenset((*law.readings[name].symbols, UNKNOWN)) for name in version.reads}
        for rows in version.tables:
            cut = regions(rows, symbols)
            for _ in range(50):
                signs = _random_signs(law, version, rng)
                hit = [r.row for r in cut if all(signs[name] in wanted for name, wanted in r.box.items())]
                assert hit == [first_row(rows, signs)]


def test_no_row_is_dead(law: LawBook) -> None:
    """Every row of every table decides for somebody."""
    for version in _versions(law):
        symbols = {name: frozenset((*law.readings[name].symbols, UNKNOWN)) for name in version.reads}
        for rows in version.tables:
            assert {r.row for r in regions(rows, symbols)} == set(range(len(rows)))


def test_a_lost_firing_is_an_error_and_not_an_answer(law: LawBook, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(law.readings, remember=False)
    version = law.version("pa", TODAY)
    signs = dict.fromkeys(version.reads, UNKNOWN)
    whole = engine.push

    def lossy(name: str, sid: str, number: int, fact: dict[str, object]) -> list[tuple[object, ...]]:
        return whole(name, sid, number, fact)[1:]

    monkeypatch.setattr(engine, "push", lossy)
    with pytest.raises(EngineError):
        engine.judge(version, signs)
    monkeypatch.undo()
    assert engine.judge(version, signs).outcome == "unknown"


def _people(law: LawBook, count: int, seed: int) -> list[tuple[Facts, date]]:
    rng = random.Random(seed)
    people: list[tuple[Facts, date]] = []
    while len(people) < count:
        as_of = rng.choice(DAYS)
        try:
            people.append((parse_facts(someone(law, rng, as_of), law.vocabulary, as_of), as_of))
        except FactError:
            continue
    return people


def _outcomes(judge: Judge, people: list[tuple[Facts, date]]) -> list[list[str]]:
    return [[result.outcome for result in judge.judge(facts, as_of).schemes] for facts, as_of in people]


def test_many_threads_never_mix_two_people(law: LawBook) -> None:
    people = _people(law, 150, seed=3)
    expected = _outcomes(Judge(law), people)
    shared = Judge(law)
    wrong: list[int] = []

    def work(number: int) -> None:
        order = list(range(len(people)))
        random.Random(number).shuffle(order)
        for i in order:
            if _outcomes(shared, [people[i]]) != [expected[i]]:
                wrong.append(i)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def _judge_in_child(judge: Judge, people: list[tuple[Facts, date]], pipe: Connection) -> None:
    pipe.send(_outcomes(judge, people))
    pipe.close()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_forked_workers_judge_like_their_parent(law: LawBook) -> None:
    judge = Judge(law)
    people = _people(law, 80, seed=4)
    _outcomes(judge, people[:5])  # the parent has used the engine before it forks, as with a preloaded server
    context = multiprocessing.get_context("fork")
    pipes, workers = [], []
    for _ in range(3):
        ours, theirs = context.Pipe()
        worker = context.Process(target=_judge_in_child, args=(judge, people, theirs))
        worker.start()
        pipes.append(ours)
        workers.append(worker)
    results = [pipe.recv() for pipe in pipes]
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    assert results == [_outcomes(judge, people)] * 3


@pytest.mark.parametrize("text", ["", "x" * 70_000, "'; DROP TABLE", "\x00", "10 × 10", "🦽" * 50, "ÆØÅ"])
def test_text_never_reaches_the_engine(law: LawBook, judge: Judge, text: str) -> None:
    """Whatever is written as a trade or an aid, the symbols the engine sees are the same few."""
    signs = judge.read(law.version("hm", TODAY), Facts({"branch": text, "aid": text}), TODAY)
    assert {sign.symbol for sign in signs.values()} == {UNKNOWN}
