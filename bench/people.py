"""Made-up but plausible people to measure with: facts that go together, known only in part, mostly as of today."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta

Told = dict[str, object]
Case = tuple[Told, date]

TODAY = date(2026, 11, 22)
# Out of a hundred: today, a decision of the last years that is being complained of, an old case, a plan.
_DAYS = ((82, TODAY), (8, date(2025, 3, 14)), (4, date(2021, 9, 1)), (4, date(2017, 5, 2)), (2, date(2027, 6, 1)))


class _Chance:
    """Dice with the few throws that the people below need."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def yes(self, percent: float) -> bool:
        return self.rng.random() * 100 < percent

    def of(self, **weights: float) -> str:
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def number(self, low: int, high: int, step: float = 1) -> float:
        value = self.rng.randint(round(low / step), round(high / step)) * step
        return int(value) if value == int(value) else round(value, 2)

    def day(self, first: date, last: date) -> str:
        """A date as people give it: mostly the day, sometimes the month or only the year."""
        text = (first + timedelta(days=self.rng.randrange((last - first).days + 1))).isoformat()
        return text[: self.rng.choices((10, 7, 4), (70, 20, 10))[0]]


def person(rng: random.Random) -> Case:
    """One person's facts and the day whose law is asked for."""
    chance = _Chance(rng)
    as_of = rng.choices([day for _, day in _DAYS], [weight for weight, _ in _DAYS])[0]
    told: Told = {}
    story = rng.choices(list(_STORIES), list(_STORIES.values()))[0]
    story(told, chance, as_of)
    _person(told, chance, as_of)
    return _known_in_part(told, chance), as_of


def crowd(count: int, seed: int = 1) -> list[Case]:
    """Many people, the same ones for the same seed."""
    rng = random.Random(seed)
    return [person(rng) for _ in range(count)]


def _known_in_part(told: Told, chance: _Chance) -> Told:
    """What has come up so far: early in a talk little, in a caseworker's form nearly all; now and then a "ved ikke"."""
    depth = chance.rng.choice((15, 30, 50, 70, 85, 95, 100))
    known = {fact: value for fact, value in told.items() if chance.yes(depth)}
    return {fact: None if chance.yes(2) else value for fact, value in known.items()}


def _person(told: Told, chance: _Chance, as_of: date) -> None:
    """What anyone may be asked: age, the impairment, how much it weighs."""
    old = told.get("employment") == "state_pension"
    young = "graduated_on" in told or told.get("employment") == "student"
    low, high = (66, 80) if old else (20, 34) if young else (25, 66)
    years = int(chance.number(low, high))
    if chance.yes(35):
        year = as_of.year - years
        told["birth_date"] = chance.day(date(year - 1, as_of.month, as_of.day) + timedelta(days=1), date(year, 1, 28))
    else:
        told["age"] = years
    told["impairment"] = chance.of(mobility=24, hearing=14, vision=9, dyslexia=12, psychiatric=15, adhd_autism=9,
                                   brain_injury=7, intellectual=2, chronic=13, other=5)  # fmt: skip
    lasting = chance.yes(88)
    told["impairment_permanent"] = lasting
    told["impairment_substantial"] = chance.yes(80 if lasting else 40)
    told["hinders_work"] = chance.yes(85 if told["impairment_substantial"] else 45)
    told["municipality"] = chance.of(København=3, Aarhus=2, Odense=1, Aalborg=1, Esbjerg=1)
    if chance.yes(25):
        told["work_ability_limited"] = chance.yes(45)
    if chance.yes(20):
        told["absence_days_expected"] = int(chance.number(0, 60))
    told.setdefault("pension", "none" if chance.yes(95) else chance.of(disability=3, senior=1, early=1))


def _job(told: Told, chance: _Chance) -> None:
    told["weekly_hours"] = 37 if chance.yes(45) else chance.number(6, 37, 0.5)
    told["employer_sector"] = chance.of(public=40, private=60)
    told["branch"] = chance.of(lager=2, butik=2, sygepleje=1, kontor=3, håndværk=2)


def _at_work(told: Told, chance: _Chance) -> None:
    told["employment"] = chance.of(
        employee=70, self_employed=10, flexjob=12, wage_subsidy=3, internship=3, senior_job=2
    )
    told["in_lab_offer"] = told["employment"] in ("wage_subsidy", "internship")
    _job(told, chance)


def _out_of_work(told: Told, chance: _Chance) -> None:
    told["employment"] = chance.of(unemployed=60, sick_leave=20, student=10, disability_pension=8, state_pension=2)
    told["has_job_offer"] = chance.yes(35)
    told["in_lab_offer"] = chance.yes(10)
    if told["has_job_offer"]:
        _job(told, chance)


