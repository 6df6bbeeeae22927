"""The lexicon made ready to read messages with."""

from dataclasses import dataclass

from faq.lexicon import Lexicon
from faq.patterns import Found
from faq.text import normalise, sentences, words
from faq.words import Token, Words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a message: its text, its tokens, for each token the words it was read from, and what it speaks of."""

    text: str
    tokens: tuple[Token, ...]
    written: tuple[str, ...]
    meanings: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A message read once for all that look at it: as written, normalised, and sentence by sentence."""

    text: str
    normal: str
    sentences: tuple[Sentence, ...]


class Recogniser:
    """Reads words in their base forms and finds the lexicon's ways of saying things."""

    def __init__(self, lexicon: Lexicon, corpus_words: tuple[str, ...] = ()) -> None:
        self.lexicon = lexicon
        self.words = Words(lexicon.words, lexicon.vocabulary(), corpus_words)
        self.book = lexicon.phrasebook(self.words.key)

    def read(self, text: str) -> Said:
        """The sentences of a message in the words of this guide."""
        normal = normalise(text)
        return Said(text, normal, tuple(self._sentence(sentence) for sentence in sentences(normal)))

    def _sentence(self, sentence: str) -> Sentence:
        read = self.words.read_with_source(words(sentence))
        tokens = tuple(token for token, _ in read)
        return Sentence(sentence, tokens, tuple(written for _, written in read), self.book.find(tokens))

    def plain(self, said: Said) -> str:
        """The base forms of the words that carry meaning, for likeness to a phrasing."""
        tokens = (token for sentence in said.sentences for token in sentence.tokens)
        return " ".join(token.key for token in tokens if token.key not in self.words.function_words)
