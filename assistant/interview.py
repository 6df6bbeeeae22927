"""Which schemes a conversation is about, and how long it can still take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.facts import Facts
from rules.lawbook import LawBook
from rules.questions import Questions


def signalled(law: LawBook, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The schemes that the stated facts point to; a plain no points nowhere."""
    stated = {fact for fact, value in facts.items() if value is not None and value is not False and value != "none"}
    return tuple(id_ for id_, scheme in law.schemes.items() if stated & set(scheme.signals))


def core(law: LawBook) -> tuple[str, ...]:
    """The schemes judged in full."""
    return tuple(id_ for id_, scheme in law.schemes.items() if not scheme.wider)


def most_left(
    law: LawBook, questions: Questions, facts: Facts, as_of: date, schemes: tuple[str, ...], asked: str
) -> int:
    """How many questions can follow the open one at most: what is not told yet and an undecided scheme may ask for."""
    undecided = [scheme for scheme in schemes if questions.open_facts(facts, as_of, [scheme])]
    may_ask = {
        fact
        for scheme in undecided
        for name in law.version(scheme, as_of).reads
        for fact in law.readings[name].facts
        if law.vocabulary[fact].ask and fact not in facts.known and fact not in facts.declined
    }
    return len(may_ask - {asked})
