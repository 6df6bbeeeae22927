"""Everything a turn needs, loaded once when the process starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import yaml

from assistant.municipality import SHIPPED, Municipalities, Municipality, load_municipalities
from assistant.presenting import Presenter
from assistant.settings import Settings
from assistant.state import StateSigner
from assistant.texts import DEFAULT, Texts, load_texts
from faq.answering import Reader, Reading, load_reader
from faq.corpus import Corpus, load_corpus
from faq.foreign import ForeignFinder
from faq.model import Entry
from faq.translations import EASY, Wording, Wordings, danish, load_translations
from rules.judge import Judge
from rules.lawbook import LawBook, load_law
from rules.questions import Questions


@dataclass(frozen=True, slots=True)
class Command:
    """A short message that steers the conversation; `answer` is the corpus answer it gives, if any."""

    name: str
    say: tuple[str, ...]
    answer: str | None


@dataclass(frozen=True, slots=True)
class Sayings:
    """Short messages that are no questions; `places` name an offered answer by its place, `personal` are words for "me"."""

    commands: tuple[Command, ...]
    places: tuple[tuple[str, ...], ...]
    personal: frozenset[str]

    @property
    def human(self) -> str | None:
        """The answer on how to get hold of people."""
        return next((command.answer for command in self.commands if command.name == "human"), None)

    def is_personal(self, message: str) -> bool:
        return not self.personal.isdisjoint(re.findall(r"\w+", message.casefold()))


@dataclass(frozen=True)
class Service:
    """The law, the corpus, the texts and the signer. Read-only after start, so threads can share it.

    `wordings` are the answers in other languages, `titles` leads from a title in any language to the answer and the
    languages that have it, `finders` look for answers in another language. `local` is the service with the answers of
    a municipality that has some of its own, by its code.
    """

    law: LawBook
    judge: Judge
    questions: Questions
    corpus: Corpus
    read: Callable[[str, str | None], Reading]
    wordings: Mapping[str, Wordings]
    texts: Mapping[str, Texts]
    titles: Mapping[str, tuple[str, tuple[str, ...]]]
    finders: Mapping[str, ForeignFinder]
    sayings: Sayings
    signer: StateSigner
    municipalities: Municipalities
    local: Mapping[str, Service] = field(default_factory=dict)

    def at(self, municipality: Municipality | None) -> Service:
        """The service as it is on the site of a municipality."""
        return self.local.get(municipality.code, self) if municipality else self

    def presenter(self, language: str, as_of: date, concerned: Municipality | None = None) -> Presenter:
        """Tells judgements to somebody whose municipality is `concerned`, where that is known."""
        job_centre = concerned.job_centre if concerned else None
        return Presenter(self.law, self.texts.get(language, self.texts[DEFAULT]), as_of, job_centre)

    def worded(self, entry: Entry, language: str) -> Wording:
        """An answer in a language, or in Danish where it has not been translated."""
        wording = self.wordings.get(language, {}).get(entry.id)
        return wording or danish(entry, DEFAULT)


def load_service(settings: Settings) -> Service:
    """Load and check all data; raises `DataError` or `CorpusError` with what to mend."""
    law = load_law()
    corpus = load_corpus(settings.answers, known_sources=law.sources.keys(), known_schemes=law.schemes.keys())
    wordings = load_translations(corpus, settings.translations)
    texts, reader = load_texts(settings.locales), load_reader(corpus)
    folders = [SHIPPED, *([settings.municipalities] if settings.municipalities else [])]
    municipalities = load_municipalities(folders, corpus, texts.keys(), law.sources.keys(), law.schemes.keys())
    service = Service(
        law=law,
        judge=Judge(law),
        questions=Questions(law),
        corpus=corpus,
        read=reader,
        wordings=wordings,
        texts=texts,
        titles=_titles(corpus, wordings),
        finders={language: ForeignFinder(own) for language, own in wordings.items() if language != EASY},
        sayings=_load_sayings(Path(__file__).parent / "commands.yaml", texts),
        signer=StateSigner(settings.secret_key, settings.state_days),
        municipalities=municipalities,
    )
    with_answers = [one for one in municipalities.by_code.values() if one.answers]
    return replace(service, local={one.code: _local(service, reader, one.answers) for one in with_answers})


def _local(service: Service, reader: Reader, own: Corpus) -> Service:
    """The service with a municipality's own answers. A translation of an answer they replace says something else."""
    corpus = {**service.corpus, **own}
    wordings = {
        language: {id_: wording for id_, wording in known.items() if id_ not in own}
        for language, known in service.wordings.items()
    }
    return replace(
        service,
        corpus=corpus,
        read=reader.over(corpus),
        wordings=wordings,
        titles={**service.titles, **_titles(own, {})},
    )


def _titles(corpus: Corpus, wordings: Mapping[str, Wordings]) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """From a title in any language to its answer and the languages that have that title, Danish first."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {e.title.casefold(): (e.id, (DEFAULT,)) for e in corpus.values()}
    for language, own in wordings.items():
        for id_, wording in own.items():
            entry_id, languages = found.get(wording.title.casefold(), (id_, ()))
            found[wording.title.casefold()] = (entry_id, (*languages, language))
    return found


def _load_sayings(path: Path, texts: Mapping[str, Texts]) -> Sayings:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    commands = []
    for name, spec in content["commands"].items():
        buttons = [own(key).casefold() for key in spec.get("texts", ()) for own in texts.values()]
        commands.append(Command(name, (*map(str.casefold, spec["say"]), *dict.fromkeys(buttons)), spec.get("answer")))
    places = tuple(tuple(str(text) for text in say) for say in content["places"])
    return Sayings(tuple(commands), places, frozenset(content["personal"]))
