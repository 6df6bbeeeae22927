"""A message as weighted features: words, their parts and neighbours, letter groups, and the concepts it speaks of."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from faq.concepts import Recogniser, Said, Sentence
from faq.lexicon import WEAK
from faq.text import words
from faq.words import Token

LONG_MESSAGE = 25
ASIDE = 0.5
LETTER_GROUPS = (3, 4, 5)
LETTER_SHARE = 0.6
PART_SHARE = 0.7
# In a long story the sentence that asks counts; the rest tells whose situation it is.
_ASKS = re.compile(
    r"\?|\b(?:hvad|hvem|hvor|hvordan|hvornår|hvilke[nt]?|hvorfor|gælder|findes|mon"
    r"|(?:kan|må|skal|får|bør|har) (?:jeg|man|vi|hun|han|de|den|det)|er der|er det)\b"
)

Features = Mapping[str, float]


def read_features(recogniser: Recogniser, said: Said) -> tuple[Features, Features]:
    """The word features and the concept features of a message, before they are weighted and scaled.

    Names begin with what they are: `w:` word, `p:` part of a compound, `b:` two neighbours, `c:` letters,
    `k:` concept or pair of concepts.
    """
    long = sum(len(words(s.text)) for s in said.sentences) > LONG_MESSAGE and len(said.sentences) > 1
    wording: dict[str, float] = defaultdict(float)
    concepts: dict[str, float] = defaultdict(float)
    for sentence in said.sentences:
        share = ASIDE if long and not _ASKS.search(sentence.text) else 1.0
        for name, amount in _word_features(sentence.tokens):
            wording[name] += share * amount
        for name, strength in spoken_concepts(recogniser, sentence).items():
            concepts[name] = max(concepts[name], share * strength)
    return {name: math.sqrt(amount) for name, amount in wording.items()}, _with_pairs(concepts)


def spoken_concepts(recogniser: Recogniser, sentence: Sentence) -> Mapping[str, float]:
    """The concepts of one sentence with their strength, those that follow from others included."""
    found: dict[str, float] = defaultdict(float)
    for hit in sentence.meanings:
        name, strength = (hit.meaning[1:], WEAK) if hit.meaning.startswith("~") else (hit.meaning, 1.0)
        found[name] = max(found[name], strength)
    for name in list(found):
        for other, share in recogniser.lexicon.concepts[name].implies.items():
            found[other] = max(found[other], share * found[name])
    return found


def _word_features(tokens: tuple[Token, ...]) -> Iterator[tuple[str, float]]:
    for token in tokens:
        yield f"w:{token.key}", 1.0
        for part in token.parts:
            yield f"p:{part}", PART_SHARE
        framed = f"_{token.key}_"
        for size in LETTER_GROUPS:
            for at in range(len(framed) - size + 1):
                yield f"c:{framed[at : at + size]}", LETTER_SHARE
    for one, other in pairwise(tokens):
        yield f"b:{one.key} {other.key}", 1.0


def _with_pairs(concepts: Mapping[str, float]) -> Features:
    """Topics are made of concepts: what is asked x of which scheme x in whose situation."""
    features = {f"k:{name}": strength for name, strength in concepts.items()}
    for one, other in combinations(sorted(concepts), 2):
        features[f"k:{one}&{other}"] = concepts[one] * concepts[other]
    return features
