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
from dataclasses import dataclass
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
    regulars = [next(new) for _ in range(300)]
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
    mark = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return mark / 1024 / (1024 if sys.platform == "darwin" else 1)


def run_judge(count: int, remembered: int) -> Memory:
    """Judge a crowd with room for so few classes that the oldest are forgotten all the time."""
    rules.judge.REMEMBERED_CLASSES = remembered
    law = load_law()
    judge, cases = Judge(law), crowd(law, seed=1)
    warming = count // 5
    digest(judge, cases, warming)
    warm = _megabytes()
    digest(judge, cases, count - warming)
    return Memory(warm, _megabytes(), judge.remembered_classes)


def run_engine(count: int) -> Memory:
    """Nothing remembered: every judgement goes through durable-rules."""
    law, rng = load_law(), random.Random(2)
    engine = Engine(law.readings)
    versions = [version for scheme in law.schemes for version in law.versions(scheme)]
    warm = 0.0
    for number in range(count):
        version = versions[number % len(versions)]
        engine.judge(version, {name: rng.choice((*law.readings[name].symbols, UNKNOWN)) for name in version.reads})
        if number == count // 5:
            warm = _megabytes()
    return Memory(warm, _megabytes(), 0)
