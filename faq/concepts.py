"""The lexicon made ready to read messages with."""

from faq.lexicon import Lexicon
from faq.text import normalise, sentences, words
from faq.words import Words


class Recogniser:
    """Reads words in their base forms and finds the lexicon's ways of saying things."""

    def __init__(self, lexicon: Lexicon, corpus_words: tuple[str, ...] = ()) -> None:
        self.lexicon = lexicon
        self.words = Words(lexicon.words, lexicon.vocabulary(), corpus_words)
        self.book = lexicon.phrasebook(self.words.key)

    def plain(self, text: str) -> str:
        """The base forms of the words that carry meaning, for likeness to a phrasing."""
        tokens = (token for sentence in sentences(normalise(text)) for token in self.words.read(words(sentence)))
        return " ".join(token.key for token in tokens if token.key not in self.words.function_words)
