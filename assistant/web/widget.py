"""The guide on other sites: the element's script and style, its words, and which sites may use it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g, jsonify, render_template, request

from assistant.dialogue import Turn, reconsider
from assistant.texts import DEFAULT, Texts
from assistant.web.api import answer_language, from_site, read_body, reply_json, service, site
from assistant.web.pages import direction
from assistant.web.problems import texts
from assistant.web.schemas import MAX_MESSAGE
from assistant.web.widget_schemas import Correction

blueprint = Blueprint("widget", __name__)

# What a site may call from its own pages. None of it reads or sets a cookie.
_SHARED = frozenset({"/api/v1/chat", "/api/v1/chat/correct", "/api/v1/widget"})
_STATIC = Path(__file__).parent / "static"
_PLACE_OF_WORDS = "const WORDS = {};"
_KEPT_SECONDS = 3600
_PREFLIGHT_SECONDS = 7200
_MAX_NAME = 80
_EXAMPLES = tuple(f"page.example.{number}" for number in range(1, 5))
# Said in Danish whatever the language: what a button sends, and how a paragraph of an answer begins.
_DANISH = ("page.begin.say", "page.back.say", "page.human.say", "page.next_step")
_TEXTS = (
    *("answer.dont_know", "chat.answering", "chat.begin", "chat.law", "chat.one_question", "chat.restarted"),
    *("error.empty_message", "error.too_long", "page.answer", "page.ask.hint", "page.ask.hint_enter", "page.ask.label"),
    *("page.ask.label_again", "page.ask.label_answer", "page.ask.send", "page.back.button", "page.begin.button"),
    *(
        "page.begin.heading",
        "page.begin.text",
        "page.behind.law",
        "page.behind.reviewed",
        "page.behind.sources",
        "page.behind.summary",
    ),
    *("page.chosen", "page.clarify.heading", "page.condition.assess", "page.condition.unknown", "page.condition.unmet"),
    *("page.cpr.gone", "page.cpr.note", "page.date", "page.deadlines", "page.error.busy", "page.error.failed"),
    *("page.error.heading", "page.error.state", "page.examples.heading", "page.footer.guidance", "page.footer.privacy"),
    *("page.human.button", "page.intro", "page.onward", "page.other_schemes", "page.others", "page.picture.heading"),
    *("page.question.hint.date", "page.question.hint.number", "page.question.hint.text", "page.question.why"),
    *("page.next_step", "page.restart", "page.result.heading", "page.scheme.law", "page.scheme.next_steps"),
    *("page.sending", "page.suggestions", "page.understood.change", "page.understood.heading"),
    *("page.understood.remove", "page.you_wrote", "widget.offline"),
)
_DEMO_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it goes out, plain and compressed."""

    mimetype: str
    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, mimetype: str, text: str) -> _File:
        plain = text.encode()
        return cls(mimetype, plain, gzip.compress(plain, mtime=0))

    def response(self) -> Response:
        """Kept by browsers for a while, then asked for again by its tag; any site may load it."""
        packed = request.accept_encodings["gzip"] > 0
        content = self.packed if packed else self.plain
        response = Response(content, mimetype=self.mimetype)
        if packed:
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.cache_control.public = True
        response.cache_control.max_age = _KEPT_SECONDS
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.set_etag(hashlib.sha256(content).hexdigest()[:20])
        response.make_conditional(request)
        return response


def register(app: Flask, allowed_hosts: tuple[str, ...]) -> None:
    """Serve the element and its words, and let the sites in `allowed_hosts` call what it needs."""
    words = {language: _words(t) for language, t in service_texts(app).items()}
    script = (_STATIC / "widget.js").read_text(encoding="utf-8")
    if _PLACE_OF_WORDS not in script:
        raise RuntimeError(f"static/widget.js: «{_PLACE_OF_WORDS}» is gone; the words are put in there")
    filled = script.replace(_PLACE_OF_WORDS, f"const WORDS = {json.dumps(words, ensure_ascii=False)};")
    app.extensions["widget"] = {
        "widget.js": _File.of("text/javascript", filled),
        "widget.css": _File.of("text/css", (_STATIC / "widget.css").read_text(encoding="utf-8")),
    }
    app.register_blueprint(blueprint)

    @app.before_request
    def _preflight() -> Response | None:
        if request.method != "OPTIONS" or request.path not in _SHARED or request.origin not in allowed_hosts:
            return None
        response = Response(status=204)
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Max-Age"] = str(_PREFLIGHT_SECONDS)
        return response

    @app.after_request
    def _share(response: Response) -> Response:
        if request.path not in _SHARED or not allowed_hosts:
            return response
        response.vary.add("Origin")
        if request.origin in allowed_hosts:
            response.headers["Access-Control-Allow-Origin"] = request.origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        return response


