"""A conversation as people have it: answers, questions, changes of mind, and what must never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.dialogue import Reply, Turn, reconsider, take_turn
from assistant.service import Service, load_service
from assistant.settings import Settings
from assistant.state import State, StateError, StateSigner

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def service() -> Service:
    return load_service(Settings(secret_key="tests"))


class Talk:
    """A conversation that remembers its state, as the page does."""

    def __init__(self, service: Service, as_of: date = TODAY) -> None:
        self.service, self.as_of, self.state = service, as_of, State()

    def turn(self, **what: object) -> Turn:
        return Turn(self.state, "da", self.as_of, TODAY, **what)  # type: ignore[arg-type]

    def say(self, message: str) -> Reply:
        return self._keep(take_turn(self.service, self.turn(message=message)))

    def answer(self, fact: str, value: object) -> Reply:
        return self._keep(take_turn(self.service, self.turn(answer=(fact, value))))

    def change(self, fact: str, ask: bool) -> Reply:
        return self._keep(reconsider(self.service, self.turn(), fact, ask))

    def _keep(self, reply: Reply) -> Reply:
        self.state = reply.state
        return reply


def test_an_interview_ends_in_a_judgement_and_asks_nothing_twice(service: Service) -> None:
    talk = Talk(service)
    reply = talk.say("Jeg er blind og ansat 37 timer i en kommune. Jeg har brug for en personlig assistent.")
    yes = {"several_or_severe", "is_ordinary_help", "covered_by_other_law"}
    asked: list[str] = []
    while reply.next_question is not None:
        fact, kind = reply.next_question["fact"], reply.next_question["kind"]
        assert fact not in asked
        assert fact not in ("employment", "weekly_hours", "needs_personal_assistance")
        asked.append(fact)
        reply = talk.say("10" if kind == "number" else "nej" if fact in yes else "ja")
        assert len(asked) < 15
    assert reply.kind == "eligibility"
    assert reply.eligibility is not None
    outcome = next(s["outcome"] for s in reply.eligibility["schemes"] if s["id"] == "pa")
    assert outcome == "assess"
    assert "kommunen" in reply.reply


def test_a_no_comes_with_its_reason_and_what_could_help(service: Service) -> None:
    talk = Talk(service)
    talk.say("Jeg er nyuddannet og døv. Kan jeg komme på isbryder?")
    reply = talk.answer("education_months", 12)
    scheme = next(s for s in (reply.eligibility or {})["schemes"] if s["id"] == "ib")
    assert scheme["outcome"] == "not_eligible"
    assert next(c for c in scheme["conditions"] if c["outcome"] == "unmet")["id"] == "ISB-C2"
    assert scheme["changes"]


def test_dont_know_is_an_answer_and_is_not_asked_again(service: Service) -> None:
    talk = Talk(service)
    first = talk.say("Jeg er ansat og har brug for en skærmlæser")
    assert first.next_question is not None
    fact = first.next_question["fact"]
    second = talk.say("det ved jeg ikke")
    assert second.state.facts[fact] is None
    assert second.next_question is None or second.next_question["fact"] != fact


def test_back_takes_the_last_answer_away_and_asks_again(service: Service) -> None:
    talk = Talk(service)
    fact = (talk.say("Jeg er ansat og har brug for en skærmlæser").next_question or {})["fact"]
    talk.say("ja")
    reply = talk.say("tilbage")
    assert fact not in reply.state.facts
    assert (reply.next_question or {})["fact"] == fact


def test_an_answer_can_be_changed_or_removed_without_losing_the_rest(service: Service) -> None:
    talk = Talk(service)
    talk.say("Jeg er 57, ordblind og ansat 30 timer")
    reply = talk.change("weekly_hours", ask=True)
    assert (reply.next_question or {})["fact"] == "weekly_hours"
    assert "weekly_hours" not in reply.state.facts
    assert {"age": 57, "impairment": "dyslexia"}.items() <= talk.say("20").state.facts.items()
    reply = talk.change("age", ask=False)
    assert "age" not in reply.state.facts
    assert reply.state.facts["weekly_hours"] == 20


def test_the_newest_of_two_facts_that_contradict_stands(service: Service) -> None:
    talk = Talk(service)
    talk.say("Jeg er 30 år og døv")
    reply = talk.answer("birth_date", "1960-05-01")
    assert reply.state.facts["birth_date"] == "1960-05-01"
    assert "age" not in reply.state.facts


@pytest.mark.parametrize("command", ["start forfra", "Start forfra!", "nulstil"])
def test_starting_again_forgets_everything(service: Service, command: str) -> None:
    talk = Talk(service)
    talk.say("Jeg er 57 og ordblind")
    assert talk.say(command).state == State()


def test_why_names_the_law(service: Service) -> None:
    talk = Talk(service)
    first = talk.say("Jeg er ansat og har brug for en skærmlæser")
    reply = talk.say("hvorfor spørger du?")
    assert "§" in reply.reply
    assert reply.next_question == first.next_question


def test_a_human_is_one_step_away(service: Service) -> None:
    assert Talk(service).say("jeg vil tale med et menneske").faq[0]["id"] == "bot.menneske"


def test_follow_ups_mean_what_they_mean_after_the_last_answer(service: Service) -> None:
    talk = Talk(service)
    assert talk.say("hvad er personlig assistance").faq[0]["id"] == "pa.hvad"
    assert talk.say("hvor længe?").faq[0]["id"] == "pa.varighed-opfoelgning"


def test_a_question_in_the_middle_of_an_interview_is_answered_and_the_interview_goes_on(service: Service) -> None:
    talk = Talk(service)
    talk.say("Jeg er ansat og har brug for en skærmlæser")
    reply = talk.say("hvad er et fleksjob?")
    assert reply.faq[0]["id"] == "bred.fleksjob"
    assert reply.next_question is not None


def test_distress_is_met_at_once_whatever_was_asked(service: Service) -> None:
    talk = Talk(service)
    talk.say("Jeg er ansat og har brug for en skærmlæser")
    reply = talk.say("jeg kan ikke mere, jeg vil ikke leve længere")
    assert reply.kind == "crisis"
    assert "112" in reply.reply
    assert "70 201 201" in reply.reply
    assert reply.faq == ()
    assert reply.next_question is None


def test_a_cpr_number_is_taken_out_before_anything_sees_it(service: Service) -> None:
    reply = Talk(service).say("mit cpr er 010190-1234, kan jeg få en skærmlæser?")
    assert "010190" not in repr(reply)
    assert "cpr-nummer" in reply.reply
    assert "birth_date" not in reply.state.facts


@pytest.mark.parametrize("message", ["Hvornår er der skolefest?", "asdkjh", "<script>alert(1)</script>", "12345"])
def test_what_is_not_ours_is_said_to_be_so(service: Service, message: str) -> None:
    reply = Talk(service).say(message)
    assert reply.kind == "out_of_scope"
    assert reply.faq == ()
    assert reply.reply


def test_no_reply_promises_a_decision(service: Service) -> None:
    talk = Talk(service)
    for message in ("Kan jeg få en personlig assistent?", "Jeg er døv og ansat 37 timer", "ja", "ja", "ja"):
        text = talk.say(message).reply.casefold()
        assert "du får" not in text
        assert "du har krav på" not in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_messages_get_a_reply(service: Service, messages: list[str]) -> None:
    talk = Talk(service)
    for message in messages:
        assert talk.say(message).reply


def test_a_signed_state_comes_back_whole_and_a_changed_one_does_not() -> None:
    signer = StateSigner("key", max_age_days=1)
    state = replace(State(), asked="age", topic="pa.hvad", focus=("pa",)).with_fact("weekly_hours", 24.5)
    signed = signer.sign(state)
    assert signer.open(signed) == state
    for wrong, code in ((signed + "x", "tampered"), ("x" * 20_000, "too_large"), ("", "tampered")):
        with pytest.raises(StateError) as caught:
            signer.open(wrong)
        assert caught.value.code == code
    with pytest.raises(StateError):
        StateSigner("another key", max_age_days=1).open(signed)


def test_an_old_state_is_told_to_be_old(monkeypatch: pytest.MonkeyPatch) -> None:
    signer = StateSigner("key", max_age_days=1)
    signed = signer.sign(State())
    later = date(2026, 12, 24).toordinal() * 86_400.0
    monkeypatch.setattr("time.time", lambda: later)
    with pytest.raises(StateError) as caught:
        signer.open(signed)
    assert caught.value.code == "expired"
