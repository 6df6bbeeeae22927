"""Read a message once: what kind it is, and which answer of the corpus fits it, if any."""

from __future__ import annotations

from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Reader:
    """Called with a message and the id of the answer given last, it gives the reading. Thread-safe."""

    recogniser: Recogniser
    triager: Triager
    matcher: Matcher

    def __call__(self, text: str, context: str | None = None) -> Reading:
        said = self.recogniser.read(text)
        look = self.matcher.look(said)
        triage = self.triager.sort_read(said, self.matcher.sorts(look))
        if triage.kind not in ("question", "near"):
            return Reading(triage, NOTHING)
        match = self.matcher.match_seen(look, context)
        if triage.kind == "near":
            if match.kind == "none" or match.candidates[0].score < OURS_AFTER_ALL:
                return Reading(triage, NOTHING)
            return Reading(replace(triage, kind="question", detail=None, reply=""), match)
        return Reading(triage, match)

    def over(self, corpus: Corpus) -> Reader:
        """The same reader for other answers; all that takes long to load is shared."""
        return replace(self, matcher=self.matcher.over(corpus))


def load_reader(corpus: Corpus) -> Reader:
    """A reader of messages for these answers."""
    recogniser = Recogniser(load_lexicon(), triage_words())
    return Reader(recogniser, Triager(recogniser), Matcher(corpus, recogniser))
