"""Which language a request is answered in: what it says itself, then what the browser prefers, then Danish."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Request

from assistant.texts import DEFAULT, Texts
from assistant.web.problems import ProblemError, texts


def choose(request: Request, available: Mapping[str, Texts], asked: str | None = None) -> Texts:
    """The texts to answer with; raises `ProblemError` for a named language there is none of."""
    named = asked or request.args.get("lang")
    if named:
        if named not in available:
            message = texts()("error.language", languages=", ".join(available))
            raise ProblemError(422, "invalid", [("lang", message)])
        return available[named]
    best = request.accept_languages.best_match(list(available), default=DEFAULT)
    return available[best or DEFAULT]
