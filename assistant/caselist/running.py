"""Judge a whole list into a file that appears when it is whole, and continue a run that was interrupted."""

from __future__ import annotations

@dataclass(frozen=True, slots=True)
class Checkpoint:
    """So far the partial result is safe: rows and bad rows told, its length in bytes, and a hash of the rows read."""

    rows: int = 0
    bad: int = 0
    end: int = 0
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came out of a run."""

    rows: int
    bad: int


def default_target(source: Path) -> Path:
    return source.with_name(f"{source.stem}-vurderet{source.suffix.lower()}")


def partial_files(target: Path) -> tuple[Path, Path]:
    """Where the result grows until it is whole, and the checkpoints that tell how far it is safe."""
    return target.with_name(f"{target.name}.delvis"), target.with_name(f"{target.name}.delvis.log")


def judge_list(
    cases: CaseList,
    target: Path,
    desk: Desk,
    known: Spellings,
    restart: bool = False,
    say: Callable[..., None] = lambda key, **params: None,
    on_row: Callable[[], None] = lambda: None,
) -> Tally:
    """Judge a list into `target`, which appears when it is whole. Continues a partial result of the same list and day.

    `say` gets the key and parameters of texts about how it goes on. Raises `ListError` where reading or writing fails.
    """
    kind = format_of(target)
    part, log = partial_files(target)
    with _writing(target):
        if target.is_dir() or (target.exists() and target.samefile(cases.path)):
            raise ListError("caselist.target", file=target)
        with part.open("ab") as out:
            _lock(out, part)
            run = _fingerprint(cases, kind, desk)
            start = Checkpoint() if restart else _resume(cases, known, run, part, log, say)
            out.truncate(start.end)
            tally = _judge_rest(cases, kind, desk, known, _Progress(out, log, run, start), on_row)
            if tally.rows == 0:
                part.unlink()
                log.unlink()
                raise ListError("caselist.no_cases", file=cases.path.name)
            if kind == "xlsx":
                _save_sheet(part, target)
                part.unlink()
            else:
                part.replace(target)
            log.unlink()
    return tally


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


def _trace(row: Row) -> bytes:
    return json.dumps([row.number, dict(row.cells), row.fault], default=str).encode()


def _resume(
    cases: CaseList, known: Spellings, run: str, part: Path, log: Path, say: Callable[..., None]
) -> Checkpoint:
    """The last checkpoint up to which the partial result is of this run and these very rows."""
    first, *points = _read_log(log) or [{}]
    if not points:
        return Checkpoint()
    if first != {"run": run}:
        say("caselist.other_run")
        return Checkpoint()
    size = part.stat().st_size
    waiting = deque(point for point in (Checkpoint(**point) for point in points) if point.end <= size)
    good, digest = Checkpoint(), hashlib.sha256()
    for count, row in enumerate(read_rows(cases, known), start=1):
        if not waiting:
            break
        digest.update(_trace(row))
        if count == waiting[0].rows:
            if digest.hexdigest() != waiting[0].seen:
                break
            good = waiting.popleft()
    say("caselist.list_changed" if waiting else "caselist.resumed", rows=good.rows)
    return good


def _read_log(log: Path) -> list[dict[str, Any]]:
    """The lines of a log; a line cut off by an interruption ends it."""
    lines: list[dict[str, Any]] = []
    with suppress(FileNotFoundError, ValueError), log.open("rb") as file:
        lines.extend(json.loads(line) for line in file)
    return lines


class _Progress:
    """A result that grows: what is written is made safe on the disk before the log says so."""

    def __init__(self, out: IO[bytes], log: Path, run: str, start: Checkpoint) -> None:
        self._out, self._log = out, log
        self.start = start
        first = {"run": run}
        fresh = log.with_name(f"{log.name}.ny")
        fresh.write_text("".join(json.dumps(line) + "\n" for line in (first, asdict(start))), encoding="utf-8")
        fresh.replace(log)

    def write(self, line: bytes) -> None:
        self._out.write(line)

    def save(self, rows: int, bad: int, seen: str) -> None:
        self._out.flush()
        os.fsync(self._out.fileno())
        point = Checkpoint(rows, bad, self._out.tell(), seen)
        with self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(asdict(point)) + "\n")


def _judge_rest(
    cases: CaseList, kind: str, desk: Desk, known: Spellings, progress: _Progress, on_row: Callable[[], None]
) -> Tally:
    rows, bad, digest = 0, progress.start.bad, hashlib.sha256()
    if progress.start.rows == 0:
        progress.write(_opening(cases, kind, desk))
    for row in read_rows(cases, known):
        rows += 1
        digest.update(_trace(row))
        if rows > progress.start.rows:
            case = judge_row(row, cases, desk, known)
            bad += bool(case.problems)
            progress.write(_line(case, cases, kind, desk))
            if rows % ROWS_PER_CHECKPOINT == 0:
                progress.save(rows, bad, digest.hexdigest())
        on_row()
    progress.save(rows, bad, digest.hexdigest())
    return Tally(rows, bad)


def _save_sheet(part: Path, target: Path) -> None:
    """Make the workbook from the partial result, row by row, and put it in place when it is whole."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    with part.open("rb") as lines:
        for line in lines:
            sheet.append([_text_cell(sheet, cell) for cell in json.loads(line)])
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f"{target.name}.", suffix=".ny")
    os.close(handle)
    try:
        book.save(name)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _text_cell(sheet: Any, content: object) -> object:
    """A text stays a text, also where it begins like a formula."""
    if not isinstance(content, str):
        return content
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", content))
    cell.data_type = "s"
    return cell
