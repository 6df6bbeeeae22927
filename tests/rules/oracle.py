"""A plain second reading of the law digest, to prove the rule engine against.

Written straight from the digest and the decisions, one function per scheme, without reading the engine.
`judge` gives the ten verdicts, `missing` the facts that can still change an outcome, `contradictions` the
pairs of facts that cannot both be true. "D12" means decision 12; other ids are the digest's.

OPEN_READINGS (the sources leave two readings; the one chosen here, and why)
 1. The pension table of the 2011 reform holds from 2012-01-01: the digest names an act of 2011, no day.
 2. Half years are months added in one step: born 1960-02-29, 66 1/2 years (act of 2006) on 2026-08-29.
 3. A part-known `birth_date` rules alone; `age` does not narrow it ("bruges hvor birth_date ikke er kendt").
 4. `age` one year off is tolerated against every day a part-known birth date can mean (D29: whole spans).
 5. In `missing` a birth date fits a given `age` exactly: the tolerance of D29 is for slips, not for doubt.
 6. In `missing` a `start_on` lies on or after as_of (a planned start): 25 months after graduation is final.
 7. `missing` holds facts of routes nobody asked about (`permit`, `in_lab_offer`): D6, they can change it.
 8. `missing` holds both `age` and `birth_date` when neither is given: either can settle the age rule.
 9. A student who denies one of `weekly_hours`, `has_job_offer`, the other unsaid: unknown (never assumed).
10. "People out of work" (D23) are the unemployed; the matrices close T and PAT to students and pensioners,
    and D24 opens T by `in_lab_offer`; PAT follows T, and `sick_leave` is treated alike.
11. `internship`, `wage_subsidy` meet PAT-C1 unless `in_lab_offer` is false: PAT-C1 names both (matrix: n/a).
12. PAU stays open for an intern (matrix: n/a): harmless, since PAT asks for less.
13. PA-C3 is `assess` in or before ordinary work on a disability or state pension: the matrix's "conditional".
14. PA-C6 without other cover is `assess`, not `met`: its kind is F/J.
15. PA-C1 is not shown beside its parts PA-C1a and PA-C1b.
16. PA-C4b bears the result of both alternatives; PA-C7 shows its own and never counts beside it.
17. `needs_personal_assistance: false` is unmet even where `assistance_hours` is above 0 (D9 before D31).
18. PAU-C5 is unknown with PAU-C4 while `training_kind` is missing; not applicable to `further_education`.
19. "Given" in D31 (`aid_decisive` and `aid_compensates`) means answered, true or false.
20. HJ-C7 under LAB binds all of route J but `senior_job` (D16: ordinary job and own business only).
21. HJ-LAB is `assess` until a fact speaks against it, so `needs_aid` and `aid_kind` may stay missing.
22. HJ-C2 on T is unknown for unknown `employment` with `in_lab_offer: false`: it may be a wage subsidy.
23. HJ-R3 goes by as_of (from 2020-01-01), not by `applied_on`.
24. In `ib` the `employment` does not count: no condition id carries the matrix rows on own firm and pension.
25. FOR-C3 is unmet for a post that is not advertised: kind F in the table, though "Exclusions" says (J).
26. FOR-C2 with `applying_public_job: false` and no percent is unmet at once (D13); the percent is missing.
27. Through the municipality FOR-C1 is judged, and the person's "no" speaks against: that route never helps.
28. Senior pension bars fleksjob from 2020-01-01, early pension from 2021-01-01: before, no rule is there.
29. `fleksjob` before 2013-01-01 is `assess` whatever the age (D25 to the letter), and shows no AGE.
30. W-56-C4: a student with weekly hours, and anybody with an offer, has an employer; unsaid is unknown.
31. W-56-C4 is unknown while `employment` is missing; with an employer it is procedure (`note`).
32. SPS: a `student` is in education whatever else is said; else `in_training: false` is final, also beside a
    `training_kind`; `course_in_work_time` is no education (D30 names only the two others).
33. Deadlines stand whatever the outcome, also when past; AGE needs a `birth_date`; COM-K1 only at the top.
34. AGE stands under `hm` only where route F is the shown route.
35. Of routes with equal outcome the first in the order of D2 is shown, but for two failed ones (D27).
36. PA-C5a counts from 2011-01-01, PAU-C5 from 2013-01-01 (the digest gives years); no outcome turns on it.
37. `pension: state` bars fleksjob (W-FLX-C3) but does not answer the age rules HJ-C12 and W-SKA-C2.
38. A need D31 takes as given does not block, yet stays missing: answered with no it is unmet (D9).
39. A pension D32 takes from the status is answered, so it is not missing.
40. An explicit `pension` rules over the status of a pensioner (D32 "when absent"): no contradiction.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

Facts = Mapping[str, object]
Conditions = dict[str, str]
Deadline = tuple[str, date, date | None]
Span = tuple[date, date]

KOMPENSATIONSLOV = date(2020, 1, 1)  # T-2020-01-01b: aids and isbryder move from LAB
IN_WORK = ("employee", "self_employed", "flexjob", "wage_subsidy", "internship", "senior_job")
NO_WORK_YET = ("unemployed", "student", "disability_pension", "state_pension")


@dataclass(frozen=True)
class SchemeVerdict:
    """The outcome of a scheme, the conditions of its shown route, and its deadlines."""

    outcome: str
    conditions: Conditions
    deadlines: list[Deadline]


# --- reading facts: absent and null are the same (D6)


def truth(facts: Facts, fact: str) -> bool | None:
    value = facts.get(fact)
    return value if isinstance(value, bool) else None


def word(facts: Facts, fact: str) -> str | None:
    value = facts.get(fact)
    return value if isinstance(value, str) else None


def number(facts: Facts, fact: str) -> Fraction | None:
    value = facts.get(fact)
    return None if value is None else Fraction(str(value))


def span(facts: Facts, fact: str) -> Span | None:
    """The first and last day a date, month or year can mean."""
    value = word(facts, fact)
    if value is None:
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), add_months(date(parts[0], parts[1], 1), 1) - timedelta(days=1)
    return date.fromisoformat(value), date.fromisoformat(value)


# --- adding up


def hard(fact: bool | None) -> str:
    """A fact the person can state (kind F)."""
    return "unknown" if fact is None else "met" if fact else "unmet"


def judged(fact: bool | None) -> str:
    """The municipality's judgement (kind J): the best a fact can do is to speak for it."""
    return "unknown" if fact is None else "assess" if fact else "unmet"


