"""The web around the conversation: the application factory and what holds for every request."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from assistant.municipality import Municipality
from assistant.service import Service, load_service
from assistant.settings import Settings, SettingsError, settings_from_environment
from assistant.texts import DEFAULT
from assistant.web import api, batch, commands, compare, health, pages, problems, widget
from assistant.web.language import choose, site_of

MAX_BODY = 256 * 1024
# Files that are the same for everyone in every language, kept by browsers and not counted.
_FILES = ("static", "widget.script", "widget.style")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)


def create_app(settings: Settings | None = None, service: Service | None = None) -> Flask:
    """Build the application; raises `DataError`, `CorpusError` or `SettingsError` with what to mend."""
    settings = settings or settings_from_environment()
    service = service or load_service(settings)
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.extensions["service"] = service
    app.extensions["settings"] = settings
    home = _home(service, settings)
    framed_by = " ".join(("'self'", *settings.allowed_hosts))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]

    @app.before_request
    def _language() -> None:
        g.default_texts = service.texts[DEFAULT]
        if request.endpoint not in (*_FILES, "health.healthz"):
            g.texts = choose(request, service.texts)
            g.carried = site_of(service.municipalities, request.args.get("kommune"), "kommune")
            g.municipality = g.carried or home

    @app.url_defaults
    def _same_site(endpoint: str, values: dict[str, Any]) -> None:
        # The municipality whose site the pages were opened from goes along from page to page.
        if endpoint.startswith("pages.") and endpoint != "pages.favicon" and g.get("carried"):
            values.setdefault("kommune", g.carried.code)

    @app.context_processor
    def _whose() -> dict[str, Any]:
        return {"municipality": g.get("municipality")}

    @app.after_request
    def _headers(response: Response) -> Response:
        # The chat page may stand in a frame on the sites it is allowed on; nothing else may.
        framed = framed_by if request.path == "/" else "'none'"
        response.headers.setdefault("Content-Security-Policy", _POLICY + framed)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if request.endpoint not in _FILES:
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers["Content-Language"] = problems.texts().language
            response.vary.add("Accept-Language")
        return response

    problems.register(app)
    # Before the limiter: a browser's question whether it may ask does not count.
    widget.register(app, settings.allowed_hosts)
    limiter = Limiter(
        get_remote_address,
        app=app,
        enabled=settings.rate_limit is not None,
        default_limits=[settings.rate_limit] if settings.rate_limit else [],
        headers_enabled=True,
        storage_uri="memory://",
    )
    for blueprint in (api.blueprint, batch.blueprint, compare.blueprint, pages.blueprint, health.blueprint):
        app.register_blueprint(blueprint)
    limiter.exempt(health.blueprint)
    for file in _FILES:
        limiter.exempt(app.view_functions[file])
    commands.register(app)
    return app


def _home(service: Service, settings: Settings) -> Municipality | None:
    """The municipality this installation is for, where it is for one."""
    if settings.municipality is None:
        return None
    found = service.municipalities.find(settings.municipality)
    if found is None:
        raise SettingsError(f"MUNICIPALITY={settings.municipality!r}: write a name or a code, as Rødovre or 0175")
    return found
