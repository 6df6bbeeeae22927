"""Whether a newly graduated person has worked in the field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.clause import is_conditional
from assistant.understanding.message import Candidate, Message

_GAP = r"(?: [\wæøå-]+){0,4}?"
_FIELD_NOUN = r"(?:fag|faget|felt|branche|branchen|det|retning|område|uddannelse|uddannelsen|feltet|området)"
_IN_FIELD = (
    rf"(?:(?:i|inden for|indenfor|med|af) (?:\w+ ){{0,2}}?{_FIELD_NOUN}|som (?:det|\w{{4,}})|endnu|relevant\w*"
    r"|rigtigt|fagligt|på området|siden eksamen|efter endt)"
)
_WORKED = r"(?:arbejdet|haft|fået brugt|brugt|prøvet|været ansat|fået foden|været i job)"
_NEVER_WORKED = re.compile(rf"\b(?:aldrig|ikke|ik|hverken){_GAP} {_WORKED}{_GAP} ?{_IN_FIELD}\b")
_NONE = re.compile(
    r"\b(?:mangler|manglende|ingen|uden|nul|ikke (?:nogen|noget|særlig meget|meget)|har ikke|hverken|savner)"
    r"(?: \w+){0,3}? (?:\w*erfaring\w*|praksis)\b"
)
_PLENTY = re.compile(
    r"\b(?:mangler ikke (?:\w+ )?\w*erfaring|erfaring (?:det )?mangler jeg ikke"
    r"|har (?:\w+ ){0,3}?(?:års|lang|stor|solid|god|masser af|meget|en del|rigelig\w*)(?: \w+)? \w*erfaring"
    r"|har (?:\w+ )?erfaring (?:fra|i|med|inden for|som|indenfor))\b"
)
_NOT_MEANT = re.compile(r"\b(?:mangler jeg|hvis|skal man|at man|kræver|krav om|menes|arbejdet som (?:ledig|syg))\b")
_NEVER_IN_FIELD = re.compile(
    r"\baldrig (?:i|inden for) (?:mit |min )?(?:eget |egen )?(?:fag|faget|branche|branchen|felt)\b"
)
_SINCE = re.compile(r"\b(?:mangler ikke|længere|mere siden|siden ulykken)\b")


def read_experience(message: Message) -> Iterator[Candidate]:
    """Lack of experience, or plenty of it, as the person says it."""
    for match in _PLENTY.finditer(message.norm):
        if _is_stated(message, match.start()):
            yield Candidate("lacks_work_experience", False, match.start(), match.end(), 3)
    for pattern in (_NONE, _NEVER_WORKED, _NEVER_IN_FIELD):
        for match in pattern.finditer(message.norm):
            meant = not _NOT_MEANT.search(message.sentence_text(match.start())) and not _SINCE.search(match.group())
            if meant and _is_stated(message, match.start()):
                yield Candidate("lacks_work_experience", True, match.start(), match.end(), 2)


def _is_stated(message: Message, start: int) -> bool:
    return message.is_about_someone(start) and not is_conditional(message, start)