def denied(fact: bool | None) -> bool | None:
    return None if fact is None else not fact


def all_of(*outcomes: str) -> str:
    for outcome in ("unmet", "unknown", "assess"):
        if outcome in outcomes:
            return outcome
    return "met"


def one_of(*outcomes: str) -> str:
    """D3: the best of the alternatives counts."""
    for outcome in ("met", "assess", "unknown"):
        if outcome in outcomes:
            return outcome
    return "unmet"


def concluded(conditions: Conditions, beside: tuple[str, ...] = ()) -> str:
    """http.md, outcome of one route; `beside` are alternatives counted under another id."""
    worst = all_of(*(outcome for id, outcome in conditions.items() if id not in beside))
    return {"unmet": "not_eligible", "unknown": "unknown", "assess": "assess", "met": "eligible"}[worst]


def best_route(*routes: Conditions) -> tuple[str, Conditions]:
    """D2 and D27: best outcome first; of failed routes the one with fewer unmet conditions."""
    for wanted in ("eligible", "assess", "unknown"):
        for route in routes:
            if concluded(route) == wanted:
                return wanted, route
    return "not_eligible", min(routes, key=lambda route: list(route.values()).count("unmet"))


# --- dates and age


def add_months(day: date, months: int) -> date:
    """D19 and D29: where the month has no such day, the first of the following month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def two_years_after(graduation: date) -> date:
    """ISB-C4. D19: from 29 February to 28 February."""
    if (graduation.month, graduation.day) == (2, 29):
        return date(graduation.year + 2, 2, 28)
    return graduation.replace(year=graduation.year + 2)


def age_on(birth: date, day: date) -> int:
    years = day.year - birth.year
    return years if add_months(birth, 12 * years) <= day else years - 1


def folkepension_day(birth: date, as_of: date) -> date:
    """timeline.md: the day of folkepensionsalder by the table that was law on as_of."""
    if birth <= date(1939, 6, 30):
        years = Fraction(67)
    elif as_of < date(2012, 1, 1):  # the act of 2006; open reading 1
        if birth <= date(1958, 12, 31):
            years = Fraction(65)
        elif birth <= date(1959, 6, 30):
            years = Fraction(131, 2)
        elif birth <= date(1959, 12, 31):
            years = Fraction(66)
        elif birth <= date(1960, 6, 30):
            years = Fraction(133, 2)
        else:
            years = Fraction(67)
    elif birth <= date(1953, 12, 31):
        years = Fraction(65)
    elif birth <= date(1954, 6, 30):
        years = Fraction(131, 2)
    elif birth <= date(1954, 12, 31):
        years = Fraction(66)
    elif birth <= date(1955, 6, 30):
        years = Fraction(133, 2)
    elif birth <= date(1962, 12, 31) or as_of < date(2015, 12, 31):  # T-2015-12-31
        years = Fraction(67)
    elif birth <= date(1966, 12, 31) or as_of < date(2020, 12, 31):  # T-2020-12-31
        years = Fraction(68)
    elif birth <= date(1970, 12, 31) or as_of < date(2025, 12, 31):  # T-2025-12-31
        years = Fraction(69)
    else:
        years = Fraction(70)
    return add_months(birth, int(years * 12))


@cache
def folkepension_span(first: date, last: date, as_of: date) -> Span:
    """The earliest and latest day of folkepensionsalder for somebody born from first to last."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    reached = [folkepension_day(day, as_of) for day in days]
    return min(reached), max(reached)


