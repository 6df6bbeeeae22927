"""The lexicons are data that an editor can read: commented, well formed, and of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import assistant.understanding
from assistant.understanding.phrases import PhraseBook, compile_phrase
from rules.facts import parse_facts
from rules.lawbook import LawBook
from tests.understanding.test_cases import TODAY

FOLDER = Path(assistant.understanding.__file__).parent / "lexicon"
FILES = sorted(FOLDER.glob("*.yaml"))
SIGNALS = [path for path in FILES if path.stem.startswith("signals_")]


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_says_first_in_danish_what_it_is(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert len(first) > 20


@pytest.mark.parametrize("path", SIGNALS, ids=lambda path: path.stem)
def test_every_saying_is_a_phrase_and_states_a_fact_of_the_vocabulary(path: Path, law: LawBook) -> None:
    data = _load(path)
    for entry in data["signals"]:
        parse_facts({entry["fact"]: entry["value"]}, law.vocabulary, TODAY)
        assert entry.get("negated", "drop") in {"drop", "opposite", "ignore"}
        for source in (*entry["says"], *entry.get("unless", ())):
            re.compile(compile_phrase(source, None, data.get("classes", {})).pattern)


def test_there_are_98_municipalities() -> None:
    assert len(_load(FOLDER / "municipalities.yaml")["municipalities"]) == 98


def test_every_kind_of_impairment_has_its_words(law: LawBook) -> None:
    kinds = {group["kind"] for group in _load(FOLDER / "impairments.yaml")["groups"]}
    assert kinds == set(law.vocabulary["impairment"].values)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("ondt i $krop", "jeg har ondt i ryggen nu", "ondt i ryggen"),
        ("ondt i $krop", "jeg har ondt i maven", None),
        ("går ikke over", "det går ikke over", "går ikke over"),
        ("har ~ job", "jeg har et lille job", "har et lille job"),
        ("har ~ job", "jeg har ikke noget job", None),
        ("gigt*", "min gigtsygdom", "gigtsygdom"),
        ("*gigt", "jeg har leddegigt", "leddegigt"),
        ("i mit? fleksjob", "i fleksjob", "i fleksjob"),
        ("i mit? fleksjob", "i mit fleksjob", "i mit fleksjob"),
        ("blind/døv", "jeg er ordblind", None),
    ],
)
def test_the_phrase_language(phrase: str, text: str, found: str | None) -> None:
    book = PhraseBook([compile_phrase(phrase, None, {"krop": ["ryg*", "nakke*"]})])
    hits = [text[hit.start : hit.end] for hit in book.find(text)]
    assert hits == ([found] if found else [])
