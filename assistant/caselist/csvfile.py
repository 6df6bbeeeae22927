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
MAX_RECORD_LINES = 200



def _encoding(path: Path) -> tuple[str, int]:
    """UTF-8 where the whole file is UTF-8, else Windows-1252; and the number of lines."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, lines = "utf-8-sig", 1
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if b"\0" in chunk:  # UTF-16, or no text at all
                raise ListError("caselist.not_text", file=path.name)
            lines += chunk.count(b"\n")
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    encoding = "cp1252"
    if encoding == "utf-8-sig" and decoder.getstate()[0]:
        encoding = "cp1252"
    return encoding, lines


def _delimiter(file: IO[str], known: Spellings) -> str:
    """The separator that gives most known headings. Leaves the file after the `sep=` line that Excel knows, if any."""
    named = re.fullmatch(r"sep=(.)\s*", file.readline(16))
    if named:
        return named[1]
    tally = {}
    for delimiter in ";,\t":
        file.seek(0)
        tally[delimiter] = sum(_fold(cell) in known.columns for cell in _first(_records(file, delimiter)))
    file.seek(0)
    return max(tally, key=lambda delimiter: tally[delimiter])


def _lines(file: IO[str]) -> Iterator[str]:
    """The lines of a file; of one that is too long only the beginning, without its line break."""
    while line := file.readline(MAX_LINE):
        yield line
        while _cut(line):
            line = file.readline(MAX_LINE)


class _Feed:
    """Lines for one CSV row at a time; those that a row should not have taken can be given back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ahead = deque[str]()
        self.taken: list[str] = []

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if len(self.taken) == MAX_RECORD_LINES:
            raise StopIteration
        self.taken.append(self._ahead.popleft() if self._ahead else next(self._lines))
        return self.taken[-1]

    def keep_first(self) -> str:
        self._ahead.extendleft(reversed(self.taken[1:]))
        return self.taken[0]


def _records(file: IO[str], delimiter: str) -> Iterator[Record]:
    """The rows of a CSV file. A quotation mark that is never closed spoils its own row and not those after it."""
    feed = _Feed(_lines(file))
    while True:
        feed.taken = []
        fault = None
        try:
            cells = next(csv.reader(feed, delimiter=delimiter, strict=True), None)
        except csv.Error:
            line = feed.keep_first()
            cells = next(csv.reader([line], delimiter=delimiter))
            fault = "unclosed" if line.count('"') % 2 else None
        if cells is None:
            return
        if any(_cut(line) for line in feed.taken):
            fault = "too_long"
        yield cells, fault


def _cut(line: str) -> bool:
    return len(line) == MAX_LINE and line[-1] not in "\r\n"
