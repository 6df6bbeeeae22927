"""Judge a whole list into a file that appears when it is whole, and continue a run that was interrupted.

The result grows in `<target>.delvis`. `<target>.delvis.log` tells how far it is safe on the disk and which rows it was
made from, so that a later run continues only where list, law, day and texts are still the same.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from assistant.caselist import telling
from assistant.caselist.judging import Desk, judge_row
from assistant.caselist.reading import CaseList, ListError, Row, format_of, read_rows
from rules.lawbook import LAW_FOLDER

ROWS_PER_CHECKPOINT = 200
_LAYOUT = 1  # raised when the result is written differently, so that an older partial result is not continued
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Say = Callable[..., None]  # takes the key of a text and its parameters


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """So far the partial result is safe: rows and bad rows in it, its length in bytes, and a hash of the rows read."""

    rows: int = 0
    bad: int = 0
    end: int = 0
    seen: str = ""


def default_target(source: Path) -> Path:
    return source.with_name(f"{source.stem}-vurderet{source.suffix.lower()}")


def partial_files(target: Path) -> tuple[Path, Path]:
    """Where a result grows, and its log."""
    return target.with_name(f"{target.name}.delvis"), target.with_name(f"{target.name}.delvis.log")


def judge_list(
    cases: CaseList, target: Path, desk: Desk, restart: bool, say: Say, on_row: Callable[[], None]
) -> Checkpoint:
    """Judge a list into `target`; returns how many rows there were and how many of them were bad.

    `say` is told how the run goes on, `on_row` is called for every row. Raises `ListError` where reading or writing
    fails; what was judged until then is kept for the next run.
    """
    kind = format_of(target)
    part, log = partial_files(target)
    with _writing(target):
        if target.is_dir() or (target.exists() and target.samefile(cases.path)):
            raise ListError("caselist.target", file=target)
        with part.open("ab") as out:
            _lock(out, part)
            run = _fingerprint(cases, kind, desk)
            kept = [] if restart else _resume(cases, run, part, log, say)
            start = kept[-1] if kept else Checkpoint()
            out.seek(out.truncate(start.end))
            _write_log(log, {"run": run}, *map(asdict, kept))
            end = _judge_from(start, cases, kind, desk, out, log, on_row)
            _finish(end, kind, part, log, target)
    if end.rows == 0:
        raise ListError("caselist.no_cases", file=cases.path.name)
    return end


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        key = "caselist.disk_full" if error.errno in _FULL else "caselist.not_writable"
        raise ListError(key, folder=target.parent, file=target.name) from error


def _lock(out: IO[bytes], part: Path) -> None:
    """One run at a time for a result."""
    try:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        mine = os.path.samestat(os.fstat(out.fileno()), part.stat())  # no other run has just made it the result
    except (BlockingIOError, FileNotFoundError):
        mine = False
    if not mine:
        raise ListError("caselist.busy", file=part.name)


def _fingerprint(cases: CaseList, kind: str, desk: Desk) -> str:
    """Everything besides the rows that the result depends on: the law, the texts, the day, the schemes, the columns."""
    digest = hashlib.sha256()
    for path in sorted(LAW_FOLDER.rglob("*.yaml")):
        digest.update(path.read_bytes())
    texts = [sorted(desk.texts.danish.items()), sorted(desk.texts.own.items())]
    run = [_LAYOUT, kind, cases.delimiter, dict(cases.headings), desk.as_of.isoformat(), desk.schemes, texts]
    digest.update(json.dumps(run).encode())
    return digest.hexdigest()


def _resume(cases: CaseList, run: str, part: Path, log: Path, say: Say) -> list[Checkpoint]:
    """The checkpoints up to which the partial result is of this run and of these very rows."""
    first, *lines = _read_log(log) or [{}]
    points = [Checkpoint(**line) for line in lines] if first == {"run": run} else []
    if lines and not points:
        say("caselist.other_run")
    size = part.stat().st_size
    waiting = deque(point for point in points if point.end <= size)
    good: list[Checkpoint] = []
    digest = hashlib.sha256()
    for count, row in enumerate(read_rows(cases), start=1):
        digest.update(_trace(row))
        if not waiting or (count == waiting[0].rows and digest.hexdigest() != waiting[0].seen):
            break
        if count == waiting[0].rows:
            good.append(waiting.popleft())
    if waiting:
        say("caselist.list_changed", rows=good[-1].rows if good else 0)
    elif good:
        say("caselist.resumed", rows=good[-1].rows)
    return good


def _trace(row: Row) -> bytes:
    return json.dumps([row.number, dict(row.cells), row.fault], default=str).encode()


def _read_log(log: Path) -> list[dict[str, Any]]:
    """The lines of a log; one that was cut off by an interruption ends it."""
    lines: list[dict[str, Any]] = []
    with suppress(FileNotFoundError, ValueError), log.open("rb") as file:
        for line in file:
            lines.append(json.loads(line))
    return lines


def _write_log(log: Path, *lines: dict[str, Any]) -> None:
    fresh = log.with_name(f"{log.name}.ny")
    fresh.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    fresh.replace(log)


def _judge_from(
    start: Checkpoint, cases: CaseList, kind: str, desk: Desk, out: IO[bytes], log: Path, on_row: Callable[[], None]
) -> Checkpoint:
    """Judge the rows after a checkpoint. What is written is safe on the disk before the log says so."""
    rows, bad, digest = 0, start.bad, hashlib.sha256()
    if start.end == 0:
        out.write(telling.opening(cases, kind, desk))
    for row in read_rows(cases):
        rows += 1
        digest.update(_trace(row))
        if rows > start.rows:
            case = judge_row(row, cases, desk)
            bad += bool(case.problems)
            out.write(telling.line(case, cases, kind, desk))
            if rows % ROWS_PER_CHECKPOINT == 0:
                _save(out, log, Checkpoint(rows, bad, out.tell(), digest.hexdigest()))
        on_row()
    end = Checkpoint(rows, bad, out.tell(), digest.hexdigest())
    _save(out, log, end)
    return end


def _save(out: IO[bytes], log: Path, point: Checkpoint) -> None:
    out.flush()
    os.fsync(out.fileno())
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(point)) + "\n")


def _finish(end: Checkpoint, kind: str, part: Path, log: Path, target: Path) -> None:
    """Put the whole result in place and clear up behind it."""
    if end.rows and kind == "xlsx":
        _save_sheet(part, target)
    elif end.rows:
        part.replace(target)
    part.unlink(missing_ok=True)
    log.unlink()


def _save_sheet(part: Path, target: Path) -> None:
    """Make the workbook from its cells, row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    with part.open("rb") as lines:
        for line in lines:
            sheet.append([_text_cell(sheet, cell) for cell in json.loads(line)])
    fresh = part.with_name(f"{part.name}.ny")
    try:
        book.save(fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _text_cell(sheet: Any, content: object) -> object:
    """A text stays a text, also where it begins like a formula."""
    if not isinstance(content, str):
        return content
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", content))
    cell.data_type = "s"
    return cell
