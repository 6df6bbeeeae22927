"""The day a new job begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understanding.clause import is_conditional, is_negated
from assistant.understanding.message import Candidate, Message

_WHOLE_DAY = len("2026-11-22")
_BEGINS = re.compile(
    r"\b(starter|starte|begynder|begynde|tiltræder|tiltræde|ansat fra|ansat pr\.?|start(?:dato)?(?: er)?"
    r"|første arbejdsdag(?: er)?|møder (?:første gang )?ind)\b(\.?[^.;]*)$"
)
_FROM = re.compile(r"\b(job|arbejde|stilling|ansættelse)\b([^.;]{0,30}) fra $")
_NO_JOB = re.compile(
    r"\b(?:kursus|kurset|\w*uddannelse\w*|studie\w*|praktik\w*|skole\w*|løntilskud|behandling|forløb|barsel"
    r"|universitet\w*|igen|tilbage|læse|ledig|sagt|opsagt|fyret|syg\w*)\b"
)


def read_job_start(message: Message) -> Iterator[Candidate]:
    """What lies ahead, and only of a job: "begynder den 1. december", "fra 1. maj"."""
    for mention in message.dates:
        coming = mention.future
        if coming is None or not message.is_about_someone(mention.start) or is_conditional(message, mention.start):
            continue
        before = message.before(mention.start, 70)
        lead = _BEGINS.search(before) or _FROM.search(before)
        if not lead or _NO_JOB.search(lead.group(2)):
            continue
        begins_at = mention.start - len(before) + lead.start()
        ahead = coming >= message.as_of.isoformat()[: len(coming)]
        if ahead and not is_negated(message, begins_at):
            yield Candidate("start_on", coming, mention.start, mention.end, int(len(coming) == _WHOLE_DAY))
