"""The same facts by the law of two days: POST /api/v1/compare."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify

from assistant.presenting import Presenter
from assistant.web.api import answer_language, covered, known_schemes, presenter_for, read_body, service
from assistant.web.problems import ProblemError, fact_errors
from assistant.web.schemas import CompareRequest
from rules.compare import Comparison, ConditionComparison, SchemeComparison, compare
from rules.facts import FactError, Facts, parse_facts
from rules.judge import SchemeResult

blueprint = Blueprint("compare", __name__)


@blueprint.post("/api/v1/compare")
def compare_days() -> Response:
    """What comes out differently on `compare_to` than on `as_of`; either of them may be the earlier."""
    body = read_body(CompareRequest)
    answer_language(body.lang)
    as_of = covered(body.as_of)
    other = _covered_other(body.compare_to)
    schemes = known_schemes(body.schemes)
    facts = _facts(body.facts, as_of, other)
    earlier, later = sorted((as_of, other))
    found = compare(service().judge, facts, earlier, later, schemes)
    told = comparison_json(found, presenter_for(body.facts, earlier), presenter_for(body.facts, later))
    return jsonify({"as_of": as_of.isoformat(), "compare_to": other.isoformat(), **told})


def _covered_other(day: date) -> date:
    try:
        return covered(day)
    except ProblemError as error:
        errors = [("compare_to", message) for _, message in error.errors]
        raise ProblemError(error.status, error.slug, errors) from error


def _facts(raw: dict[str, Any], as_of: date, other: date) -> Facts:
    """The facts as they are on `as_of`. On the other day only an age, which then was another, may contradict them."""
    vocabulary = service().law.vocabulary
    try:
        facts = parse_facts(raw, vocabulary, as_of)
        parse_facts({name: value for name, value in raw.items() if name != "age"}, vocabulary, other)
    except FactError as error:
        raise ProblemError(422, "invalid", fact_errors(error)) from error
    return facts


def comparison_json(found: Comparison, before: Presenter, after: Presenter) -> dict[str, Any]:
    """A comparison in words; `before` and `after` speak for the earlier and the later day."""
    return {
        "earlier": found.earlier.isoformat(),
        "later": found.later.isoformat(),
        "schemes": [_scheme(scheme, before, after) for scheme in found.schemes],
        "notices": after.notices(date.today()),
    }


def _scheme(found: SchemeComparison, before: Presenter, after: Presenter) -> dict[str, Any]:
    old, new = _side(found.earlier, before), _side(found.later, after)
    days = {"earlier": after.texts.date(before.as_of), "later": after.texts.date(after.as_of)}
    labels = {"before": old["outcome_label"], "after": new["outcome_label"]}
    return {
        "id": found.id,
        "name": after.texts(f"scheme.{found.id}.name"),
        "changed": found.changed,
        "text": after.texts("compare.changed" if found.changed else "compare.same", **days, **labels),
        "earlier": old,
        "later": new,
        "conditions": [_condition(condition, before, after) for condition in found.conditions],
        "amendments": [
            {
                "id": change.id,
                "on": change.on.isoformat(),
                "text": after.text(f"change.{change.id}"),
                "sources": list(change.sources),
            }
            for change in found.amendments
        ],
    }


def _side(result: SchemeResult, presenter: Presenter) -> dict[str, Any]:
    told = presenter.scheme(result)
    return {key: told[key] for key in ("outcome", "outcome_label", "summary", "route", "version")}


def _condition(found: ConditionComparison, before: Presenter, after: Presenter) -> dict[str, Any]:
    days = {"earlier": after.texts.date(before.as_of), "later": after.texts.date(after.as_of)}
    return {
        "id": found.id,
        "only": found.only,
        "text": after.texts(f"compare.only_{found.only}" if found.only else "compare.differs", **days),
        "earlier": before.condition(found.earlier) if found.earlier else None,
        "later": after.condition(found.later) if found.later else None,
    }
