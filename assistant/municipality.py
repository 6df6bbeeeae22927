"""All municipalities by name and code, and what one of them tells of itself in a folder of its own; see docs/kommuner.md."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from assistant.texts import DEFAULT, Texts
from assistant.understanding.folding import fold_word
from assistant.understanding.lexicon import load as load_words
from faq.corpus import Corpus, CorpusError, load_corpus
from rules.yamlfile import DataError, Problem, parse

SHIPPED = Path(__file__).parent / "municipalities"
OWN_FILE, OWN_ANSWERS = "municipality.yaml", "answers"
FACT = "municipality"  # where the citizen has said that they live
_ENDINGS = (" kommune", " regionskommune")


@dataclass(frozen=True, slots=True)
class Contact:
    """A page that leads to people."""

    title: str
    url: str


# Where anybody can find any municipality.
FINDER = Contact("borger.dk", "https://www.borger.dk")


@dataclass(frozen=True, slots=True, eq=False)
class Municipality:
    """One municipality. There is one object of each, equal only to itself.

    `opening` is by language; `answers` are its own, which add to the common ones or, by the same id, take their place.
    """

    code: str
    name: str
    full_name: str
    job_centre: str | None = None
    contact: Contact | None = None
    opening: Mapping[str, str] = field(default_factory=dict)
    answers: Corpus = field(default_factory=dict)
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Municipalities:
    """All of them by code. Read-only after loading, so threads can share it."""

    by_code: Mapping[str, Municipality]
    codes: Mapping[str, str]

    def find(self, said: str) -> Municipality | None:
        """The municipality of a code, with or without its zero, or of a name as people write it."""
        text = said.strip()
        if text.isascii() and text.isdigit():
            return self.by_code.get(text.zfill(4))
        name = _plain(text)
        for spelled in (name, name.removesuffix("s"), f"{name}s"):
            if spelled in self.codes:
                return self.by_code[self.codes[spelled]]
        return None

    def concerned(self, facts: Mapping[str, Any], site: Municipality | None) -> tuple[Municipality | None, bool]:
        """Whom the citizen is to turn to, and whether they said so: else it is the one whose site this is."""
        home = facts.get(FACT)
        return (self.find(home), True) if isinstance(home, str) else (site, False)


def contact_json(texts: Texts, municipality: Municipality | None, is_home: bool) -> dict[str, Any]:
    """How to get hold of a municipality: its own page where it has told of one, else how to find it.

    Where nobody has said that they live there, it is also said what those do who live elsewhere.
    """
    if municipality is None:
        lead, page = texts("contact.unknown"), FINDER
    else:
        key = "contact.known" if municipality.contact else "contact.find"
        lead, page = texts(key, municipality=municipality.full_name), municipality.contact or FINDER
    note = texts("contact.elsewhere") if municipality and not is_home else ""
    return {
        "municipality": municipality.full_name if municipality else None,
        "text": f"{lead} {page.title} ({page.url}). {note}".rstrip(),
        "lead": lead,
        "title": page.title,
        "url": page.url,
        "note": note,
    }


def _plain(name: str) -> str:
    """A name in one spelling: the letters folded, without what comes after it."""
    plain = " ".join(fold_word(name).replace("-", " ").split())
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    return plain


# --- the files


def _one_line(longest: int, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("skriv en tekst med anførselstegn om, eller fjern feltet")
    text = " ".join(value.split())
    if len(text) > longest:
        raise ValueError(f"er på {len(text)} tegn; skriv højst {longest}")
    return text


def _https(value: object) -> object:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
        whole = parts and parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc
    except ValueError:
        whole = False
    if not whole or any(char.isspace() for char in str(value)):
        raise ValueError("skriv hele sidens adresse, der begynder med https://, uden mellemrum")
    return value


def _fields(message: str, value: object) -> object:
    if not isinstance(value, dict):
        raise ValueError(message)
    return value


def _day(value: object) -> object:
    if type(value) is not date:
        raise ValueError("skriv en dato: ÅÅÅÅ-MM-DD")
    return value


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_Name = Annotated[str, BeforeValidator(partial(_one_line, 80))]
_Sentences = Annotated[str, BeforeValidator(partial(_one_line, 400))]


class _Contact(_Part):
    title: _Name
    url: Annotated[str, BeforeValidator(_https)]


class _OwnFile(_Part):
    """municipality.yaml."""

    checked_on: Annotated[date, BeforeValidator(_day)]
    job_centre: _Name | None = None
    contact: (
        Annotated[_Contact, BeforeValidator(partial(_fields, "skriv «title:» og «url:» på linjerne under"))] | None
    ) = None
    opening: Annotated[
        dict[str, _Sentences],
        BeforeValidator(partial(_fields, "skriv sproget og teksten på linjen under, fx «da: Velkommen …»")),
    ] = {}

    _not_empty = model_validator(mode="before")(partial(_fields, "har ingen felter; se docs/kommuner.md"))


class _Names(_Part):
    """names.yaml."""

    names: dict[Annotated[str, StringConstraints(pattern=r"^\d{4}$")], str]
    full_names: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a municipality's files may refer to."""

    corpus: Corpus
    languages: Collection[str]
    sources: Collection[str]
    schemes: Collection[str]