def service_texts(app: Flask) -> Mapping[str, Texts]:
    """The texts of every language of an application that is being built."""
    known: Mapping[str, Texts] = app.extensions["service"].texts
    return known


def _words(t: Texts) -> dict[str, str]:
    """What the element says before it is opened, and when it cannot be."""
    own = {key: t(f"widget.{key}") for key in ("open", "close", "loading", "unavailable", "full", "window")}
    return {"direction": direction(t.language), "name": t("page.name"), "retry": t("page.error.heading"), **own}


@blueprint.get("/widget.js")
def script() -> Response:
    """The element."""
    return _files()["widget.js"].response()


@blueprint.get("/widget.css")
def style() -> Response:
    """How the element looks."""
    return _files()["widget.css"].response()


def _files() -> dict[str, _File]:
    files: dict[str, _File] = current_app.extensions["widget"]
    return files


@blueprint.get("/api/v1/widget")
def opened() -> Response:
    """What the element needs when it is opened; `unknown` names what its site asked for and there is none of."""
    t = texts()
    asked = request.args.get("topic", "")
    topic = _topic(asked, t)
    name = request.args.get("municipality", "").strip()
    fits = len(name) <= _MAX_NAME
    municipality = (service().municipalities.find(name) if fits else None) if name else site()
    opening = municipality.opening.get(t.language) if municipality else None
    if municipality:
        g.municipality, name = municipality, municipality.full_name
    return jsonify(
        language=t.language,
        direction=direction(t.language),
        texts={**_conversation_texts(t), **({"page.intro": opening} if opening else {})},
        danish={key: service().texts[DEFAULT](key) for key in _DANISH},
        examples=[{"say": t(key), "label": t(key)} for key in _EXAMPLES],
        municipality=t("widget.municipality", municipality=name) if name and fits else None,
        municipality_code=municipality.code if municipality else None,
        topic=topic,
        unknown=[*(["topic"] if asked and topic is None else []), *([] if fits else ["municipality"])],
    )


def _conversation_texts(t: Texts) -> dict[str, str]:
    return {key: t(key, max=MAX_MESSAGE) if key == "error.too_long" else t(key) for key in _TEXTS}


def _topic(asked: str, t: Texts) -> dict[str, str] | None:
    """The answer a page is about: named by its id, or by the group whose first answer it is (`pa` for `pa.hvad`)."""
    corpus = service().corpus
    entry = corpus.get(asked) or corpus.get(f"{asked}.hvad")
    return {"id": entry.id, "title": service().worded(entry, t.language).title} if entry else None


@blueprint.post("/api/v1/chat/correct")
def correct() -> Response:
    """Take a fact back; with `ask` its question is put again. The reply is that of the chat."""
    body = read_body(Correction)
    language = answer_language(body.lang).language
    from_site(body.municipality)
    today = date.today()
    turn = Turn(service().signer.open(body.state), language, today, today, municipality=site())
    return jsonify(reply_json(reconsider(service(), turn, body.fact, body.ask)))


@blueprint.get("/demo")
def demo() -> Response:
    """A page as a municipality's might be, with the guide on it twice."""
    return _demo("demo.html")


@blueprint.get("/demo/iframe")
def demo_iframe() -> Response:
    """The same page with the whole guide in a frame."""
    return _demo("demo_iframe.html")


def _demo(template: str) -> Response:
    response = Response(render_template(template), mimetype="text/html")
    response.headers["Content-Security-Policy"] = _DEMO_POLICY
    return response
