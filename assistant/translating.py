"""What each language lacks of the Danish texts and answers, and what was changed in Danish after it was translated.

`made_from.tsv` in a language's folder under locales/ holds a mark of the Danish text each translation was made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.service import Service
from assistant.texts import DEFAULT
from faq.translations import expected, mark, slips

LEDGER = "made_from.tsv"


@dataclass(frozen=True, slots=True)
class State:
    """The names of texts (a key) and answers (an id) of one language that somebody must look at."""

    missing: tuple[str, ...]
    outdated: tuple[str, ...]


def _danish(service: Service) -> dict[str, str]:
    """A mark of every Danish text and answer, by key or id."""
    texts = {key: hashlib.sha256(text.encode()).hexdigest()[:12] for key, text in service.texts[DEFAULT].danish.items()}
    return texts | {entry.id: mark(entry) for entry in service.corpus.values()}


def _translated(service: Service, language: str) -> set[str]:
    texts = {key for key, text in service.texts[language].own.items() if text}
    return texts | set(service.wordings.get(language, {}))


def state(service: Service, language: str, folder: Path) -> State:
    """What a language lacks and what was translated from another Danish text than today's."""
    marks, done = _danish(service), _translated(service, language)
    seen = _read(folder / language / LEDGER)
    needed = (*service.texts[DEFAULT].danish, *expected(service.corpus).get(language, ()))
    missing = tuple(name for name in needed if name not in done)
    outdated = tuple(name for name in marks if name in done and seen.get(name) != marks[name])
    return State(missing, outdated)


def accept(service: Service, language: str, folder: Path) -> None:
    """Note that every text and answer this language has is a translation of today's Danish one."""
    marks = _danish(service)
    lines = [f"{name}\t{marks[name]}\n" for name in sorted(_translated(service, language) & marks.keys())]
    (folder / language / LEDGER).write_text("".join(lines), encoding="utf-8")


def _read(path: Path) -> Mapping[str, str]:
    if not path.exists():
        return {}
    return dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)


def problems(service: Service, locales: Path, translations: Path) -> Iterator[str]:
    """Everything to mend in the translations, as lines for an editor."""
    for language in service.texts:
        if language == DEFAULT:
            continue
        found = state(service, language, locales)
        for name in found.missing:
            yield f"{language}: «{name}» mangler; oversæt det fra dansk"
        for name in found.outdated:
            yield f"{language}: den danske «{name}» er ændret; ret oversættelsen, og kør «flask translations --accept {language}»"
    for problem in slips(service.corpus, translations):
        yield str(problem)
