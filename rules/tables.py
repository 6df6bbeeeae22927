"""Decision tables made exclusive: which combinations of symbols reach which row, each combination exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.schema import Row

Box = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Region:
    """A block of symbol combinations and the number of the row that decides there."""

    box: Box
    row: int


def regions(rows: tuple[Row, ...], symbols: Mapping[str, frozenset[str]]) -> tuple[Region, ...]:
    """Cut the space of symbols so that every combination lies in exactly one region.

    The first row that fits decides, so each row gets what it covers less what the rows before it took.
    """
    found: list[Region] = []
    left: list[Box] = [{}]
    for number, row in enumerate(rows):
        rest: list[Box] = []
        for box in left:
            inside = _intersect(box, row, symbols)
            if inside is None:
                rest.append(box)
                continue
            found.append(Region(inside, number))
            rest += _subtract(box, row, symbols)
        left = rest
    return tuple(found)


def _intersect(box: Box, row: Row, symbols: Mapping[str, frozenset[str]]) -> Box | None:
    inside = dict(box)
    for name, wanted in row.tests.items():
        inside[name] = inside.get(name, symbols[name]) & frozenset(wanted)
        if not inside[name]:
            return None
    return inside


def _subtract(box: Box, row: Row, symbols: Mapping[str, frozenset[str]]) -> Iterator[Box]:
    """The part of `box` outside the row, as disjoint boxes."""
    kept = dict(box)
    for name, wanted in row.tests.items():
        here = kept.get(name, symbols[name])
        outside = here - frozenset(wanted)
        if outside:
            yield {**kept, name: outside}
        kept[name] = here & frozenset(wanted)


def first_row(rows: tuple[Row, ...], signs: Mapping[str, str]) -> int:
    """The number of the row that decides for these symbols, read straight from the table."""
    return next(n for n, row in enumerate(rows) if all(signs[name] in wanted for name, wanted in row.tests.items()))
