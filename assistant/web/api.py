"""The HTTP API under /api/v1, as the contract says."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, g, jsonify, request
from prometheus_client import Counter
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, NotFound, UnsupportedMediaType

from assistant.dialogue import Reply, Turn, take_turn
from assistant.interview import core, signalled
from assistant.municipality import Municipality
from assistant.presenting import Presenter
from assistant.service import Service
from assistant.texts import Texts
from assistant.web import openapi
from assistant.web.language import choose, site_of
from assistant.web.problems import ProblemError, fact_errors, request_errors, texts
from assistant.web.schemas import ChatRequest, EligibilityRequest
from rules.facts import FactError, Facts, parse_facts

blueprint = Blueprint("api", __name__)
M = TypeVar("M", bound=BaseModel)

_replies = Counter("chat_replies", "Replies of the chat by kind", ["kind"])
_judgements = Counter("judgements", "Judgements made through the API")


def service() -> Service:
    """The service as it is on the site the request comes from."""
    loaded: Service = current_app.extensions["service"]
    return loaded.at(site())


def site() -> Municipality | None:
    """The municipality whose site the request comes from."""
    named: Municipality | None = g.get("municipality")
    return named


def from_site(named: str | None) -> None:
    """Take a municipality that the body names as the site of the request; raises `ProblemError`."""
    g.municipality = site_of(service().municipalities, named, "municipality") or site()


def read_body(model: type[M]) -> M:
    """The request body as a model; raises what becomes 400, 415 or 422 naming the field."""
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        content = request.get_json()
    except (BadRequest, RecursionError) as error:
        raise ProblemError(400, "malformed") from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise ProblemError(422, "invalid", request_errors(error)) from error


def answer_language(asked: str | None) -> Texts:
    g.texts = choose(request, service().texts, asked)
    return texts()


def covered(as_of: date | None) -> date:
    """The day whose law applies; raises a problem outside what the law files cover."""
    day = as_of or date.today()
    law = service().law
    if not law.covers.in_force(day):
        message = texts()("error.as_of", first=law.covers.from_, last=law.covers.to)
        raise ProblemError(422, "invalid", [("as_of", message)])
    return day


@blueprint.post("/api/v1/chat")
def chat() -> Response:
    """One turn of a conversation."""
    body = read_body(ChatRequest)
    language = answer_language(body.lang).language
    from_site(body.municipality)
    as_of = covered(body.as_of)
    state = service().signer.open(body.state)
    answer = (body.answer.fact, body.answer.value) if body.answer else None
    try:
        reply = take_turn(service(), Turn(state, language, as_of, date.today(), body.message, answer, site()))
    except FactError as error:
        raise ProblemError(422, "invalid", _answer_errors(error)) from error
    _replies.labels(reply.kind).inc()
    return jsonify(reply_json(reply))


def _answer_errors(error: FactError) -> list[tuple[str, str]]:
    return [
        ("answer.fact" if p.code == "unknown_fact" else "answer.value", texts()(f"error.{p.code}", **dict(p.params)))
        for p in error.problems
    ]


def reply_json(reply: Reply) -> dict[str, Any]:
    """A reply as the contract has it, its state signed."""
    return {
        "kind": reply.kind,
        "reply": reply.reply,
        "faq": list(reply.faq),
        "facts": reply.state.facts,
        "understood": list(reply.understood),
        "eligibility": reply.eligibility,
        "next_question": reply.next_question,
        "suggestions": list(reply.suggestions),
        "contact": reply.contact,
        "state": service().signer.sign(reply.state),
    }


@blueprint.post("/api/v1/eligibility")
def eligibility() -> Response:
    """Which schemes apply to these facts on this day, and why."""
    body = read_body(EligibilityRequest)
    answer_language(body.lang)
    as_of = covered(body.as_of)
    schemes = known_schemes(body.schemes)
    try:
        facts = parse_facts(body.facts, service().law.vocabulary, as_of)
    except FactError as error:
        raise ProblemError(422, "invalid", fact_errors(error)) from error
    _judgements.inc()
    return jsonify(judge_json(facts, body.facts, as_of, schemes))


def known_schemes(asked: list[str] | None) -> list[str]:
    known = service().law.schemes
    for number, scheme in enumerate(asked or []):
        if scheme not in known:
            message = texts()("error.scheme", schemes=", ".join(known))
            raise ProblemError(422, "invalid", [(f"schemes.{number}", message)])
    return list(dict.fromkeys(asked)) if asked else list(known)


def judge_json(facts: Facts, raw: dict[str, Any], as_of: date, schemes: list[str]) -> dict[str, Any]:
    """A judgement as the contract has it, with the question that would bring it on."""
    law = service().law
    judgement = service().judge.judge(facts, as_of, schemes)
    presenter = presenter_for(raw, as_of)
    focus = [s for s in (signalled(law, raw) or core(law)) if s in schemes] or schemes
    fact = service().questions.best(facts, as_of, focus, next(reversed(raw), None))
    question = presenter.question(fact, presenter.asked_by(fact, judgement, focus)) if fact else None
    return presenter.judgement(judgement, date.today(), question)


def presenter_for(raw: dict[str, Any], as_of: date) -> Presenter:
    """Tells judgements of these facts in the language of the request, to somebody of the municipality concerned."""
    concerned, _ = service().municipalities.concerned(raw, site())
    return service().presenter(texts().language, as_of, concerned)


@blueprint.get("/api/v1/faq")
def faq() -> Response:
    """The whole corpus."""
    return jsonify([_entry(id_) for id_ in service().corpus])


@blueprint.get("/api/v1/faq/<id_>")
def faq_entry(id_: str) -> Response:
    """One answer."""
    if id_ not in service().corpus:
        raise NotFound
    return jsonify(_entry(id_))


def _entry(id_: str) -> dict[str, Any]:
    entry = service().corpus[id_]
    sources = service().law.sources
    return {
        "id": entry.id,
        "title": entry.title,
        "short": entry.short.strip(),
        "answer": entry.answer.strip(),
        "phrasings": [phrasing for kind in entry.phrasings.values() for phrasing in kind],
        "law": list(entry.law),
        "rules": list(entry.rules),
        "sources": [{"tag": tag, **sources[tag].model_dump(exclude_none=True)} for tag in entry.sources],
        "schemes": list(entry.schemes),
        "related": list(entry.related),
        "reviewed_on": entry.reviewed_on.isoformat(),
    }


@blueprint.get("/api/v1/schemes")
def schemes() -> Response:
    """The schemes with their labels and dated versions."""
    law, t = service().law, texts()
    return jsonify(
        [
            {
                "id": id_,
                "name": t(f"scheme.{id_}.name"),
                "short": t(f"scheme.{id_}.short"),
                "core": not scheme.wider,
                "versions": [
                    {
                        "from": version.from_.isoformat(),
                        "to": version.to.isoformat() if version.to else None,
                        "law": version.basis.act,
                        "conditions": list(dict.fromkeys(c.id for c in version.conditions)),
                    }
                    for version in law.versions(id_)
                ],
            }
            for id_, scheme in law.schemes.items()
        ]
    )


@blueprint.get("/api/v1/facts")
def facts() -> Response:
    """The vocabulary of facts with labels and limits."""
    law, t = service().law, texts()
    presenter = service().presenter(t.language, date.today())
    return jsonify(
        [
            {
                "id": id_,
                "label": t(f"fact.{id_}.label"),
                "question": presenter.question(id_)["text"],
                "kind": spec.kind,
                **(
                    {"values": [{"value": v, "label": t(f"fact.{id_}.{v}")} for v in spec.values]}
                    if spec.values
                    else {}
                ),
                **({"min": spec.min, "max": spec.max} if spec.min is not None else {}),
            }
            for id_, spec in law.vocabulary.items()
        ]
    )


@blueprint.get("/openapi.json")
def openapi_document() -> Response:
    """OpenAPI 3.1 of all of this."""
    return jsonify(openapi.document(service().law))
