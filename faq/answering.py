"""Read a message once: what kind it is, and which answer of the corpus fits it, if any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from faq.concepts import Recogniser
from faq.corpus import Corpus
from faq.lexicon import load_lexicon
from faq.matcher import Matcher
from faq.model import Match
from faq.triage import Triage, Triager, triage_words

# A neighbouring matter is told where it belongs, unless an answer of ours fits it this well.
OURS_AFTER_ALL = 0.9

NOTHING = Match("none", ())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message is. The match is empty unless it is a question."""

    triage: Triage
    match: Match


def load_reader(corpus: Corpus) -> Callable[[str, str | None], Reading]:
    """A function from a message and the id of the answer given last to its reading. Thread-safe."""
    recogniser = Recogniser(load_lexicon(), triage_words())
    triager, matcher = Triager(recogniser), Matcher(corpus, recogniser)

    def read(text: str, context: str | None = None) -> Reading:
        said = recogniser.read(text)
        triage = triager.sort_read(said)
        if triage.kind not in ("question", "near"):
            return Reading(triage, NOTHING)
        match = matcher.match_read(said, context)
        if triage.kind == "near":
            if match.kind == "none" or match.candidates[0].score < OURS_AFTER_ALL:
                return Reading(triage, NOTHING)
            return Reading(Triage("question"), match)
        return Reading(triage, match)

    return read
