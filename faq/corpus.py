"""Load the answers and check each against docs/redaktion.md; every mistake is told with file, line and remedy."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from faq.lix import lix
from faq.model import Entry, Kind
from faq.yamlfields import FieldsFile, Problem

KINDS: tuple[str, ...] = get_args(Kind)
FIELDS = (
    "id", "title", "short", "answer", "phrasings", "law", "sources", "rules", "schemes", "related", "reviewed_on",
)  # fmt: skip
LISTS = ("law", "sources", "rules", "schemes", "related")
OPTIONAL = ("interview",)
SHORT_WORDS = 45
ANSWER_WORDS = (60, 180)
HIGHEST_LIX = 45
FEWEST_PHRASINGS, FEWEST_KINDS = 8, 4
RELATED = (2, 5)
# What an answer must never say: a promise, a form number, a phone number.
_FORBIDDEN = {
    r"\b[Dd]u har krav på|du er garanteret": "lover en afgørelse; skriv «kan» eller «kommunen vurderer»",
    r"\b(?:AB|SA|BIF) ?\d{2,}": "nævner et blanketnummer; skriv «kommunens skema»",
    r"\b\d{2} \d{2} \d{2} \d{2}\b": "nævner et telefonnummer; henvis til kommunen i stedet",
}

Corpus = Mapping[str, Entry]


class CorpusError(Exception):
    """One or more answer files are wrong; `problems` lists everything."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


