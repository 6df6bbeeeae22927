"""A batch: one line in, one line out, in order, and a bad line is told at its place."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

from flask.testing import FlaskClient

BATCH = "/api/v1/eligibility/batch"
NDJSON = "application/x-ndjson"


def _lines(client: FlaskClient, body: bytes) -> list[dict[str, object]]:
    response = client.post(BATCH, data=body, content_type=NDJSON)
    assert response.status_code == 200
    return [json.loads(line) for line in response.get_data(as_text=True).splitlines()]


def test_each_line_is_judged_in_order(client: FlaskClient) -> None:
    cases = [{"id": n, "facts": {"age": n}, "as_of": "2026-11-22", "schemes": ["hm"]} for n in range(50)]
    lines = _lines(client, "\n".join(json.dumps(case) for case in cases).encode())
    assert [line["id"] for line in lines] == list(range(50))
    assert all(len(line["schemes"]) == 1 for line in lines)  # type: ignore[arg-type]


def test_a_bad_line_gives_its_error_where_it_stands(client: FlaskClient) -> None:
    body = b'{"facts": {}}\n\n{bad\n{"id": "a", "facts": {"age": 500}}\n"tekst"\n{"facts": {"x": "' + b"y" * 70_000
    body += b'"}}\n{"id": "last", "facts": {}}'
    lines = _lines(client, body)
    assert [line.get("status") for line in lines] == [None, 400, 422, 422, 413, None]
    assert lines[2]["id"] == "a"
    assert lines[2]["errors"] == [{"field": "facts.age", "message": "Tallet skal ligge fra 0 til 120."}]
    assert lines[-1]["id"] == "last"


def test_an_empty_batch_is_an_empty_answer(client: FlaskClient) -> None:
    assert _lines(client, b"") == []


def test_other_media_types_are_refused(client: FlaskClient) -> None:
    assert client.post(BATCH, json={"facts": {}}).status_code == 415


def test_the_answer_begins_before_the_list_has_ended(server: str) -> None:
    """Streaming, not collecting: the first answers come back while the rest is still to be sent."""
    address = urlsplit(server)
    half = b"".join(b'{"id": %d, "facts": {"age": 40}, "schemes": ["hm"]}\n' % n for n in range(100))
    head = f"POST {BATCH} HTTP/1.1\r\nHost: x\r\nContent-Type: {NDJSON}\r\nContent-Length: {2 * len(half)}\r\n\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(head.encode() + half)
        received = b""
        while b'"id": 7,' not in received:
            received += connection.recv(65536)
        connection.sendall(half)
        while received.count(b'"id": 99,') < 2:
            received += connection.recv(65536)
