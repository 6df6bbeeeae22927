"""Measure speed and memory and print one table: `python -m bench`. bench/README.md says how to read it."""

from __future__ import annotations

import argparse

from bench import batch, process, speed, vectorised
from bench.clock import show


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000, help="people in each turn of the side-by-side lines")
    parser.add_argument("--batch", type=int, default=100_000, help="cases in the batch; 0 leaves it out")
    asked = parser.parse_args()

    desk = speed.Desk()
    show("All ten schemes", speed.speeds(desk, asked.cases))
    if vectorised.installed():
        show("The same two conditions", vectorised.speeds(desk, asked.cases))
    else:
        print("\nopenfisca-core is not installed: its lines are left out.")

    found = process.latency(desk, asked.cases)
    print(f"\n{'One case never seen before':52}{'p50':>10}{'p99':>10}  target")
    print(f"{'milliseconds of processor time':52}{found.processor[0]:>10.2f}{found.processor[1]:>10.2f}  p99 < 5 ms")
    print(f"{'milliseconds by the clock':52}{found.clock[0]:>10.2f}{found.clock[1]:>10.2f}")

    print(f"\n{'Start-up':52}{'clock':>10}{'processor':>10}  target")
    for name, code in (("rules, texts and a first judgement", process.RULES), ("the whole service", process.SERVICE)):
        took = process.start(code)
        print(f"{name + ', seconds':52}{took.clock:>10.2f}{took.processor:>10.2f}  < 2 s", flush=True)

    held = process.memory(20 * asked.cases)
    print(f"\n{'Memory':52}{'MB':>10}")
    print(f"{'rules loaded':52}{held.loaded:>10.0f}")
    print(f"{f'with {held.classes:,} classes remembered':52}{held.used:>10.0f}")
    print(f"{'with as many as it ever remembers, reckoned':52}{held.full:>10.0f}", flush=True)

    if asked.batch:
        done = batch.run(asked.batch)
        print(
            f"\n{f'Batch of {done.cases:,} with every reason, {batch.PROCESSES} processes':52}{'seconds':>10}  target"
        )
        print(f"{'by the clock':52}{done.clock:>10.1f}  < 60 s for 100,000")
        print(f"{'processor time, divided by the processes':52}{done.processor / batch.PROCESSES:>10.1f}")
        print(f"{'written, MB':52}{done.megabytes:>10.0f}")


if __name__ == "__main__":
    main()
