"""CSV as offices write it: its encoding and separator found out, its rows one at a time."""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

MAX_LINE = 64 * 1024
MAX_LINES_OF_A_ROW = 200

Record = tuple[Sequence[object], str | None]  # the cells of a row, and a name for what is wrong with it


def encoding_of(path: Path) -> tuple[str | None, int]:
    """UTF-8 where the whole file is UTF-8, else Windows-1252, None for no text; and about how many lines there are."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, lines = "utf-8-sig", 1
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if b"\0" in chunk:  # UTF-16, or no text at all
                return None, lines
            lines += chunk.count(b"\n")
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    encoding = "cp1252"
    cut_off = bool(decoder.getstate()[0])
    return ("cp1252" if cut_off else encoding), lines


def go_to_headings(file: IO[str]) -> str | None:
    """Put the file at its headings. Above them Excel may have written `sep=;`; then that separator comes back."""
    file.seek(0)
    named = re.fullmatch(r"sep=(.)\s*", file.readline(16))
    if named is None:
        file.seek(0)
    return named[1] if named else None


def find_delimiter(file: IO[str], score: Callable[[Sequence[object]], int]) -> str:
    """The separator that the file names itself, or whose headings score best. Leaves the file at the headings."""
    scores: dict[str, int] = {}
    for delimiter in ";,\t":
        named = go_to_headings(file)
        if named:
            return named
        scores[delimiter] = score(first_filled(records(file, delimiter)))
    go_to_headings(file)
    return max(scores, key=lambda delimiter: scores[delimiter])


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def first_filled(rows: Iterator[Record]) -> Sequence[object]:
    """The first row with anything in it: the headings."""
    return next((cells for cells, _ in rows if not all(map(is_blank, cells))), ())


def records(file: IO[str], delimiter: str) -> Iterator[Record]:
    """The rows of a CSV file. A quotation mark that is never closed spoils its own row and not those after it."""
    feed = _Feed(_lines(file))
    while True:
        feed.taken = []
        fault = None
        try:
            cells = next(csv.reader(feed, delimiter=delimiter, strict=True), None)
        except csv.Error:
            line = feed.give_back()
            cells = next(csv.reader([line], delimiter=delimiter))
            fault = "unclosed" if line.count('"') % 2 else None
        if cells is None:
            return
        yield cells, "too_long" if any(map(_cut, feed.taken)) else fault


class _Feed:
    """Lines for one row at a time; those that a row should not have taken can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ahead: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if len(self.taken) == MAX_LINES_OF_A_ROW:
            raise StopIteration
        self.taken.append(self._ahead.popleft() if self._ahead else next(self._lines))
        return self.taken[-1]

    def give_back(self) -> str:
        """Keep the first line only."""
        self._ahead.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
        return self.taken[0]


def _lines(file: IO[str]) -> Iterator[str]:
    """The lines of a file; of one that is too long only the beginning, without its line break."""
    while line := file.readline(MAX_LINE):
        yield line
        while _cut(line):
            line = file.readline(MAX_LINE)


def _cut(line: str) -> bool:
    return len(line) == MAX_LINE and line[-1] not in "\r\n"
