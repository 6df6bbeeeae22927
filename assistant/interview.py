"""Which schemes a conversation is about, and which question brings it on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rules.judge import Judgement
from rules.lawbook import LawBook


def signalled(law: LawBook, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The schemes that the stated facts point to; a plain no points nowhere."""
    stated = {fact for fact, value in facts.items() if value is not None and value is not False and value != "none"}
    return tuple(id_ for id_, scheme in law.schemes.items() if stated & set(scheme.signals))


def core(law: LawBook) -> tuple[str, ...]:
    """The schemes judged in full."""
    return tuple(id_ for id_, scheme in law.schemes.items() if not scheme.wider)


def next_fact(law: LawBook, judgement: Judgement, focus: Sequence[str], declined: Collection[str]) -> str | None:
    """The fact to ask for next, or None when no answer could change an outcome in focus.

    Only facts that hold back an outcome count, never one already answered with "ved ikke". The one that most schemes
    wait for comes first; the vocabulary's order, which keeps what belongs together together, settles the rest.
    """
    waiting = [result for result in judgement.schemes if result.version.scheme.id in focus]
    open_facts = [fact for result in waiting for fact in result.blocking]
    askable = [
        fact for fact in law.vocabulary if fact in open_facts and law.vocabulary[fact].ask and fact not in declined
    ]
    if not askable:
        return None
    topic_order = list(dict.fromkeys(spec.topic for spec in law.vocabulary.values()))
    return min(askable, key=lambda fact: (topic_order.index(law.vocabulary[fact].topic), -open_facts.count(fact)))
