"""Tell a judgement in words: the citizen's reason and the caseworker's citation for exactly the same conditions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from assistant.texts import Texts
from rules.dates import parse_span
from rules.deadlines import Deadline
from rules.figures import Figure, NoVerifiedFigure
from rules.judge import ConditionResult, Judgement, SchemeResult
from rules.lawbook import LawBook, Version
from rules.readings import YES

Json = dict[str, Any]
# Reasons are told worst first: what rules out, what is missing, what is judged, what is in order, what to know.
_ORDER = ("unmet", "unknown", "assess", "met", "note", "not_applicable")


@dataclass(frozen=True, slots=True)
class Presenter:
    """Turns judgements into the JSON of the HTTP contract, in one language and for one date.

    `job_centre` is what the municipality concerned calls the place that once was its jobcentre.
    """

    law: LawBook
    texts: Texts
    as_of: date
    job_centre: str | None = None

    @property
    def authority(self) -> str:
        """What the authority is called on the date: the law had jobcentres until 2026-01-31."""
        if self.as_of < self.law.authority_changed_on:
            return self.texts("authority.jobcentre")
        if self.job_centre is not None:
            return self.texts("authority.local", name=self.job_centre)
        return self.texts("authority.municipality")

    def text(self, key: str, **params: object) -> str:
        return self.texts(key, authority=self.authority, **params)

    def judgement(self, judgement: Judgement, today: date, next_question: Json | None = None) -> Json:
        """The reply of POST /api/v1/eligibility."""
        return {
            "as_of": judgement.as_of.isoformat(),
            "schemes": [self.scheme(result) for result in judgement.schemes],
            "deadlines": [self.deadline(deadline) for deadline in judgement.deadlines],
            "next_question": next_question,
            "notices": self.notices(today),
        }

    def notices(self, today: date) -> list[str]:
        """What every judgement must say: the municipality decides, and how far the rules reach."""
        notices = [self.text("notice.municipality_decides")]
        if self.as_of > today:
            notices.append(self.text("notice.future", date=self.texts.date(self.as_of)))
        return notices

    def scheme(self, result: SchemeResult) -> Json:
        """A scheme told. What is the same for many people is worded once and shared, so a reply must not be changed."""
        frame = _frame(self, result.version, result.outcome)
        return {
            **frame,
            "route": result.route,
            "conditions": list(_conditions(self, result.conditions)),
            "missing": list(result.missing),
            "deadlines": [self.deadline(deadline) for deadline in result.deadlines],
            "amounts": self._amounts(result),
            "changes": self._changes(result, frame["changes"]),
        }

    def frame(self, version: Version, outcome: str) -> Json:
        """What a scheme's reply says to everyone with the same outcome; the rest is filled in for the person."""
        scheme = version.scheme
        name = self.texts(f"scheme.{scheme.id}.name")
        return {
            "id": scheme.id,
            "name": name,
            "short": self.texts(f"scheme.{scheme.id}.short"),
            "outcome": outcome,
            "outcome_label": self.texts(self._own_text(f"outcome.{outcome}.label", scheme.id)),
            "summary": self.text(self._own_text(f"outcome.{outcome}.summary", scheme.id), scheme=name),
            "route": "",
            "conditions": [],
            "missing": [],
            "deadlines": [],
            "amounts": [],
            "figures": [self.figure(found) for found in self.law.figures.on(scheme.figures, self.as_of)],
            "changes": self._changes_of_law(version),
            "next_steps": [self.text(f"step.{step}") for step in scheme.next_steps],
            "version": {
                "from": version.from_.isoformat(),
                "to": version.to.isoformat() if version.to else None,
                "law": version.basis.act,
            },
        }

    def _own_text(self, key: str, scheme: str) -> str:
        """The scheme's own wording of a common text, where it has one: the municipality does not decide them all."""
        own = f"{key}.{scheme}"
        return own if self.texts.has(own) else key

    def condition(self, result: ConditionResult) -> Json:
        condition = result.condition
        return {
            "id": condition.id,
            "outcome": result.outcome,
            "text": self.text(f"condition.{condition.id}.text"),
            "why": self._why(result),
            "citation": self.citation(result),
            "law": condition.law_on(self.as_of),
            "from": condition.from_.isoformat(),
            "to": condition.to.isoformat() if condition.to else None,
            "sources": list(condition.sources),
            "kind": condition.kind,
            "facts": list(result.facts),
        }

    def _why(self, result: ConditionResult) -> str:
        if result.outcome == "not_applicable":
            return self.text("condition.not_applicable")
        key = f"condition.{result.condition.id}.{result.outcome}"
        return self.text(f"{key}.{result.why}" if result.why else key)

    def citation(self, result: ConditionResult) -> str:
        """The caseworker's form: law, period, sources, and what about it is not verified."""
        condition = result.condition
        period = "period.open" if condition.to is None else "period.closed"
        parts = [
            condition.law_on(self.as_of),
            self.texts(period, **{"from": condition.from_.isoformat(), "to": condition.to}),
            self.texts("citation.sources", sources=", ".join(condition.sources)),
        ]
        if condition.unverified is not None:
            parts.append(self.texts(f"unverified.{condition.unverified}"))
        return "; ".join(parts)

    def deadline(self, deadline: Deadline) -> Json:
        told: Json = {"id": deadline.id, "date": deadline.day.isoformat()}
        params = {"date": self.texts.date(deadline.day)}
        key = f"deadline.{deadline.id}"
        if deadline.day_to is not None:
            told["date_to"] = deadline.day_to.isoformat()
            params["date_to"] = self.texts.date(deadline.day_to)
            key += ".span"
        return {**told, "text": self.text(key, **params), "sources": list(deadline.sources)}

    def _amounts(self, result: SchemeResult) -> list[Json]:
        return [
            {"id": amount.id, "value": round(float(amount.value), 4), "sources": list(amount.sources)}
            for amount in result.amounts
        ]

    def amount_text(self, result: SchemeResult, facts: Mapping[str, Any]) -> list[str]:
        """The figures that follow from the facts, as sentences."""
        return [
            self.text(
                f"amount.{amount.id}",
                hours=self.texts.number(amount.value),
                **{fact: self.texts.number(facts[fact]) for fact in amount.facts},
            )
            for amount in result.amounts
        ]

    def figure(self, found: Figure | NoVerifiedFigure) -> Json:
        """An amount set for a year at a time: `values` in kroner by part, or the word that none is verified."""
        told: Json = {"id": found.id, "year": found.year, "unit": found.unit}
        if isinstance(found, NoVerifiedFigure):
            text = self.text(f"figure.{found.id}.unknown", year=found.year)
            return {**told, "known": False, "values": {}, "text": text, "sources": []}
        amounts = {
            part: self.texts("figure.amount", value=self.texts.number(float(found.values[part]), 2))
            if part in found.values
            else self.texts("figure.not_verified")
            for part in found.parts
        }
        values = {part: float(value) for part, value in found.values.items()}
        text = self.text(f"figure.{found.id}.known", year=found.year, **amounts)
        return {**told, "known": True, "values": values, "text": text, "sources": list(found.sources)}

    def _changes(self, result: SchemeResult, of_law: list[Json]) -> list[Json]:
        """What would change the outcome: another fact, or a change of law ahead of the date asked about."""
        if not result.openings:
            return list(of_law)
        clauses = [self._reading_clause(name, symbol) for name, symbol in result.openings.items()]
        facts = [fact for name in result.openings for fact in self.law.readings[name].facts]
        clause = self.texts("and").join(clauses)
        key = "change.fixed" if result.out_of_reach else "change.facts"
        return [{"text": self.text(key, clause=clause), "facts": facts, "fixed": result.out_of_reach}, *of_law]

    def _changes_of_law(self, version: Version) -> list[Json]:
        changes: list[Json] = [
            {"text": self.text(f"change.{change.id}"), "from": change.on.isoformat()}
            for change in version.scheme.changes
            if change.on > self.as_of
        ]
        if version.to is not None:
            changes.append(
                {
                    "text": self.texts("change.version_ends", date=self.texts.date(version.to)),
                    "to": version.to.isoformat(),
                }
            )
        return changes

    def _reading_clause(self, name: str, symbol: str) -> str:
        fact = self.law.vocabulary.get(name)
        if fact is None and self.texts.has(f"reading.{name}.{symbol}"):
            return self.texts(f"reading.{name}.{symbol}")
        if fact is None:
            name = self.law.readings[name].facts[0]
        return self.texts("change.answer", label=self.texts(f"fact.{name}.label"), value=self.symbol(name, symbol))

    def symbol(self, fact: str, symbol: str) -> str:
        """A yes/no or choice answer in words."""
        if self.law.vocabulary[fact].kind == "bool":
            return self.texts("answer.yes" if symbol == YES else "answer.no")
        return self.texts(f"fact.{fact}.{symbol}")

    def value(self, fact: str, value: object) -> str:
        """A fact's value in words, for "this is what I have understood"."""
        if value is None:
            return self.texts("answer.dont_know")
        if isinstance(value, bool):
            return self.texts("answer.yes" if value else "answer.no")
        spec = self.law.vocabulary[fact]
        if isinstance(value, int | float):
            number = self.texts.number(value)
            return self.texts(f"unit.{spec.unit}", value=number) if spec.unit else number
        if spec.kind == "choice":
            return self.texts(f"fact.{fact}.{value}")
        if spec.kind == "date":
            span = parse_span(str(value))
            return self.texts.date(span.first) if span.is_day else self.texts.span(span.first, span.last)
        return str(value)

    def asked_by(self, fact: str, judgement: Judgement, schemes: Collection[str]) -> list[str]:
        """The paragraphs whose conditions lack this fact, among these schemes."""
        return sorted(
            {
                result.condition.law_on(self.as_of)
                for scheme in judgement.schemes
                if scheme.version.scheme.id in schemes
                for result in scheme.conditions
                if fact in result.facts and result.outcome == "unknown"
            }
        )

    def question(self, fact: str, law: Sequence[str] = ()) -> Json:
        """A question of the interview as the contract gives it; `law` are the paragraphs that make it be asked."""
        spec = self.law.vocabulary[fact]
        kind = {"bool": "yesno", "int": "number"}.get(spec.kind, spec.kind)
        options: list[Json] = []
        if spec.kind == "bool":
            options = [
                {"value": True, "label": self.texts("answer.yes")},
                {"value": False, "label": self.texts("answer.no")},
            ]
        elif spec.kind == "choice":
            options = [{"value": value, "label": self.texts(f"fact.{fact}.{value}")} for value in spec.values]
        return {
            "fact": fact,
            "text": self.text(f"fact.{fact}.question"),
            "help": self.text(f"fact.{fact}.help"),
            "kind": kind,
            "options": options,
            "law": list(law),
        }


# What was worded once. None of it is about a person: a row of a table, an outcome, a day of the law.


@lru_cache(maxsize=5_000)
def _frame(presenter: Presenter, version: Version, outcome: str) -> Json:
    return presenter.frame(version, outcome)


@lru_cache(maxsize=20_000)
def _conditions(presenter: Presenter, results: tuple[ConditionResult, ...]) -> tuple[Json, ...]:
    """The conditions of a route, worst first."""
    worst_first = sorted(results, key=lambda result: _ORDER.index(result.outcome))
    return tuple(_condition(presenter, result) for result in worst_first)


@lru_cache(maxsize=20_000)
def _condition(presenter: Presenter, result: ConditionResult) -> Json:
    return presenter.condition(result)
