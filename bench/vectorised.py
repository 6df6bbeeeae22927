"""Two conditions in openfisca-core, a whole crowd at once: the situation (PA-C3) and folkepensionsalder (W-FLX-C3).

openfisca-core is no dependency of the project. Without it these lines are left out; bench/README.md says how to get it.
"""

# The library is untyped and usually not there.
# mypy: disable-error-code="import-not-found,import-untyped,misc,no-untyped-def,untyped-decorator,unused-ignore"

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

from bench.clock import Contender, Speed, side_by_side
from bench.people import TODAY, crowd
from bench.speed import Desk
from rules.dates import Span
from rules.facts import Facts
from tests.rules import oracle

UNMET, UNKNOWN, ASSESS, MET = range(4)
_OUTCOME = ("unmet", "unknown", "assess", "met")
_AGE = {"reached": UNMET, "unknown": UNKNOWN, "under": MET}
_LATER = 4  # no birth date: the column of a crowd cannot be empty

Columns = Mapping[str, Any]


def installed() -> bool:
    return find_spec("openfisca_core") is not None


def speeds(desk: Desk, cases: int) -> list[Speed]:
    """The plain evaluator, openfisca and the judge over the same people, after checking that they agree."""
    facts = [
        Facts({**known.known, "birth_date": _day(known)}) if known.get("birth_date") else known
        for known, _ in desk.parse([(told, TODAY) for told, _ in crowd(cases, seed=5)])
    ]
    told = [{name: str(v) if isinstance(v, Span) else v for name, v in known.known.items()} for known in facts]

    def plainly() -> list[tuple[str, str]]:
        return [(oracle.judge_pa(t, TODAY).conditions["PA-C3"], str(oracle.under_folkepension(t, TODAY))) for t in told]

    def judging() -> None:
        for known in facts:
            desk.judge.judge(known, TODAY, ("pa", "fleksjob"))

    load, calculate = _openfisca(desk, facts)
    _check(desk, facts, calculate(load()))
    loaded = load()
    return side_by_side(
        [
            Contender("plain evaluator: pa, and the age", cases, plainly),
            Contender("openfisca: two conditions, columns already loaded", cases, lambda: calculate(loaded)),
            Contender("openfisca: two conditions, with loading", cases, lambda: calculate(load())),
            Contender("judge: pa and fleksjob whole, with every reason", cases, judging),
        ]
    )


def _day(known: Facts) -> Span:
    """openfisca has no vague dates, so everybody is born on the first day that theirs can mean."""
    born = known.get("birth_date")
    assert isinstance(born, Span)
    return Span(born.first, born.first)


def _check(desk: Desk, facts: list[Facts], found: tuple[Any, Any]) -> None:
    condition = {c.id: i for i, c in enumerate(desk.law.version("pa", TODAY).conditions)}["PA-C3"]
    for place, known in enumerate(facts):
        result = desk.judge.judge(known, TODAY, ("pa",)).schemes[0]
        assert result.conditions[condition].outcome == _OUTCOME[found[0][place]], known
        if known.get("birth_date"):
            assert _AGE[desk.law.readings["pension_age"].read(known, TODAY).symbol] == found[1][place], known


