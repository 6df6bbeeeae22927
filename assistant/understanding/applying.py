"""Whether a person applies for a post with a public employer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.understanding.clause import is_negated
from assistant.understanding.message import Candidate, Message
from assistant.understanding.slots import WorkSlot

_DIRECT = re.compile(
    r"søg\w* (?:kun |noget |nogen |et |en |ikke |gerne |nu |lige nu |hverken |både |private og |også )*"
    r"(?:offentlig|kommunal|statslig|regional)\w* (?:stilling|job|arbejde)"
)
_NO = re.compile(r"\b(?:ikke|hverken|aldrig|ingen)\b")


def read_applying(message: Message, slots: Sequence[WorkSlot]) -> Iterator[Candidate]:
    """Posts sought: "søger en stilling på rådhuset", "søger ikke i det offentlige, kun hos private"."""
    for slot in slots:
        if slot.time != "applied":
            continue
        told = message.norm[slot.start : slot.end]
        denied = is_negated(message, slot.start) or _NO.search(told) is not None
        direct = _DIRECT.match(message.norm, slot.start)
        if direct:
            denied_here = denied or _NO.search(direct.group()) is not None
            yield Candidate("applying_public_job", not denied_here, slot.start, direct.end(), 10)
        for place in slot.places:
            to_jobcentre = "samtale" in slot.anchor and "jobcent" in message.norm[place.start : place.end]
            if place.sector == "public" and not to_jobcentre:
                yield Candidate("applying_public_job", not denied, slot.start, place.end, 10 if denied else 0)
            elif place.sector == "private" and " kun " in message.norm[slot.start : place.end]:
                yield Candidate("applying_public_job", False, slot.start, place.end, 5)
