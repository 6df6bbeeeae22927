"""Commands: `flask check` for editors, `flask judge` and `flask deadlines` for a caseworker's list of cases."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import click
from flask import Flask

from assistant import translating
from assistant.caselist.judging import Desk, Due, due, judge_row
from assistant.caselist.reading import CaseList, ListError, open_list, read_rows
from assistant.caselist.running import default_target, judge_list
from assistant.caselist.spellings import load_spellings, read_day
from assistant.checks import missing_texts, stale, unfound, untrained
from assistant.service import Service
from assistant.settings import Settings
from assistant.texts import DEFAULT, Texts

INTERRUPTED = 130


class UnusableError(click.ClickException):
    """The file, or what was asked of it, cannot be used; nothing was judged."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


def register(app: Flask) -> None:
    @app.cli.command("check")
    def check() -> None:
        """Check answers, rules and texts. The data was read when the application started, so only what that cannot
        see is left: texts without a translation, and content nobody has read for too long."""
        service: Service = app.extensions["service"]
        settings: Settings = app.extensions["settings"]
        translations = translating.problems(service, settings.locales, settings.translations)
        problems = [*missing_texts(service), *untrained(service), *translations, *stale(service, date.today())]
        problems += unfound(service)
        for problem in problems:
            click.echo(problem, err=True)
        if problems:
            raise click.ClickException(f"{len(problems)} fejl")
        told = [one for one in service.municipalities.by_code.values() if one.checked_on]
        counts = (
            f"{len(service.corpus)} svar, {len(service.law.schemes)} ordninger og {len(told)} af kommunernes mapper"
        )
        click.echo(f"{counts} er i orden.")

    @app.cli.command("translations")
    @click.option("--accept", "language", help="Note that this language is translated from the Danish texts of today")
    def translations(language: str | None) -> None:
        """List what each language lacks, and what was changed in Danish after it was translated."""
        service: Service = app.extensions["service"]
        settings: Settings = app.extensions["settings"]
        if language is not None:
            if language not in service.texts or language == DEFAULT:
                raise UnusableError(f"«{language}» findes ikke under locales/")
            translating.accept(service, language, settings.locales)
        for problem in translating.problems(service, settings.locales, settings.translations):
            click.echo(problem)

    @app.cli.command("judge")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--out", type=click.Path(path_type=Path), help=".csv, .ndjson or .xlsx; FILE-vurderet if not said")
    @click.option("--as-of", help="The day whose law applies to rows without one; today if not said")
    @click.option("--schemes", help="Only these, as in pa,hm")
    @click.option("--lang", default=DEFAULT, show_default=True)
    @click.option("--restart", is_flag=True, help="Begin anew instead of continuing an interrupted run")
    def judge(file: Path, out: Path | None, as_of: str | None, schemes: str | None, lang: str, restart: bool) -> None:
        """Judge a list of cases (CSV, NDJSON or XLSX; the columns are facts, `id` and `as_of`). Each case gets its
        outcome, reasons, missing facts and deadlines by scheme. Ends with 0, with 1 where a row could not be judged,
        and with 2 where the file could not be used."""
        desk = _desk(app.extensions["service"], as_of, schemes, lang)
        target = out or default_target(file)
        with _told(desk.texts):
            cases = _open(file, desk)
            with _bar(cases) as step:
                end = judge_list(cases, target, desk, restart, partial(_say, desk.texts), step)
        _say(desk.texts, "caselist.done", rows=end.rows, file=target)
        if end.bad:
            _say(desk.texts, "caselist.bad", bad=end.bad)
            sys.exit(1)

    @app.cli.command("deadlines")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--within", type=click.IntRange(0, 36_500), default=60, show_default=True, help="How many days ahead")
    @click.option("--as-of", help="The day to count from, and whose law applies to rows without one; today if not said")
    @click.option("--schemes", help="Only these, as in pa,hm")
    @click.option("--lang", default=DEFAULT, show_default=True)
    def deadlines(file: Path, within: int, as_of: str | None, schemes: str | None, lang: str) -> None:
        """List the cases with a deadline within some days, the nearest first. Ends like `judge`."""
        desk = _desk(app.extensions["service"], as_of, schemes, lang)
        last = desk.as_of + timedelta(days=within)
        with _told(desk.texts):
            found, rows, bad = _deadlines_in(_open(file, desk), desk, last)
        for one in sorted(found, key=lambda one: (one.deadline.day, one.case.row.number, one.deadline.id)):
            click.echo(_due_line(one, desk))
        days = {"first": desk.texts.date(desk.as_of), "last": desk.texts.date(last)}
        _say(desk.texts, "caselist.due_count", count=len(found), rows=rows, bad=bad, **days)
        if bad:
            sys.exit(1)


