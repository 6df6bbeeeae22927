"""How long an education took, and the training a person is in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.message import Candidate, Message
from assistant.understanding.signals import read_signals

_LONGEST = 240
_MONTHS_OF_UNIT = {"m": 1, "s": 6}
_UNIT = re.compile(r"[ -]?(årig\w{0,2}|års|år|måneders?|mdr\.?|semestre|semestres)\b")
_NOUN = r"(?:[\w-]*uddannelse\w*|[\w-]*bachelor\w*|[\w-]*kandidat\w*|studie\w*|læretid\w*|overbygning\w*|elevtid\w*)"
_LASTED = r"(?:tog|varede|tager|varer|er på|var på|strakte sig over|har taget|har varet|var|er|på)"
_FILLER = r"(?: (?:kun|i alt|på|ca|over|mig|i|bare|præcis|godt))*"
_NOUN_AFTER = re.compile(rf"[ ,]{{0,2}}(?:\w+ ){{0,2}}?{_NOUN}\b")
_NOUN_RIGHT_AFTER = re.compile(rf",? (?:lang(?:t|e)? )?{_NOUN}\b")
_NOUN_BEFORE = re.compile(rf"\b{_NOUN} (?:er |var )?(?:en |et |på |kun )?$")
_LASTED_BEFORE = re.compile(rf"\b{_NOUN},? (?:(?:som|til) [\w-]+ |(?:som|der) )?{_LASTED}{_FILLER}\.? $")
_ON_BEFORE = re.compile(rf"\b{_NOUN} (?:\w+ )?på (?:kun )?$")
_IT_LASTED = re.compile(r"\b(?:den|det) (?:tog|varede|var på|er på|strakte sig over)(?: \w+)? $")
_STUDIED_BEFORE = re.compile(r"\blæs(?:t|te|er) (?:i )?$")
_AT_SCHOOL_AFTER = re.compile(r" på (?:seminariet|universitetet|\w*skolen|studiet|\w*uddannelsen|\w*akademiet)\b")
_AGO_BEFORE = re.compile(r"\bfor (?:\w+ )?$")


def read_schooling(message: Message) -> Iterator[Candidate]:
    """Training and length of education."""
    yield from read_signals(message, "training")
    for number in message.numbers:
        unit = _UNIT.match(message.norm, number.end)
        if not unit or number.in_range or not message.is_about_someone(number.start):
            continue
        months = number.value * _MONTHS_OF_UNIT.get(unit.group(1)[0], 12)
        if 1 <= months <= _LONGEST and months == int(months) and _is_education(message, number.start, unit):
            yield Candidate("education_months", int(months), number.start, unit.end())


def _is_education(message: Message, start: int, unit: re.Match[str]) -> bool:
    """Whether the time is that of an education."""
    before, after = message.before(start, 60), message.norm[unit.end() : unit.end() + 50]
    if unit.group(1).startswith("årig"):
        return bool(_NOUN_AFTER.match(after) or _NOUN_BEFORE.search(before))
    if after.startswith(" siden") or _AGO_BEFORE.search(before):
        return False
    attended = before.endswith("efter ") and _AT_SCHOOL_AFTER.match(after)
    studied = _STUDIED_BEFORE.search(before) and after.startswith(" til")
    told = _LASTED_BEFORE.search(before) or _ON_BEFORE.search(before) or _IT_LASTED.search(before)
    return bool(told or studied or attended or (_NOUN_RIGHT_AFTER.match(after) and unit.group(1).endswith(("s", "r"))))
