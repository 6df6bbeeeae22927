"""Talk to the chat as a client of the API does."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient


def say(client: FlaskClient, message: str, state: str | None = None, **more: object) -> dict[str, Any]:
    """Send a message and give back the reply; fails on anything but 200."""
    response = client.post("/api/v1/chat", json={"message": message, "state": state, **more})
    assert response.status_code == 200, response.get_data(as_text=True)
    reply: dict[str, Any] = response.get_json()
    return reply