def load_corpus(
    folder: Path,
    known_sources: Collection[str] | None = None,
    known_schemes: Collection[str] | None = None,
    beside: Corpus | None = None,
) -> Corpus:
    """Every answer of a folder by id. `known_sources` and `known_schemes` are what may be named; None checks none.

    `beside` are answers that these add to or take the place of. Raises `CorpusError` with all problems of all files.
    """
    entries: dict[str, Entry] = {}
    files: dict[str, _File] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*/*.yaml")):
        file = _File(path)
        found = list(file.problems(known_sources, known_schemes))
        if path.stem in files:
            found.append(Problem(path.name, 1, f"findes også i {files[path.stem].path.parent.name}; slet den ene"))
        files[path.stem] = file
        problems += found
        if not found:
            entry = file.entry()
            entries[entry.id] = entry
    problems += _across({**(beside or {}), **entries}, files) if not problems else []
    if problems:
        raise CorpusError(problems)
    return entries


class _File(FieldsFile):
    """One answer file and everything that can be wrong in it."""

    def problems(
        self, known_sources: Collection[str] | None, known_schemes: Collection[str] | None
    ) -> Iterator[Problem]:
        """Everything wrong in this file by itself."""
        if self.broken:
            yield self.broken
            return
        shape = list(self._shape())
        yield from shape
        if not shape:
            yield from self._texts()
            yield from self._phrasings()
            yield from self._references(known_sources, known_schemes)

    def _shape(self) -> Iterator[Problem]:
        for field in FIELDS:
            if field not in self.content:
                yield self.problem(field, "mangler; skriv det ind")
        for field, value in self.content.items():
            if field not in (*FIELDS, *OPTIONAL):
                yield self.problem(str(field), f"kendes ikke; skriv et af {', '.join((*FIELDS, *OPTIONAL))}")
            elif field in (*LISTS, *OPTIONAL) and not (
                isinstance(value, list) and all(isinstance(item, str) for item in value)
            ):
                yield self.problem(field, "skal være en liste af tekster: [a, b]")
            elif field in ("id", "title", "short", "answer") and not (isinstance(value, str) and value.strip()):
                yield self.problem(field, "skal være en tekst; sæt anførselstegn om den")
            elif field == "reviewed_on" and type(value) is not date:
                yield self.problem(field, "skal være en dato: ÅÅÅÅ-MM-DD")
            elif field == "phrasings" and not _is_phrasings(value):
                yield self.problem(
                    field, "skal være slags med lister af tekster; sæt anførselstegn om tekster med kolon"
                )

    def _texts(self) -> Iterator[Problem]:
        c = self.content
        if c["id"] != self.path.stem:
            yield self.problem("id", f"skal være filens navn: {self.path.stem}")
        if not c["title"].strip().endswith("?"):
            yield self.problem("title", "er et spørgsmål; slut med spørgsmålstegn")
        if len(c["short"].split()) > SHORT_WORDS:
            yield self.problem("short", f"er på {len(c['short'].split())} ord; skriv højst {SHORT_WORDS}")
        count, hardness = len(c["answer"].split()), lix(unwrapped(c["answer"]))
        if not ANSWER_WORDS[0] <= count <= ANSWER_WORDS[1]:
            yield self.problem("answer", f"er på {count} ord; skriv {ANSWER_WORDS[0]}-{ANSWER_WORDS[1]}")
        if hardness > HIGHEST_LIX:
            yield self.problem("answer", f"har LIX {hardness:.0f}; del lange sætninger, så den er højst {HIGHEST_LIX}")
        for pattern, message in _FORBIDDEN.items():
            for field in ("short", "answer"):
                if re.search(pattern, c[field]):
                    yield self.problem(field, message)

    def _phrasings(self) -> Iterator[Problem]:
        phrasings: dict[str, list[str]] = self.content["phrasings"]
        for kind in phrasings.keys() - set(KINDS):
            yield self.problem("phrasings", f"har slagsen «{kind}», som ikke findes; skriv en af {', '.join(KINDS)}")
        texts = [text.casefold().strip() for kind in phrasings.values() for text in kind]
        kinds = sum(bool(said) for said in phrasings.values())
        if len(texts) < FEWEST_PHRASINGS or kinds < FEWEST_KINDS:
            message = f"har {len(texts)} måder at spørge på af {kinds} slags; skriv mindst"
            yield self.problem("phrasings", f"{message} {FEWEST_PHRASINGS} af {FEWEST_KINDS} slags")
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            yield self.problem("phrasings", f"har «{text}» to gange; fjern den ene")

    def _references(
        self, known_sources: Collection[str] | None, known_schemes: Collection[str] | None
    ) -> Iterator[Problem]:
        for tag in self.content["sources"]:
            if known_sources is not None and tag not in known_sources:
                yield self.problem("sources", f"nævner «{tag}», som ikke står i rules/law/sources.yaml")
        for scheme in self.content["schemes"]:
            if known_schemes is not None and scheme not in known_schemes:
                yield self.problem("schemes", f"nævner «{scheme}»; skriv en af {', '.join(known_schemes)}")
        for scheme in self.content.get("interview", ()):
            if scheme not in self.content["schemes"]:
                yield self.problem("interview", f"nævner «{scheme}», som ikke står i «schemes»; skriv den dér også")
        if not RELATED[0] <= len(self.content["related"]) <= RELATED[1]:
            yield self.problem("related", f"skal nævne {RELATED[0]}-{RELATED[1]} andre svar")

    def entry(self) -> Entry:
        c = self.content
        return Entry(
            id=c["id"],
            title=c["title"].strip(),
            short=c["short"].strip(),
            answer=unwrapped(c["answer"]),
            phrasings={kind: tuple(texts) for kind, texts in c["phrasings"].items()},
            interview=tuple(c.get("interview", c["schemes"])),
            reviewed_on=c["reviewed_on"],
            **{field: tuple(c[field]) for field in LISTS},
        )


def unwrapped(text: str) -> str:
    """Paragraphs without the line breaks that only keep the file narrow; lines of a list stay."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(re.sub(r"\s*\n(?!\s*[-•])\s*", " ", paragraph) for paragraph in paragraphs)


def _is_phrasings(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(kind, str) and isinstance(texts, list) and all(isinstance(text, str) for text in texts)
        for kind, texts in value.items()
    )


def _across(entries: Corpus, files: Mapping[str, _File]) -> Iterator[Problem]:
    """What only shows when all answers are seen together; those without a file here have been checked before."""
    asked: dict[str, str] = {}
    for entry in sorted(entries.values(), key=lambda entry: entry.id in files):
        for other in entry.related if entry.id in files else ():
            if other not in entries or other == entry.id:
                yield files[entry.id].problem("related", f"nævner «{other}», som ikke er et andet svar")
        for text in (text for kind in entry.phrasings.values() for text in kind):
            key = " ".join(text.casefold().split()).rstrip("?!. ")
            if asked.setdefault(key, entry.id) != entry.id:
                message = f"har «{text}», som også står i {asked[key]}; gør dem forskellige"
                yield files[entry.id].problem("phrasings", message)