@cache
def births_of_age(age: int, as_of: date) -> Span:
    """The first and last birth date of somebody who is that old on as_of."""
    day = date(as_of.year - age - 1, 1, 1)
    births = []
    while day.year <= as_of.year - age:
        if age_on(day, as_of) == age:
            births.append(day)
        day += timedelta(days=1)
    return births[0], births[-1]


def under_folkepension(facts: Facts, as_of: date) -> bool | None:
    """AGE. D15, D28: a span, or an age alone, decides only where all of it agrees."""
    births = span(facts, "birth_date")
    age = number(facts, "age")
    if births is None and age is not None:
        births = births_of_age(int(age), as_of)
    if births is None:
        return None
    earliest, latest = folkepension_span(births[0], births[1], as_of)
    if as_of >= latest:
        return False
    if as_of < earliest:
        return True
    return None


def spanned(id: str, first: date, last: date) -> list[Deadline]:
    """D20: the last safe day, and the last possible one where the fact was a month or a year."""
    return [(id, first, None if first == last else last)]


def age_deadline(facts: Facts, as_of: date) -> list[Deadline]:
    births = span(facts, "birth_date")
    if births is None:
        return []
    return spanned("AGE", *folkepension_span(births[0], births[1], as_of))


def after_28_days(id: str, days: Span) -> list[Deadline]:
    return spanned(id, days[0] + timedelta(days=28), days[1] + timedelta(days=28))


# --- the situation (matrices of files 01 and 03, D7, D24, D31, D32)


def pension_of(facts: Facts) -> str | None:
    """D32: the pensioner statuses also answer `pension`."""
    said = word(facts, "pension")
    if said is None and word(facts, "employment") == "disability_pension":
        return "disability"
    if said is None and word(facts, "employment") == "state_pension":
        return "state"
    return said


def has_work_or_offer(facts: Facts) -> bool | None:
    """For students, the unemployed and pensioners: is there a job to look at?"""
    offer = truth(facts, "has_job_offer")
    if word(facts, "employment") != "student" or offer is True:
        return offer
    hours = number(facts, "weekly_hours")  # D7, D24: a student job
    if hours is not None and hours > 0:
        return True
    if offer is False and hours is not None:
        return False
    return None  # open reading 9


def situation(facts: Facts) -> str:
    """PA-C3, and HJ-C2 on route J."""
    employment = word(facts, "employment")
    if employment is None:
        return "unknown"  # D31, also with an offer
    if employment in IN_WORK:
        return "met"  # D7: an offer says nothing about someone who works
    if employment == "sick_leave":
        return "assess"  # D7
    if employment == "unemployed":
        return hard(has_work_or_offer(facts))  # D7: unmet is "not yet"
    return judged(has_work_or_offer(facts))  # D7: students and pensioners


# --- personlig assistance (file 01)


def judge_pa(facts: Facts, as_of: date) -> SchemeVerdict:
    core_tasks = truth(facts, "does_core_tasks")
    conditions = {
        "PA-C1a": judged(truth(facts, "impairment_permanent")),
        "PA-C1b": judged(truth(facts, "impairment_substantial")),
        "PA-C2": need_of_assistance(facts),
        "PA-C3": situation(facts),
        "PA-C4": judged(core_tasks),  # D27: two conditions read by one fact both show
        "PA-C4a": judged(core_tasks),
        "PA-C4b": hours_of_assistance(facts, as_of),
        "PA-C5": judged(denied(truth(facts, "is_ordinary_help"))),
        "PA-C6": judged(denied(truth(facts, "covered_by_other_law"))),  # D10, D25; D30: SPS never counts here
        "PA-C8": "note",
        "PA-C9": "note",
    }
    ordinary = word(facts, "employment") in ("employee", "self_employed", "unemployed")
    if conditions["PA-C3"] == "met" and ordinary and pension_of(facts) in ("disability", "state"):
        conditions["PA-C3"] = "assess"  # matrix "conditional"; open reading 13
    if as_of >= date(2011, 1, 1):
        conditions["PA-C5a"] = "assess"
    if conditions["PA-C4b"] == "met":
        conditions["PA-C7"] = "not_applicable"
    else:
        conditions["PA-C7"] = judged(truth(facts, "several_or_severe"))
    return SchemeVerdict(concluded(conditions, beside=("PA-C7",)), conditions, [])


def need_of_assistance(facts: Facts) -> str:
    """PA-C2, PAU-C2. D31: hours above 0 answer for a need nobody asked about."""
    needed = truth(facts, "needs_personal_assistance")
    hours = number(facts, "assistance_hours")
    if needed is None and hours is not None and hours > 0:
        return "assess"
    return judged(needed)


