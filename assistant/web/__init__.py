"""The web around the conversation: the application factory and what holds for every request."""

from __future__ import annotations

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

from assistant.service import Service, load_service
from assistant.settings import Settings, settings_from_environment
from assistant.texts import DEFAULT
from assistant.web import api, batch, commands, compare, health, pages, problems, widget
from assistant.web.language import choose

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
    framed_by = " ".join(("'self'", *settings.allowed_hosts))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]

    @app.before_request
    def _language() -> None:
        g.default_texts = service.texts[DEFAULT]
        if request.endpoint not in (*_FILES, "health.healthz"):
            g.texts = choose(request, service.texts)

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
