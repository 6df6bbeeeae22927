"""How many questions an interview takes: in fixed order, in random order, and as chosen. Run: python -m bench.interview

The people are made up: typical ones from the tables here, which were set apart from rules/habits.yaml, and ones whose
every yes or no is a toss-up. Each tells two to four facts to begin with, those that first messages most often hold. The
three orders stop at the same moment and never ask what can no longer matter: they differ only in what comes first.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from rules.dates import full_years
from rules.facts import Facts, parse_facts
from rules.lawbook import LawBook, load_law
from rules.questions import Questions

AS_OF = date(2026, 11, 22)
PEOPLE = 2000

T = TypeVar("T")
Told = dict[str, object]
Kind = Callable[[random.Random, tuple[str, ...]], Told]
Choose = Callable[[Facts, Sequence[str], str | None], str | None]

# What people ask about, and how often.
ONE_SCHEME = {"pa": 25, "hm": 25, "fa": 12, "ib": 10, "pu": 8, "fleksjob": 7, "p56": 5, "skaanejob": 4, "sps": 4}
TWO_SCHEMES = {("pa", "hm"): 50, ("pa", "pu"): 10, ("hm", "fleksjob"): 10, ("ib", "fa"): 10, ("pu", "sps"): 8,
               ("fleksjob", "skaanejob"): 6, ("hm", "sps"): 6}  # fmt: skip
AT_LARGE = ("pa", "pu", "hm", "ib", "fa")

# How often a fact stands in a first message: counted over 150 labelled ones.
MENTIONED = {
    "impairment": 122, "employment": 107, "branch": 97, "age": 78, "employer_sector": 44, "weekly_hours": 30,
    "needs_aid": 16, "graduated_on": 15, "impairment_permanent": 13, "municipality": 12, "impairment_substantial": 11,
    "in_training": 11, "education_months": 9, "needs_personal_assistance": 9, "has_job_offer": 9,
    "lacks_work_experience": 7, "applying_public_job": 6, "aid_common_in_branch": 6, "aid_decisive": 6, "pension": 4,
}  # fmt: skip

# What those who ask about a scheme do, and what the others do.
SITUATIONS = {
    "ib": {"unemployed": 75, "student": 15, "employee": 8, "internship": 2},
    "fa": {"unemployed": 60, "employee": 22, "student": 8, "flexjob": 4, "wage_subsidy": 4, "sick_leave": 2},
    "fleksjob": {"sick_leave": 35, "employee": 25, "unemployed": 25, "disability_pension": 6, "student": 9},
    "skaanejob": {"disability_pension": 75, "employee": 8, "unemployed": 8, "sick_leave": 5, "state_pension": 4},
    "sps": {"student": 75, "employee": 12, "unemployed": 10, "sick_leave": 3},
    "pu": {"employee": 44, "unemployed": 24, "flexjob": 10, "internship": 10, "student": 8, "wage_subsidy": 4},
}
OTHERWISE = {"employee": 52, "self_employed": 8, "flexjob": 15, "wage_subsidy": 4, "internship": 4, "senior_job": 1,
             "unemployed": 8, "student": 4, "sick_leave": 4}  # fmt: skip
IDLE = ("unemployed", "student", "sick_leave", "disability_pension", "state_pension")
PENSIONS = {"disability_pension": "disability", "state_pension": "state"}
HOURS = {"flexjob": (5, 8, 12, 12, 15, 20), "student": (0, 0, 8, 15)}

# How many of 100 cannot answer.
UNSURE = {
    "aid_beyond_employer": 12, "sps_entitled": 12, "education_gives_akasse": 12, "covered_by_other_law": 10,
    "several_or_severe": 10, "assistance_hours": 8, "aid_common_in_branch": 8, "employment": 0, "age": 0,
}  # fmt: skip
UNSURE_OTHERWISE = 3


@dataclass(frozen=True)
class Person:
    """Someone who asks about some schemes, tells a little, and knows more; None in the truth is "ved ikke"."""

    focus: tuple[str, ...]
    told: Mapping[str, object]
    truth: Mapping[str, object]


def typical(rng: random.Random, focus: tuple[str, ...]) -> Told:
    """A person as those who ask about these schemes mostly are; the answers fit together."""
    dice = _Dice(rng, focus)
    work = _work(dice)
    truth = work | _impairment(dice) | _assistance(dice) | _training(dice, work["employment"] == "student")
    truth |= _aid(dice) | _graduate(dice) | _post(dice)
    return {fact: None if dice.yes(UNSURE.get(fact, UNSURE_OTHERWISE)) else value for fact, value in truth.items()}


def toss_up(rng: random.Random, focus: tuple[str, ...]) -> Told:
    """A person whose every yes or no is as likely as the other, where the answers still fit together."""
    truth = typical(rng, focus)
    truth |= {fact: rng.random() < 0.5 for fact, value in truth.items() if isinstance(value, bool)}
    if truth["employment"] in ("wage_subsidy", "internship"):
        truth["in_lab_offer"] = True
    if truth["needs_aid"] is False:
        truth |= {"aid_decisive": False, "aid_compensates": False}
    if truth["needs_personal_assistance"] is False:
        truth["assistance_hours"] = 0
    return truth


class _Dice:
    """Draws for one person who asks about some schemes."""

    def __init__(self, rng: random.Random, focus: tuple[str, ...]) -> None:
        self.rng, self.focus = rng, focus
        self.at_large = focus == AT_LARGE

    def yes(self, of_hundred: int) -> bool:
        return self.rng.randrange(100) < of_hundred

    def one_of(self, shares: Mapping[T, int]) -> T:
        return self.rng.choices(list(shares), list(shares.values()))[0]

    def asks(self, *schemes: str) -> bool:
        """Whether the person asked for one of these schemes."""
        return not self.at_large and not set(schemes).isdisjoint(self.focus)

    def wants(self, *schemes: str, asked: int, at_large: int, otherwise: int) -> bool:
        return self.yes(asked if self.asks(*schemes) else at_large if self.at_large else otherwise)


def _work(dice: _Dice) -> Told:
    leading = dice.rng.choice(dice.focus) if dice.at_large else dice.focus[0]
    situation = dice.one_of(SITUATIONS.get(leading, OTHERWISE))
    offer = situation not in IDLE or dice.yes(70 if situation == "sick_leave" else 30)
    hours = dice.rng.choice(HOURS.get(situation, (37, 37, 37, 30, 25, 20)))
    years = {"student": 24, "state_pension": 70, "senior_job": 61}.get(situation) or dice.rng.triangular(19, 70, 44)
    born = AS_OF - timedelta(days=int(years * 365.25) + dice.rng.randrange(300))
    return {
        "employment": situation,
        "has_job_offer": offer,
        "weekly_hours": hours if offer or situation == "student" else 0,
        "in_lab_offer": situation in ("wage_subsidy", "internship") or dice.yes(30 if situation == "unemployed" else 3),
        "pension": PENSIONS.get(situation) or dice.one_of({"none": 94, "disability": 3, "senior": 2, "early": 1}),
        "employer_sector": dice.one_of({"public": 45, "private": 55}),
        "branch": "kontor",
        "municipality": "Randers",
        "age": full_years(born, AS_OF),
        "birth_date": born.isoformat(),
        "work_ability_limited": dice.wants("fleksjob", asked=65, at_large=35, otherwise=35),
        "absence_days_expected": dice.rng.choice((0, 5, 8, 10, 15, 20, 30, 40)),
    }


def _impairment(dice: _Dice) -> Told:
    kinds = ("mobility", "hearing", "vision", "dyslexia", "psychiatric", "adhd_autism", "brain_injury", "chronic")
    return {
        "impairment": dice.rng.choice(kinds),
        "impairment_permanent": dice.yes(88),
        "impairment_substantial": dice.yes(82),
        "hinders_work": dice.yes(88),
    }


def _assistance(dice: _Dice) -> Told:
    needed = dice.wants("pa", "pu", asked=88, at_large=45, otherwise=40)
    return {
        "needs_personal_assistance": needed,
        "assistance_hours": dice.rng.choice((2, 4, 5, 6, 8, 10, 12, 15, 18, 20, 25, 30)) if needed else 0,
        "does_core_tasks": dice.yes(82),
        "several_or_severe": dice.yes(25),
        "is_ordinary_help": dice.yes(18),
        "covered_by_other_law": dice.yes(10),
    }


def _training(dice: _Dice, student: bool) -> Told:
    if not student and not dice.wants("pu", "sps", asked=70, at_large=20, otherwise=15):
        return {"in_training": False, "training_kind": None, "training_relevant": None, "sps_entitled": False}
    first = dice.yes(85 if student else 15)
    return {
        "in_training": True,
        "training_kind": "first_education"
        if first
        else dice.one_of({"further_education": 65, "course_in_work_time": 35}),
        "training_relevant": dice.yes(87),
        "sps_entitled": dice.yes(70 if first else 15),
    }


def _aid(dice: _Dice) -> Told:
    if not dice.wants("hm", asked=93, at_large=50, otherwise=40):
        unknown = dict.fromkeys(("aid_kind", "aid_common_in_branch", "aid_beyond_employer"))
        return {"needs_aid": False, "aid_decisive": False, "aid_compensates": False, **unknown}
    kinds = {"tool": 72, "workplace_fitting": 14, "teaching_material": 4, "private_life": 7, "treatment": 3}
    return {
        "needs_aid": True,
        "aid_decisive": dice.yes(78),
        "aid_compensates": dice.yes(88),
        "aid_kind": dice.one_of(kinds),
        "aid_common_in_branch": dice.yes(30),
        "aid_beyond_employer": dice.yes(68),
    }


def _graduate(dice: _Dice) -> Told:
    new = dice.asks("ib")
    months_ago = dice.rng.choice((2, 4, 6, 9, 12, 18, 22, 30, 48) if new else (10, 30, 60, 120, 240))
    graduated = AS_OF - timedelta(days=30 * months_ago)
    months = dice.rng.choice((12, 24, 30, 36, 42, 48, 60) if new else (0, 12, 24, 36, 42))
    in_field = dice.yes(30 if new else 80)
    return {
        "graduated_on": f"{graduated:%Y-%m}" if dice.yes(50) else graduated.isoformat(),
        "education_months": months,
        "education_gives_akasse": dice.yes(88 if months >= 18 else 30),
        "job_in_field_since": in_field,
        "lacks_work_experience": not in_field and dice.yes(80),
        "same_employer_as_last": dice.yes(8),
        "employer_is_spouse": dice.yes(2),
    }


def _post(dice: _Dice) -> Told:
    public = dice.wants("fa", asked=70, at_large=30, otherwise=20)
    return {
        "applying_public_job": public,
        "post_advertised": dice.yes(85) if public else None,
        "post_internal": dice.yes(6) if public else None,
        "formal_qualifications": dice.yes(82),
    }


def someone(rng: random.Random, kind: Kind, at_large: bool) -> Person:
    """A person of a kind: what they ask about, what they tell first, and the truth."""
    dice = _Dice(rng, ())
    focus = AT_LARGE if at_large else (dice.one_of(ONE_SCHEME),) if dice.yes(60) else dice.one_of(TWO_SCHEMES)
    truth = kind(rng, focus)
    left = {fact: often for fact, often in MENTIONED.items() if truth[fact] is not None}
    told: Told = {}
    for _ in range(rng.randint(2, 4)):
        fact = dice.one_of(left)
        told[fact] = truth[fact]
        del left[fact]
    return Person(focus, told, truth)


def interview(law: LawBook, choose: Choose, person: Person, as_of: date = AS_OF) -> tuple[list[str], Told]:
    """Ask until there is nothing to ask: the facts asked for in their order, and everything that is known then."""
    known = dict(person.told)
    while fact := choose(parse_facts(known, law.vocabulary, as_of), person.focus, next(reversed(known), None)):
        assert fact not in known, f"{fact} was answered already"
        known[fact] = person.truth.get(fact)
    return [fact for fact in known if fact not in person.told], known


def orders(questions: Questions, as_of: date = AS_OF) -> dict[str, Choose]:
    """The ways to choose: the order of the facts' file, any order, and the one in use."""
    rng = random.Random(1)

    def fixed(facts: Facts, focus: Sequence[str], last: str | None) -> str | None:
        return next(iter(questions.open_facts(facts, as_of, focus)), None)

    def at_random(facts: Facts, focus: Sequence[str], last: str | None) -> str | None:
        return rng.choice(questions.open_facts(facts, as_of, focus) or [None])

    def chosen(facts: Facts, focus: Sequence[str], last: str | None) -> str | None:
        return questions.best(facts, as_of, focus, last)

    return {"fixed": fixed, "random": at_random, "chosen": chosen}


