"""The answers in other languages and in easy Danish: load faq/translations/ and check it against the Danish answers.

The Danish answer is the one that counts. A translation is a title, a short and a full answer, and how people ask for it
in that language; what it rests on stands in the Danish file alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from faq.corpus import Corpus, CorpusError, unwrapped
from faq.lix import lix
from faq.model import Entry
from faq.yamlfields import FieldsFile, Problem

FOLDER = Path(__file__).parent / "translations"
EASY = "da-easy"
HIGHEST_EASY_LIX = 30
_NEEDED = ("id", "title", "short", "answer")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Wording:
    """An answer in one language; `asked` are ways people ask for it there."""

    language: str
    title: str
    short: str
    answer: str
    asked: tuple[str, ...] = ()


Wordings = Mapping[str, Wording]


def danish(entry: Entry, language: str) -> Wording:
    """The answer as the corpus has it."""
    return Wording(language, entry.title, entry.short, entry.answer)


def mark(entry: Entry) -> str:
    """A short mark of the Danish text, by which one sees that it was changed after a translation was made."""
    return hashlib.sha256("\0".join((entry.title, entry.short, entry.answer)).encode()).hexdigest()[:12]


def load_translations(corpus: Corpus, folder: Path = FOLDER) -> Mapping[str, Wordings]:
    """For each language its answers by id; raises `CorpusError` with everything that keeps a file from being used."""
    found: dict[str, dict[str, Wording]] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*/*/*.yaml")):
        language = path.parts[-3]
        file = _File(path)
        wrong = list(file.problems(corpus))
        problems += wrong
        if not wrong:
            found.setdefault(language, {})[path.stem] = file.wording(language)
    if problems:
        raise CorpusError(problems)
    return found


def slips(corpus: Corpus, folder: Path = FOLDER) -> Iterator[Problem]:
    """What does not keep a translation from being used, but should be mended: a lost number, a hard sentence."""
    for path in sorted(folder.glob("*/*/*.yaml")):
        file = _File(path)
        if not list(file.problems(corpus)):
            yield from file.slips(corpus[path.stem], path.parts[-3])


class _File(FieldsFile):
    """One translated answer and everything that can be wrong in it."""

    def problems(self, corpus: Corpus) -> Iterator[Problem]:
        if self.broken:
            yield self.broken
            return
        yield from self._shape()
        if self.content.get("id") != self.path.stem or self.path.stem not in corpus:
            yield self.problem("id", "skal være filens navn og et svar, der findes på dansk")

    def _shape(self) -> Iterator[Problem]:
        for field in _NEEDED:
            text = self.content.get(field)
            if not (isinstance(text, str) and text.strip()):
                yield self.problem(field, "mangler eller er ikke en tekst; skriv den, med anførselstegn om")
        asked = self.content.get("asked", [])
        if not (isinstance(asked, list) and all(isinstance(text, str) for text in asked)):
            yield self.problem("asked", "skal være en liste af tekster")
        for field in self.content.keys() - {*_NEEDED, "asked"}:
            yield self.problem(str(field), f"kendes ikke; skriv et af {', '.join((*_NEEDED, 'asked'))}")

    def slips(self, entry: Entry, language: str) -> Iterator[Problem]:
        answer = unwrapped(self.content["answer"])
        if self.content["title"].strip()[-1] not in "?؟":
            yield self.problem("title", "er et spørgsmål; slut med spørgsmålstegn")
        # A language has its own names of the months, so an answer may have a number more, but none less.
        lost = sorted(set(_NUMBER.findall(entry.answer)) - set(_NUMBER.findall(answer)), key=int)
        if lost:
            yield self.problem("answer", f"mangler {', '.join(lost)}, som står i det danske svar")
        if language == EASY and lix(answer) > HIGHEST_EASY_LIX:
            message = f"har LIX {lix(answer):.0f}; del lange sætninger, så den er højst {HIGHEST_EASY_LIX}"
            yield self.problem("answer", message)

    def wording(self, language: str) -> Wording:
        c = self.content
        return Wording(
            language, c["title"].strip(), c["short"].strip(), unwrapped(c["answer"]), tuple(c.get("asked", ()))
        )


def expected(corpus: Corpus, folder: Path = FOLDER) -> Mapping[str, tuple[str, ...]]:
    """For each language the answers it ought to have, as languages.yaml says."""
    content = yaml.safe_load((folder / "languages.yaml").read_text(encoding="utf-8"))
    sets = {"all": tuple(corpus), "most_asked": tuple(content["most_asked"])}
    return {language: sets[which] for language, which in content["languages"].items()}
