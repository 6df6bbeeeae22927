"""Learn the weights of faq/ranking.py from the corpus' own phrasings: `python -m faq.train`. Needs scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from faq.concepts import Recogniser
from faq.corpus import load_corpus
from faq.features import Features, read_features
from faq.lexicon import load_lexicon
from faq.ranking import CONCEPT_SHARE, NEITHER, OUTSIDE, TOLD, WEIGHTS, is_pseudo, is_sort
from faq.samples import Sample, example_messages, fingerprint, outside_messages, samples
from faq.triage import triage_words

SEEN_AT_LEAST = 2
SMALLEST = 0.05
SOFTNESS = 0.5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Learnt:
    """What is written to the file: weights by topic and feature, and the phrasings they were learnt from."""

    topics: list[str]
    features: list[str]
    rarity: Floats
    weights: Floats
    base: Floats
    phrasings: list[Sample]
    mark: str


def train(recogniser: Recogniser, learnt_from: Sequence[Sample], path: Path = WEIGHTS) -> None:
    """Fit a linear model and write it, small weights left out."""
    texts, topics = zip(*learnt_from, strict=True)
    said = [recogniser.read(text) for text in texts]
    read = [read_features(recogniser, one) for one in said]
    matrix, features, rarity = _matrix([wording for wording, _ in read], [concepts for _, concepts in read])
    # Distress, small talk and the like are "something else" to every answer, and kinds of their own among themselves.
    own = _fit(matrix, topics, {TOLD}, lambda topic: OUTSIDE if is_pseudo(topic) else topic)
    # What is outside may be small talk or a neighbouring matter as well.
    kinds = _fit(matrix, topics, {OUTSIDE}, lambda topic: topic if is_sort(topic) else NEITHER)
    sorts = np.flatnonzero(kinds.classes_ != NEITHER)
    weights = np.vstack([own.coef_, kinds.coef_[sorts]])
    base = np.concatenate([own.intercept_, kinds.intercept_[sorts]])
    answers = [(one, topic) for one, topic in zip(said, topics, strict=True) if not is_pseudo(topic)]
    phrasings = [(recogniser.plain(one), topic) for one, topic in answers]
    names = [str(topic) for topic in (*own.classes_, *kinds.classes_[sorts])]
    mark = fingerprint(learnt_from)
    _write(path, Learnt(names, features, rarity, weights, base, phrasings, mark))


def _fit(matrix: csr_matrix, topics: Sequence[str], without: Collection[str], label: Callable[[str], str]) -> LinearSVC:
    rows = np.flatnonzero([topic not in without for topic in topics])
    return LinearSVC(C=SOFTNESS, random_state=0).fit(matrix[rows], [label(topics[int(row)]) for row in rows])


def _matrix(wording: list[Features], concepts: list[Features]) -> tuple[csr_matrix, list[str], Floats]:
    """One row a sample: its features times their rarity, words and concepts each scaled to one length."""
    blocks, names, rarities = [], [], []
    for features, share in ((wording, 1.0), (concepts, CONCEPT_SHARE)):
        vectorizer = DictVectorizer()
        block = vectorizer.fit_transform(features)
        seen = np.asarray((block > 0).sum(axis=0)).ravel()
        keep = seen >= SEEN_AT_LEAST
        rarity = (np.log((1 + block.shape[0]) / (1 + seen)) + 1)[keep]
        blocks.append(normalize(block[:, keep] @ diags(rarity)) * share)
        names += list(vectorizer.get_feature_names_out()[keep])
        rarities.append(rarity)
    return hstack(blocks).tocsr(), names, np.concatenate(rarities)


_HEADER = """\
# Written by `make train`; not edited by hand. One line a feature: its rarity, then number-of-topic:weight.
# w word, p part of a compound, b two neighbours, c letters, k concepts. Below `base` the phrasings learnt from.
"""


def _write(path: Path, learnt: Learnt) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEADER)
        file.write(f"# learnt from {learnt.mark}\n")
        file.write("\t".join(["topic", *learnt.topics]) + "\n")
        file.write("\t".join(["base", *(f"{value:.3f}" for value in learnt.base)]) + "\n")
        for text, topic in learnt.phrasings:
            file.write(f"phrasing\t{topic}\t{text}\n")
        for column, name in enumerate(learnt.features):
            weights = learnt.weights[:, column]
            cells = [f"{at}:{weights[at]:.2f}" for at in np.flatnonzero(np.abs(weights) > SMALLEST)]
            file.write("\t".join([name, f"{learnt.rarity[column]:.3f}", *cells]) + "\n")


def main() -> None:
    corpus = load_corpus(Path(__file__).parent / "answers")
    train(Recogniser(load_lexicon(), triage_words()), samples(corpus, outside_messages(), example_messages()))


if __name__ == "__main__":
    main()
