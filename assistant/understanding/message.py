"""A prepared message: what every reader of facts looks at, and what it hands back."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from dataclasses import dataclass

from assistant.understanding.dates import find_dates
from assistant.understanding.folding import Folded, fold
from assistant.understanding.numbers import NumberMention, find_numbers
from assistant.understanding.persons import BYSTANDER, NOBODY, SELF
from assistant.understanding.spans import DateMention
from assistant.understanding.spelling import corrected
from assistant.understanding.subject import Subjects, find_subjects
from assistant.understanding.text import Sentence, Token, sentences, words

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
    sentence_starts: tuple[int, ...]
    numbers: tuple[NumberMention, ...]
    dates: tuple[DateMention, ...]
    subjects: Subjects

    @property
    def norm(self) -> str:
        """The folded text."""
        return self.folded.norm

    def sentence_at(self, position: int) -> Sentence:
        """The sentence around a position."""
        at = bisect_right(self.sentence_starts, position) - 1
        if at >= 0 and position < self.sentences[at].end:
            return self.sentences[at]
        return Sentence(position, len(self.norm), False)

    def sentence_text(self, position: int) -> str:
        """The text of the sentence around a position."""
        sentence = self.sentence_at(position)
        return self.norm[sentence.start : sentence.end]

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The words of a sentence."""
        return self.tokens[self.token_index(sentence.start) : self.token_index(sentence.end)]

    def token_index(self, position: int) -> int:
        """Index of the word at or after a position."""
        at = bisect_right(self.token_starts, position) - 1
        if at >= 0 and self.tokens[at].end > position:
            return at
        return at + 1

    def index_after(self, end: int) -> int:
        """Index of the first word after words that end at a position."""
        return self.token_index(end - 1) + 1

    def word(self, index: int) -> str:
        """The word at an index, or nothing outside the text."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def comma_before(self, index: int) -> bool:
        """Whether a comma stands between a word and the one before."""
        return 0 < index < len(self.tokens) and "," in self.norm[self.tokens[index - 1].end : self.tokens[index].start]

    def owner_at(self, position: int) -> int:
        """Whom the word at a position is about."""
        index = self.token_index(position)
        return self.subjects.owners[index] if index < len(self.tokens) else SELF

    def is_about_someone(self, position: int) -> bool:
        """Whether the words there say something of a person, not of people in general or of a bystander."""
        return self.owner_at(position) not in (NOBODY, BYSTANDER)

    def before(self, position: int, length: int) -> str:
        """The text just before a position, within its sentence."""
        return self.norm[max(self.sentence_at(position).start, position - length) : position]

    def after(self, position: int, length: int) -> str:
        """The text from a position on, within its sentence."""
        sentence = self.sentence_at(max(position - 1, 0))
        return self.norm[position : min(max(sentence.end, position), position + length)]


def prepare(raw: str, as_of: datetime.date) -> Message:
    """Fold, correct, split and look up what stands in a message."""
    folded = corrected(fold(raw))
    tokens = words(folded.norm)
    parts = sentences(raw, folded)
    numbers = find_numbers(folded.norm, tokens)
    dates = find_dates(folded.norm, numbers, as_of)
    loose = tuple(n for n in numbers if not any(d.start <= n.start < d.end for d in dates))
    return Message(
        raw,
        folded,
        as_of,
        tokens,
        tuple(token.start for token in tokens),
        parts,
        tuple(sentence.start for sentence in parts),
        loose,
        dates,
        find_subjects(tokens, parts),
    )
