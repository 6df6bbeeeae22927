"""The interview asks little, never in vain, and ends where the whole truth would have ended."""

from __future__ import annotations

import random
import shutil
import statistics
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.interview import Kind, Person, interview, orders, someone, switches, toss_up, typical
from rules.dates import full_years
from rules.facts import Facts, parse_facts
from rules.habits import HABITS_FILE, load_habits
from rules.judge import Judge
from rules.lawbook import LawBook
from rules.questions import Questions
from rules.yamlfile import DataError
from tests.rules import oracle
from tests.rules.people import DAYS

TODAY = date(2026, 11, 22)
Told = dict[str, object]

thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="session")
def questions(law: LawBook) -> Questions:
    return Questions(law)


# --- anybody, on any day


def values(law: LawBook, fact: str, as_of: date) -> list[object]:
    """What can be answered, a value of every class, and "ved ikke"."""
    spec = law.vocabulary[fact]
    if spec.kind == "text" or fact in ("applied_on", "decision_received_on"):  # no rule reads them
        return [None]
    return [*(spec.values or oracle.representatives(fact, as_of)), None]


def fitting(truth: Told, as_of: date) -> Told:
    """The answers made to fit together where one answer takes another as given (decisions 31 and 32)."""
    if truth["needs_aid"] is False:
        truth |= {"aid_decisive": False, "aid_compensates": False}
    if truth["needs_personal_assistance"] is False:
        truth["assistance_hours"] = 0
    if truth["employment"] in ("internship", "wage_subsidy"):
        truth["in_lab_offer"] = True
    pensions = {"disability_pension": "disability", "state_pension": "state"}
    truth["pension"] = pensions.get(str(truth["employment"]), truth["pension"])
    born = truth["birth_date"]
    truth["start_on"] = None if str(truth["start_on"]) < str(truth["graduated_on"]) else truth["start_on"]
    truth["age"] = full_years(date.fromisoformat(str(born)), as_of) if born else None
    return truth


@st.composite
def anybody(draw: st.DrawFn, law: LawBook) -> tuple[Person, date]:
    as_of = draw(st.sampled_from(DAYS))
    truth = {fact: draw(st.sampled_from(values(law, fact, as_of))) for fact in law.vocabulary}
    truth = fitting(truth, as_of)
    told = draw(st.lists(st.sampled_from([fact for fact in truth if truth[fact] is not None]), max_size=6, unique=True))
    focus = draw(st.lists(st.sampled_from(list(law.schemes)), min_size=1, max_size=5, unique=True))
    return Person(tuple(focus), {fact: truth[fact] for fact in told}, truth), as_of


def whole_truth(law: LawBook, person: Person) -> Told:
    """Everything the person could have been asked, with what they told by themselves."""
    return {**{fact: person.truth.get(fact) for fact, spec in law.vocabulary.items() if spec.ask}, **person.told}


def outcomes(law: LawBook, judge: Judge, told: Mapping[str, object], focus: Sequence[str], as_of: date) -> list[str]:
    facts = parse_facts(told, law.vocabulary, as_of)
    return [result.outcome for result in judge.judge(facts, as_of, focus).schemes]


def check(law: LawBook, judge: Judge, questions: Questions, person: Person, as_of: date, order: str) -> None:
    """Hold the interview, which asks nothing twice; it must end where the whole truth does."""
    asked, known = interview(law, orders(questions, as_of)[order], person, as_of)
    assert all(law.vocabulary[fact].ask for fact in asked)
    reached = outcomes(law, judge, known, person.focus, as_of)
    assert reached == outcomes(law, judge, whole_truth(law, person), person.focus, as_of), (person, asked)


@thorough
@given(data=st.data())
def test_anybody_ends_where_the_whole_truth_would(
    law: LawBook, judge: Judge, questions: Questions, data: st.DataObject
) -> None:
    person, as_of = data.draw(anybody(law))
    check(law, judge, questions, person, as_of, data.draw(st.sampled_from(("fixed", "random", "chosen"))))


@pytest.mark.parametrize("at_large", [False, True])
@pytest.mark.parametrize("kind", [typical, toss_up])
def test_those_who_ask_end_where_the_whole_truth_would(
    law: LawBook, judge: Judge, questions: Questions, kind: Kind, at_large: bool
) -> None:
    rng = random.Random(4)
    for _ in range(80):
        check(law, judge, questions, someone(rng, kind, at_large), TODAY, "chosen")


# --- never in vain


def read(law: LawBook, told: Mapping[str, object], as_of: date) -> Facts:
    """The facts, whether they fit together or not."""
    single = [parse_facts({fact: value}, law.vocabulary, as_of) for fact, value in told.items()]
    known = {fact: value for one in single for fact, value in one.known.items()}
    return Facts(known, frozenset().union(*(one.declined for one in single)))


def can_change(law: LawBook, judge: Judge, told: Told, focus: tuple[str, ...], fact: str) -> bool:
    """Whether there is somebody of whom all this is true and for whom two answers end differently."""
    rng = random.Random(0)
    versions = [law.version(scheme, TODAY) for scheme in focus]
    for number in range(2000):
        truth = (typical, toss_up)[number % 2](rng, focus)
        ends = set()
        for value in values(law, fact, TODAY):
            signs = [judge.read(v, read(law, {**truth, **told, fact: value}, TODAY), TODAY) for v in versions]
            ends.add(tuple(
                judge.diagram(version).outcome({name: sign.symbol for name, sign in seen.items()})
                for version, seen in zip(versions, signs, strict=True)
            ))  # fmt: skip
        if len(ends) > 1:
            return True
    return False


