"""A long list of cases on two processes: lines of JSON in, the whole judgement with every reason out."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.people import crowd
from bench.speed import Desk
from rules.facts import parse_facts

PROCESSES = 2


@dataclass(frozen=True)
class Batch:
    """What a batch took: by the clock, in processor time of both processes together, and what came out."""

    cases: int
    clock: float
    processor: float
    megabytes: float


def run(cases: int) -> Batch:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "cases.ndjson"
        with source.open("w", encoding="utf-8") as file:
            for told, as_of in crowd(cases, seed=2):
                file.write(json.dumps({"facts": told, "as_of": as_of.isoformat()}) + "\n")
        desk = Desk(served=0)
        context = multiprocessing.get_context("fork")
        used, begin = _children(), time.perf_counter()
        workers = [context.Process(target=_judge_lines, args=(desk, source, n)) for n in range(PROCESSES)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
            assert worker.exitcode == 0
        clock = time.perf_counter() - begin
        written = sum(float(path.read_text()) for path in Path(folder).glob("written.*"))
        return Batch(cases, clock, _children() - used, written / 1e6)


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _judge_lines(desk: Desk, source: Path, mine: int) -> None:
    """Every second line; what is told goes to the null device, so that no disk is measured."""
    written = 0
    with source.open(encoding="utf-8") as lines, open(os.devnull, "w", encoding="utf-8") as out:
        for number, line in enumerate(lines):
            if number % PROCESSES != mine:
                continue
            case = json.loads(line)
            as_of = date.fromisoformat(case["as_of"])
            facts = parse_facts(case["facts"], desk.law.vocabulary, as_of)
            written += out.write(json.dumps(desk.explain(facts, as_of), ensure_ascii=False) + "\n")
    source.with_name(f"written.{mine}").write_text(str(written))
