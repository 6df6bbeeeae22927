"""The application as shipped, and a real server running it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant.settings import Settings
from assistant.web import create_app

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def app() -> Flask:
    return create_app(Settings(secret_key="tests", rate_limit=None))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The production server with two processes, as an operator would run it; gives its address."""
    port = free_port()
    environ = {
        **os.environ,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WORKERS": "2",
        "RATE_LIMIT": "off",
        "INSTANCE_PATH": str(tmp_path_factory.mktemp("instance")),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "assistant/gunicorn_conf.py", "app:app"]
    log = tmp_path_factory.mktemp("log") / "server.log"
    with log.open("wb") as stderr:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=stderr)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not get ready")
