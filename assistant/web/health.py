"""Is it alive, is it ready, and numbers for monitoring; nothing here knows what anyone asked."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from assistant.service import Service

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """Rules, corpus and texts are loaded."""
    service: Service = current_app.extensions["service"]
    return jsonify(
        status="ok",
        rules=len(service.law.schemes),
        corpus=len(service.corpus),
        languages=list(service.texts),
        store="none",
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """Counters in Prometheus' text form."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
