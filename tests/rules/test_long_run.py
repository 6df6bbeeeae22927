"""The judge over a long time: flat memory, bounded memory of classes, many threads, forked workers, hostile values.

30,000 judgements of all ten schemes by default; LONG_RUN=1 makes a million of them, through the same tests.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rules.judge
from rules.engine import Engine
from rules.facts import FactError, Facts, parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook, load_law
from rules.readings import UNKNOWN
from tests.rules.people import DAYS, someone

LONG = os.environ.get("LONG_RUN") == "1"
JUDGEMENTS = 1_000_000 if LONG else 30_000
ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 22)
OUTCOMES = {"not_eligible", "unknown", "assess", "eligible"}

Case = tuple[Facts, date]


# --- a crowd: a few regulars, whose classes are remembered, and strangers, whose classes mostly are not


def strangers(law: LawBook, seed: int) -> Iterator[Case]:
    rng = random.Random(seed)
    while True:
        as_of = rng.choice(DAYS)
        try:
            yield parse_facts(someone(law, rng, as_of), law.vocabulary, as_of), as_of
        except FactError:
            continue


def crowd(law: LawBook, seed: int, strange: float = 0.05) -> Iterator[Case]:
    rng, new = random.Random(seed), strangers(law, seed)
    regulars = take(new, 60)
    while True:
        yield next(new) if rng.random() < strange else rng.choice(regulars)


def outcomes(judge: Judge, case: Case) -> tuple[str, ...]:
    return tuple(result.outcome for result in judge.judge(*case).schemes)


def take(cases: Iterator[Case], count: int) -> list[Case]:
    return [next(cases) for _ in range(count)]


def digest(judge: Judge, cases: Iterator[Case], count: int) -> str:
    """One word for the outcomes of many judgements, so that they need not be kept."""
    word = sha256()
    for _ in range(count):
        word.update(" ".join(outcomes(judge, next(cases))).encode())
    return word.hexdigest()


# --- memory, in a process of its own: the highest mark of this one was set by other tests


@dataclass(frozen=True)
class Memory:
    """Highest memory use in MB after warming up and at the end, and how many classes were remembered."""

    warm: float
    end: float
    remembered: int


def _megabytes() -> float:
    """The highest mark of this process. `ru_maxrss` would do, had it not the mark of whoever started the process."""
    status = Path("/proc/self/status")
    if not status.exists():
        mark = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return mark / 1024 / (1024 if sys.platform == "darwin" else 1)
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


def _remembered(judge: Judge) -> int:
    return judge._remembered.cache_info().currsize


def run_judge(count: int, remembered: int) -> Memory:
    """Judge a crowd with room for so few classes that the oldest are forgotten all the time."""
    rules.judge.REMEMBERED_CLASSES = remembered
    law = load_law()
    judge, cases = Judge(law), crowd(law, seed=1)
    warming = count // 5
    digest(judge, cases, warming)
    warm = _megabytes()
    digest(judge, cases, count - warming)
    return Memory(warm, _megabytes(), _remembered(judge))


def run_engine(count: int) -> Memory:
    """Nothing remembered: every judgement goes through durable-rules."""
    law, rng = load_law(), random.Random(2)
    engine = Engine(law.readings, remember=False)
    versions = [version for scheme in law.schemes for version in law.versions(scheme)]
    warm = 0.0
    for number in range(count):
        version = versions[number % len(versions)]
        engine.judge(version, {name: rng.choice((*law.readings[name].symbols, UNKNOWN)) for name in version.reads})
        if number == count // 5:
            warm = _megabytes()
    return Memory(warm, _megabytes(), 0)


def in_a_process(*arguments: object) -> Memory:
    command = [sys.executable, "-m", "tests.rules.test_long_run", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-2000:]}"
    return Memory(**json.loads(done.stdout))


def show(capsys: pytest.CaptureFixture[str], told: str) -> None:
    with capsys.disabled():
        print(f" [{told}]", end="")


ROOM = 1_000
SLACK = 8.0  # MB that the allocator may still take after warming up, however long the run


def test_a_long_run_takes_no_more_memory(capsys: pytest.CaptureFixture[str]) -> None:
    """With classes remembered and forgotten all the time, and the memory of them never above its bound."""
    memory = in_a_process("judge", JUDGEMENTS, ROOM)
    show(capsys, f"{JUDGEMENTS:,} judgements of ten schemes: {memory.warm:.0f} MB warm, {memory.end:.0f} MB at the end")
    assert memory.remembered == ROOM
    assert memory.end - memory.warm < SLACK


def test_durable_rules_itself_takes_no_more_memory(capsys: pytest.CaptureFixture[str]) -> None:
    count = JUDGEMENTS // 2
    memory = in_a_process("engine", count)
    show(capsys, f"{count:,} schemes through durable-rules: {memory.warm:.0f} MB warm, {memory.end:.0f} MB at the end")
    assert memory.end - memory.warm < SLACK


def test_what_was_forgotten_is_judged_the_same_again(law: LawBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules.judge, "REMEMBERED_CLASSES", 20)
    forgetful, cases = Judge(law), take(strangers(law, seed=5), 60)
    first = [outcomes(forgetful, case) for case in cases]
    assert [outcomes(forgetful, case) for case in cases] == first
    assert _remembered(forgetful) == 20


# --- threads and forks


def test_sixteen_threads_share_a_judge(
    law: LawBook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every thread gets for its own crowd what another judge says, although classes are forgotten all the time."""
    each = JUDGEMENTS // 320
    alone = Judge(law)
    expected = [digest(alone, crowd(law, seed, strange=0.2), each) for seed in range(16)]
    monkeypatch.setattr(rules.judge, "REMEMBERED_CLASSES", 1_000)
    shared, found = Judge(law), dict[int, str]()

    def work(seed: int) -> None:
        found[seed] = digest(shared, crowd(law, seed, strange=0.2), each)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    show(capsys, f"{16 * each:,} judgements")
    assert [found.get(seed) for seed in range(16)] == expected


