"""The OpenAPI 3.1 document, made from the models that validate the requests."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from assistant.web.schemas import (
    BatchLine,
    ChatReply,
    ChatRequest,
    CompareReply,
    CompareRequest,
    EligibilityReply,
    EligibilityRequest,
    Problem,
)
from assistant.web.widget_schemas import Correction, WidgetReply
from rules.facts import MAX_TEXT, Fact
from rules.lawbook import LawBook

_MODELS: tuple[type[BaseModel], ...] = (
    BatchLine,
    ChatRequest,
    ChatReply,
    CompareRequest,
    CompareReply,
    Correction,
    EligibilityRequest,
    EligibilityReply,
    Problem,
    WidgetReply,
)
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def document(law: LawBook) -> dict[str, Any]:
    """The whole API; the schema of `facts` is the vocabulary itself."""
    _, schemas = models_json_schema([(m, "validation") for m in _MODELS], ref_template="#/components/schemas/{model}")
    definitions: dict[str, Any] = schemas["$defs"]
    definitions["Facts"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _fact(fact) for name, fact in law.vocabulary.items()},
    }
    for name in ("EligibilityRequest", "BatchLine", "CompareRequest"):
        definitions[name]["properties"]["facts"] = {"$ref": "#/components/schemas/Facts"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kompensationsguiden",
            "version": _version(),
            "description": "Answers in Danish about support for working with a disability; judgements by dated law.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {
            "/api/v1/chat": {"post": _post("chat", "One turn of a conversation", "ChatRequest", "ChatReply")},
            "/api/v1/eligibility": {
                "post": _post("judge", "Which schemes apply, and why", "EligibilityRequest", "EligibilityReply")
            },
            "/api/v1/eligibility/batch": {"post": _batch()},
            "/api/v1/compare": {
                "post": _post("compareDays", "The same facts by the law of two days", "CompareRequest", "CompareReply")
            },
            "/api/v1/faq": {
                "get": {
                    **_get("listAnswers", "The corpus", {"type": "array", "items": {"type": "object"}}),
                    "parameters": [{"name": "kommune", "in": "query", "schema": {"type": "string"}}],
                }
            },
            "/api/v1/faq/{id}": {
                "get": {
                    **_get("getAnswer", "One answer", {"type": "object"}, "404"),
                    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                }
            },
            "/api/v1/schemes": {"get": _get("listSchemes", "The schemes and their versions", {"type": "array"})},
            "/api/v1/facts": {"get": _get("listFacts", "The vocabulary of facts", {"type": "array"})},
            "/api/v1/chat/correct": {
                "post": _post("correct", "Take a fact back, or have its question put again", "Correction", "ChatReply")
            },
            "/api/v1/widget": {
                "get": {
                    **_get("openWidget", "What the embedded element needs when it is opened", _ref("WidgetReply")),
                    "parameters": [
                        {"name": name, "in": "query", "schema": {"type": "string"}}
                        for name in ("lang", "municipality", "topic")
                    ],
                }
            },
            "/widget.js": {
                "get": {
                    "operationId": "widget",
                    "summary": "The element <kompensation-chat>",
                    "responses": {
                        "200": {"description": "A script", "content": _content({"type": "string"}, "text/javascript")}
                    },
                }
            },
            "/healthz": {"get": _get("healthz", "Alive", {"type": "object"})},
            "/readyz": {"get": _get("readyz", "Ready", {"type": "object"})},
        },
        "components": {"schemas": definitions},
    }


def _version() -> str:
    try:
        return version("kompensationsguiden")
    except PackageNotFoundError:
        return "0.1.0"


def _fact(fact: Fact) -> dict[str, Any]:
    shapes: dict[str, dict[str, Any]] = {
        "bool": {"type": ["boolean", "null"]},
        "int": {"type": ["integer", "null"], "minimum": fact.min, "maximum": fact.max},
        "number": {"type": ["number", "null"], "minimum": fact.min, "maximum": fact.max},
        "date": {"type": ["string", "null"], "pattern": _DATE},
        "choice": {"enum": [*fact.values, None]},
        "text": {"type": ["string", "null"], "maxLength": MAX_TEXT},
    }
    return shapes[fact.kind]


def _content(schema: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return {media: {"schema": schema}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _problems(*codes: str) -> dict[str, Any]:
    return {
        code: {"description": "Problem", "content": _content(_ref("Problem"), "application/problem+json")}
        for code in codes
    }


def _post(operation: str, summary: str, request: str, reply: str) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": summary,
        "requestBody": {"required": True, "content": _content(_ref(request))},
        "responses": {
            "200": {"description": summary, "content": _content(_ref(reply))},
            **_problems("400", "413", "415", "422", "429"),
        },
    }


def _batch() -> dict[str, Any]:
    """NDJSON is described by the shape of one line."""
    return {
        "operationId": "judgeMany",
        "summary": "Many cases: NDJSON in, NDJSON out, in order; a bad line gives a Problem at its place",
        "requestBody": {"required": True, "content": _content(_ref("BatchLine"), "application/x-ndjson")},
        "responses": {
            "200": {
                "description": "One line for each case",
                "content": _content({"anyOf": [_ref("EligibilityReply"), _ref("Problem")]}, "application/x-ndjson"),
            },
            **_problems("415", "422", "429"),
        },
    }


def _get(operation: str, summary: str, schema: dict[str, Any], *errors: str) -> dict[str, Any]:
    return {
        "operationId": operation,
        "summary": summary,
        "responses": {"200": {"description": summary, "content": _content(schema)}, **_problems(*errors, "422", "429")},
    }
