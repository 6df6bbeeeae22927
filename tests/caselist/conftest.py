"""A desk to judge lists at, on a day when every rule of the files is known."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.caselist.judging import Desk
from assistant.caselist.spellings import Spellings, load_spellings
from assistant.settings import ROOT
from assistant.texts import DEFAULT, load_texts
from rules.judge import Judge
from rules.lawbook import LawBook

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def desk(law: LawBook, judge: Judge) -> Desk:
    return Desk(judge, load_texts(ROOT / "locales")[DEFAULT], TODAY, ("pa", "hm"))


@pytest.fixture(scope="session")
def spellings(desk: Desk) -> Spellings:
    return load_spellings(desk.law, desk.texts)
