"""The production server: several processes share one conversation, many talk at once, and limits hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from assistant.settings import Settings, SettingsError, settings_from_environment
from assistant.web import create_app
from tests.web.talk import say

ROOT = Path(__file__).parent.parent.parent


def _post(server: str, path: str, body: object) -> dict[str, Any]:
    request = urllib.request.Request(
        server + path, json.dumps(body).encode(), {"Content-Type": "application/json", "Connection": "close"}
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        reply: dict[str, Any] = json.load(response)
        return reply


def test_a_conversation_goes_on_whichever_process_answers(server: str) -> None:
    state = None
    for fact, value in (("employment", "employee"), ("weekly_hours", 20), ("impairment_permanent", True)) * 4:
        reply = _post(server, "/api/v1/chat", {"answer": {"fact": fact, "value": value}, "state": state})
        state = reply["state"]
    assert reply["facts"] == {"employment": "employee", "weekly_hours": 20, "impairment_permanent": True}


def test_many_at_once_get_their_own_answer(server: str) -> None:
    wrong: list[object] = []

    def one(age: int) -> None:
        reply = _post(server, "/api/v1/eligibility", {"facts": {"age": age}, "as_of": "2026-11-22"})
        outcome = next(s["outcome"] for s in reply["schemes"] if s["id"] == "fleksjob")
        if (outcome == "not_eligible") != (age >= 67):
            wrong.append((age, outcome))

    threads = [threading.Thread(target=one, args=(age,)) for age in (20, 66, 68, 90) * 10]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_too_many_requests_are_told_to_wait() -> None:
    client = create_app(Settings(secret_key="x", rate_limit="3/minute")).test_client()
    codes = [client.get("/api/v1/facts").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = client.get("/api/v1/facts")
    assert refused.mimetype == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/healthz").status_code == 200


def test_a_state_outlives_the_process_that_made_it(tmp_path: Path) -> None:
    environ = {"INSTANCE_PATH": str(tmp_path)}
    first = create_app(settings_from_environment(environ)).test_client()
    state = say(first, "Jeg er 57 år og ordblind")["state"]
    second = create_app(settings_from_environment(environ)).test_client()
    assert say(second, "ja", state)["facts"]["age"] == 57


def test_without_a_disk_to_write_on_the_service_still_starts(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    settings = settings_from_environment({"INSTANCE_PATH": str(blocked)})
    assert len(settings.secret_key) > 20


def test_the_own_key_is_for_its_owner_only(tmp_path: Path) -> None:
    settings_from_environment({"INSTANCE_PATH": str(tmp_path)})
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_setting_that_cannot_be_used_is_named() -> None:
    with pytest.raises(SettingsError, match="TRUSTED_PROXIES"):
        settings_from_environment({"TRUSTED_PROXIES": "many", "SECRET_KEY": "x"})


def test_an_unforeseen_error_is_told_without_what_the_citizen_wrote(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(secret_key="x", rate_limit=None))
    client: FlaskClient = app.test_client()
    secret = "min hemmelige sygdom"
    monkeypatch.setattr("assistant.web.api.take_turn", lambda *args: 1 / 0)
    response = client.post("/api/v1/chat", json={"message": secret})
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert "ZeroDivisionError" in caplog.text
    assert secret not in caplog.text
    assert "Traceback" not in response.get_data(as_text=True)


def test_flask_check_reads_everything() -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "check"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "171" in done.stdout
