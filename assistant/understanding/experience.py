"""Whether a newly graduated person has worked in the field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .message import Candidate, Message, is_conditional

_NO = r"(?:aldrig|ikke|ik|endnu ikke|hverken)"
_GAP = r"(?: [\wæøå-]+){0,4}?"
_FIELD = (r"(?:(?:i|inden for|indenfor|med|af) (?:\w+ ){0,2}?(?:fag|faget|felt|branche|branchen|det|retning|område|uddannelse|uddannelsen|feltet|området)"
          r"|som (?:det|\w{4,})|endnu|relevant\w*|rigtigt|fagligt|på området|siden eksamen|efter endt)")
_NEVER_WORKED = re.compile(rf"\b{_NO}{_GAP} (?:arbejdet|haft|fået brugt|brugt|prøvet|været ansat|fået foden|været i job){_GAP} ?{_FIELD}\b")
_NO_EXPERIENCE = re.compile(r"\b(?:mangler|manglende|ingen|uden|nul|ikke (?:nogen|noget|særlig meget|meget)|har ikke|hverken|savner)(?: \w+){0,3}? "
                            r"(?:\w*erfaring\w*|praksis|relevant erfaring)\b")
_HAS_EXPERIENCE = re.compile(r"\b(?:mangler ikke (?:\w+ )?\w*erfaring|erfaring (?:det )?mangler jeg ikke|har (?:\w+ ){0,3}?(?:års|lang|stor|solid|god|masser af|meget|en del|rigelig\w*)(?: \w+)? \w*erfaring|har (?:\w+ )?erfaring (?:fra|i|med|inden for|som|indenfor))\b")
_NOT_MEANT = re.compile(r"\b(?:mangler jeg|hvis|skal man|at man|kræver|krav om|menes|arbejdet som (?:ledig|syg))\b")


def read_experience(message: Message) -> Iterator[Candidate]:
    """Lack of experience, or plenty of it, as the person says it."""
    for pattern, lacks, weight in ((_HAS_EXPERIENCE, False, 3), (_NO_EXPERIENCE, True, 2), (_NEVER_WORKED, True, 2)):
        for match in pattern.finditer(message.norm):
            sentence = message.sentence_text(match.start())
            if not message.is_about_someone(match.start()) or is_conditional(message, match.start()) \
                    or lacks and _NOT_MEANT.search(sentence):
                continue
            if lacks and re.search(r"\b(?:mangler ikke|længere|mere siden|siden ulykken)\b", match.group()):
                continue
            yield Candidate("lacks_work_experience", lacks, match.start(), match.end(), weight)
