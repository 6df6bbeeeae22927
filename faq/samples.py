"""What the matcher's weights are learnt from, and whether they were learnt from the answers as they are now."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from faq.corpus import Corpus
from faq.lexicon import FOLDER as LEXICON
from faq.ranking import NEITHER, OUTSIDE, WEIGHTS

Sample = tuple[str, str]


def samples(corpus: Corpus, outside: Iterable[str], examples: Iterable[Sample] = ()) -> list[Sample]:
    """(text, topic) of everything there is to learn from; `examples` are messages that are no question to the corpus."""
    found = [
        (text, entry.id)
        for entry in corpus.values()
        for text in (entry.title, entry.short, *(p for kind in entry.phrasings.values() for p in kind))
    ]
    return [*found, *((text, OUTSIDE) for text in outside), *examples]


def fingerprint(learnt_from: Sequence[Sample]) -> str:
    """Changes when anything the weights were learnt from changes."""
    digest = hashlib.sha256()
    for file in sorted(LEXICON.glob("*.yaml")):
        if not file.name.startswith("triage"):
            digest.update(file.read_bytes())
    for text, topic in sorted(learnt_from):
        digest.update(f"{topic}\t{text}\n".encode())
    return digest.hexdigest()[:16]


def outside_messages(path: Path = LEXICON / "triage_udenfor.yaml") -> list[str]:
    """Messages that the corpus does not answer, as an editor wrote them."""
    kinds: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [text.strip() for block in kinds.values() for text in block.replace("\n", ";").split(";") if text.strip()]


def example_messages(folder: Path = LEXICON) -> list[Sample]:
    """(text, topic) of the messages an editor wrote down as distress, small talk, a neighbouring matter or an attack.

    The topic is the kind and the name of the reply, as in `crisis.selvmord`; "-" is what is not ours, and an answer's id a
    question that only looks like one of these.
    """
    found: list[Sample] = []
    for path in sorted(folder.glob("triage_eksempler_*.yaml")):
        content: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [(text, NEITHER if topic == OUTSIDE else topic) for topic, texts in content.items() for text in texts]
    return found


def is_current(corpus: Corpus, path: Path = WEIGHTS) -> bool:
    """Whether the weights were learnt from the corpus as it is now."""
    mark = f"# learnt from {fingerprint(samples(corpus, outside_messages(), example_messages()))}"
    with path.open(encoding="utf-8") as file:
        return any(line.rstrip() == mark for line in itertools.islice(file, 5))
