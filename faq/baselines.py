"""Plain ways of finding an answer by its phrasings alone, to measure faq/matcher.py against."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from faq.corpus import Corpus
from faq.matcher import ways
from faq.text import normalise, words

BEST = 3
Scores = npt.NDArray[np.float32]
Scorer = Callable[[Sequence[str], Sequence[str]], Scores]


class BaselineMissingError(Exception):
    """A baseline needs a package that only developers install."""


def baselines() -> Mapping[str, Scorer]:
    """Each takes questions and phrasings, and tells how alike they are: one row a question, one column a phrasing."""
    return {
        "rapidfuzz WRatio": wratio,
        "rapidfuzz token_set_ratio": token_set,
        "BM25, Danish stemmer": bm25,
        "TF-IDF, 3 characters": characters,
    }


def best_topics(scorer: Scorer, corpus: Corpus, questions: Sequence[str]) -> list[tuple[str, ...]]:
    """The three topics whose nearest phrasing is most like each question."""
    known = [(way, entry.id) for entry in corpus.values() for way in ways(entry)]
    alike = scorer(questions, [way for way, _ in known])
    found = []
    for row in alike:
        best: dict[str, None] = {}
        for at in np.argsort(-row, kind="stable"):
            best[known[at][1]] = None
            if len(best) == BEST:
                break
        found.append(tuple(best))
    return found


def wratio(questions: Sequence[str], phrasings: Sequence[str]) -> Scores:
    return _fuzzy(fuzz.WRatio, questions, phrasings)


def token_set(questions: Sequence[str], phrasings: Sequence[str]) -> Scores:
    return _fuzzy(fuzz.token_set_ratio, questions, phrasings)


def bm25(questions: Sequence[str], phrasings: Sequence[str], k: float = 1.5, b: float = 0.75) -> Scores:
    """Okapi BM25 with each phrasing as a document."""
    try:
        import snowballstemmer  # noqa: PLC0415 - only for developers
    except ImportError as error:
        raise BaselineMissingError("BM25 needs snowballstemmer: run make test once, or pip install it") from error
    stem: Callable[[list[str]], list[str]] = snowballstemmer.stemmer("danish").stemWords
    documents = [stem(list(words(normalise(text)))) for text in phrasings]
    usual = sum(map(len, documents)) / max(1, len(documents))
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, document in enumerate(documents):
        for word, count in Counter(document).items():
            weight = count * (k + 1) / (count + k * (1 - b + b * len(document) / usual))
            holding[word].append((at, weight))
    scores = np.zeros((len(questions), len(phrasings)), np.float32)
    for row, text in zip(scores, questions, strict=True):
        for word in stem(list(words(normalise(text)))):
            held = holding.get(word, [])
            rarity = math.log(1 + (len(documents) - len(held) + 0.5) / (len(held) + 0.5))
            for at, weight in held:
                row[at] += rarity * weight
    return scores


def characters(questions: Sequence[str], phrasings: Sequence[str]) -> Scores:
    """The cosine between weighted groups of three characters."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - only for developers
    except ImportError as error:
        raise BaselineMissingError("TF-IDF needs scikit-learn: run make test once, or pip install it") from error
    vectorizer = TfidfVectorizer(preprocessor=normalise, analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True)
    known = vectorizer.fit_transform(phrasings)
    return np.asarray((vectorizer.transform(questions) @ known.T).toarray(), np.float32)


def _fuzzy(scorer: Callable[..., float], questions: Sequence[str], phrasings: Sequence[str]) -> Scores:
    return process.cdist(
        [normalise(text) for text in questions],
        [normalise(text) for text in phrasings],
        scorer=scorer,
        dtype=np.float32,
        workers=-1,
    )
