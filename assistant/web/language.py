"""Which language a request is answered in, and whose site it comes from: what it says itself counts first."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Request

from assistant.municipality import Municipalities, Municipality
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


def site_of(known: Municipalities, said: str | None, field: str) -> Municipality | None:
    """The municipality that a request names as its site; raises `ProblemError` for one there is none of."""
    if not said or not said.strip():
        return None
    found = known.find(said)
    if found is None:
        raise ProblemError(422, "invalid", [(field, texts()("error.municipality"))])
    return found