def hours_of_assistance(facts: Facts, as_of: date) -> str:
    """PA-C4b or PA-C7 (D3, D12, D25, D26), by PA-L1f."""
    hours = number(facts, "assistance_hours")
    weekly = number(facts, "weekly_hours")
    if hours is None:
        within = "unknown"
    elif hours > 20:
        within = "unmet"
    elif weekly is None:
        within = "met" if hours == 0 else "unknown"
    else:
        within = "met" if hours <= min(Fraction(20), 20 * weekly / 37) else "unmet"
    if within == "unmet" and as_of < date(2019, 1, 1):
        within = "assess"  # D25: before principmeddelelse 28-19 only by analogy
    return one_of(within, judged(truth(facts, "several_or_severe")))


# --- personlig assistance under training and tilbud (file 02)


def judge_pu(facts: Facts, as_of: date) -> SchemeVerdict:
    lasting = truth(facts, "impairment_permanent")
    marked = truth(facts, "impairment_substantial")
    impairment = all_of(judged(lasting), judged(marked))  # D14
    need = need_of_assistance(facts)
    kind = word(facts, "training_kind")

    training = {
        "PAU-C1": impairment,
        "PAU-C2": need,
        "PAU-C3": hard(denied(truth(facts, "sps_entitled"))),
        "PAU-C4": all_of(
            judged(truth(facts, "in_training")),
            judged(None if kind is None else kind != "first_education"),  # D30
            judged(truth(facts, "training_relevant")),
        ),
    }
    if as_of >= date(2013, 1, 1) and kind is None:
        training["PAU-C5"] = "unknown"
    elif as_of >= date(2013, 1, 1) and kind == "course_in_work_time":
        training["PAU-C5"] = "assess"  # D30: "brug timerne i erhverv"

    employment = word(facts, "employment")
    in_offer = truth(facts, "in_lab_offer")
    status_is_offer = employment in ("internship", "wage_subsidy")  # open reading 11
    offer = {
        "PAT-C1": "met" if in_offer is None and status_is_offer else hard(in_offer),
        "PAT-C2": all_of(impairment, need),
    }
    # D23: PAT is open for people out of work; for the others only when they say that they are in a tilbud.
    if employment in (None, "unemployed") or status_is_offer or in_offer is True:
        outcome, shown = best_route(training, offer)
    else:
        outcome, shown = best_route(training)
    return SchemeVerdict(outcome, shown, [])


# --- hjælpemidler (file 03)


def judge_hm(facts: Facts, as_of: date) -> SchemeVerdict:
    routes = [aid_route(facts, as_of, letter) for letter in aid_letters(facts)]
    outcome, shown = best_route(*routes)
    deadlines = renewal_deadline(facts, as_of)
    if "HJ-C12" in shown:
        deadlines += age_deadline(facts, as_of)  # D20: route F ends at folkepensionsalder
    return SchemeVerdict(outcome, shown, deadlines)


def aid_letters(facts: Facts) -> str:
    """D2, D23, D24: which of the routes T, J and F the situation opens."""
    employment = word(facts, "employment")
    if employment is None:
        return "TJF"
    if employment in ("wage_subsidy", "internship"):
        return "T"
    if employment == "unemployed":
        return "TJ"
    own_route = "F" if employment == "flexjob" else "J"
    return "T" + own_route if truth(facts, "in_lab_offer") is True else own_route


def aid_route(facts: Facts, as_of: date, letter: str) -> Conditions:
    employment = word(facts, "employment")
    kind = word(facts, "aid_kind")
    under_age = under_folkepension(facts, as_of)
    conditions: Conditions = {}

    if letter == "T" and employment in ("wage_subsidy", "internship"):
        conditions["HJ-C2"] = "met"
    elif letter == "T" and employment is None and truth(facts, "in_lab_offer") is False:
        conditions["HJ-C2"] = "unknown"  # open reading 22
    elif letter == "T":
        conditions["HJ-C2"] = hard(truth(facts, "in_lab_offer"))
    else:
        conditions["HJ-C2"] = situation(facts)  # an unknown employment is unknown on J and F

    conditions["HJ-C4"] = judged(denied(truth(facts, "aid_common_in_branch")))  # D11
    if letter == "F" and as_of >= date(2013, 1, 1):
        conditions["HJ-C12"] = hard(under_age)  # D16, D25

    if as_of < KOMPENSATIONSLOV:  # D16: judged under LAB
        if letter == "J" and employment != "senior_job":
            conditions["HJ-C7"] = hard(under_age)  # D25; open reading 20
        against = truth(facts, "needs_aid") is False or kind in ("private_life", "treatment")
        conditions["HJ-LAB"] = "unmet" if against else "assess"  # D25
        return conditions

    conditions["HJ-C1"] = judged(truth(facts, "hinders_work"))
    conditions["HJ-C3" + letter] = aid_test(facts, letter)
    conditions["HJ-C5"] = judged(truth(facts, "aid_beyond_employer"))
    if kind == "teaching_material":
        conditions["HJ-C6"] = hard(letter == "T")  # D9
    else:
        conditions["HJ-C6"] = hard(None if kind is None else kind in ("tool", "workplace_fitting"))
    if letter == "F":
        conditions["HJ-C8"] = judged(denied(truth(facts, "covered_by_other_law")))  # D10
    conditions["HJ-C9"] = "note"
    conditions["HJ-C10"] = judged(truth(facts, "impairment_permanent"))
    conditions["HJ-C11"] = "note"
    return conditions