def load_municipalities(
    folders: Sequence[Path],
    corpus: Corpus,
    languages: Collection[str],
    sources: Collection[str],
    schemes: Collection[str],
) -> Municipalities:
    """All municipalities with what stands in the folders; where two tell of the same one, the last counts.

    Raises `DataError` with everything wrong in all files at once.
    """
    names, _ = parse(SHIPPED / "names.yaml", _Names)
    found = {
        code: Municipality(code, name, names.full_names.get(code, f"{name} Kommune"))
        for code, name in names.names.items()
    }
    bare, problems = dict(found), []
    known = _Known(corpus, languages, sources, schemes)
    for path in (path for folder in dict.fromkeys(folders) for path in _folders(folder)):
        if path.name not in bare:
            problems.append(Problem(path.name, 1, "er ikke en kommunes kode; kald mappen fx 0175 (se names.yaml)"))
            continue
        try:
            found[path.name] = _load_own(bare[path.name], path, known)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return Municipalities(found, _spellings(found))


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _spellings(found: Mapping[str, Municipality]) -> Mapping[str, str]:
    """From every known spelling of a name to its code; the names themselves win over other spellings."""
    codes = {_plain(one.name): code for code, one in found.items()}
    for name, others in load_words("municipalities")["municipalities"].items():
        code = codes.get(_plain(name)) or codes[f"{_plain(name)}s"]
        for spelled in (name, *others):
            codes.setdefault(_plain(spelled), code)
    return codes


def _load_own(bare: Municipality, folder: Path, known: _Known) -> Municipality:
    """A municipality with what its folder tells; raises `DataError` naming the folder with each file."""
    problems = [*_misplaced(folder)]
    told, answers = None, {}
    try:
        told = _read_own(folder / OWN_FILE, known.languages)
    except DataError as error:
        problems += [Problem(f"{folder.name}/{p.file}", p.line, p.message) for p in error.problems]
    try:
        answers = dict(load_corpus(folder / OWN_ANSWERS, known.sources, known.schemes, known.corpus))
    except CorpusError as wrong:
        problems += [Problem(f"{folder.name}/{OWN_ANSWERS}/{p.file}", p.line, p.message) for p in wrong.problems]
    if problems or told is None:
        raise DataError(problems)
    contact = Contact(told.contact.title, told.contact.url) if told.contact else None
    return replace(
        bare,
        job_centre=told.job_centre,
        contact=contact,
        opening=told.opening,
        answers=answers,
        checked_on=told.checked_on,
    )


def _read_own(path: Path, languages: Collection[str]) -> _OwnFile:
    if not path.exists():
        raise DataError([Problem(path.name, 1, "mangler; lav filen efter eksemplet i docs/kommuner.md")])
    try:
        told, source = parse(path, _OwnFile)
    except (UnicodeDecodeError, yaml.reader.ReaderError) as error:
        message = "har tegn, der ikke kan læses; gem filen som UTF-8 uden styretegn"
        raise DataError([Problem(path.name, 1, message)]) from error
    strange = [language for language in told.opening if language not in languages]
    if strange:
        message = f"er ikke et sprog, guiden taler; skriv et af {', '.join(languages)}"
        raise DataError([source.problem(("opening", one), f"«{one}» {message}") for one in strange])
    if told.opening and DEFAULT not in told.opening:
        raise DataError([source.problem(("opening",), f"«opening» mangler dansk; skriv teksten under «{DEFAULT}:»")])
    return told


def _misplaced(folder: Path) -> Iterator[Problem]:
    """Files that look as if they were to be read, but lie where nobody reads them."""
    for path in sorted(folder.rglob("*.y*ml")):
        parts = path.relative_to(folder).parts
        is_answer = len(parts) == 3 and parts[0] == OWN_ANSWERS and path.suffix == ".yaml"
        if not is_answer and parts != (OWN_FILE,):
            message = f"bliver ikke læst her; et svar hører til i {OWN_ANSWERS}/<gruppe>/<id>.yaml"
            yield Problem(f"{folder.name}/{'/'.join(parts)}", 1, message)


def stale(municipalities: Municipalities, today: date, within_days: int) -> Iterator[str]:
    """What municipalities told that nobody has looked at for too long."""
    for one in municipalities.by_code.values():
        if one.checked_on and (today - one.checked_on).days > within_days:
            yield f"{one.code}/{OWN_FILE}: er ikke set efter længe; læs den igennem og sæt «checked_on» til i dag"
        for entry in one.answers.values():
            if (today - entry.reviewed_on).days > within_days:
                place = f"{one.code}/{OWN_ANSWERS}"
                yield f"{place}: {entry.id} er ikke læst længe; læs det igennem og sæt «reviewed_on» til i dag"
