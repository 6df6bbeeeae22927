"""The pages for people: the chat as plain forms, so that it works without JavaScript, and the summary to bring along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from babel.core import Locale, UnknownLocaleError
from flask import Blueprint, Response, redirect, render_template, request, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

from assistant.dialogue import Reply, Turn, reconsider, resume, take_turn
from assistant.interview import core, most_left
from assistant.redaction import redact
from assistant.state import State, StateError
from assistant.texts import Texts
from assistant.web import summary
from assistant.web.api import presenter_for, service, site
from assistant.web.problems import ProblemError, languages, texts
from assistant.web.schemas import MAX_MESSAGE
from rules.facts import FactError, parse_facts

blueprint = Blueprint("pages", __name__)

CHECKED_FROM = 2  # after so many questions the answers are looked over before the result
LEFT_TOLD_FROM = 5  # "at most 30 left" helps nobody: the number is told when it is small
_EXACT = {"true": True, "false": False, "null": None}
_STATIC = Path(__file__).parent / "static"


@blueprint.app_template_filter()
def bcp47(code: str) -> str:
    """The language tag of a catalogue: easy Danish is Danish."""
    return code.partition("-")[0]


@blueprint.app_template_filter()
def direction(code: str) -> str:
    """Which way a language is written: ltr or rtl."""
    try:
        return str(Locale.parse(bcp47(code)).text_direction)
    except (ValueError, UnknownLocaleError):
        return "ltr"


@blueprint.app_template_filter()
def in_menu_order(known: Mapping[str, Texts]) -> list[tuple[str, Texts]]:
    """The languages with both kinds of Danish first, then English."""
    first = ("da", "en")
    return sorted(known.items(), key=lambda item: ([tag != bcp47(item[0]) for tag in first], item[0]))


blueprint.add_app_template_filter(summary.reasons)


@blueprint.get("/")
def start() -> str:
    """An empty conversation."""
    return _page()


@blueprint.get("/favicon.svg")
def favicon() -> Response:
    """The site's sign, kept by the browser for a day: it asks again whenever the address changes, as it does each turn."""
    return send_from_directory(_STATIC, "favicon.svg", max_age=86_400)


@blueprint.post("/")
def talk() -> str:
    """One turn by form: a `message`, an `answer` to a `fact`, or a fact to `remove` or `change`; with the `state`.

    With nothing but a state the page shows where that conversation stands; `show=result` goes past the look at the
    answers.
    """
    form = request.form
    message = form.get("message", "").strip()
    try:
        state = _opened(form.get("state"))
    except StateError:
        return _page(error=texts()("page.error.state"), typed=redact(message[:MAX_MESSAGE]).text)
    if form.get("remove"):
        return _page(_changed(state, form["remove"], ask=False))
    if form.get("change"):
        return _page(_changed(state, form["change"], ask=True))
    if form.get("fact"):
        return _answer(state, form["fact"], form.get("answer", "").strip())
    if "message" not in form:
        return _page(resume(service(), _turn(state)), shown=form.get("show") == "result")
    if not message or len(message) > MAX_MESSAGE:
        code = "error.empty_message" if not message else "error.too_long"
        return _wrong(state, texts()(code, max=MAX_MESSAGE), typed=redact(message[:MAX_MESSAGE]).text)
    return _page(take_turn(service(), _turn(state, message)), message=redact(message).text)


def _opened(signed: str | None) -> State:
    """A kept state without what this version no longer knows; raises `StateError`."""
    state, law = service().signer.open(signed or None), service().law
    for fact in set(state.facts) - set(law.vocabulary):
        state = state.without(fact)
    try:
        parse_facts(state.facts, law.vocabulary, date.today())
    except FactError as error:
        raise StateError("tampered") from error
    focus = tuple(scheme for scheme in state.focus if scheme in law.schemes)
    return replace(state, focus=focus, asked=state.asked if state.asked in law.vocabulary else None)


def _turn(state: State, message: str | None = None, answer: tuple[str, bool | str | None] | None = None) -> Turn:
    today = date.today()
    return Turn(state, texts().language, today, today, message, answer, site())


def _changed(state: State, fact: str, ask: bool) -> Reply:
    """Take a fact back; with `ask` its question is put again."""
    return reconsider(service(), _turn(state), fact, ask)


def _answer(state: State, fact: str, answer: str) -> str:
    """A pressed button gives its value; anything typed is read like a message, and must answer the question."""
    spec = service().law.vocabulary.get(fact)
    if answer == "" or spec is None:
        return _wrong(state, texts()("page.error.choose"), fact)
    value = _EXACT.get(answer, answer)
    if isinstance(value, str) and spec.kind not in ("choice", "text"):
        reply = take_turn(service(), _turn(state, answer[:MAX_MESSAGE]))
        unread = reply.kind in ("question", "out_of_scope") and fact not in reply.state.facts
        if unread and reply.next_question and reply.next_question["fact"] == fact:
            told = reply.reply if reply.kind == "question" else texts()("page.error.answer")
            return _wrong(state, told, fact, typed=redact(answer[:200]).text)
        return _page(reply, message=redact(answer).text)
    try:
        return _page(take_turn(service(), _turn(state, answer=(fact, value))))
    except FactError as error:
        problem = error.problems[0]
        return _wrong(state, texts()(f"error.{problem.code}", **dict(problem.params)), fact)


