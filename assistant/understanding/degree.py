"""How much an impairment weighs, where a word of degree says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.understanding.clause import is_negated
from assistant.understanding.lexicon import folded_words, load
from assistant.understanding.message import Candidate, Message
from assistant.understanding.phrases import PhraseBook, compile_phrase

Named = tuple[int, int, bool]
_SAID, _BEFORE_NAME, _DENIED = 0, 1, 2
_TWO_WORDS = re.compile(r"(?:([\w-]+) )?([\w-]+) $")
_NO = re.compile(r"\b(?:ikke|hverken|ingen)\b")


@cache
def _sayings(part: str) -> PhraseBook[None]:
    return PhraseBook(compile_phrase(source, None, {}) for source in load("degree")[part])


def read_degree(message: Message, named: Sequence[Named]) -> Iterator[Candidate]:
    """Substantial or not, of the impairments named (start, end, whether a diagnosis)."""
    for start, end, is_diagnosis in named:
        degree = _degree_at(message, start, end, is_diagnosis)
        if degree is not None and not is_negated(message, start):
            yield Candidate("impairment_substantial", degree, start, end, _BEFORE_NAME)
    if not named:
        return
    for said in _sayings("says").find(message.norm):
        words = message.norm[said.start : said.end]
        denied = is_negated(message, said.start) or (_NO.search(words) and "næsten" not in words)
        if message.is_about_someone(said.start) and not denied:
            yield Candidate("impairment_substantial", True, said.start, said.end, _SAID)
    for said in _sayings("weak_says").find(message.norm):
        near = any(_is_near(message, said.start, said.end, start, end) for start, end, _ in named)
        if near and message.is_about_someone(said.start):
            yield Candidate("impairment_substantial", False, said.start, said.end, _DENIED)


def _degree_at(message: Message, start: int, end: int, is_diagnosis: bool) -> bool | None:
    """The degree that the words right before a name, or within it, tell."""
    lead = _TWO_WORDS.search(message.before(start, 40))
    words = message.norm[start:end].split()
    if lead:
        farther, nearer = lead.group(1) or "", lead.group(2)
        word = farther if nearer in folded_words("degree", "between") else nearer
        of_names = word in folded_words("degree", "only_before_names") and not is_diagnosis and len(words) > 1
        weakened = word == "meget" and farther in ("ikke", "så")
        if word in folded_words("degree", "before") and not of_names and not weakened:
            return True
        if word in folded_words("degree", "weak_before") and is_diagnosis:
            return False
    return True if folded_words("degree", "inside") & set(words[1:]) else None


def _is_near(message: Message, start: int, end: int, name_start: int, name_end: int) -> bool:
    """Whether a word of degree stands close enough to a name to be said of it."""
    if name_start < start:
        return start - name_end < 60
    return message.sentence_at(start) == message.sentence_at(name_start) and name_start - end < 40