def aid_test(facts: Facts, letter: str) -> str:
    """HJ-C3T: one of the two is enough. HJ-C3J, HJ-C3F: both. D9, D31 on the need."""
    needed = truth(facts, "needs_aid")
    decisive = truth(facts, "aid_decisive")
    compensates = truth(facts, "aid_compensates")
    if letter == "T":
        test = one_of(judged(decisive), judged(compensates))
    else:
        test = all_of(judged(decisive), judged(compensates))
    if needed is None and decisive is not None and compensates is not None:
        return test
    return all_of(judged(needed), test)


def renewal_deadline(facts: Facts, as_of: date) -> list[Deadline]:
    """HJ-R1 to HJ-R3, D20: whatever the outcome."""
    applied = span(facts, "applied_on")
    moved = word(facts, "transition") is not None or truth(facts, "moving_municipality") is True
    if as_of < KOMPENSATIONSLOV or applied is None or not moved or truth(facts, "had_aid_grant") is not True:
        return []
    return after_28_days("HJ-R3", applied)


# --- isbryder (file 04)


def judge_ib(facts: Facts, as_of: date) -> SchemeVerdict:
    months = number(facts, "education_months")
    conditions = {
        "ISB-C1": judged(truth(facts, "hinders_work")),
        "ISB-C2": hard(None if months is None else months >= 18),
        "ISB-C3": hard(truth(facts, "education_gives_akasse")),
        "ISB-C4": start_in_time(facts, as_of),
        "ISB-C5": judged(denied(truth(facts, "job_in_field_since"))),  # D25: whole period
        "ISB-C6": judged(truth(facts, "lacks_work_experience")),
        "ISB-C8": "note",  # D1: facts that no fact of the contract reads
        "ISB-C9": "note",
        "ISB-C10": hard(denied(truth(facts, "employer_is_spouse"))),
        "ISB-C11": hard(denied(truth(facts, "same_employer_as_last"))),
        "ISB-C12": "note",
        "ISB-C13": "note",  # the field is no hard condition
    }
    if as_of >= KOMPENSATIONSLOV:
        conditions["ISB-C7"] = "assess"
    if truth(facts, "impairment_permanent") is False:
        conditions["COM-H3"] = "unmet"  # D14
    graduated = span(facts, "graduated_on")
    deadlines = []
    if graduated is not None:
        deadlines = spanned("ISB-C4", two_years_after(graduated[0]), two_years_after(graduated[1]))
    return SchemeVerdict(concluded(conditions), conditions, deadlines)


def start_in_time(facts: Facts, as_of: date) -> str:
    """ISB-C4: start <= graduation + 2 years, for the whole span (D15)."""
    graduated = span(facts, "graduated_on")
    if graduated is None:
        return "unknown"  # D15: recently_graduated does not settle it
    start = span(facts, "start_on")
    if start is None:
        day = max(as_of, graduated[1])  # D15, and D29 where graduation is still ahead
        start = (day, day)
    if start[1] <= two_years_after(graduated[0]):
        return "met"
    if start[0] > two_years_after(graduated[1]):
        return "unmet"
    return "unknown"


# --- fortrinsadgang (file 05)


def judge_fa(facts: Facts, as_of: date) -> SchemeVerdict:
    hinders = truth(facts, "hinders_work")
    target = {"FOR-C1": hard(hinders) if as_of >= KOMPENSATIONSLOV else judged(hinders)}  # D13
    if truth(facts, "impairment_permanent") is False:
        target["COM-H3"] = "unmet"  # D14, D33
    post = {
        "FOR-C2": public_employer(facts),
        "FOR-C3": all_of(hard(truth(facts, "post_advertised")), hard(denied(truth(facts, "post_internal")))),
        "FOR-C4a": hard(truth(facts, "formal_qualifications")),  # D13: both application routes
    }
    routes = [target | post | {"FOR-C5": "note", "FOR-C6": "note"}]
    if "unmet" in target.values():  # D23: through the municipality
        routes.append(target | {"FOR-C1": judged(hinders)} | post | {"FOR-C4b": "assess"})
    if word(facts, "permit") in ("stall", "kiosk", "taxi"):  # D13, D23
        routes.append(target | {"FOR-P1": "assess"})
    outcome, shown = best_route(*routes)
    return SchemeVerdict(outcome, shown, [])


def public_employer(facts: Facts) -> str:
    """FOR-C2 by word or by percent (FOR-E4, D13)."""
    percent = number(facts, "public_funding_percent")
    if percent is not None and percent >= 50:
        return "met"
    return hard(truth(facts, "applying_public_job"))


# --- wider schemes (file 06): never eligible (D17)