def _wrong(state: State, error: str, fact: str | None = None, typed: str = "") -> str:
    """What cannot be used, told where it was entered: by the question of `fact`, else by the message box."""
    return _page(resume(service(), _turn(state)), error=error, wrong="answer" if fact else "message", typed=typed)


def _page(
    reply: Reply | None = None,
    message: str | None = None,
    error: str | None = None,
    wrong: str = "message",
    typed: str = "",
    shown: bool = False,
) -> str:
    """The chat page with a reply; with an `error` the reply only says where the conversation stands."""
    state = reply.state if reply else State()
    question = reply.next_question if reply else None
    schemes = _arranged(reply)
    ended = reply is not None and reply.kind == "eligibility" and not error
    return render_template(
        "chat.html",
        t=texts(),
        languages=languages(),
        reply=None if error else reply,
        understood=reply.understood if reply else (),
        question=question,
        step=_step(state, question) if question else None,
        picture=reply.eligibility if reply else None,
        arranged=schemes,
        check=ended and not shown and len(state.answered) >= CHECKED_FROM,
        message=message,
        error=error,
        wrong=wrong if question else "message",
        typed=typed,
        state=service().signer.sign(state) if state != State() else "",
        max_message=MAX_MESSAGE,
        steps=summary.steps(schemes.shown if schemes else ()),
        coming=lambda scheme: summary.coming(scheme, date.today()),
    )


def _arranged(reply: Reply | None) -> summary.Arranged | None:
    return summary.arranged(reply.eligibility["schemes"], reply.state.focus) if reply and reply.eligibility else None


def _step(state: State, question: Mapping[str, Any]) -> str:
    """Which question of the interview this is, and how many can follow at most when those are few."""
    law, today = service().law, date.today()
    facts = parse_facts(state.facts, law.vocabulary, today)
    schemes = state.focus or core(law)
    left = most_left(law, service().questions, facts, today, schemes, question["fact"])
    key = "page.step.last" if left == 0 else "page.step.left" if left <= LEFT_TOLD_FROM else "page.step"
    return texts()(key, number=len(set(state.answered) - {question["fact"]}) + 1, left=left)


# --- the summary: the same content as a page, as text and as PDF


@blueprint.get("/resume")
def no_resume() -> AnyResponse:
    """There is nothing to sum up without a conversation."""
    return redirect(url_for("pages.start", lang=request.args.get("lang")), 303)


@blueprint.post("/resume")
def resume_page() -> str:
    """What the citizen told and what it points to, as a page to print."""
    told = _resume()
    return render_template("resume.html", text=render_template("resume/text.txt", **told).strip(), **told)


@blueprint.post("/resume.txt")
def resume_text() -> Response:
    """The same as plain text."""
    return _download(render_template("resume/text.txt", **_resume()).strip() + "\n", "text/plain", "txt")


@blueprint.post("/resume.pdf")
def resume_pdf() -> Response:
    """The same as PDF, where the server can make one."""
    if not summary.can_make_pdf():
        raise ProblemError(503, "no-pdf")
    html = render_template("resume/pdf.html", **_resume())
    return _download(summary.pdf(html, (_STATIC / "pdf.css").read_text(encoding="utf-8")), "application/pdf", "pdf")


def _download(content: str | bytes, kind: str, ending: str) -> Response:
    name = f"kompensationsguiden-{date.today().isoformat()}.{ending}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _resume() -> dict[str, Any]:
    """What the templates of the summary need; raises `StateError`, or a problem where nothing was told."""
    state = _opened(request.form.get("state"))
    if not state.facts:
        raise ProblemError(422, "nothing-told")
    reply = resume(service(), _turn(replace(state, topic=None)))
    assert reply is not None
    t, today, schemes = texts(), date.today(), _arranged(reply)
    return {
        "t": t,
        "languages": languages(),
        "state": service().signer.sign(state),
        "told": summary.sentences(reply.understood, t),
        "not_known": [fact for fact in reply.understood if fact["value"] is None],
        "question_of": lambda fact: presenter_for(state.facts, today).question(fact)["text"],
        "open_question": reply.next_question,
        "picture": reply.eligibility,
        "arranged": schemes,
        "steps": summary.steps(schemes.shown if schemes else ()),
        "coming": lambda scheme: summary.coming(scheme, today),
        "contact": reply.contact,
        "today": today,
        "address": request.url_root,
        "can_make_pdf": summary.can_make_pdf(),
    }
