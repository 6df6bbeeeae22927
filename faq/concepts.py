"""Which concepts of the lexicon a message speaks of, and how strongly."""

from collections import defaultdict
from collections.abc import Mapping

from faq.lexicon import WEAK, Lexicon
from faq.text import normalise, sentences, words
from faq.words import Words


class Recogniser:
    def __init__(self, lexicon: Lexicon, corpus_words: tuple[str, ...] = ()) -> None:
        self.lexicon = lexicon
        self.words = Words(lexicon.words, lexicon.vocabulary(), corpus_words)
        self.book = lexicon.phrasebook(self.words.key)

    def plain(self, text: str) -> str:
        """The base forms of the words that carry meaning, for likeness to a phrasing."""
        tokens = (token for sentence in sentences(normalise(text)) for token in self.words.read(words(sentence)))
        return " ".join(token.key for token in tokens if token.key not in self.words.function_words)

    def concepts(self, text: str) -> Mapping[str, float]:
        found: dict[str, float] = defaultdict(float)
        for sentence in sentences(normalise(text)):
            tokens = self.words.read(words(sentence))
            for hit in self.book.find(tokens):
                name, strength = (hit.meaning[1:], WEAK) if hit.meaning[0] == "~" else (hit.meaning, 1.0)
                found[name] = max(found[name], strength)
        for name in list(found):
            for other, share in self.lexicon.concepts[name].implies.items():
                found[other] = max(found[other], share * found[name])
        return found