def judge_fleksjob(facts: Facts, as_of: date) -> SchemeVerdict:
    if as_of < date(2013, 1, 1):
        return SchemeVerdict("assess", {"W-FLX-C1": "assess"}, [])  # D25: the scheme of that time
    ability = judged(truth(facts, "work_ability_limited"))
    conditions = {
        "W-FLX-C1": ability,
        "W-FLX-C2": ability,
        "W-FLX-C3": all_of(hard(under_folkepension(facts, as_of)), no_barring_pension(facts, as_of)),
        "W-FLX-C4": "note",
        "W-FLX-C5": "note",
    }
    return SchemeVerdict(concluded(conditions), conditions, age_deadline(facts, as_of))


def no_barring_pension(facts: Facts, as_of: date) -> str:
    """W-FLX-C3, second part, with the interval of each pension (open reading 28)."""
    pension = pension_of(facts)
    if pension is None:
        return "unknown"
    if pension == "senior" and as_of < date(2020, 1, 1):
        return "met"
    if pension == "early" and as_of < date(2021, 1, 1):
        return "met"
    return "met" if pension == "none" else "unmet"


def judge_p56(facts: Facts, as_of: date) -> SchemeVerdict:
    days = number(facts, "absence_days_expected")
    answered = "unknown" if days is None else "assess"  # D22
    conditions = {
        "W-56-C1": judged(None if days is None else days >= 10),
        "W-56-C2": answered,
        "W-56-C3": answered,
    }
    employment = word(facts, "employment")
    if employment is None:
        conditions["W-56-C4"] = "unknown"
    elif employment == "self_employed":
        conditions["W-56-C4"] = "assess"  # D22: § 58 a
    elif employment in NO_WORK_YET and has_work_or_offer(facts) is not True:
        conditions["W-56-C4"] = hard(has_work_or_offer(facts))  # D22: no employer, no agreement
    else:
        conditions["W-56-C4"] = "note"
    reason = one_of(conditions["W-56-C1"], conditions["W-56-C2"], conditions["W-56-C3"])  # D3
    outcome = concluded({"reason": reason, "W-56-C4": conditions["W-56-C4"]})
    return SchemeVerdict(outcome, conditions, [])


def judge_mentor(facts: Facts, as_of: date) -> SchemeVerdict:
    conditions = {"W-MEN-C1": "assess", "W-MEN-C2": "note", "W-MEN-C3": "note", "W-MEN-C4": "assess"}
    return SchemeVerdict("assess", conditions, [])  # D17


def judge_skaanejob(facts: Facts, as_of: date) -> SchemeVerdict:
    pension = pension_of(facts)
    conditions = {
        "W-SKA-C1": hard(None if pension is None else pension == "disability"),
        "W-SKA-C2": hard(under_folkepension(facts, as_of)),
        "W-SKA-C3": "assess",
        "W-SKA-C4": all_of(
            hard(denied(truth(facts, "employer_is_spouse"))),
            hard(denied(truth(facts, "same_employer_as_last"))),
        ),
        "W-SKA-C5": "note",
    }
    return SchemeVerdict(concluded(conditions), conditions, age_deadline(facts, as_of))


def judge_sps(facts: Facts, as_of: date) -> SchemeVerdict:
    kind = word(facts, "training_kind")
    if word(facts, "employment") == "student":
        in_education = "met"  # D30
    elif truth(facts, "in_training") is False:
        in_education = "unmet"  # D17: not in education; D30: any education or course
    elif kind is None:
        in_education = "unknown"
    else:
        in_education = {"first_education": "met", "further_education": "assess"}.get(kind, "unmet")
    conditions = {
        "W-SPS-C1": "unknown" if word(facts, "impairment") is None else "assess",
        "W-SPS-C2": in_education,
        "W-SPS-C3": "note",
        "W-SPS-C4": "note",
    }
    return SchemeVerdict(concluded(conditions), conditions, [])


JUDGES: dict[str, Callable[[Facts, date], SchemeVerdict]] = {
    "pa": judge_pa,
    "pu": judge_pu,
    "hm": judge_hm,
    "ib": judge_ib,
    "fa": judge_fa,
    "fleksjob": judge_fleksjob,
    "p56": judge_p56,
    "mentor": judge_mentor,
    "skaanejob": judge_skaanejob,
    "sps": judge_sps,
}


def judge(facts: Facts, as_of: date) -> dict[str, SchemeVerdict]:
    """All ten schemes on the facts, by the law of as_of."""
    if not date(2009, 7, 7) <= as_of <= date(2045, 12, 31):
        raise ValueError("as_of lies outside 2009-07-07..2045-12-31 (D18)")
    return {scheme: judge_scheme(facts, as_of) for scheme, judge_scheme in JUDGES.items()}


def top_deadlines(facts: Facts, as_of: date) -> list[Deadline]:
    """The deadlines of the reply as a whole (D20): complaint, and the day of folkepensionsalder."""
    received = span(facts, "decision_received_on")
    complaint = [] if received is None else after_28_days("COM-K1", received)
    return complaint + age_deadline(facts, as_of)