@pytest.mark.parametrize("order", ["random", "chosen"])
def test_no_question_is_asked_in_vain(law: LawBook, judge: Judge, questions: Questions, order: str) -> None:
    rng = random.Random(9)
    for _ in range(25):
        person = someone(rng, rng.choice((typical, toss_up)), at_large=False)
        asked, _ = interview(law, orders(questions)[order], person)
        told = dict(person.told)
        for fact in asked:
            assert can_change(law, judge, told, person.focus, fact), (fact, told, person.focus)
            told[fact] = person.truth.get(fact)


@pytest.mark.parametrize(
    ("focus", "told", "never"),
    [
        (["pa"], {"impairment_permanent": False}, None),  # a no that rules the scheme out ends the questions about it
        (["pa"], {"assistance_hours": 8}, "needs_personal_assistance"),
        (
            ["pa"],
            {"employment": "employee", "assistance_hours": None},
            "weekly_hours",
        ),  # the cap cannot be settled any more
        (["hm"], {"aid_decisive": True, "aid_compensates": True}, "needs_aid"),
        (["pu"], {"employment": "internship"}, "in_lab_offer"),
        (["skaanejob"], {"employment": "disability_pension"}, "pension"),
        (["fleksjob"], {}, "birth_date"),  # sensitive: the age comes first
        (["fleksjob"], {"age": 40}, "birth_date"),
        (["fleksjob"], {"age": None}, "birth_date"),
        (["ib"], {"graduated_on": "2024"}, "graduated_on"),  # too vague to settle it, but answered
        (["fa"], {}, "permit"),
        (["mentor"], {}, None),
    ],
)
def test_what_need_not_be_asked(
    law: LawBook, questions: Questions, focus: list[str], told: Told, never: str | None
) -> None:
    left = questions.open_facts(parse_facts(told, law.vocabulary, TODAY), TODAY, focus)
    assert left == () if never is None else left
    assert never not in left


def test_the_birth_date_is_asked_for_when_the_age_does_not_settle_it(law: LawBook, questions: Questions) -> None:
    as_of = date(2019, 6, 1)  # folkepensionsalder was 65 or 65½, by the birth date
    facts = parse_facts({"age": 65, "work_ability_limited": True, "pension": "none"}, law.vocabulary, as_of)
    assert questions.best(facts, as_of, ["fleksjob"]) == "birth_date"


def test_a_question_waits_for_the_one_it_builds_on(law: LawBook, questions: Questions) -> None:
    after = load_habits(law).after
    rng = random.Random(2)
    for _ in range(100):
        person = someone(rng, toss_up, at_large=rng.random() < 0.5)
        asked, _ = interview(law, orders(questions)["chosen"], person)
        for place, fact in enumerate(asked):
            assert after.get(fact) not in asked[place:]


# --- little


def test_the_chosen_order_asks_least_and_keeps_topics_together(law: LawBook, questions: Questions) -> None:
    rng = random.Random(6)
    people = [someone(rng, typical, at_large=False) for _ in range(400)]
    runs = {
        order: [interview(law, choose, person)[0] for person in people] for order, choose in orders(questions).items()
    }
    asked = {order: statistics.mean(map(len, run)) for order, run in runs.items()}
    assert asked["chosen"] < 0.9 * min(asked["fixed"], asked["random"])
    assert statistics.median(map(len, runs["chosen"])) <= 6
    changes = {order: sum(switches(law, one) for one in run) for order, run in runs.items()}
    assert changes["chosen"] < changes["random"] / 2


def test_many_threads_choose_like_one(law: LawBook, questions: Questions) -> None:
    rng = random.Random(8)
    people = [someone(rng, typical, at_large=True) for _ in range(30)]
    told = [(parse_facts(person.told, law.vocabulary, TODAY), person.focus) for person in people]
    expected = [questions.best(facts, TODAY, focus) for facts, focus in told]
    shared = Questions(law)
    wrong: list[int] = []

    def work(number: int) -> None:
        for i in random.Random(number).sample(range(len(told)), len(told)):
            if shared.best(told[i][0], TODAY, told[i][1]) != expected[i]:
                wrong.append(i)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# --- what editors write


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("answers: {true: 88, false: 12}", "answers: {true: 88, false: 13}", "100 tilsammen; de giver 101"),
        ("answers: {true: 88, false: 12}", "answers: mange", "skriv, hvor mange af 100"),
        ("impairment_permanent:", "impairment_permannt:", "readings.yaml"),
        ("{under: 90, reached: 10}", "{under: 90, over: 10}", "kan kun være under, reached"),
        ("{asks_hours: [some]}", "{asks_hours: [mange]}", "kan kun være some, none"),
        ("birth_date: age", "birth_date: alder", "facts.yaml"),
        ("birth_date: age", "birth_date: weekly_hours", "venter selv på «assistance_hours»"),
        ("    why: Meget sjældent.", "", "«why» mangler"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(law: LawBook, tmp_path: Path, old: str, new: str, remedy: str) -> None:
    path = Path(shutil.copy(HABITS_FILE, tmp_path))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=remedy):
        load_habits(law, path)


def test_facts_without_habits_are_asked_all_the_same(law: LawBook, judge: Judge, tmp_path: Path) -> None:
    """Wrong or absent habits cost questions, never an outcome."""
    path = tmp_path / "habits.yaml"
    path.write_text("usual: {}\ngiven: {}\nafter: {}\n", encoding="utf-8")
    plain = Questions(law, load_habits(law, path))
    rng = random.Random(3)
    for _ in range(60):
        check(law, judge, plain, someone(rng, typical, at_large=False), TODAY, "chosen")
