"""Timing: contenders side by side in turns, in processor time, so that a busy machine disturbs all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True)
class Contender:
    """One way of doing the work for a number of cases; `prepare` gets the turn and is not timed."""

    name: str
    cases: int
    run: Callable[[], object]
    prepare: Callable[[int], object] = lambda turn: None
    target: str = ""


@dataclass(frozen=True)
class Speed:
    """Cases a second, and how many times as fast as the first contender (below 1: slower)."""

    name: str
    per_second: float
    ratio: float
    target: str = ""


def side_by_side(contenders: Sequence[Contender]) -> list[Speed]:
    """Take turns; a ratio is the median over the turns of the ratio to the first contender in the same turn."""
    per_case: list[list[float]] = [[] for _ in contenders]
    for turn in range(ROUNDS):
        for contender, mine in zip(contenders, per_case, strict=True):
            contender.prepare(turn)
            gc.collect()
            begin = time.process_time()
            contender.run()
            mine.append((time.process_time() - begin) / contender.cases)
    first = per_case[0]
    return [
        Speed(
            contender.name,
            1 / statistics.median(mine),
            statistics.median(theirs / own for theirs, own in zip(first, mine, strict=True)),
            contender.target,
        )
        for contender, mine in zip(contenders, per_case, strict=True)
    ]


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def show(title: str, speeds: Sequence[Speed]) -> None:
    print(f"\n{title}\n{'':52}{'per second':>12}{'µs each':>10}{'ratio':>8}  target")
    for speed in speeds:
        told = f"{speed.name:52}{speed.per_second:>12,.0f}{1e6 / speed.per_second:>10,.1f}{speed.ratio:>8.2f}"
        print(f"{told}  {speed.target}".rstrip(), flush=True)