def contradictions(facts: Facts, as_of: date) -> list[tuple[str, str]]:
    """D21, D29: pairs that cannot both be true; as_of stands in a pair where it is the other half."""
    pairs = []
    births = span(facts, "birth_date")
    age = number(facts, "age")
    if births is not None and births[0] > as_of:
        pairs.append(("birth_date", "as_of"))
    elif births is not None and age is not None:
        oldest, youngest = age_on(births[0], as_of), age_on(births[1], as_of)
        if not youngest - 1 <= age <= oldest + 1:
            pairs.append(("age", "birth_date"))
    graduated, start = span(facts, "graduated_on"), span(facts, "start_on")
    if graduated is not None and start is not None and start[1] < graduated[0]:
        pairs.append(("graduated_on", "start_on"))
    return pairs


# --- what is missing: by trying (D6, D28)

READS = {
    "pa": "impairment_permanent impairment_substantial needs_personal_assistance assistance_hours"
    " weekly_hours several_or_severe employment has_job_offer pension does_core_tasks is_ordinary_help"
    " covered_by_other_law",
    "pu": "impairment_permanent impairment_substantial needs_personal_assistance assistance_hours employment"
    " in_lab_offer in_training training_kind training_relevant sps_entitled",
    "hm": "employment has_job_offer in_lab_offer weekly_hours hinders_work needs_aid aid_kind aid_decisive"
    " aid_compensates aid_common_in_branch aid_beyond_employer covered_by_other_law impairment_permanent"
    " birth_date age",
    "ib": "hinders_work impairment_permanent education_months education_gives_akasse graduated_on start_on"
    " job_in_field_since lacks_work_experience employer_is_spouse same_employer_as_last recently_graduated",
    "fa": "hinders_work impairment_permanent applying_public_job public_funding_percent post_advertised"
    " post_internal formal_qualifications permit",
    "fleksjob": "work_ability_limited pension employment birth_date age",
    "p56": "absence_days_expected employment has_job_offer weekly_hours",
    "mentor": "employment",
    "skaanejob": "pension employment birth_date age employer_is_spouse same_employer_as_last",
    "sps": "employment in_training training_kind impairment",
}

HANDICAPS = "mobility hearing vision dyslexia psychiatric adhd_autism brain_injury intellectual chronic other"

CHOICES = {
    "pension": "none disability senior early state",
    "impairment": HANDICAPS,
    "employment": "employee self_employed flexjob wage_subsidy internship senior_job unemployed student"
    " sick_leave disability_pension state_pension",
    "training_kind": "first_education further_education course_in_work_time",
    "aid_kind": "tool workplace_fitting teaching_material private_life treatment",
    "permit": "none stall kiosk taxi",
}

NUMBERS: dict[str, list[object]] = {
    "age": [17, 40, *range(63, 73), 90],
    "weekly_hours": [0, 10, 18.5, 30, 37, 45],
    "assistance_hours": [0, 5, 10, 16.2, 16.3, 20, 20.5, 25],
    "education_months": [0, 17, 18, 36],
    "public_funding_percent": [0, 49, 50, 100],
    "absence_days_expected": [0, 9, 10, 30],
}

# Answers that speak for every scheme at once; the employment is varied below.
FAVOURABLE: dict[str, object] = {
    "impairment_permanent": True,
    "impairment_substantial": True,
    "hinders_work": True,
    "impairment": "mobility",
    "needs_personal_assistance": True,
    "assistance_hours": 5,
    "weekly_hours": 37,
    "several_or_severe": False,
    "has_job_offer": True,
    "in_lab_offer": False,
    "does_core_tasks": True,
    "is_ordinary_help": False,
    "covered_by_other_law": False,
    "in_training": True,
    "training_kind": "further_education",
    "training_relevant": True,
    "sps_entitled": False,
    "needs_aid": True,
    "aid_kind": "tool",
    "aid_decisive": True,
    "aid_compensates": True,
    "aid_common_in_branch": False,
    "aid_beyond_employer": True,
    "education_months": 36,
    "education_gives_akasse": True,
    "job_in_field_since": False,
    "lacks_work_experience": True,
    "same_employer_as_last": False,
    "employer_is_spouse": False,
    "applying_public_job": True,
    "post_advertised": True,
    "post_internal": False,
    "formal_qualifications": True,
    "permit": "none",
    "pension": "none",
    "work_ability_limited": True,
    "absence_days_expected": 20,
}


def years_from(day: date, years: int) -> date:
    return add_months(day, 12 * years)


