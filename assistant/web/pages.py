"""The chat page: the whole conversation as plain forms, so that it works without JavaScript."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request

from assistant.dialogue import Reply, Turn, reconsider, take_turn
from assistant.redaction import redact
from assistant.state import State, StateError
from assistant.web.api import service
from assistant.web.problems import texts
from assistant.web.schemas import MAX_MESSAGE
from rules.facts import FactError

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def start() -> str:
    """An empty conversation."""
    return _page()


@blueprint.post("/")
def talk() -> str:
    """One turn by form: a `message`, an `answer` to a `fact`, or a fact to `remove` or `change`; with the `state`."""
    form = request.form
    try:
        state = service().signer.open(form.get("state") or None)
    except StateError as error:
        return _page(error=texts()(f"error.state_{error.code}"))
    if form.get("remove"):
        return _page(reply=_changed(state, form["remove"], ask=False))
    if form.get("change"):
        return _page(reply=_changed(state, form["change"], ask=True))
    if form.get("fact"):
        return _answer(state, form["fact"], form.get("answer", ""))
    message = form.get("message", "").strip()
    if not message or len(message) > MAX_MESSAGE:
        code = "error.empty_message" if not message else "error.too_long"
        return _page(error=texts()(code, max=MAX_MESSAGE), state=state, message=message[:MAX_MESSAGE])
    return _page(reply=_turn(state, message=message), message=redact(message).text)


def _turn(state: State, message: str | None = None, answer: tuple[str, object] | None = None) -> Reply:
    today = date.today()
    return take_turn(service(), Turn(state, texts().language, today, today, message, answer))  # type: ignore[arg-type]


def _changed(state: State, fact: str, ask: bool) -> Reply:
    """Take a fact back; with `ask` its question is put again."""
    today = date.today()
    return reconsider(service(), Turn(state, texts().language, today, today), fact, ask)


def _answer(state: State, fact: str, answer: str) -> str:
    """A pressed button gives its value; anything typed is read like a message."""
    if answer == "":
        return _page(error=texts()("error.empty_message"), state=state, question=fact)
    spec = service().law.vocabulary.get(fact)
    exact: dict[str, object] = {"true": True, "false": False, "null": None}
    value = exact.get(answer, answer)
    if spec is not None and isinstance(value, str) and spec.kind not in ("choice", "text"):
        return _page(reply=_turn(state, message=answer), message=redact(answer).text)
    try:
        return _page(reply=_turn(state, answer=(fact, value)))
    except FactError as error:
        problem = error.problems[0]
        return _page(error=texts()(f"error.{problem.code}", **dict(problem.params)), state=state, question=fact)


def _page(
    reply: Reply | None = None,
    message: str | None = None,
    error: str | None = None,
    state: State | None = None,
    question: str | None = None,
) -> str:
    state = reply.state if reply else state
    presenter = service().presenter(texts().language, date.today())
    open_question = reply.next_question if reply else presenter.question(question) if question else None
    return render_template(
        "chat.html",
        t=texts(),
        languages=service().texts,
        reply=reply,
        message=message,
        error=error,
        question=open_question,
        state=service().signer.sign(state) if state else "",
        max_message=MAX_MESSAGE,
    )
