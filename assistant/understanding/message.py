"""A prepared message: what every reader of facts looks at, and what it hands back."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from .dates import DateMention, find_dates
from .lexicon import folded_words, load
from .numbers import NumberMention, find_numbers
from .spelling import corrected
from .subject import BYSTANDER, NOBODY, SELF, Subjects, find_subjects
from .text import Folded, Sentence, Token, fold, fold_word, sentences, words

Value = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact as one reader sees it, before conflicts are settled; positions are those of the folded text."""

    fact: str
    value: Value
    start: int
    end: int
    weight: int = 0
    about: int | None = None

    @property
    def whose(self) -> int:
        """The position that tells whose fact it is."""
        return self.start if self.about is None else self.about


@dataclass(frozen=True, slots=True)
class Message:
    """The folded, spell-checked text with its words, sentences, numbers, dates and persons."""

    raw: str
    folded: Folded
    as_of: datetime.date
    tokens: tuple[Token, ...]
    token_starts: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    numbers: tuple[NumberMention, ...]
    dates: tuple[DateMention, ...]
    subjects: Subjects

    @property
    def norm(self) -> str:
        """The folded text."""
        return self.folded.norm

    def sentence_at(self, position: int) -> Sentence:
        """The sentence around a position."""
        for sentence in self.sentences:
            if sentence.start <= position < sentence.end:
                return sentence
        return Sentence(position, len(self.norm), False)

    def sentence_text(self, position: int) -> str:
        """The text of the sentence around a position."""
        sentence = self.sentence_at(position)
        return self.norm[sentence.start:sentence.end]

    def token_index(self, position: int) -> int:
        """Index of the word at or after a position."""
        at = bisect_right(self.token_starts, position) - 1
        if at >= 0 and self.tokens[at].end > position:
            return at
        return at + 1

    def owner_at(self, position: int) -> int:
        """Whom the word at a position is about."""
        index = self.token_index(position)
        return self.subjects.owners[index] if index < len(self.tokens) else SELF

    def is_about_someone(self, position: int) -> bool:
        """Whether the words there say something of a person, not of people in general or of a bystander."""
        return self.owner_at(position) not in (NOBODY, BYSTANDER)

    def before(self, position: int, length: int) -> str:
        """The text just before a position, within its sentence."""
        return self.norm[max(self.sentence_at(position).start, position - length):position]

    def after(self, position: int, length: int) -> str:
        """The text from a position on, within its sentence."""
        sentence = self.sentence_at(max(position - 1, 0))
        return self.norm[position:min(max(sentence.end, position), position + length)]


@dataclass(frozen=True, slots=True)
class _Grammar:
    negations: frozenset[str]
    harmless: frozenset[str]
    stops: frozenset[str]
    reach: int
    conditions: frozenset[str]
    wishes: tuple[str, ...]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    data = load("grammar")

    def words_of(part: str) -> frozenset[str]:
        return frozenset(fold_word(word) for word in data[part])

    return _Grammar(words_of("negations"), words_of("not_negating_when_followed_by"), words_of("negation_stops"),
                    int(data["negation_reach"]), words_of("conditions"), tuple(map(fold_word, data["wishes"])))


def prepare(raw: str, as_of: datetime.date) -> Message:
    """Fold, correct, split and look up what stands in a message."""
    folded = corrected(fold(raw))
    tokens = words(folded.norm)
    parts = sentences(folded.norm, raw, folded)
    numbers = find_numbers(folded.norm, tokens)
    dates = find_dates(folded.norm, numbers, as_of)
    in_dates = tuple(n for n in numbers if not any(d.start <= n.start < d.end for d in dates))
    return Message(raw, folded, as_of, tokens, tuple(t.start for t in tokens), parts, in_dates, dates,
                   find_subjects(tokens, parts))


def is_negated(message: Message, start: int) -> bool:
    """Whether a negation reaches the words at a position: "ikke", "hverken … eller", "ingen" before them."""
    grammar = _grammar()
    index = message.token_index(start)
    begin = message.sentence_at(start).start
    if index < len(message.tokens) and message.tokens[index].text in ("på", "pga", "grundet", "efter"):
        return False
    either = False
    for step in range(1, grammar.reach + 1):
        at = index - step
        if at < 0 or message.tokens[at].start < begin:
            return False
        token = message.tokens[at]
        between = message.norm[token.end:message.tokens[at + 1].start]
        if "," in between and not either:
            return False
        if token.text in grammar.negations and not (token.text == "uden" and step > 2):
            return not (step > 1 and message.tokens[at + 1].text in grammar.harmless)
        if token.text == "eller":
            either = True
        if token.text == "og" and not either and message.tokens[at + 1].text not in ("heller",):
            return False
        if token.text == "at" and at and message.tokens[at - 1].text == "uden":
            return True
        if token.text in grammar.stops or token.text in ("jeg", "han", "hun", "vi"):
            return False
    return False


def is_conditional(message: Message, start: int) -> bool:
    """Whether the words stand in a clause of condition ("hvis jeg …")."""
    index = message.token_index(start)
    begin = message.sentence_at(start).start
    for at in range(index - 1, max(-1, index - 12), -1):
        token = message.tokens[at]
        if token.start < begin:
            return False
        if token.text in ("hvis", "såfremt"):
            return True
        if token.text in ("til", "indtil", "før", "inden") and message.tokens[at + 1].text in ("jeg", "han", "hun"):
            return True
        if token.text == "om" and (at == 0 or message.tokens[at - 1].text not in ("selv", "som")) and at + 1 < len(message.tokens) and message.tokens[at + 1].text in ("jeg", "man", "han", "hun"):
            return True
        if "," in message.norm[token.end:message.tokens[at + 1].start] or token.text in ("men", "når", "fordi"):
            return False
    return False


def is_past(message: Message, start: int) -> bool:
    """Whether a state is told as over ("var sygemeldt", "har været selvstændig, men …")."""
    before = message.before(start, 50)
    clause = before[max(before.rfind(","), before.rfind(" men "), before.rfind(" og jeg "), before.rfind(" nu ")) + 1:]
    if any(f" {past} " in f" {clause}" for past in folded_words("grammar", "pasts")):
        return True
    after = message.after(start, 120)
    if " været " in f" {clause}" and re.match(r"[\w ]{0,30}\b(?:før|tidligere|engang)\b", message.after(start, 45)):
        return True
    return " været " in f" {clause}" and re.search(r"\b(?:men|nu)\b", after) is not None and " siden" not in after


def is_wished(message: Message, start: int) -> bool:
    """Whether the words stand after a wish in the same clause ("vil gerne …")."""
    before = message.before(start, 60)
    clause = before[max(before.rfind(","), before.rfind(" men "), before.rfind(" og jeg ")) + 1:]
    return any(wish in clause for wish in _grammar().wishes)