def representatives(fact: str, as_of: date) -> list[object]:
    """One value of each class of a fact: every choice, each side of each threshold."""
    if fact in CHOICES:
        return list(CHOICES[fact].split())
    if fact in NUMBERS:
        return NUMBERS[fact]
    one_day = timedelta(days=1)
    if fact == "birth_date":
        days = [years_from(as_of, -40), years_from(as_of, -90)]
        for half_years in range(130, 141):
            threshold = add_months(as_of, -6 * half_years)
            days += [threshold - one_day, threshold, threshold + one_day]
        return [day.isoformat() for day in days]
    if fact == "graduated_on":
        limit = years_from(as_of, -2)
        days = [years_from(as_of, -5), limit - one_day, limit, limit + one_day, as_of, add_months(as_of, 3)]
        return [day.isoformat() for day in days]
    if fact == "start_on":
        limit = two_years_after(as_of)
        days = [as_of, add_months(as_of, 6), limit, limit + one_day]
        days += [years_from(as_of, 5), years_from(as_of, 40)]
        return [day.isoformat() for day in days]
    return [True, False]


def is_part_date(facts: Facts, fact: str) -> bool:
    value = facts.get(fact)
    return fact in ("birth_date", "graduated_on", "start_on") and isinstance(value, str) and len(value) < 10


def is_open(facts: Facts, fact: str) -> bool:
    """Absent, null, or a date that is only a month or a year (D28)."""
    return facts.get(fact) is None or is_part_date(facts, fact)


def values_of(facts: Facts, fact: str, as_of: date) -> list[object]:
    """The values an open fact can still take: for a month or a year, days inside it."""
    values = representatives(fact, as_of)
    days = span(facts, fact) if is_part_date(facts, fact) else None
    if days is None:
        return values
    first, last = days[0].isoformat(), days[1].isoformat()
    return [first, last, *(day for day in values if first <= str(day) <= last)]


def possible(given: Facts, as_of: date, facts: Facts) -> bool:
    """Can one person give these? A filled-in birth date fits the age, a filled-in pension the status."""
    births, age = span(given, "birth_date"), number(given, "age")
    if is_open(facts, "birth_date") and births is not None and age is not None:
        fits_age = age_on(births[1], as_of) <= age <= age_on(births[0], as_of)
    else:
        fits_age = True
    of_status = pension_of({"employment": given.get("employment")})
    if is_open(facts, "pension") and of_status is not None:
        fits_status = given.get("pension") in (None, of_status)
    else:
        fits_status = True
    return fits_age and fits_status and not contradictions(given, as_of)


def favourable(facts: Facts, as_of: date, open_facts: list[str]) -> list[dict[str, object]]:
    """The open facts answered so that they speak for every scheme, for each employment."""
    sets: list[dict[str, object]] = []
    for employment in CHOICES["employment"].split():
        for other_way in ({}, {"pension": "disability"}, {"several_or_severe": True, "has_job_offer": False}):
            answers = FAVOURABLE | {"employment": employment} | other_way
            answers["graduated_on"] = years_from(as_of, -1).isoformat()
            answers["birth_date"] = years_from(as_of, -40).isoformat()
            if "age" not in open_facts:
                del answers["birth_date"]
            for fact in open_facts:
                if is_part_date(facts, fact):
                    answers[fact] = values_of(facts, fact, as_of)[0]
            chosen = {fact: answers[fact] for fact in open_facts if fact in answers}
            if chosen not in sets:
                sets.append(chosen)
    return sets


def completions(facts: Facts, as_of: date, open_facts: list[str]) -> Iterator[dict[str, object]]:
    """Ways to fill in the open facts: none, each favourable set, with one fact changed, and at random."""
    sets = favourable(facts, as_of, open_facts)
    yield {}
    yield from sets
    for chosen in sets:
        for fact in open_facts:
            without = {other: value for other, value in chosen.items() if other != fact}
            yield without
            for value in values_of(facts, fact, as_of):
                yield without | {fact: value}
    chance = random.Random(20261122)
    for _ in range(300):
        filled = dict(chance.choice(sets))
        for fact in open_facts:
            roll = chance.random()
            if roll < 0.2:
                filled.pop(fact, None)
            elif roll < 0.5:
                filled[fact] = chance.choice(values_of(facts, fact, as_of))
        yield filled


def changes(facts: Facts, as_of: date, scheme: str, fact: str, filled: dict[str, object]) -> bool:
    """Does some value of the fact change the outcome, the others filled in like this?"""
    rest = dict(facts) | {other: value for other, value in filled.items() if other != fact}
    if not possible(rest, as_of, facts):
        return False
    without = JUDGES[scheme](rest, as_of).outcome
    for value in values_of(facts, fact, as_of):
        given = rest | {fact: value}
        if possible(given, as_of, facts) and JUDGES[scheme](given, as_of).outcome != without:
            return True
    return False


def missing(facts: Facts, as_of: date, scheme: str) -> list[str]:
    """The open facts of which some value, in some completion of the others, changes the scheme's outcome."""
    open_facts = [fact for fact in READS[scheme].split() if is_open(facts, fact)]
    tried = list(completions(facts, as_of, open_facts))
    found = []
    for fact in open_facts:
        if any(changes(facts, as_of, scheme, fact, filled) for filled in tried):
            found.append(fact)
    return found
