"""The lexicon an editor can read and extend: concepts with their ways of being said, and word lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from faq.patterns import Phrasebook, pattern_words
from faq.words import WordData

FOLDER = Path(__file__).parent / "lexicon"
_NOT_CONCEPTS = {"ord.yaml"}
WEAK = 0.5


@dataclass(frozen=True)
class Concept:
    """Something a question can be about, and the ways people say it."""

    id: str
    about: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    implies: Mapping[str, float]


@dataclass(frozen=True)
class Lexicon:
    """All word knowledge of the guide."""

    words: WordData
    groups: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, Concept]

    def vocabulary(self) -> tuple[str, ...]:
        """Every whole word the lexicon names."""
        listed = [word for group in self.groups.values() for text in group for word in pattern_words(text, {})]
        for concept in self.concepts.values():
            for text in (*concept.strong, *concept.weak):
                listed += pattern_words(text, self.groups)
        return tuple(dict.fromkeys(listed))

    def phrasebook(self, key: "object") -> Phrasebook:
        """Every way of saying every concept, ready to be found in a sentence."""
        book = Phrasebook(self.groups, key)  # type: ignore[arg-type]
        for concept in self.concepts.values():
            for text in concept.strong:
                book.add(concept.id, text)
            for text in concept.weak:
                book.add(f"~{concept.id}", text)
        return book.ready()


def expressions(block: str) -> Iterator[str]:
    """The expressions of a block of text: one or several per line, with semicolons between; # begins a remark."""
    for line in block.splitlines():
        if not line.lstrip().startswith("#"):
            yield from (" ".join(part.split()) for part in line.split(";") if part.strip())


def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    data = yaml.safe_load((folder / "ord.yaml").read_text("utf-8"))
    concepts: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in _NOT_CONCEPTS or path.name.startswith("triage"):
            continue
        for name, entry in yaml.safe_load(path.read_text("utf-8")).items():
            concepts[name] = Concept(
                name,
                entry["om"],
                tuple(expressions(entry["siges"])),
                tuple(expressions(entry.get("svagt", ""))),
                entry.get("giver", {}),
            )
    words = WordData(data["stavemaader"], data["grundformer"], frozenset(data["smaaord"]))
    groups = {name: tuple(listed) for name, listed in data["ordgrupper"].items()}
    return Lexicon(words, groups, concepts)
