"""The situation (PA-C3) and folkepensionsalder (W-FLX-C3) as openfisca variables; imported only where that is there."""

# mypy: ignore-errors
# The library is untyped and no dependency of the project.

from __future__ import annotations

from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

UNMET, UNKNOWN, ASSESS, MET = range(4)


class Model:
    """The two conditions for a crowd: `load` makes columns of the people, `calculate` gives an outcome for each."""

    def __init__(self, law, facts, as_of: date) -> None:
        self._facts, self._as_of = facts, as_of
        person = build_entity(key="person", plural="persons", label="A person", is_person=True)
        choices = {
            name: Enum(name, {value: value for value in ("absent", *law.vocabulary[name].values)})
            for name in ("employment", "pension")
        }
        answers = Enum("answers", {value: value for value in ("absent", "yes", "no")})
        self._system = TaxBenefitSystem([person])
        self._system.add_variables(
            _choice("employment", person, choices["employment"]),
            _choice("pension", person, choices["pension"]),
            _choice("has_job_offer", person, answers),
            _plain("weekly_hours", person, float),
            _plain("birth_date", person, date),
            _pension_age(person, law.ages.table_on(as_of).rows),
            _situation(person, choices["employment"], choices["pension"], answers),
        )

    def load(self):
        """A column cannot be empty: who does not tell gets a value that stands for it, and no birth date is today."""
        return {
            "employment": self._column("employment", lambda v: v or "absent"),
            "pension": self._column("pension", lambda v: v or "absent"),
            "has_job_offer": self._column("has_job_offer", lambda v: {True: "yes", False: "no", None: "absent"}[v]),
            "weekly_hours": self._column("weekly_hours", lambda v: -1.0 if v is None else float(v)),
            "birth_date": self._column("birth_date", lambda v: v.first if v else self._as_of, "datetime64[D]"),
        }

    def _column(self, name, read, kind=None):
        return np.array([read(known.get(name)) for known in self._facts], kind)

    def calculate(self, columns):
        simulation = SimulationBuilder().build_default_simulation(self._system, len(self._facts))
        for name, values in columns.items():
            simulation.set_input(name, DateUnit.ETERNITY, values)
        day = f"day:{self._as_of}"
        return simulation.calculate("situation", day), simulation.calculate("pension_age", day)


def _choice(name, person, values):
    own = {
        "value_type": Enum,
        "entity": person,
        "definition_period": DateUnit.ETERNITY,
        "possible_values": values,
        "default_value": values["absent"],
    }
    return type(name, (Variable,), own)


def _plain(name, person, kind):
    return type(name, (Variable,), {"value_type": kind, "entity": person, "definition_period": DateUnit.ETERNITY})


def _pension_age(person, table):
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

    own = {"value_type": int, "entity": person, "definition_period": DateUnit.DAY, "formula": formula}
    return type("pension_age", (Variable,), own)


def _situation(person, statuses, pensions, answers):
    def formula(people, period):
        status, offer = people("employment", period), people("has_job_offer", period)
        paid, hours = people("pension", period), people("weekly_hours", period)

        def among(*names):
            return np.isin(status, [statuses[name].index for name in names])

        yes, no = offer == answers["yes"].index, offer == answers["no"].index
        pensioner = np.isin(paid, [pensions[name].index for name in ("disability", "state")])
        own_work, student = among("employee", "self_employed"), among("student")
        retired, unemployed = among("disability_pension", "state_pension"), among("unemployed")
        return np.select(
            [
                own_work & pensioner,
                own_work | among("flexjob", "wage_subsidy", "internship", "senior_job"),
                among("sick_leave"),
                unemployed & yes & pensioner,
                unemployed & yes,
                unemployed & no,
                student & ((hours > 0) | yes),
                student & (hours == 0) & no,
                retired & yes,
                retired & no,
            ],
            [ASSESS, MET, ASSESS, ASSESS, MET, UNMET, ASSESS, UNMET, ASSESS, UNMET],
            UNKNOWN,
        )

    own = {"value_type": int, "entity": person, "definition_period": DateUnit.DAY, "formula": formula}
    return type("situation", (Variable,), own)
