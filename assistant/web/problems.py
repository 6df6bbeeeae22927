"""Errors as RFC 9457 problems: each names the field and says what to write, in the asked language."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Response, current_app, g, json, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from assistant.state import StateError
from assistant.texts import Texts
from rules.facts import FactError

log = logging.getLogger("kompensationsguiden")


class ProblemError(Exception):
    """A request that cannot be served; `errors` are (field, message) pairs."""

    def __init__(self, status: int, slug: str, errors: Iterable[tuple[str, str]] = (), **params: object) -> None:
        self.status, self.slug, self.errors, self.params = status, slug, tuple(errors), params
        super().__init__(slug)


def texts() -> Texts:
    """The texts of the request's language, or Danish while it is not known yet."""
    chosen: Texts = g.get("texts") or g.default_texts
    return chosen


def languages() -> Mapping[str, Texts]:
    """The texts of every language, for the links of a page."""
    known: Mapping[str, Texts] = current_app.extensions["service"].texts
    return known


def problem_body(status: int, slug: str, errors: Iterable[tuple[str, str]] = (), **params: object) -> dict[str, Any]:
    """A problem as JSON. `slug` names its texts: problem.<slug>.title and .detail."""
    t = texts()
    body: dict[str, Any] = {
        "type": f"urn:kompensationsguiden:problem:{slug}",
        "title": t(f"problem.{slug}.title"),
        "status": status,
        "detail": t(f"problem.{slug}.detail", **params),
    }
    listed = [{"field": field, "message": message} for field, message in errors]
    if listed:
        body["errors"] = listed
    return body


def problem(status: int, slug: str, errors: Iterable[tuple[str, str]] = (), **params: object) -> Response:
    """A problem document as a response."""
    body = problem_body(status, slug, errors, **params)
    if request.blueprint == "pages" or (request.blueprint is None and _wants_page()):
        page = render_template("error.html", t=texts(), languages=languages(), problem=body)
        return Response(page, status, mimetype="text/html")
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")


def _wants_page() -> bool:
    """Whether it is a browser that came to an address there is none of."""
    return request.accept_mimetypes.best_match(["application/problem+json", "text/html"]) == "text/html"


def fact_errors(error: FactError, prefix: str = "facts") -> list[tuple[str, str]]:
    """Each wrong fact as (field, message)."""
    t = texts()
    return [(f"{prefix}.{p.fact}", t(f"error.{p.code}", **dict(p.params))) for p in error.problems]


def request_errors(error: ValidationError) -> list[tuple[str, str]]:
    """What pydantic found, as (field, message) in the asked language."""
    return [_told(dict(detail)) for detail in error.errors(include_url=False)]


_CODES = {
    "missing": "error.missing",
    "extra_forbidden": "error.unknown_field",
    "string_too_long": "error.too_long",
    "not_date": "error.not_full_date",
    "date_from_datetime_parsing": "error.not_full_date",
    "message_or_answer": "error.message_or_answer",
    "empty_message": "error.empty_message",
    "model_type": "error.not_object",
    "model_attributes_type": "error.not_object",
    "dict_type": "error.not_object",
    "list_type": "error.not_list",
    "string_type": "error.not_string",
}
_WHOLE = {"message_or_answer": "message", "empty_message": "message"}


def _told(detail: Mapping[str, Any]) -> tuple[str, str]:
    t = texts()
    kind = str(detail["type"])
    field = ".".join(str(step) for step in detail["loc"]) or _WHOLE.get(kind, "body")
    params = {"max": detail.get("ctx", {}).get("max_length")}
    return field, t(_CODES.get(kind, "error.not_usable"), **params)


_HTTP = {
    400: "malformed",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "media-type",
    429: "too-many-requests",
}


def register(app: Flask) -> None:
    """Turn every error into a problem document for the API and a plain page for people."""

    @app.errorhandler(ProblemError)
    def _known(error: ProblemError) -> Response:
        return problem(error.status, error.slug, error.errors, **error.params)

    @app.errorhandler(StateError)
    def _state(error: StateError) -> Response:
        return problem(422, "state", [("state", texts()(f"error.state_{error.code}"))])

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        response = problem(status, _HTTP.get(status, "internal"))
        response.headers.extend({k: v for k, v in error.get_headers() if k.lower() in ("allow", "retry-after")})
        return response

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Response:
        # The traceback without the request: what a citizen wrote must not reach a log.
        frames = []
        trace = error.__traceback__
        while trace is not None:
            frames.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
            trace = trace.tb_next
        log.error("unforeseen %s on %s at %s", type(error).__name__, request.endpoint, " < ".join(reversed(frames)))
        return problem(500, "internal")
