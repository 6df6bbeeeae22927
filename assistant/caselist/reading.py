"""Read a list of cases from CSV, NDJSON or XLSX: its columns first, then its rows one at a time."""

from __future__ import annotations

import codecs
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

FORMATS = ("csv", "ndjson", "xlsx")
# What openpyxl raises, as it opens a file or on the way through it, for one that is damaged or no workbook at all.
_NO_WORKBOOK = (InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError, KeyError, ValueError, IndexError)


class ListError(Exception):
    """The list, or the place for its result, cannot be used; `key` and `params` name the text that says what to do."""

    def __init__(self, key: str, **params: object) -> None:
        self.key, self.params = key, params
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands: its number (as a spreadsheet shows it; the line in NDJSON) and its cells by column.

    A column is `id`, `as_of`, a fact, or in NDJSON a name nobody knows. `fault` names what keeps the row from being read.
    """

    number: int
    cells: Mapping[str, Any]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class CaseList:
    """A list that can be read: its columns with their headings, and about how many rows it has."""

    path: Path
    format: str
    headings: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    length: int = 0
    encoding: str = "utf-8-sig"
    delimiter: str = ";"


def open_list(path: Path, known: Spellings) -> CaseList:
    """Find out how a list is written; raises `ListError` for a file that cannot be used as one."""
    kind = format_of(path)
    with _reading(path):
        if kind == "ndjson":
            return _open_ndjson(path, known)
        if kind == "xlsx":
            with _sheet(path) as sheet:
                headings, ignored = _headings(_first(_cells(sheet, path)), known)
                return CaseList(path, kind, headings, ignored, length=sheet.max_row or 0)
        encoding, lines = _encoding(path)
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            delimiter = _delimiter(file, known)
            headings, ignored = _headings(_first(_records(file, delimiter)), known)
        return CaseList(path, kind, headings, ignored, lines, encoding, delimiter)


def format_of(path: Path) -> str:
    """The format that a file's suffix names; raises `ListError` for another one."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise ListError("caselist.suffix", file=path.name)
    return suffix


def read_rows(cases: CaseList, known: Spellings) -> Iterator[Row]:
    """The rows of a list in order, one at a time; empty rows are passed over. Raises `ListError` where reading fails."""
    with _reading(cases.path):
        if cases.format == "ndjson":
            yield from _ndjson_rows(cases.path, known)
        elif cases.format == "xlsx":
            with _sheet(cases.path) as sheet:
                yield from _table(_cells(sheet, cases.path), known)
        else:
            with cases.path.open(encoding=cases.encoding, errors="replace", newline="") as file:
                _delimiter(file, known)
                yield from _table(_records(file, cases.delimiter), known)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ListError("caselist.not_found", file=path) from error
    except OSError as error:
        raise ListError("caselist.unreadable", file=path.name) from error


@contextmanager
def _sheet(path: Path) -> Iterator[Any]:
    """The first sheet of a workbook."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except _NO_WORKBOOK as error:
        raise ListError("caselist.unreadable", file=path.name) from error
    try:
        book.worksheets[0].reset_dimensions()  # some programs write a size that is too small
        yield book.worksheets[0]
    finally:
        book.close()


def _cells(sheet: Any, path: Path) -> Iterator[Record]:
    try:
        for cells in sheet.iter_rows(values_only=True):
            yield cells, None
    except _NO_WORKBOOK as error:
        raise ListError("caselist.unreadable", file=path.name) from error


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _first(records: Iterator[Record]) -> Sequence[Any]:
    """The first row with anything in it: the headings."""
    return next((cells for cells, _ in records if not all(map(_blank, cells))), ())


def _headings(cells: Sequence[Any], known: Spellings) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each column with its heading as written, and the headings nobody knows; raises `ListError` for none or two alike."""
    headings: dict[str, str] = {}
    ignored: list[str] = []
    for cell in cells:
        text = "" if cell is None else str(cell).strip()
        column = known.columns.get(_fold(text))
        if column in headings:
            raise ListError("caselist.twice", one=headings[column], other=text)
        if column is not None:
            headings[column] = text
        elif text:
            ignored.append(text)
    if not headings.keys() - {"id", "as_of"}:
        raise ListError("caselist.no_columns")
    return headings, tuple(ignored)


def _table(records: Iterator[Record], known: Spellings) -> Iterator[Row]:
    columns: list[str | None] = []
    for number, (cells, fault) in enumerate(records, start=1):
        if all(map(_blank, cells)) and fault is None:
            continue
        if not columns:
            columns = [None if cell is None else known.columns.get(_fold(str(cell))) for cell in cells]
            continue
        named = {name: cell for name, cell in zip(columns, cells, strict=False) if name and not _blank(cell)}
        if fault is None and not all(map(_blank, cells[len(columns) :])):
            fault = "too_many_cells"
        yield Row(number, named, fault)


def _open_ndjson(path: Path, known: Spellings) -> CaseList:
    used: set[str] = set()
    number = 0
    for row in _ndjson_rows(path, known):
        used |= row.cells.keys() & set(known.columns.values())
        number = row.number
    ordered = dict.fromkeys(column for column in known.columns.values() if column in used)
    return CaseList(path, "ndjson", {column: column for column in ordered}, length=number)


def _ndjson_rows(path: Path, known: Spellings) -> Iterator[Row]:
    """Each line an object of columns; `{"id", "as_of", "facts": {…}}`, as the API takes it, is read too."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield Row(number, {}, "too_long")
            elif line.strip():
                yield _ndjson_row(number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line, known)


def _ndjson_row(number: int, line: bytes, known: Spellings) -> Row:
    try:
        content = json.loads(line, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return Row(number, {}, "not_json")
    if not isinstance(content, dict):
        return Row(number, {}, "not_json")
    inner = content.pop("facts", {})
    named: dict[str, Any] = {}
    for source in (content, inner if isinstance(inner, dict) else {"facts": inner}):
        for name, value in source.items():
            column = known.columns.get(_fold(name), name)
            if column in named:
                return Row(number, {"id": content.get("id")}, "twice")
            if value != "":
                named[column] = value
    return Row(number, named)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("a name stands twice")
    return content
