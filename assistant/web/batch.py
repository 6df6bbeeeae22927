"""Many cases at once: NDJSON in, NDJSON out, line by line and in order, so that memory does not grow with the list."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import IO, Any

from flask import Blueprint, Response, g, json, request, stream_with_context
from pydantic import ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from assistant.web.api import covered, judge_json, known_schemes, service
from assistant.web.language import choose
from assistant.web.problems import ProblemError, fact_errors, problem_body, request_errors
from assistant.web.schemas import BatchLine
from rules.facts import FactError, parse_facts

blueprint = Blueprint("batch", __name__)

MAX_LINE = 64 * 1024
_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl")


@blueprint.post("/api/v1/eligibility/batch")
def batch() -> Response:
    """Each line a case as for /api/v1/eligibility, with an `id` of your own if you like; each gives one line back."""
    if request.mimetype not in _TYPES:
        raise UnsupportedMediaType
    request.max_content_length = sys.maxsize  # None would mean the limit of all other requests
    lines = (_judged(line) for line in _lines(request.stream))
    return Response(stream_with_context(lines), mimetype="application/x-ndjson")


def _lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The non-empty lines of the body; None for one that is too long, whose rest is read past."""
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield None
        elif line.strip():
            yield line


def _judged(line: bytes | None) -> str:
    id_: Any = None
    try:
        if line is None:
            raise ProblemError(413, "too-large")
        content = _decoded(line)
        id_ = content.get("id") if isinstance(content, dict) and isinstance(content.get("id"), str | int) else None
        told = _judge(content)
    except ProblemError as error:
        told = problem_body(error.status, error.slug, error.errors, **error.params)
    return json.dumps({"id": id_, **told} if id_ is not None else told, ensure_ascii=False) + "\n"


def _decoded(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, "malformed") from error


def _judge(content: object) -> dict[str, Any]:
    try:
        case = BatchLine.model_validate(content)
    except ValidationError as error:
        raise ProblemError(422, "invalid", request_errors(error)) from error
    g.texts = choose(request, service().texts, case.lang)
    as_of = covered(case.as_of)
    schemes = known_schemes(case.schemes)
    try:
        facts = parse_facts(case.facts, service().law.vocabulary, as_of)
    except FactError as error:
        raise ProblemError(422, "invalid", fact_errors(error)) from error
    return judge_json(facts, case.facts, as_of, schemes)
