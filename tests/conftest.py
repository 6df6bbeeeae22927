"""Fixtures that several areas share: the law as shipped, and the judge over it."""

from __future__ import annotations

import pytest

from rules.judge import Judge
from rules.lawbook import LawBook, load_law


@pytest.fixture(scope="session")
def law() -> LawBook:
    return load_law()


@pytest.fixture(scope="session")
def judge(law: LawBook) -> Judge:
    return Judge(law)
