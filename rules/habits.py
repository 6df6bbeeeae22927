"""What people usually answer, as habits.yaml has it: it decides the order of questions, never an outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator

from rules.lawbook import LawBook
from rules.readings import NO, YES
from rules.yamlfile import DataError, Problem, YamlFile, parse

HABITS_FILE = Path(__file__).parent / "habits.yaml"

Chances = Mapping[str, float]


class Usual(BaseModel):
    """How likely each answer is: for those who asked for the scheme, and where the talk is about support at large."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    answers: dict[str, float]
    broad: dict[str, float] | None = None
    why: str

    @field_validator("answers", "broad", mode="before")
    @classmethod
    def _of_hundred(cls, raw: object) -> object:
        if not isinstance(raw, dict) or not all(isinstance(share, int) and share >= 0 for share in raw.values()):
            raise ValueError("skriv, hvor mange af 100 der svarer hvad, fx {true: 80, false: 20}")
        if sum(raw.values()) != 100:
            raise ValueError(f"tallene skal give 100 tilsammen; de giver {sum(raw.values())}")
        return {{True: YES, False: NO}.get(answer, str(answer)): share / 100 for answer, share in raw.items()}


class Habits(BaseModel):
    """Usual answers by reading, the readings that other answers take as given, and the facts that wait for another."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    usual: dict[str, Usual]
    given: dict[str, dict[str, tuple[str, ...]]]
    after: dict[str, str]

    def chances(self, law: LawBook, broad: bool) -> dict[str, Chances]:
        """How likely each symbol of each reading is; all alike where nothing is said."""
        chances: dict[str, Chances] = {}
        for name, reading in law.readings.items():
            usual = self.usual.get(name)
            if usual is None:
                chances[name] = dict.fromkeys(reading.symbols, 1 / len(reading.symbols))
            else:
                chances[name] = usual.broad if broad and usual.broad else usual.answers
        return chances


def load_habits(law: LawBook, path: Path = HABITS_FILE) -> Habits:
    """Read and check the file; raises `DataError` with every name and answer that does not exist."""
    habits, source = parse(path, Habits)
    problems = [*_answers(habits, source, law), *_order(habits, source, law)]
    if problems:
        raise DataError(problems)
    return habits


def _answers(habits: Habits, source: YamlFile, law: LawBook) -> Iterator[Problem]:
    used = [(("usual", name), name, (*usual.answers, *(usual.broad or ()))) for name, usual in habits.usual.items()]
    for name, tests in habits.given.items():
        used.append((("given", name), name, ()))
        used += [(("given", name), other, symbols) for other, symbols in tests.items()]
    for place, name, symbols in used:
        if name not in law.readings:
            yield source.problem(
                place, f"«{name}» er hverken en oplysning i facts.yaml eller en aflæsning i readings.yaml"
            )
        elif not set(symbols) <= set(law.readings[name].symbols):
            yield source.problem(place, f"«{name}» kan kun være {', '.join(law.readings[name].symbols)}")


def _order(habits: Habits, source: YamlFile, law: LawBook) -> Iterator[Problem]:
    for fact, first in habits.after.items():
        for name in (fact, first):
            if name not in law.vocabulary:
                yield source.problem(("after", fact), f"oplysningen «{name}» står ikke i facts.yaml")
        if first in habits.after:
            yield source.problem(
                ("after", fact), f"«{first}» venter selv på «{habits.after[first]}»; skriv den i stedet"
            )
