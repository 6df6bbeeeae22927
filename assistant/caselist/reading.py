"""Read a list of cases from CSV, NDJSON or XLSX: its columns first, then its rows one at a time."""

from __future__ import annotations

import codecs
import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from assistant.caselist.csvfile import (
    MAX_LINE,
    Record,
    encoding_of,
    find_delimiter,
    first_filled,
    go_to_headings,
    is_blank,
    records,
)
from assistant.caselist.spellings import AS_OF, ID, Spellings

FORMATS = ("csv", "ndjson", "xlsx")


class ListError(Exception):
    """The list, or the place for its result, cannot be used; `key` and `params` name the text that says what to do."""

    def __init__(self, key: str, **params: object) -> None:
        self.key, self.params = key, params
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands: its number (as a spreadsheet shows it; the line in NDJSON) and its cells by column.

    A column is `id`, `as_of`, a fact, or in NDJSON a name nobody knows. `fault` names what keeps it from being read.
    """

    number: int
    cells: Mapping[str, object]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class CaseList:
    """A list that can be read: its columns with their headings, and about how many rows it has."""

    path: Path
    format: str
    spellings: Spellings
    headings: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    length: int = 0
    encoding: str = "utf-8-sig"
    delimiter: str = ";"

    @property
    def facts(self) -> list[str]:
        """The columns that are facts."""
        return [column for column in self.headings if column not in (ID, AS_OF)]


def format_of(path: Path) -> str:
    """The format that a file's suffix names; raises `ListError` for another one."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise ListError("caselist.suffix", file=path.name)
    return suffix


def open_list(path: Path, spellings: Spellings) -> CaseList:
    """Find out how a list is written; raises `ListError` for a file that cannot be used as one."""
    kind = format_of(path)
    with _reading(path):
        if kind == "ndjson":
            return _open_ndjson(path, spellings)
        if kind == "xlsx":
            with _sheet(path) as sheet:
                length = sheet.max_row or 0
                headings, ignored = _headings(first_filled(_cells(sheet, path)), spellings)
            return CaseList(path, kind, spellings, headings, ignored, length)
        return _open_csv(path, spellings)


def read_rows(cases: CaseList) -> Iterator[Row]:
    """The rows of a list in order, one at a time, without the empty ones; raises `ListError` where reading fails."""
    with _reading(cases.path):
        if cases.format == "ndjson":
            yield from _ndjson_rows(cases.path, cases.spellings)
        elif cases.format == "xlsx":
            with _sheet(cases.path) as sheet:
                yield from _table(_cells(sheet, cases.path), cases.spellings)
        else:
            with cases.path.open(encoding=cases.encoding, errors="replace", newline="") as file:
                go_to_headings(file)
                yield from _table(records(file, cases.delimiter), cases.spellings)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ListError("caselist.not_found", file=path) from error
    except OSError as error:
        raise ListError("caselist.unreadable", file=path.name) from error


def _open_csv(path: Path, spellings: Spellings) -> CaseList:
    encoding, lines = encoding_of(path)
    if encoding is None:
        raise ListError("caselist.not_text", file=path.name)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter = find_delimiter(file, lambda cells: sum(spellings.column(cell) is not None for cell in cells))
        headings, ignored = _headings(first_filled(records(file, delimiter)), spellings)
    return CaseList(path, "csv", spellings, headings, ignored, lines, encoding, delimiter)


@contextmanager
def _sheet(path: Path) -> Iterator[Any]:
    """The first sheet of a workbook."""
    with _workbook_errors(path), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles, which a list has no use for
        book = load_workbook(path, read_only=True, data_only=True)
    try:
        with _workbook_errors(path):
            sheet = book.worksheets[0]
        yield sheet
    finally:
        book.close()


@contextmanager
def _workbook_errors(path: Path) -> Iterator[None]:
    """A damaged workbook makes openpyxl stumble anywhere, as it opens or on the way, with whatever error it meets."""
    try:
        yield
    except Exception as error:
        raise ListError("caselist.unreadable", file=path.name) from error


def _cells(sheet: Any, path: Path) -> Iterator[Record]:
    with _workbook_errors(path):
        sheet.reset_dimensions()  # some programs write a size that is too small
        for cells in sheet.iter_rows(values_only=True):
            yield cells, None


def _headings(cells: Sequence[object], spellings: Spellings) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each column with its heading as written, and the headings nobody knows; raises `ListError` for two alike."""
    headings: dict[str, str] = {}
    ignored: list[str] = []
    for cell in cells:
        text = "" if cell is None else str(cell).strip()
        column = spellings.column(text)
        if column is None:
            ignored += [text] if text else []
        elif column in headings:
            raise ListError("caselist.twice", one=headings[column], other=text)
        else:
            headings[column] = text
    if not headings.keys() - {ID, AS_OF}:
        raise ListError("caselist.no_columns")
    return headings, tuple(ignored)


def _table(rows: Iterator[Record], spellings: Spellings) -> Iterator[Row]:
    """The rows below the headings."""
    columns: list[str | None] = []
    for number, (cells, fault) in enumerate(rows, start=1):
        if fault is not None and columns:
            yield Row(number, {}, fault)
            continue
        if all(map(is_blank, cells)):
            continue
        if not columns:
            columns = [spellings.column(cell) for cell in cells]
            continue
        named = {name: cell for name, cell in zip(columns, cells, strict=False) if name and not is_blank(cell)}
        beyond = not all(map(is_blank, cells[len(columns) :]))
        yield Row(number, named, "too_many_cells" if beyond else None)


def _open_ndjson(path: Path, spellings: Spellings) -> CaseList:
    used: set[str] = set()
    number = 0
    for row in _ndjson_rows(path, spellings):
        used.update(column for column in row.cells if column in spellings.columns)
        number = row.number
    ordered = [column for column in dict.fromkeys(spellings.columns.values()) if column in used]
    return CaseList(path, "ndjson", spellings, {column: column for column in ordered}, length=number)


def _ndjson_rows(path: Path, spellings: Spellings) -> Iterator[Row]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield Row(number, {}, "too_long")
            elif line.strip():
                yield _ndjson_row(number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line, spellings)


def _ndjson_row(number: int, line: bytes, spellings: Spellings) -> Row:
    """A line as an object of columns, or as the API takes it: `{"id", "as_of", "facts": {…}}`."""
    try:
        content = json.loads(line, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return Row(number, {}, "not_json")
    if not isinstance(content, dict):
        return Row(number, {}, "not_json")
    inner = content.pop("facts", {})
    named: dict[str, object] = {}
    for source in (content, inner if isinstance(inner, dict) else {"facts": inner}):
        for name, value in source.items():
            column = spellings.column(name) or name
            if column in named:
                return Row(number, {ID: content.get(ID)}, "twice")
            if value != "":
                named[column] = value
    return Row(number, named)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a name stands twice")
    return content
