"""A list is judged into a result that is whole or not there, and a run that was cut short goes on where it stopped."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.caselist.judging import Desk, due, judge_row
from assistant.caselist.reading import ListError, open_list, read_rows
from assistant.caselist.running import Checkpoint, default_target, judge_list, partial_files
from assistant.caselist.spellings import Spellings
from assistant.settings import ROOT

SCHEMES = "pa,hm"
HEADINGS = "id;employment;weekly_hours;needs_aid;assistance_hours;birth_date"


def write_list(path: Path, rows: int, changed: int | None = None, kinds: int = 60) -> Path:
    """A list of `rows` cases of `kinds` kinds, the twentieth of them bad; the case `changed` is another than usual."""
    lines = [HEADINGS]
    for n in range(rows):
        kind = n % kinds
        hours = 99 if kind == 20 else 10 + kind % 28
        work = "student" if n == changed else ("employee", "flexjob", "unemployed")[kind % 3]
        lines.append(f"{n};{work};{hours};{('ja', 'nej', '')[kind % 3]};{kind % 25},5;{1 + kind % 28:02}-03-1975")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def run(desk: Desk, spellings: Spellings) -> Callable[..., tuple[Checkpoint, list[str]]]:
    """Judge a list here and now; gives the tally and the keys of what was said."""

    def judge(source: Path, target: Path, restart: bool = False, **change: Any) -> tuple[Checkpoint, list[str]]:
        said: list[str] = []
        cases = open_list(source, spellings)
        used = replace(desk, **change)
        return judge_list(cases, target, used, restart, lambda key, **_: said.append(key), lambda: None), said

    return judge


def worker(source: Path, target: Path, *more: str, schemes: str = SCHEMES) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.caselist.worker", str(source), str(target), schemes, *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def stopped_after(checkpoints: int, source: Path, target: Path, how: signal.Signals) -> subprocess.Popen[str]:
    """A run of a process of its own that is stopped in the middle, some way past a number of checkpoints."""
    process = worker(source, target)
    log = partial_files(target)[1]
    while not log.exists() or log.read_bytes().count(b"\n") <= checkpoints:
        assert process.poll() is None, "it was done before it could be stopped"
        time.sleep(0.01)
    process.send_signal(how)
    return process


def killed(source: Path, target: Path) -> None:
    process = stopped_after(2, source, target, signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


def rows_of(path: Path) -> list[dict[str, Any]]:
    """A result as a spreadsheet shows it."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))
    header, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_each_case_stands_beside_its_outcomes_reasons_missing_facts_and_deadlines(
    tmp_path: Path, run: Callable[..., Any], suffix: str
) -> None:
    source = tmp_path / "sager.csv"
    source.write_text(
        "id;needs_aid;Din fødselsdato;decision_received_on;sagsbehandler\n7;nej;1960-05-01;2026-11-01;Bo Berg\n",
        "utf-8",
    )
    target = tmp_path / f"svar{suffix}"
    end, _ = run(source, target)
    assert (end.rows, end.bad) == (1, 0)
    [row] = rows_of(target)
    assert (str(row["række"]), row["id"], row["as_of"], row["Din fødselsdato"]) == (
        "2",
        "7",
        "2026-11-22",
        "1960-05-01",
    )
    assert row["hm: udfald"] == "Passer ikke lige nu"
    unmet, *rest = row["hm: begrundelse"].splitlines()
    assert unmet.startswith("HJ-C3J ikke opfyldt: Du har sagt, at du ikke har brug for et hjælpemiddel.")
    assert "[kompensationsloven § 15 i; gælder fra 2020-01-01; kilder: S40, S8" in unmet
    assert any(line.startswith("HJ-C1 mangler at blive oplyst: ") for line in rest)
    assert "Din arbejdssituation (employment)" in row["pa: mangler"].splitlines()
    assert row["frister"].startswith("2026-11-29: Sidste dag at klage")
    assert not row["fejl"]
    assert "Bo Berg" not in str(row)


def test_ndjson_has_the_same_as_the_api(
    tmp_path: Path, run: Callable[..., Any], desk: Desk, spellings: Spellings
) -> None:
    source = tmp_path / "sager.ndjson"
    source.write_text('{"id": 7, "needs_aid": false, "age": null}\n{"id": 8, "needs_aid": 5}\n', encoding="utf-8")
    run(source, tmp_path / "svar.ndjson")
    good, bad = (json.loads(line) for line in (tmp_path / "svar.ndjson").read_text("utf-8").splitlines())
    assert (good["row"], good["id"], good["as_of"]) == (1, "7", "2026-11-22")
    assert good["facts"] == {"needs_aid": False, "age": None}
    cases = open_list(source, spellings)
    judgement = judge_row(next(read_rows(cases)), cases, desk).judgement
    assert judgement is not None
    presented = [desk.presenter(desk.as_of).scheme(result) for result in judgement.schemes]
    assert [scheme["outcome"] for scheme in good["schemes"]] == [scheme["outcome"] for scheme in presented]
    assert [scheme["missing"] for scheme in good["schemes"]] == [scheme["missing"] for scheme in presented]
    for told, scheme in zip(good["schemes"], presented, strict=True):
        expected = [(c["id"], c["why"]) for c in scheme["conditions"] if c["outcome"] in ("unmet", "unknown", "assess")]
        assert [(reason["id"], reason["why"]) for reason in told["reasons"]] == expected
    assert bad["id"] == "8"
    assert [error["field"] for error in bad["errors"]] == ["needs_aid"]