def _openfisca(desk: Desk, facts: list[Facts]) -> tuple[Callable[[], Any], Callable[[Any], tuple[Any, Any]]]:
    """How to load the crowd into columns, and how to calculate both conditions for all of it."""
    import numpy as np
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="A person", is_person=True)
    choices = {
        name: Enum(name, {value: value for value in ("absent", *desk.law.vocabulary[name].values)})
        for name in ("employment", "pension")
    }
    answers = Enum("answers", {"absent": "absent", "yes": "yes", "no": "no"})
    table = desk.law.ages.table_on(TODAY).rows

    class employment(Variable):  # noqa: N801 - openfisca finds a variable by the name of its class
        value_type, entity, definition_period = Enum, person, DateUnit.ETERNITY
        possible_values, default_value = choices["employment"], choices["employment"]["absent"]

    class pension(Variable):  # noqa: N801
        value_type, entity, definition_period = Enum, person, DateUnit.ETERNITY
        possible_values, default_value = choices["pension"], choices["pension"]["absent"]

    class has_job_offer(Variable):  # noqa: N801
        value_type, entity, definition_period = Enum, person, DateUnit.ETERNITY
        possible_values, default_value = answers, answers["absent"]

    class weekly_hours(Variable):  # noqa: N801
        value_type, entity, definition_period, default_value = float, person, DateUnit.ETERNITY, -1.0

    class birth_date(Variable):  # noqa: N801
        value_type, entity, definition_period = __import__("datetime").date, person, DateUnit.ETERNITY

    class pension_age(Variable):  # noqa: N801
        value_type, entity, definition_period = int, person, DateUnit.DAY

        def formula(people, period):
            born = people("birth_date", period)
            months = born.astype("datetime64[M]")
            days = born - months.astype("datetime64[D]")
            ages = np.select(
                [born >= np.datetime64(row.born_from) for row in reversed(table)],
                [row.years * 12 + row.months for row in reversed(table)],
            )
            reached = (months + ages).astype("datetime64[D]") + days
            return np.where(reached <= np.datetime64(str(period.start)), UNMET, MET)

    class situation(Variable):  # noqa: N801
        value_type, entity, definition_period = int, person, DateUnit.DAY

        def formula(people, period):
            status, offer = people("employment", period), people("has_job_offer", period)
            paid, hours = people("pension", period), people("weekly_hours", period)
            kinds, offers = choices["employment"], answers

            def among(*names):
                return np.isin(status, [kinds[name].index for name in names])

            yes, no = offer == offers["yes"].index, offer == offers["no"].index
            pensioner = np.isin(paid, [choices["pension"][name].index for name in ("disability", "state")])
            own = among("employee", "self_employed")
            retired = among("disability_pension", "state_pension")
            return np.select(
                [
                    own & pensioner,
                    own | among("flexjob", "wage_subsidy", "internship", "senior_job"),
                    among("sick_leave"),
                    among("unemployed") & yes & pensioner,
                    among("unemployed") & yes,
                    among("unemployed") & no,
                    among("student") & ((hours > 0) | yes),
                    among("student") & (hours == 0) & no,
                    retired & yes,
                    retired & no,
                ],
                [ASSESS, MET, ASSESS, ASSESS, MET, UNMET, ASSESS, UNMET, ASSESS, UNMET],
                UNKNOWN,
            )

    system = TaxBenefitSystem([person])
    system.add_variables(employment, pension, has_job_offer, weekly_hours, birth_date, pension_age, situation)
    nobody = TODAY.replace(year=TODAY.year - _LATER).isoformat()

    def columns() -> Columns:
        def column(name: str, read: Callable[[Any], Any]) -> list[Any]:
            return [read(known.get(name)) for known in facts]

        return {
            "employment": np.array(column("employment", lambda v: v or "absent")),
            "pension": np.array(column("pension", lambda v: v or "absent")),
            "has_job_offer": np.array(column("has_job_offer", lambda v: {True: "yes", False: "no", None: "absent"}[v])),
            "weekly_hours": np.array(column("weekly_hours", lambda v: -1.0 if v is None else float(v))),
            "birth_date": np.array(column("birth_date", lambda v: v.first.isoformat() if v else nobody), "datetime64[D]"),
        }

    def load() -> Columns:
        return columns()

    def calculate(loaded: Columns) -> tuple[Any, Any]:
        simulation = SimulationBuilder().build_default_simulation(system, len(facts))
        for name, values in loaded.items():
            simulation.set_input(name, DateUnit.ETERNITY, values)
        day = TODAY.isoformat()
        return simulation.calculate("situation", f"day:{day}"), simulation.calculate("pension_age", f"day:{day}")

    return load, calculate
