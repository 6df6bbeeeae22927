"""Which schemes a conversation is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rules.lawbook import LawBook


def signalled(law: LawBook, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The schemes that the stated facts point to; a plain no points nowhere."""
    stated = {fact for fact, value in facts.items() if value is not None and value is not False and value != "none"}
    return tuple(id_ for id_, scheme in law.schemes.items() if stated & set(scheme.signals))


def core(law: LawBook) -> tuple[str, ...]:
    """The schemes judged in full."""
    return tuple(id_ for id_, scheme in law.schemes.items() if not scheme.wider)