def _desk(service: Service, as_of: str | None, schemes: str | None, lang: str) -> Desk:
    """What the options ask for; raises `UnusableError` that says what to write instead."""
    danish = service.texts[DEFAULT]
    if lang not in service.texts:
        raise UnusableError(danish("error.language", languages=", ".join(service.texts)))
    texts = service.texts[lang]
    day = date.today() if as_of is None else read_day(as_of)
    if day is None:
        raise UnusableError(texts("caselist.day", day=as_of))
    covers = service.law.covers
    if not covers.in_force(day):
        raise UnusableError(texts("error.as_of", first=covers.from_, last=covers.to))
    asked = list(service.law.schemes) if schemes is None else [name.strip() for name in schemes.split(",")]
    if not set(asked) <= set(service.law.schemes):
        raise UnusableError(texts("error.scheme", schemes=", ".join(service.law.schemes)))
    return Desk(service.judge, texts, day, tuple(dict.fromkeys(asked)))


def _say(texts: Texts, key: str, **params: object) -> None:
    click.echo(texts(key, **params), err=True)


@contextmanager
def _told(texts: Texts) -> Iterator[None]:
    """Say in words what keeps a list from being judged."""
    try:
        yield
    except ListError as error:
        raise UnusableError(texts(error.key, **error.params)) from error
    except KeyboardInterrupt:
        click.echo(texts("caselist.interrupted"), err=True)
        sys.exit(INTERRUPTED)


def _open(file: Path, desk: Desk) -> CaseList:
    """The list, after telling what is peculiar about it."""
    cases = open_list(file, load_spellings(desk.law, desk.texts))
    if cases.encoding == "cp1252":
        _say(desk.texts, "caselist.cp1252")
    if cases.ignored:
        _say(desk.texts, "caselist.ignored", headings=", ".join(f"»{heading}«" for heading in cases.ignored))
    for heading in cases.ignored:
        suggestion = cases.spellings.suggestion(heading)
        if suggestion:
            _say(desk.texts, "caselist.meant", heading=heading, suggestion=suggestion)
    return cases


@contextmanager
def _bar(cases: CaseList) -> Iterator[Callable[[], None]]:
    """A step to take for every row: it moves a bar on a terminal and does nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    length = max(cases.length, 1)
    with click.progressbar(length=length, file=sys.stderr, update_min_steps=20) as bar:
        yield lambda: bar.update(1)
        bar.update(max(length - bar.pos, 0))  # the number of rows was only about right


def _deadlines_in(cases: CaseList, desk: Desk, last: date) -> tuple[list[Due], int, int]:
    """The deadlines until a day, and how many rows there were and how many of them were bad. Names each bad row."""
    found: list[Due] = []
    rows = bad = 0
    with _bar(cases) as step:
        for row in read_rows(cases):
            case = judge_row(row, cases, desk)
            found += due(case, desk.as_of, last)
            rows += 1
            bad += bool(case.problems)
            for field, message in case.problems:
                key = "caselist.bad_row" if field else "caselist.bad_whole_row"
                _say(desk.texts, key, row=row.number, field=field, message=message)
            step()
    if not rows:
        raise ListError("caselist.no_cases", file=cases.path.name)
    return found, rows, bad


def _due_line(one: Due, desk: Desk) -> str:
    told = desk.presenter(one.case.as_of).deadline(one.deadline)
    line = desk.texts(
        "caselist.due",
        day=told["date"],
        id=one.case.id or "-",
        row=one.case.row.number,
        deadline=told["id"],
        text=told["text"],
    )
    return desk.texts("caselist.due_under", line=line, schemes=", ".join(one.schemes)) if one.schemes else line
