"""The same facts by the law of two days: which outcomes and conditions differ, and what was amended in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.facts import Facts
from rules.judge import ConditionResult, Judge, SchemeResult
from rules.lawbook import Version
from rules.schema import Change, ConditionOutcome


@dataclass(frozen=True, slots=True)
class ConditionComparison:
    """A condition that is not the same on the two days.

    `earlier` and `later` are None where the condition was not judged that day. `only` names the one day whose law has
    it. It is None when both have it; a missing side then belongs to another route than the one shown that day.
    """

    id: str
    earlier: ConditionResult | None
    later: ConditionResult | None
    only: Literal["earlier", "later"] | None


@dataclass(frozen=True, slots=True)
class SchemeComparison:
    """A scheme on the two days: the conditions that differ, and the amendments in between, oldest first."""

    id: str
    earlier: SchemeResult
    later: SchemeResult
    conditions: tuple[ConditionComparison, ...]
    amendments: tuple[Change, ...]

    @property
    def changed(self) -> bool:
        """Whether the outcome is another one."""
        return self.earlier.outcome != self.later.outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """All asked schemes on two days, in the order asked."""

    earlier: date
    later: date
    schemes: tuple[SchemeComparison, ...]


def compare(judge: Judge, facts: Facts, earlier: date, later: date, schemes: Iterable[str] | None = None) -> Comparison:
    """Judge the same facts by the law of both days.

    An `age` counts as the age on each of the days: it is the law that changes, not the person. Raises `ValueError` when
    `earlier` lies after `later`, and `LookupError` for a day or a scheme the law files do not cover.
    """
    if earlier > later:
        raise ValueError(f"{earlier} lies after {later}")
    asked = None if schemes is None else tuple(schemes)
    before, after = judge.judge(facts, earlier, asked), judge.judge(facts, later, asked)
    pairs = zip(before.schemes, after.schemes, strict=True)
    return Comparison(earlier, later, tuple(_scheme(old, new, earlier, later) for old, new in pairs))


def _scheme(old: SchemeResult, new: SchemeResult, earlier: date, later: date) -> SchemeComparison:
    scheme = new.version.scheme
    between = [change for change in scheme.changes if earlier < change.on <= later]
    return SchemeComparison(
        id=scheme.id,
        earlier=old,
        later=new,
        conditions=tuple(_conditions(old, new)),
        amendments=tuple(sorted(between, key=lambda change: change.on)),
    )


def _conditions(old: SchemeResult, new: SchemeResult) -> Iterator[ConditionComparison]:
    """Conditions with another outcome, or in the law on one of the days only, in the order of the law file."""
    before = {result.condition.id: result for result in old.conditions}
    after = {result.condition.id: result for result in new.conditions}
    for id_ in dict.fromkeys(condition.id for condition in new.version.scheme.conditions):
        if id_ not in before and id_ not in after:
            continue
        only = _only(id_, old.version, new.version)
        if only is not None or _outcome(before.get(id_)) != _outcome(after.get(id_)):
            yield ConditionComparison(id_, before.get(id_), after.get(id_), only)


def _only(id_: str, old: Version, new: Version) -> Literal["earlier", "later"] | None:
    in_old, in_new = (any(c.id == id_ for c in version.conditions) for version in (old, new))
    if in_old and in_new:
        return None
    return "earlier" if in_old else "later"


def _outcome(result: ConditionResult | None) -> ConditionOutcome:
    """A condition of another route does not apply to the person that day."""
    return result.outcome if result else "not_applicable"
