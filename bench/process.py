"""What one process needs: time to start, time for a single case never seen before, and memory."""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import rules.judge
from bench.clock import quantile
from bench.people import crowd, person
from bench.speed import Desk
from rules.facts import parse_facts
from rules.judge import Judge
from rules.lawbook import load_law

ROOT = Path(__file__).parent.parent
STARTS = 5
RULES = "from bench.people import crowd; from bench.speed import Desk; Desk(served=1)"
SERVICE = "from assistant.web import create_app; create_app()"


@dataclass(frozen=True)
class Start:
    """How long a new process takes until it can answer: by the clock, and in processor time."""

    clock: float
    processor: float


def start(code: str) -> Start:
    clock, processor = [], []
    for _ in range(STARTS):
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        clock.append(time.perf_counter() - begin)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Start(statistics.median(clock), statistics.median(processor))


@dataclass(frozen=True)
class Latency:
    """Milliseconds for single cases: the median and the 99th percentile, by the clock and in processor time."""

    clock: tuple[float, float]
    processor: tuple[float, float]


def latency(desk: Desk, cases: int) -> Latency:
    """People never seen before, one at a time, checked, judged and explained, while no class is remembered at all."""
    clock, processor = [], []
    for told, as_of in crowd(cases, seed=3):
        desk.forget()
        begin, began = time.perf_counter(), time.thread_time()
        facts = desk.parse([(told, as_of)])[0][0]
        desk.explain(facts, as_of)
        processor.append((time.thread_time() - began) * 1000)
        clock.append((time.perf_counter() - begin) * 1000)
    return Latency(_half_and_most(clock), _half_and_most(processor))


def _half_and_most(values: Sequence[float]) -> tuple[float, float]:
    return quantile(values, 0.5), quantile(values, 0.99)


@dataclass(frozen=True)
class Memory:
    """Megabytes with the rules loaded and after a crowd, and how many classes the crowd made the judge remember."""

    loaded: float
    used: float
    classes: int

    @property
    def full(self) -> float:
        """What it comes to when the judge remembers as many classes as it ever will."""
        return self.loaded + (self.used - self.loaded) * rules.judge.REMEMBERED_CLASSES / self.classes


def memory(cases: int) -> Memory:
    """Measured in a process of its own: this one has held other things."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.process", str(cases)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return Memory(**json.loads(done.stdout))


def _measure_memory(cases: int) -> Memory:
    law, rng = load_law(), random.Random(4)
    judge = Judge(law)
    loaded = _megabytes()
    for _ in range(cases):
        told, as_of = person(rng)
        judge.judge(parse_facts(told, law.vocabulary, as_of), as_of)
    return Memory(loaded, _megabytes(), judge._remembered.cache_info().currsize)


def _megabytes() -> float:
    """The highest mark of this process. `ru_maxrss` would do, had it not the mark of whoever started the process."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(asdict(_measure_memory(int(sys.argv[1])))))