def _digest_in_child(judge: Judge, seed: int, count: int, pipe: Connection) -> None:
    pipe.send(digest(judge, crowd(judge.law, seed, strange=0.2), count))
    pipe.close()


def _forked(judge: Judge, seeds: range, count: int) -> list[str | None]:
    """What forked workers say, None for one that has not answered in time."""
    context = multiprocessing.get_context("fork")
    pipes, workers = [], []
    for seed in seeds:
        ours, theirs = context.Pipe(duplex=False)
        worker = context.Process(target=_digest_in_child, args=(judge, seed, count, theirs), daemon=True)
        worker.start()
        pipes.append(ours)
        workers.append(worker)
    answers = [pipe.recv() if pipe.poll(60 + count / 20) else None for pipe in pipes]
    for worker in workers:
        worker.join(10)
        if worker.is_alive():
            worker.kill()
    return answers


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_four_forked_workers_judge_like_their_parent(law: LawBook, capsys: pytest.CaptureFixture[str]) -> None:
    each = JUDGEMENTS // 80
    judge = Judge(law)
    digest(judge, crowd(law, seed=9), 50)  # a preloaded server has used the engine before it forks
    answers = _forked(judge, range(4), each)
    show(capsys, f"{4 * each:,} judgements in four processes")
    assert answers == [digest(judge, crowd(law, seed, strange=0.2), each) for seed in range(4)]


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_fork_in_the_middle_of_judgements_is_safe(law: LawBook) -> None:
    """A worker that is forked while other threads judge starts with every lock open and nobody's half judgement."""
    judge, stop = Judge(law), threading.Event()

    def work(seed: int) -> None:
        for case in crowd(law, seed, strange=1.0):
            if stop.is_set():
                return
            outcomes(judge, case)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(20, 23)]
    for thread in threads:
        thread.start()
    try:
        answers = [_forked(judge, range(seed, seed + 1), 20) for seed in range(40 if LONG else 8)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert answers == [[digest(judge, crowd(law, seed, strange=0.2), 20)] for seed in range(len(answers))]


# --- hostile values

NUMBERS = [math.nan, math.inf, -math.inf, -0.0, 5e-324, 1e308, -1, 2**31, 2**63, 2**70, 10**400, 1e-05, True, False]
WORDS = [
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e",
    "🦽" * 60,
    "x" * 201,
    "x" * 70_000,
    "unknown",
    "met",
    "anchor",
    "$nex",
    "sid",
]
WORDS += ["'; DROP TABLE", "{{7*7}}", "%(x)s", "2026-02-30", "0000-00-00", "9999", "２０２６", "1e3", "True", "null"]
THINGS = [[], {}, [[[]]], {"$nex": {"sid": 1}}, {"id": 1, "sid": "1"}, b"x", object(), date(2026, 1, 1), [1] * 1000]


def survives(judge: Judge, told: dict[str, object], as_of: date) -> None:
    """Bad facts are refused with their names; what is accepted gets ten outcomes like anyone's."""
    refused: set[str] = set()
    try:
        facts = parse_facts(told, judge.law.vocabulary, as_of)
    except FactError as error:
        refused = {problem.fact for problem in error.problems}
    if refused:
        assert refused <= set(told)
        return
    found = outcomes(judge, (facts, as_of))
    assert len(found) == len(judge.law.schemes)
    assert set(found) <= OUTCOMES


def test_hostile_values_are_refused_or_judged_like_any_other(law: LawBook, judge: Judge) -> None:
    for value in (*NUMBERS, *WORDS, *THINGS):
        for fact in (*law.vocabulary, "sid", "kind", "", "constructor"):
            survives(judge, {fact: value}, TODAY)
        survives(judge, dict.fromkeys(law.vocabulary, value), TODAY)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*NUMBERS, *WORDS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=20_000 if LONG else 200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_json_gives_is_refused_or_judged(law: LawBook, judge: Judge, data: st.DataObject) -> None:
    names = st.sampled_from(sorted(law.vocabulary)) | st.text(max_size=20)
    told = data.draw(st.dictionaries(names, json_values, max_size=8))
    survives(judge, told, data.draw(st.sampled_from(DAYS)))


@settings(max_examples=5_000 if LONG else 150, deadline=None)
@given(st.dates(date(2009, 7, 7), date(2045, 12, 31)), st.data())
def test_any_date_with_any_date_is_judged(law: LawBook, judge: Judge, as_of: date, data: st.DataObject) -> None:
    """No birth, graduation, application or decision from 1900 to 2100 breaks the arithmetic of dates."""
    days = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
    written = days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])
    names = [name for name, fact in law.vocabulary.items() if fact.kind == "date"]
    told: dict[str, object] = {name: data.draw(written) for name in names}
    told |= {"had_aid_grant": True, "transition": "job", "employment": "flexjob"}
    survives(judge, told, as_of)
    for name in names:
        survives(judge, {**told, name: None}, as_of)


if __name__ == "__main__":
    kind, *numbers = sys.argv[1:]
    memory = run_judge(*map(int, numbers)) if kind == "judge" else run_engine(*map(int, numbers))
    print(json.dumps(asdict(memory)))
