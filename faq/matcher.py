"""Match a question to the answers of the corpus, or say that none of them answers it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from faq.concepts import Recogniser, Said
from faq.corpus import Corpus
from faq.features import Features, read_features
from faq.model import Candidate, Entry, Match
from faq.ranking import OUTSIDE, WEIGHTS, Scores, is_pseudo, load_model
from faq.text import words

CONSIDERED = 25
LIKENESS = 1.2  # how much the nearest phrasing counts beside the learnt weights
ANSWER_FROM = 0.05  # the best answer must beat "something else" by this much
CLOSE = 0.12
WORD_FOR_WORD, SAME_WORDS = 0.99, 0.5  # a phrasing of the answer, said word for word
NEW_FROM = 60
AS_IT_SAYS, SURE = 0.85, 1.2  # so like a phrasing of an untrained answer that it is that question; its margin is then
FOLLOW_UP_WORDS = 6
SAME_MATTER = 1.8
IN_TALK = 1.4  # in the middle of a talk a few words are less likely to be about something else
EVIDENCE = 5


@dataclass(frozen=True)
class Look:
    """A message as the learnt weights see it; `scores` has one for each of the model's topics."""

    said: Said
    wording: Features
    concepts: Features
    scores: Scores


class Matcher:
    """Finds the answer to a question. Read-only after loading, so threads can share it."""

    def __init__(self, corpus: Corpus, recogniser: Recogniser, weights: Path = WEIGHTS) -> None:
        self._recogniser = recogniser
        self._model = load_model(weights)
        self._pseudo = {topic: at for at, topic in enumerate(self._model.topics) if is_pseudo(topic)}
        self._learnt = {id_: tuple(map(_sorted, ways_)) for id_, ways_ in self._model.phrasings.items()}
        self._look_in(corpus)

    def over(self, corpus: Corpus) -> Matcher:
        """The same matcher for other answers; what was loaded and learnt is shared with this one."""
        other = copy(self)
        other._look_in(corpus)
        return other

    def _look_in(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._known = [at for at, topic in enumerate(self._model.topics) if topic in corpus]
        self._new = tuple(id_ for id_ in corpus if id_ not in self._model.topics)
        plain, read = self._recogniser.plain, self._recogniser.read
        new = {id_: tuple(_sorted(plain(read(way))) for way in ways(corpus[id_])) for id_ in self._new}
        self._phrasings = {**self._learnt, **new}
        self._new_ways = [way for id_ in self._new for way in self._phrasings[id_]]
        self._new_ids = [id_ for id_ in self._new for _ in self._phrasings[id_]]

    def match(self, text: str, context: str | None = None) -> Match:
        """The best answers to `text`; `context` is the id of the answer given last, for follow-up questions."""
        return self.match_seen(self.look(self._recogniser.read(text)), context)

    def look(self, said: Said) -> Look:
        """Score a message for every topic, those that are no answers included."""
        wording, concepts = read_features(self._recogniser, said)
        return Look(said, wording, concepts, self._model.scores(wording, concepts))

    def sorts(self, look: Look) -> Mapping[str, float]:
        """The score of each kind of message that is no question, where no answer scores higher; above 0 speaks for it."""
        best = float(look.scores[self._known].max())
        scores = {topic: float(look.scores[at]) for topic, at in self._pseudo.items() if topic != OUTSIDE}
        return {topic: score for topic, score in scores.items() if score >= best}

    def match_seen(self, look: Look, context: str | None = None) -> Match:
        """The best answers to a message that was scored already."""
        said, wording, concepts = look.said, look.wording, look.concepts
        ranked = self._ranked(look)
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

    def _ranked(self, look: Look) -> list[tuple[float, float, str]]:
        """(margin over "something else", score, id) of the topics worth considering, best first."""
        said, scores = look.said, look.scores
        outside = float(scores[self._pseudo[OUTSIDE]])
        best = sorted(self._known, key=lambda at: -scores[at])[:CONSIDERED]
        plain = _sorted(self._recogniser.plain(said))
        ranked, nearest = [], 0.0
        for at in best:
            id_, score = self._model.topics[at], float(scores[at])
            near = process.extractOne(plain, self._phrasings[id_], scorer=fuzz.ratio)
            likeness = near[1] / 100 if near else 0.0
            nearest = max(nearest, likeness)
            asked_so = SAME_WORDS if likeness >= WORD_FOR_WORD else 0.0
            ranked.append((score - outside, score + LIKENESS * likeness + asked_so, id_))
        ranked += self._untrained(plain, nearest, max((row[1] for row in ranked), default=0.0))
        ranked.sort(key=lambda row: -row[1])
        if ranked and ranked[0][0] < ANSWER_FROM:
            # A trained answer that only looks like it must not hide a new one that fits.
            ranked.sort(key=lambda row: not (row[2] in self._new and row[0] >= ANSWER_FROM))
        return ranked

    def _untrained(self, plain: str, nearest: float, top: float) -> list[tuple[float, float, str]]:
        """Answers the weights were not trained on: they are found by their phrasings alone.

        One that was asked for just as it says, and at least as much so as any trained one, comes first.
        """
        near = process.extract(plain, self._new_ways, scorer=fuzz.ratio, score_cutoff=NEW_FROM, limit=CONSIDERED)
        best = {self._new_ids[at]: likeness / 100 for _, likeness, at in reversed(near)}
        return [
            (SURE, top + 2 * likeness, id_)
            if likeness >= max(nearest, AS_IT_SAYS)
            else (2 * likeness - 1, LIKENESS * likeness - 1, id_)
            for id_, likeness in best.items()
        ]

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
            for hit in sentence.meanings:
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
