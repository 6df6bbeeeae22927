"""Match a question to the answers of the corpus, or say that none of them answers it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from faq.concepts import Recogniser, Said
from faq.corpus import Corpus
from faq.features import Features, read_features
from faq.model import Candidate, Entry, Match
from faq.ranking import OUTSIDE, WEIGHTS, load_model
from faq.text import words

CONSIDERED = 25
LIKENESS = 1.2  # how much the nearest phrasing counts beside the learnt weights
ANSWER_FROM = 0.45  # the best answer must beat "something else" by this much
CLOSE = 0.12
NEW_FROM = 60
FOLLOW_UP_WORDS = 6
SAME_MATTER = 1.4
IN_TALK = 1.4  # in the middle of a talk a few words are less likely to be about something else
EVIDENCE = 5


class Matcher:
    """Finds the answer to a question. Read-only after loading, so threads can share it."""

    def __init__(self, corpus: Corpus, recogniser: Recogniser, weights: Path = WEIGHTS) -> None:
        self._corpus = corpus
        self._recogniser = recogniser
        self._model = load_model(weights)
        self._outside = self._model.topics.index(OUTSIDE)
        self._known = [at for at, topic in enumerate(self._model.topics) if topic in corpus]
        self._new = tuple(id_ for id_ in corpus if id_ not in self._model.topics)
        new = {id_: tuple(recogniser.plain(recogniser.read(way)) for way in ways(corpus[id_])) for id_ in self._new}
        known = {**self._model.phrasings, **new}
        self._phrasings = {id_: tuple(_sorted(way) for way in ways_) for id_, ways_ in known.items()}
        self._new_ways = [way for id_ in self._new for way in self._phrasings[id_]]
        self._new_ids = [id_ for id_ in self._new for _ in self._phrasings[id_]]

    def match(self, text: str, context: str | None = None) -> Match:
        """The best answers to `text`; `context` is the id of the answer given last, for follow-up questions."""
        return self.match_read(self._recogniser.read(text), context)

    def match_read(self, said: Said, context: str | None = None) -> Match:
        """The same for a message that was read already."""
        wording, concepts = read_features(self._recogniser, said)
        ranked = self._ranked(said, wording, concepts)
        if context in self._corpus and len(words(said.normal)) <= FOLLOW_UP_WORDS and concepts:
            ranked = self._followed_up(ranked, str(context))
        if not ranked or ranked[0][0] < ANSWER_FROM:
            return Match("none", (), _plain_concepts(concepts))
        evidence = self._evidence(said, wording, concepts, ranked[0][2])
        candidates = tuple(
            Candidate(id_, _share(margin), () if place else evidence)
            for place, (margin, _, id_) in enumerate(ranked[:3])
        )
        close = len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLOSE
        return Match("clarify" if close else "answer", candidates, _plain_concepts(concepts))

    def _ranked(self, said: Said, wording: Features, concepts: Features) -> list[tuple[float, float, str]]:
        """(margin over "something else", score, id) of the topics worth considering, best first."""
        scores = self._model.scores(wording, concepts)
        outside = float(scores[self._outside])
        best = sorted(self._known, key=lambda at: -scores[at])[:CONSIDERED]
        plain = _sorted(self._recogniser.plain(said))
        ranked = []
        for at in best:
            id_, score = self._model.topics[at], float(scores[at])
            near = process.extractOne(plain, self._phrasings[id_], scorer=fuzz.ratio)
            ranked.append((score - outside, score + LIKENESS * (near[1] / 100 if near else 0.0), id_))
        ranked += self._untrained(plain)
        ranked.sort(key=lambda row: -row[1])
        if ranked and ranked[0][0] < ANSWER_FROM:
            # A trained answer that only looks like it must not hide a new one that fits.
            ranked.sort(key=lambda row: not (row[2] in self._new and row[0] >= ANSWER_FROM))
        return ranked

    def _untrained(self, plain: str) -> list[tuple[float, float, str]]:
        """Answers nobody has trained the weights on yet: they are found by their phrasings alone."""
        near = process.extract(plain, self._new_ways, scorer=fuzz.ratio, score_cutoff=NEW_FROM, limit=CONSIDERED)
        best = {self._new_ids[at]: likeness / 100 for _, likeness, at in reversed(near)}
        return [(2 * likeness - 1, LIKENESS * likeness - 1, id_) for id_, likeness in best.items()]

    def _followed_up(self, ranked: list[tuple[float, float, str]], context: str) -> list[tuple[float, float, str]]:
        """A short question ("hvor længe?") read as one about the same matter as the answer given last."""
        group = context.split(".", maxsplit=1)[0]
        near = [
            (margin + IN_TALK, total + (SAME_MATTER if id_.split(".")[0] == group and id_ != context else 0.0), id_)
            for margin, total, id_ in ranked
        ]
        return sorted(near, key=lambda row: -row[1])

    def _evidence(self, said: Said, wording: Features, concepts: Features, id_: str) -> tuple[str, ...]:
        """The words, as they were written, that spoke most for an answer."""
        if id_ in self._new:
            names = [f"w:{word}" for way in self._phrasings[id_] for word in way.split()]
        else:
            names = [name for name, _ in self._model.decisive(wording, concepts, id_)]
        sources = self._sources(said)
        decided = (word for name in names for word in sources.get(name, ()))
        return tuple(dict.fromkeys(decided))[:EVIDENCE]

    def _sources(self, said: Said) -> Mapping[str, Sequence[str]]:
        """For each word and concept of a message the words that say it; small words say nothing by themselves."""
        found: dict[str, list[str]] = defaultdict(list)
        for sentence in said.sentences:
            for token, written in zip(sentence.tokens, sentence.written, strict=True):
                if token.key not in self._recogniser.words.function_words:
                    found[f"w:{token.key}"].append(written)
            for hit in self._recogniser.book.find(sentence.tokens):
                said_by = " ".join(sentence.written[at] for at in sorted(set(hit.places)))
                found[f"k:{hit.meaning.removeprefix('~')}"].append(said_by)
        return found


def _sorted(plain: str) -> str:
    """The words in order of the alphabet, so that their order in the sentence does not count."""
    return " ".join(sorted(plain.split()))


def ways(entry: Entry) -> Iterator[str]:
    """Every way of asking that the entry knows."""
    yield entry.title
    for texts in entry.phrasings.values():
        yield from texts


def _share(margin: float) -> float:
    """A margin as a number from 0 to 1."""
    return float(1 / (1 + math.exp(-2 * np.clip(margin, -10, 10))))


def _plain_concepts(concepts: Features) -> tuple[str, ...]:
    return tuple(sorted(name[2:] for name in concepts if "&" not in name))
