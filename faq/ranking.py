"""How well a message fits each topic: a sum of weights that anyone can read in faq/weights.tsv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faq.features import Features

WEIGHTS = Path(__file__).parent / "weights.tsv"
CONCEPT_SHARE = 0.8
OUTSIDE = "-"  # the made-up topic of everything the corpus does not answer
NEITHER = "~"  # the made-up topic of messages that are neither a question nor of any other kind
TOLD = "oplysninger"  # statements about oneself: they ask for nothing, and answers are not learnt from them
SORTS = ("crisis", "attack", "smalltalk", "near")  # the made-up topics of messages that are no question

Scores = npt.NDArray[np.float32]


def is_pseudo(topic: str) -> bool:
    """Whether a topic is no answer of the corpus."""
    return topic in (OUTSIDE, NEITHER, TOLD) or is_sort(topic)


def is_sort(topic: str) -> bool:
    """Whether a topic is a kind of message that is no question."""
    return topic.split(".", maxsplit=1)[0] in SORTS


@dataclass(frozen=True)
class Model:
    """Weights learnt from the corpus' phrasings: for each feature its rarity and what it says for and against topics.

    `phrasings` are the same phrasings reduced to the base forms of the words that carry meaning.
    """

    topics: tuple[str, ...]
    base: Scores
    rarity: Mapping[str, float]
    places: Mapping[str, npt.NDArray[np.int32]]
    weights: Mapping[str, Scores]
    phrasings: Mapping[str, tuple[str, ...]]

    def scores(self, wording: Features, concepts: Features) -> Scores:
        """A score for each of `topics`; above 0 speaks for it."""
        total = self.base.copy()
        for name, amount in self._scaled(wording, concepts):
            total[self.places[name]] += amount * self.weights[name]
        return total

    def decisive(self, wording: Features, concepts: Features, topic: str) -> list[tuple[str, float]]:
        """The words and concepts that spoke for a topic, strongest first; not the letters and pairs that did."""
        column = self.topics.index(topic)
        spoke = []
        for name, amount in self._scaled(wording, concepts):
            if name[:2] not in ("w:", "k:") or "&" in name:
                continue
            at = np.searchsorted(self.places[name], column)  # the places of a feature are written in order
            if at < len(self.places[name]) and self.places[name][at] == column:
                spoke.append((name, amount * float(self.weights[name][at])))
        return sorted((pair for pair in spoke if pair[1] > 0), key=lambda pair: -pair[1])

    def _scaled(self, wording: Features, concepts: Features) -> list[tuple[str, float]]:
        """Known features times their rarity; words and concepts each scaled to one length."""
        scaled: list[tuple[str, float]] = []
        for features, share in ((wording, 1.0), (concepts, CONCEPT_SHARE)):
            known = [(name, amount * self.rarity[name]) for name, amount in features.items() if name in self.rarity]
            length = sum(amount * amount for _, amount in known) ** 0.5
            scaled += [(name, share * amount / length) for name, amount in known]
        return scaled


def load_model(path: Path = WEIGHTS) -> Model:
    """Read the weights; the format is written by faq/train.py."""
    topics: tuple[str, ...] = ()
    base: list[float] = []
    rarity: dict[str, float] = {}
    places: dict[str, npt.NDArray[np.int32]] = {}
    weights: dict[str, Scores] = {}
    phrasings: dict[str, list[str]] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            name, *cells = line.rstrip("\n").split("\t")
            if name == "topic":
                topics = tuple(cells)
            elif name == "phrasing":
                phrasings.setdefault(cells[0], []).append(cells[1])
            elif name == "base":
                base = [float(cell) for cell in cells]
            else:
                rarity[name] = float(cells[0])
                numbers = " ".join(cells[1:]).replace(":", " ").split()
                places[name] = np.array(numbers[::2], np.int32)
                weights[name] = np.array(numbers[1::2], np.float32)
    told = {topic: tuple(texts) for topic, texts in phrasings.items()}
    return Model(topics, np.array(base, np.float32), rarity, places, weights, told)
