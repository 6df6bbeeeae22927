"""The scenarios in tests/cases: cases a lawyer can read, each with the outcome the law gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules.facts import FactError, parse_facts
from rules.judge import Judge
from rules.lawbook import LawBook

FOLDER = Path(__file__).parent.parent / "cases"


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


CASES = list(_cases())


def test_there_are_enough_scenarios() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", CASES)
def test_scenario(case: dict[str, Any], law: LawBook, judge: Judge) -> None:
    as_of = date.fromisoformat(str(case["as_of"]))
    if case.get("contradictions"):
        with pytest.raises(FactError) as caught:
            parse_facts(case["facts"], law.vocabulary, as_of)
        named = {fact for pair in case["contradictions"] for fact in pair} - {"as_of"}
        assert {p.fact for p in caught.value.problems} == named
        return
    judgement = judge.judge(parse_facts(case["facts"], law.vocabulary, as_of), as_of)
    results = {result.version.scheme.id: result for result in judgement.schemes}
    assert {id_: results[id_].outcome for id_ in case.get("expect", {})} == case.get("expect", {})
    found = {c.condition.id: c.outcome for r in results.values() for c in r.conditions}
    for id_, outcome in case.get("conditions", {}).items():
        assert found.get(id_, "not_applicable") == outcome, id_
    for id_, facts in case.get("missing", {}).items():
        assert set(results[id_].missing) == set(facts), id_
    deadlines = {d.id: d for d in (*judgement.deadlines, *(d for r in results.values() for d in r.deadlines))}
    for id_, expected in case.get("deadlines", {}).items():
        if expected is None:
            assert id_ not in deadlines
            continue
        days = [deadlines[id_].day, deadlines[id_].day_to]
        wanted = expected if isinstance(expected, list) else [expected, None]
        assert [day and day.isoformat() for day in days] == [day and str(day) for day in wanted], id_
