"""What a person does, for whom and in which trade."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.understanding.applying import read_applying
from assistant.understanding.branch import read_branch
from assistant.understanding.employment import read_employment, stated_slots
from assistant.understanding.message import Candidate, Message
from assistant.understanding.signals import read_signals
from assistant.understanding.slots import work_slots


def read_work(message: Message) -> Iterator[Candidate]:
    """Employment, job offer, pension, branch, sector, and applications for public posts."""
    yield from read_signals(message, "work")
    slots = stated_slots(message, work_slots(message))
    yield from read_employment(message, slots)
    yield from read_branch(message, slots)
    yield from read_applying(message, slots)
