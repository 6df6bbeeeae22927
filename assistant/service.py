"""Everything a turn needs, loaded once when the process starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from assistant.presenting import Presenter
from assistant.settings import Settings
from assistant.state import StateSigner
from assistant.texts import DEFAULT, Texts, load_texts
from faq.answering import Reading, load_reader
from faq.corpus import Corpus, load_corpus
from rules.judge import Judge
from rules.lawbook import LawBook, load_law
from rules.questions import Questions


@dataclass(frozen=True, slots=True)
class Command:
    """A short message that steers the conversation; `answer` is the corpus answer it gives, if any."""

    name: str
    say: tuple[str, ...]
    answer: str | None


@dataclass(frozen=True)
class Service:
    """The law, the corpus, the texts and the signer. Read-only after start, so threads can share it."""

    law: LawBook
    judge: Judge
    questions: Questions
    corpus: Corpus
    read: Callable[[str, str | None], Reading]
    texts: Mapping[str, Texts]
    commands: tuple[Command, ...]
    signer: StateSigner

    def presenter(self, language: str, as_of: date) -> Presenter:
        return Presenter(self.law, self.texts.get(language, self.texts[DEFAULT]), as_of)


def load_service(settings: Settings) -> Service:
    """Load and check all data; raises `DataError` or `CorpusError` with what to mend."""
    law = load_law()
    corpus = load_corpus(settings.answers, known_sources=law.sources.keys(), known_schemes=law.schemes.keys())
    return Service(
        law=law,
        judge=Judge(law),
        questions=Questions(law),
        corpus=corpus,
        read=load_reader(corpus),
        texts=load_texts(settings.locales),
        commands=_load_commands(Path(__file__).parent / "commands.yaml"),
        signer=StateSigner(settings.secret_key, settings.state_days),
    )


def _load_commands(path: Path) -> tuple[Command, ...]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))["commands"]
    return tuple(Command(name, tuple(spec["say"]), spec.get("answer")) for name, spec in content.items())