def _assistance(told: Told, chance: _Chance, as_of: date) -> None:
    (_at_work if chance.yes(75) else _out_of_work)(told, chance)
    told["needs_personal_assistance"] = chance.yes(92)
    told["does_core_tasks"] = chance.yes(85)
    told["assistance_hours"] = chance.number(1, 24, 0.5)
    told["several_or_severe"] = chance.yes(18)
    told["is_ordinary_help"] = chance.yes(12)
    told["covered_by_other_law"] = chance.yes(10)
    if chance.yes(15):
        _training_facts(told, chance)


def _aid(told: Told, chance: _Chance, as_of: date) -> None:
    (_at_work if chance.yes(70) else _out_of_work)(told, chance)
    told["needs_aid"] = chance.yes(95)
    told["aid"] = chance.of(stol=3, skærmlæser=2, høreapparat=2, bord=3, talegenkendelse=1)
    told["aid_kind"] = chance.of(tool=55, workplace_fitting=25, teaching_material=6, private_life=9, treatment=5)
    told["aid_decisive"] = chance.yes(75)
    told["aid_compensates"] = chance.yes(85)
    told["aid_common_in_branch"] = chance.yes(25)
    told["aid_beyond_employer"] = chance.yes(70)
    told["covered_by_other_law"] = chance.yes(10)
    told["aid_bought"] = chance.yes(8)
    if chance.yes(15):
        told["had_aid_grant"] = True
        told["transition"] = chance.of(job=5, unemployment=2, education=1, municipality=2)
        told["applied_on"] = chance.day(as_of - timedelta(days=90), as_of)


def _graduate(told: Told, chance: _Chance, as_of: date) -> None:
    told["employment"] = chance.of(unemployed=75, student=15, employee=10)
    told["has_job_offer"] = chance.yes(40)
    told["graduated_on"] = chance.day(as_of - timedelta(days=1100), as_of + timedelta(days=120))
    told["recently_graduated"] = True
    told["education_months"] = int(chance.of(**{"12": 1, "18": 1, "24": 2, "36": 4, "42": 4, "60": 5}))
    told["education_gives_akasse"] = chance.yes(90)
    told["lacks_work_experience"] = chance.yes(75)
    told["job_in_field_since"] = chance.yes(20)
    told["same_employer_as_last"] = chance.yes(8)
    told["employer_is_spouse"] = chance.yes(2)
    if told["has_job_offer"]:
        _job(told, chance)
        if chance.yes(40):
            told["start_on"] = (as_of + timedelta(days=150)).isoformat()


def _public_post(told: Told, chance: _Chance, as_of: date) -> None:
    (_out_of_work if chance.yes(70) else _at_work)(told, chance)
    told["applying_public_job"] = chance.yes(90)
    told["post_advertised"] = chance.yes(85)
    told["post_internal"] = chance.yes(12)
    told["formal_qualifications"] = chance.yes(80)
    if chance.yes(8):
        told["public_funding_percent"] = int(chance.number(0, 100))
    if chance.yes(4):
        told["permit"] = chance.of(none=1, stall=2, kiosk=2, taxi=3)


def _training_facts(told: Told, chance: _Chance) -> None:
    told["in_training"] = chance.yes(90)
    told["training_kind"] = chance.of(first_education=25, further_education=40, course_in_work_time=35)
    told["training_relevant"] = chance.yes(80)
    told["sps_entitled"] = chance.yes(30)


def _training(told: Told, chance: _Chance, as_of: date) -> None:
    (_at_work if chance.yes(55) else _out_of_work)(told, chance)
    told["needs_personal_assistance"] = chance.yes(85)
    told["assistance_hours"] = chance.number(1, 20)
    _training_facts(told, chance)


def _pensioner(told: Told, chance: _Chance, as_of: date) -> None:
    told["employment"] = chance.of(disability_pension=75, state_pension=25)
    told["pension"] = "disability" if told["employment"] == "disability_pension" else "state"
    told["has_job_offer"] = chance.yes(50)
    told["employer_is_spouse"] = chance.yes(3)
    told["same_employer_as_last"] = chance.yes(15)


def _complaint(told: Told, chance: _Chance, as_of: date) -> None:
    (_assistance if chance.yes(60) else _aid)(told, chance, as_of)
    told["decision_received_on"] = chance.day(as_of - timedelta(days=40), as_of)


_Story = Callable[[Told, _Chance, date], None]
# How many of a hundred come with which matter.
_STORIES: Mapping[_Story, int] = {
    _assistance: 26, _aid: 26, _graduate: 12, _public_post: 12, _training: 10, _pensioner: 6, _complaint: 8,
}  # fmt: skip
