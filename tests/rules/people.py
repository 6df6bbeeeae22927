"""Made-up people for the differential tests: every fact at its classes, thresholds and one day to each side."""

from __future__ import annotations

import random
from datetime import date

from rules.facts import Fact
from rules.lawbook import LawBook
from tests.rules import oracle

# Every day on which some rule changes, the day before it, and a few days with nothing special.
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2009-07-07", "2010-12-31", "2011-01-01", "2012-12-31", "2013-01-01", "2015-12-30", "2015-12-31", "2017-12-31",
        "2018-12-31", "2019-01-01", "2019-06-01", "2019-12-31", "2020-01-01", "2020-12-30", "2020-12-31", "2021-01-01",
        "2024-02-29", "2025-12-30", "2025-12-31", "2026-01-31", "2026-02-01", "2026-11-22", "2040-01-01", "2045-12-31",
    )
)  # fmt: skip


def someone(law: LawBook, rng: random.Random, as_of: date) -> dict[str, object]:
    """A random selection of facts, from almost none to almost all."""
    share = rng.random()
    told: dict[str, object] = {}
    for name, fact in law.vocabulary.items():
        if rng.random() < share:
            value = _value(name, fact, rng, as_of)
            if value is not None:
                told[name] = value
    return told


def _value(name: str, fact: Fact, rng: random.Random, as_of: date) -> object:
    if fact.kind == "bool":
        return rng.random() < 0.5
    if fact.kind == "choice":
        return rng.choice(fact.values)
    if fact.kind == "text":
        return "noget"
    values = [value for value in oracle.representatives(name, as_of) if not isinstance(value, bool)]
    return rng.choice(values) if values else None
