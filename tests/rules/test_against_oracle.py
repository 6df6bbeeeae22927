"""The engine agrees with a second, independent reading of the law, written without looking at it."""

from __future__ import annotations

import os
import random

import pytest

from rules.facts import FactError, parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook
from tests.rules import oracle
from tests.rules.people import DAYS, someone

CASES = int(os.environ.get("ORACLE_CASES", "6000"))
# Which of several equally good routes is shown is a matter of presentation; the oracle shows another order.
ROUTED = {"HJ-C2", "HJ-C6", "HJ-C3T", "HJ-C3J", "HJ-C3F", "HJ-C7", "HJ-C8", "HJ-C12"}
# PA-C1 is told beside its two parts, and W-56-C4 as a judgement: readings the oracle lists as open.
SHOWN_OTHERWISE = {"PA-C1", "W-56-C4"}
SILENT = {"note", "not_applicable"}


def test_every_outcome_condition_and_deadline_agrees(
    law: LawBook, judge: Judge, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(20261122)
    compared = 0
    while compared < CASES:
        as_of = rng.choice(DAYS)
        raw = someone(law, rng, as_of)
        try:
            facts = parse_facts(raw, law.vocabulary, as_of)
        except FactError:
            assert oracle.contradictions(raw, as_of), raw
            continue
        assert not oracle.contradictions(raw, as_of), raw
        expected = oracle.judge(raw, as_of)
        for result in judge.judge(facts, as_of).schemes:
            scheme = result.version.scheme.id
            verdict = expected[scheme]
            told = (scheme, as_of, raw)
            assert result.outcome == verdict.outcome, told
            ours = {c.condition.id: c.outcome for c in result.conditions}
            for id_ in {*ours, *verdict.conditions} - ROUTED - SHOWN_OTHERWISE:
                pair = {ours.get(id_, "not_applicable"), verdict.conditions.get(id_, "not_applicable")}
                assert len(pair) == 1 or pair <= SILENT, (id_, pair, told)
            if result.outcome != "unknown":  # with the outcome known the shown route is the same
                deadlines = [(d.id, d.day, d.day_to) for d in result.deadlines]
                assert sorted(deadlines) == sorted(verdict.deadlines), told
        compared += 1
    with capsys.disabled():
        print(f" [{compared} people, {compared * len(law.schemes)} schemes compared]", end="")


def test_missing_is_exactly_what_can_still_change_the_outcome(law: LawBook, judge: Judge) -> None:
    rng = random.Random(7)
    compared = 0
    while compared < 60:
        as_of = rng.choice(DAYS)
        raw = someone(law, rng, as_of)
        try:
            facts = parse_facts(raw, law.vocabulary, as_of)
        except FactError:
            continue
        result = rng.choice(judge.judge(facts, as_of).schemes)
        assert set(result.missing) == set(oracle.missing(raw, as_of, result.version.scheme.id)), (
            result.version.scheme.id,
            as_of,
            raw,
        )
        compared += 1
