"""Learn the weights of faq/ranking.py from the corpus' own phrasings: `python -m faq.train`. Needs scikit-learn."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import yaml
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from faq.concepts import Recogniser
from faq.corpus import Corpus, load_corpus
from faq.features import read_features
from faq.lexicon import FOLDER as LEXICON
from faq.lexicon import load_lexicon
from faq.triage import triage_words
from faq.ranking import CONCEPT_SHARE, OUTSIDE, WEIGHTS

SEEN_AT_LEAST = 2
SMALLEST = 0.05
SOFTNESS = 0.5

Sample = tuple[str, str]


def samples(corpus: Corpus, outside: Iterable[str]) -> list[Sample]:
    """(text, topic) of everything there is to learn from."""
    found = [
        (text, entry.id)
        for entry in corpus.values()
        for text in (entry.title, entry.short, *(p for kind in entry.phrasings.values() for p in kind))
    ]
    return found + [(text, OUTSIDE) for text in outside]


def fingerprint(learnt_from: Sequence[Sample]) -> str:
    """Changes when anything the weights were learnt from changes."""
    digest = hashlib.sha256()
    for text, topic in sorted(learnt_from):
        digest.update(f"{topic}\t{text}\n".encode())
    return digest.hexdigest()[:16]


def train(recogniser: Recogniser, learnt_from: Sequence[Sample], path: Path = WEIGHTS) -> None:
    """Fit a linear model and write it, small weights left out."""
    texts, topics = zip(*learnt_from, strict=True)
    read = [read_features(recogniser, text) for text in texts]
    plain = [(topic, recogniser.plain(text)) for text, topic in learnt_from if topic != OUTSIDE]
    matrix, names, rarity = _matrix([wording for wording, _ in read], [concepts for _, concepts in read])
    model = LinearSVC(C=SOFTNESS, random_state=0).fit(matrix, topics)
    _write(path, [str(topic) for topic in model.classes_], names, rarity, model.coef_, model.intercept_, plain, fingerprint(learnt_from))


def _matrix(wording: list[object], concepts: list[object]) -> tuple[csr_matrix, list[str], np.ndarray]:
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


def _write(path: Path, topics: list[str], names: list[str], rarity: np.ndarray, weights: np.ndarray, base: np.ndarray, plain: list[tuple[str, str]], mark: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("# Written by `python -m faq.train` (make train); not edited by hand. One line a feature: its rarity, then\n")
        file.write("# number-of-topic:weight. w word, p part of a compound, b two neighbours, c letters, k concepts.\n")
        file.write(f"# learnt from {mark}\n")
        file.write("\t".join(["topic", *topics]) + "\n")
        file.write("\t".join(["base", *(f"{value:.3f}" for value in base)]) + "\n")
        for topic, text in plain:
            file.write(f"phrasing\t{topic}\t{text}\n")
        for column, name in enumerate(names):
            cells = [f"{at}:{weights[at, column]:.2f}" for at in np.flatnonzero(np.abs(weights[:, column]) > SMALLEST)]
            file.write("\t".join([name, f"{rarity[column]:.3f}", *cells]) + "\n")


def outside_messages(path: Path = LEXICON / "triage_udenfor.yaml") -> list[str]:
    """Messages that the corpus does not answer, as an editor wrote them."""
    kinds: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [text.strip() for block in kinds.values() for text in block.replace("\n", ";").split(";") if text.strip()]


def is_current(corpus: Corpus, path: Path = WEIGHTS) -> bool:
    """Whether the weights were learnt from the corpus as it is now."""
    mark = f"# learnt from {fingerprint(samples(corpus, outside_messages()))}"
    with path.open(encoding="utf-8") as file:
        return any(line.rstrip() == mark for line in itertools.islice(file, 5))


def main() -> None:
    corpus = load_corpus(Path(__file__).parent / "answers")
    train(Recogniser(load_lexicon(), triage_words()), samples(corpus, outside_messages()))


if __name__ == "__main__":
    main()