def test_a_bad_row_is_named_in_the_result_and_counted(tmp_path: Path, run: Callable[..., Any]) -> None:
    source = tmp_path / "sager.csv"
    source.write_text('id;age\na;62\nb;200\nc;"61\nd;60\n', encoding="utf-8")
    end, _ = run(source, tmp_path / "svar.csv")
    assert (end.rows, end.bad) == (4, 2)
    rows = rows_of(tmp_path / "svar.csv")
    assert [row["række"] for row in rows] == ["2", "3", "4", "5"]
    assert rows[1]["fejl"] == "age: Tallet skal ligge fra 0 til 120."
    assert rows[1]["age"] == "200"
    assert "anførselstegn" in rows[2]["fejl"]
    assert [bool(row["pa: udfald"]) for row in rows] == [True, False, False, True]


def test_a_result_can_be_judged_again(tmp_path: Path, run: Callable[..., Any]) -> None:
    """Correct a cell in the result, and it is a list like any other."""
    first = write_list(tmp_path / "sager.csv", 25)
    assert run(first, tmp_path / "svar.csv")[0].bad == 1
    corrected = (tmp_path / "svar.csv").read_text("utf-8-sig").replace(";99;", ";37;")
    (tmp_path / "igen.csv").write_text(corrected, "utf-8-sig")
    assert run(tmp_path / "igen.csv", tmp_path / "nyt.csv")[0].bad == 0