def switches(law: LawBook, asked: Sequence[str]) -> int:
    """How often the talk changes topic."""
    topics = [law.vocabulary[fact].topic for fact in asked]
    return sum(one != other for one, other in pairwise(topics))


def main() -> None:
    law = load_law()
    groups = {
        "typical, 1-2 schemes": (typical, False),
        "typical, all five": (typical, True),
        "toss-up, 1-2 schemes": (toss_up, False),
        "toss-up, all five": (toss_up, True),
    }
    print(f"{'people':22}{'order':8}{'median':>8}{'p90':>6}{'mean':>7}{'topic changes':>15}{'ms p50':>8}{'p95':>7}")
    for name, (kind, at_large) in groups.items():
        rng = random.Random(name)
        people = [someone(rng, kind, at_large) for _ in range(PEOPLE)]
        for order, choose in orders(Questions(law)).items():
            times: list[float] = []
            runs = [interview(law, _timed(choose, times), person)[0] for person in people]
            counts = [len(asked) for asked in runs]
            changes = statistics.mean(switches(law, asked) for asked in runs)
            print(
                f"{name:22}{order:8}{statistics.median(counts):8.0f}{statistics.quantiles(counts, n=10)[8]:6.0f}"
                f"{statistics.mean(counts):7.2f}{changes:15.2f}"
                f"{statistics.median(times):8.2f}{statistics.quantiles(times, n=20)[18]:7.2f}"
            )


def _timed(choose: Choose, times: list[float]) -> Choose:
    """The same choice, with what it took in milliseconds."""

    def choice(facts: Facts, focus: Sequence[str], last: str | None) -> str | None:
        begun = time.perf_counter()
        fact = choose(facts, focus, last)
        times.append((time.perf_counter() - begun) * 1000)
        return fact

    return choice


if __name__ == "__main__":
    main()
