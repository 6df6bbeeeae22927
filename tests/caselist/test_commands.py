"""`flask judge` and `flask deadlines` as a caseworker runs them: files, messages and exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from assistant.settings import ROOT, Settings

DAY = ("--as-of", "2026-11-22")


@pytest.fixture(scope="module")
def app() -> Flask:
    from assistant.web import create_app  # noqa: PLC0415 - the rest of the folder can be tested without the web

    return create_app(Settings(secret_key="tests", rate_limit=None))


def flask(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "sager.csv"
    path.write_text(
        "id;Din fødselsdato;decision_received_on;needs_aid\na;01-05-1963;01-11-2026;ja\nb;12-1959;;nej\nc;1990;;\n",
        encoding="utf-8",
    )
    return path


def test_a_good_list_ends_with_0_and_says_where_the_result_is(app: Flask, cases: Path) -> None:
    result = flask(app, "judge", cases, *DAY, "--schemes", "hm,pa,hm")
    assert result.exit_code == 0
    target = cases.with_name("sager-vurderet.csv")
    assert result.stderr == f"Rækker i alt: 3. Resultatet står i {target}\n"
    header = target.read_text("utf-8-sig").splitlines()[0]
    assert header.endswith(
        "frister;hm: udfald;hm: begrundelse;hm: mangler;hm: frister;pa: udfald;pa: begrundelse;pa: mangler;pa: frister"
    )


def test_a_bad_row_ends_with_1_and_is_counted(app: Flask, cases: Path) -> None:
    cases.write_text(cases.read_text("utf-8").replace(";nej", ";måske"), encoding="utf-8")
    result = flask(app, "judge", cases, *DAY, "--schemes", "hm", "--out", cases.with_suffix(".ndjson"))
    assert result.exit_code == 1
    assert "Rækker, der ikke kunne bedømmes: 1." in result.stderr
    second = cases.with_suffix(".ndjson").read_text("utf-8").splitlines()[1]
    assert '"field": "needs_aid", "message": "Skriv ja, nej eller ved ikke' in second


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ingen.csv",), "Filen findes ikke"),
        (("sager.csv", "--as-of", "i går"), "dd-mm-åååå"),
        (("sager.csv", "--as-of", "2008-01-01"), "2009-07-07"),
        (("sager.csv", "--schemes", "pa,xx"), "skaanejob"),
        (("sager.csv", "--lang", "tlh"), "da"),
        (("sager.csv", "--out", "svar.pdf"), ".ndjson eller .xlsx"),
        (("sager.csv", "--out", "sager.csv"), "--out"),
        (("sager.csv", "--out", "ingen/svar.csv"), "--out"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_says_what_to_write(
    app: Flask, cases: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(cases.parent)
    result = flask(app, "judge", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(path.name for path in cases.parent.iterdir()) == ["sager.csv"]


def test_unknown_columns_and_windows_1252_are_told(app: Flask, cases: Path) -> None:
    cases.write_bytes("id;needs_aids;sagsbehandler;Din fødselsdato\n1;ja;Åse;1963\n".encode("cp1252"))
    result = flask(app, "judge", cases, *DAY, "--schemes", "hm")
    assert result.exit_code == 0
    assert "Windows-1252" in result.stderr
    assert "bruges ikke og kommer ikke med i resultatet: »needs_aids«, »sagsbehandler«\n" in result.stderr
    assert "Er »needs_aids« det samme som needs_aid, så ret overskriften" in result.stderr
    assert "Er »sagsbehandler«" not in result.stderr


def test_deadlines_are_listed_nearest_first(app: Flask, cases: Path) -> None:
    result = flask(app, "deadlines", cases, *DAY, "--within", 60)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split("  ")[:2] for line in lines] == [
        ["2026-11-29", "sag a (række 2)"],
        ["2026-12-01", "sag b (række 3)"],
    ]
    assert "Sidste dag at klage" in lines[0]
    assert lines[1].endswith("[fleksjob, skaanejob]")
    assert flask(app, "deadlines", cases, *DAY, "--within", 6).stdout == ""
    assert [line[:10] for line in flask(app, "deadlines", cases, *DAY, "--within", 7).stdout.splitlines()] == [
        "2026-11-29"
    ]


def test_a_bad_row_does_not_hide_the_deadlines_of_the_others(app: Flask, cases: Path) -> None:
    cases.write_text(cases.read_text("utf-8") + "d;200;;ja\n", encoding="utf-8")
    result = flask(app, "deadlines", cases, *DAY)
    assert result.exit_code == 1
    assert "Række 5, Din fødselsdato: Skriv en dato" in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_an_interrupted_command_says_so_and_goes_on(app: Flask, tmp_path: Path) -> None:
    source = tmp_path / "sager.csv"
    source.write_text("id;age\n" + "".join(f"{n};{20 + n % 40}\n" for n in range(1600)), encoding="utf-8")
    command = [sys.executable, "-m", "flask", "--app", "app", "judge", str(source), *DAY, "--schemes", "hm"]
    environ = {**os.environ, "INSTANCE_PATH": str(tmp_path / "instance")}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True)
    log = tmp_path / "sager-vurderet.csv.delvis.log"
    while not log.exists() or log.read_bytes().count(b"\n") < 2:
        assert process.poll() is None, "it was done before it could be interrupted"
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert told == "Afbrudt. Det, der er bedømt, er gemt. Kør samme kommando igen for at fortsætte.\n"
    again = flask(app, "judge", source, *DAY, "--schemes", "hm")
    assert again.exit_code == 0
    assert again.stderr.startswith("Fortsætter en afbrudt kørsel.")
    assert "Rækker i alt: 1600." in again.stderr
