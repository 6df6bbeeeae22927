"""A real browser on the real application: the site, contexts that watch for faults, and steps that journeys share."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from assistant.service import Service, load_service
from assistant.settings import Settings
from assistant.texts import Texts
from assistant.web import create_app
from faq.answering import Reading

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
_FLAGS = [*_QUIET, "--no-sandbox", "--no-first-run", "--disable-quic"]
SETTINGS = Settings(secret_key="x", rate_limit=None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def service() -> Service:
    return load_service(SETTINGS)


@contextmanager
def _running(service: Service) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(SETTINGS, service), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def site(service: Service) -> Iterator[str]:
    """The address of the running application."""
    with _running(service) as address:
        yield address


@pytest.fixture(scope="session")
def doubting_site(service: Service) -> Iterator[str]:
    """The application, never sure which answer is meant: what leaves the real one in doubt may change."""

    def in_doubt(text: str, context: str | None) -> Reading:
        reading = service.read(text, context)
        return replace(reading, match=replace(reading.match, kind="clarify"))

    with _running(replace(service, read=in_doubt)) as address:
        yield address


LANGUAGES = {
    "da": "Dansk",
    "da-easy": "Let at læse",
    "en": "English",
    "de": "Deutsch",
    "pl": "Polski",
    "uk": "Українська",
    "ar": "العربية",
    "tr": "Türkçe",
}


@pytest.fixture(scope="session")
def many_languages_site(service: Service) -> Iterator[str]:
    """The application in eight languages with all answers in Danish; a language not translated yet has only its name."""
    danish = service.texts["da"]
    texts = {
        code: Texts(
            code, {**(service.texts[code].own if code in service.texts else {}), "page.language_name": name}, danish.own
        )
        for code, name in LANGUAGES.items()
    }
    with _running(replace(service, texts=texts, wordings={})) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        own = started.chromium.executable_path
        paths = [os.environ.get("CHROMIUM"), *map(shutil.which, _NAMES), own if Path(own).exists() else None]
        found = next((path for path in paths if path), None)
        if found is None:
            pytest.skip("no Chromium found: install one, or name it in CHROMIUM")
        browser = started.chromium.launch(executable_path=found, args=_FLAGS)
        yield browser
        browser.close()


Opener = Callable[..., Any]


@contextmanager
def _opening(browser: Any, site: str) -> Iterator[Opener]:
    """A function that opens the start page in a context of its own; fails in the end if any page had a fault."""
    faults: list[str] = []
    contexts = []

    def told(message: Any) -> None:
        if message.type in ("error", "warning"):
            faults.append(message.text)

    def requested(request: Any) -> None:
        if not request.url.startswith("http://127.0.0.1:"):
            faults.append(f"asks another host: {request.url}")

    def opened(path: str = "/", at: str = site, **options: Any) -> Any:
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "da-DK", "reduced_motion": "reduce"}
        context = browser.new_context(**{**settings, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.faults = faults
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", told)
        page.on("request", requested)
        page.goto(at + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def open_page(browser: Any, site: str) -> Iterator[Opener]:
    """Open the start page in a context of its own: `open_page("/?lang=en", java_script_enabled=False)`."""
    with _opening(browser, site) as opener:
        yield opener


@pytest.fixture(scope="module")
def open_shared(browser: Any, site: str) -> Iterator[Opener]:
    """The same for pages that several tests look at."""
    with _opening(browser, site) as opener:
        yield opener


@pytest.fixture
def page(open_page: Opener) -> Any:
    """The start page, Danish, wide, with JavaScript."""
    return open_page()
