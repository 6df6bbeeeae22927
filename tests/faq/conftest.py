"""Fixtures of the answer tests: the shipped answers, and what reads a message against them."""

from __future__ import annotations

import pytest

from faq.answering import load_reader
from faq.concepts import Recogniser
from faq.corpus import Corpus, load_corpus
from faq.evaluate import ANSWERS, Reader
from faq.lexicon import load_lexicon
from faq.matcher import Matcher
from faq.triage import Triager, triage_words


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(ANSWERS)


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    return Recogniser(load_lexicon(), triage_words())


@pytest.fixture(scope="session")
def matcher(corpus: Corpus, recogniser: Recogniser) -> Matcher:
    return Matcher(corpus, recogniser)


@pytest.fixture(scope="session")
def triager(recogniser: Recogniser) -> Triager:
    return Triager(recogniser)


@pytest.fixture(scope="session")
def read(corpus: Corpus) -> Reader:
    return load_reader(corpus)
