"""Two conditions in openfisca-core, a whole crowd at once, beside the judge and the plain evaluator.

openfisca-core is no dependency of the project; without it these lines are left out. bench/README.md says how to get it.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bench.clock import Contender, Speed, side_by_side
from bench.people import TODAY, crowd
from bench.speed import Desk
from rules.dates import Span
from rules.facts import Facts
from tests.rules import oracle

_OUTCOMES = ("unmet", "unknown", "assess", "met")
_AGES = {"reached": "unmet", "under": "met"}


def installed() -> bool:
    return find_spec("openfisca_core") is not None


def speeds(desk: Desk, cases: int) -> list[Speed]:
    """All contenders over the same people, after checking that openfisca says the same as the judge."""
    facts = [_on_a_day(known) for known, _ in desk.parse([(told, TODAY) for told, _ in crowd(cases, seed=5)])]
    told = [{name: str(v) if isinstance(v, Span) else v for name, v in known.known.items()} for known in facts]
    model: Any = import_module("bench.openfisca_model").Model(desk.law, facts, TODAY)
    loaded = model.load()
    _check(desk, facts, *model.calculate(loaded))

    def plainly() -> None:
        for person in told:
            oracle.situation(person), oracle.pension_of(person), oracle.under_folkepension(person, TODAY)

    def judging() -> None:
        for known in facts:
            desk.judge.judge(known, TODAY, ("pa", "fleksjob"))

    return side_by_side(
        [
            Contender("plain evaluator: the two conditions", cases, plainly),
            Contender("openfisca: the two conditions, columns ready", cases, lambda: model.calculate(loaded)),
            Contender("openfisca: the two conditions, with loading", cases, lambda: model.calculate(model.load())),
            Contender("judge: all of pa and fleksjob", cases, judging),
        ]
    )


def _on_a_day(known: Facts) -> Facts:
    """openfisca has no vague dates, so everybody is born on the first day that theirs can mean."""
    born = known.get("birth_date")
    return Facts({**known.known, "birth_date": Span(born.first, born.first)}) if isinstance(born, Span) else known


def _check(desk: Desk, facts: list[Facts], situations: Any, ages: Any) -> None:
    for known, situation, age in zip(facts, situations, ages, strict=True):
        found = {c.condition.id: c.outcome for c in desk.judge.judge(known, TODAY, ("pa",)).schemes[0].conditions}
        assert found["PA-C3"] == _OUTCOMES[situation], known
        if known.get("birth_date"):
            assert _AGES[desk.law.readings["pension_age"].read(known, TODAY).symbol] == _OUTCOMES[age], known