@pytest.mark.parametrize("text", ["=1+1", "+45 12", "-x", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_no_cell_becomes_a_formula(tmp_path: Path, run: Callable[..., Any], text: str) -> None:
    with (tmp_path / "sager.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["id", "municipality", "age"], [f"{text}", f"{text}", "-5"]])
    for suffix in (".csv", ".xlsx"):
        run(tmp_path / "sager.csv", tmp_path / f"svar{suffix}")
    [row] = rows_of(tmp_path / "svar.csv")
    assert row["municipality"] == f"'{text}"
    assert row["id"] == f"'{text.strip()}"
    assert row["age"] == "-5"
    [cells] = load_workbook(tmp_path / "svar.xlsx").worksheets[0].iter_rows(min_row=2)
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} <= {"s", "inlineStr"}


@pytest.mark.parametrize("suffix", [".csv", ".ndjson", ".xlsx"])
def test_a_killed_run_goes_on_and_ends_as_if_nothing_had_happened(
    tmp_path: Path, run: Callable[..., Any], suffix: str
) -> None:
    source = write_list(tmp_path / "sager.csv", 1600)
    whole, target = tmp_path / f"helt{suffix}", tmp_path / f"svar{suffix}"
    run(source, whole)
    target.write_bytes(b"last week's")
    killed(source, target)
    assert target.read_bytes() == b"last week's"
    part, log = partial_files(target)
    with part.open("ab") as file:  # a line that was cut off
        file.write(b'"half a r')
    with log.open("ab") as file:
        file.write(b'{"rows": 99')
    end, said = run(source, target)
    assert said == ["caselist.resumed"]
    assert (end.rows, end.bad) == (1600, 27)
    if suffix == ".xlsx":
        assert rows_of(target) == rows_of(whole)
    else:
        assert target.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["sager.csv", whole.name, target.name])


def test_a_resumed_run_judges_only_what_is_left(tmp_path: Path) -> None:
    source, target = write_list(tmp_path / "sager.csv", 1600), tmp_path / "svar.csv"
    killed(source, target)
    part, log = partial_files(target)
    before = [json.loads(line) for line in log.read_text().splitlines()[1:]]
    safe = part.read_bytes()[: before[-1]["end"]]
    process = stopped_after(len(before) + 1, source, target, signal.SIGKILL)
    process.communicate(timeout=60)
    after = [json.loads(line) for line in log.read_text().splitlines()[1:]]
    assert after[: len(before)] == before
    assert part.read_bytes().startswith(safe)


@pytest.mark.parametrize(("changed", "kept"), [(1500, True), (150, False)])
def test_a_list_that_was_changed_meanwhile_is_judged_anew_from_the_change(
    tmp_path: Path, run: Callable[..., Any], changed: int, kept: bool
) -> None:
    source, target = write_list(tmp_path / "sager.csv", 1600), tmp_path / "svar.csv"
    killed(source, target)
    points = [json.loads(line)["rows"] for line in partial_files(target)[1].read_text().splitlines()[1:]]
    write_list(source, 1600, changed=changed)
    _, said = run(source, target)
    assert said == (["caselist.resumed"] if kept and points[-1] <= changed else ["caselist.list_changed"])
    run(source, tmp_path / "helt.csv")
    assert target.read_bytes() == (tmp_path / "helt.csv").read_bytes()


@pytest.mark.parametrize("change", [{"as_of": date(2025, 1, 1)}, {"schemes": ("pa",)}, {"restart": True}])
def test_another_day_or_other_schemes_or_restart_begin_anew(
    tmp_path: Path, run: Callable[..., Any], change: dict[str, Any]
) -> None:
    source, target = write_list(tmp_path / "sager.csv", 1600), tmp_path / "svar.csv"
    killed(source, target)
    _, said = run(source, target, **change)
    assert said == ([] if "restart" in change else ["caselist.other_run"])
    run(source, tmp_path / "helt.csv", **change)
    assert target.read_bytes() == (tmp_path / "helt.csv").read_bytes()


def test_two_runs_never_write_the_same_result(tmp_path: Path, run: Callable[..., Any]) -> None:
    source, target = write_list(tmp_path / "sager.csv", 1600), tmp_path / "svar.csv"
    process = stopped_after(1, source, target, signal.SIGSTOP)
    try:
        with pytest.raises(ListError) as caught:
            run(source, target)
        assert caught.value.key == "caselist.busy"
    finally:
        process.send_signal(signal.SIGCONT)
        process.communicate(timeout=120)
    assert process.returncode == 0
    assert len(rows_of(target)) == 1600


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(
    tmp_path: Path, run: Callable[..., Any], suffix: str
) -> None:
    source, target = write_list(tmp_path / "sager.csv", 800), tmp_path / f"svar{suffix}"
    process = worker(source, target, str(2_000_000))
    assert process.communicate(timeout=120)[0].splitlines() == ["caselist.disk_full"]
    assert process.returncode == 2
    assert not target.exists()
    end, said = run(source, target)
    assert said == ["caselist.resumed"]
    assert end.rows == len(rows_of(target)) == 800


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, run: Callable[..., Any]) -> None:
    source = write_list(tmp_path / "sager.csv", 3)
    (tmp_path / "mappe.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(source)
    before = source.read_bytes()
    for target, key in (
        (tmp_path / "findes" / "ikke.csv", "not_writable"),
        (source / "svar.csv", "not_writable"),
        (tmp_path / "mappe.csv", "target"),
        (source, "target"),
        (tmp_path / "link.csv", "target"),
        (tmp_path / "svar.pdf", "suffix"),
    ):
        with pytest.raises(ListError) as caught:
            run(source, target)
        assert caught.value.key == f"caselist.{key}", target
    assert source.read_bytes() == before


def test_a_list_without_cases_leaves_nothing_behind(tmp_path: Path, run: Callable[..., Any]) -> None:
    source = tmp_path / "sager.csv"
    source.write_text(f"{HEADINGS}\n;;;\n", encoding="utf-8")
    with pytest.raises(ListError) as caught:
        run(source, tmp_path / "svar.csv")
    assert caught.value.key == "caselist.no_cases"
    assert [path.name for path in tmp_path.iterdir()] == ["sager.csv"]


def test_the_result_stands_beside_the_list_when_no_place_is_named(tmp_path: Path) -> None:
    assert default_target(tmp_path / "sager.uge 3.CSV") == tmp_path / "sager.uge 3-vurderet.csv"


@pytest.mark.parametrize("suffix", [".csv", ".ndjson"])
def test_memory_does_not_grow_with_the_list(tmp_path: Path, suffix: str) -> None:
    peaks = []
    for rows in (2_000, 20_000):
        source = write_list(tmp_path / f"{rows}.csv", rows)
        if suffix == ".ndjson":
            source = _as_ndjson(source)
        process = worker(source, tmp_path / f"svar{rows}{suffix}", schemes="p56")
        out, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        peaks.append(int(out.split()[-1]))
    small, large = peaks
    assert large - small < 4_096, f"{large - small} KiB more for ten times as many rows"


def _as_ndjson(source: Path) -> Path:
    target = source.with_suffix(".ndjson")
    with source.open(encoding="utf-8", newline="") as lines, target.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(lines, delimiter=";"):
            out.write(json.dumps(row) + "\n")
    return target


def test_deadlines_within_reach_are_found_once_each(tmp_path: Path, desk: Desk, spellings: Spellings) -> None:
    source = tmp_path / "sager.csv"
    source.write_text(
        "id;birth_date;decision_received_on\na;1963-05-01;2026-11-01\nb;1959-12;\nc;;2026-10-01\nd;;2026-10\n", "utf-8"
    )
    used = replace(desk, schemes=tuple(desk.law.schemes))
    cases = open_list(source, spellings)
    first, last = date(2026, 11, 22), date(2027, 1, 21)
    found = [one for row in read_rows(cases) for one in due(judge_row(row, cases, used), first, last)]
    assert [(one.case.id, one.deadline.id, one.deadline.day.isoformat(), one.schemes) for one in found] == [
        ("a", "COM-K1", "2026-11-29", ()),
        ("b", "AGE", "2026-12-01", ("fleksjob", "skaanejob")),
        ("d", "COM-K1", "2026-10-29", ()),  # its last possible day is 28 November
    ]
